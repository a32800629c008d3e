"""What differs between two editions of a list: added, removed, changed, and under another number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hanze.screening.entries import Entry
from hanze.screening.identity import Change, changes, facts, fingerprint


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is not what it was. `changes` are the facts that differ; empty when only measures, remarks or other
    words about it do, which `texts` then names."""

    before: Entry
    after: Entry
    changes: tuple[Change, ...]
    texts: tuple[str, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of everything that differs."""
        return (*(change.field for change in self.changes), *self.texts)


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An entry that stands on the list under another number, and is what it was."""

    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """The new edition against the old one, each in the order of its edition."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    renumbered: tuple[Renumbered, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.renumbered)


def difference(old: Iterable[Entry], new: Iterable[Entry]) -> Difference:
    """Compare two editions by the list's own numbers. The order of aliases, and layout, are no change.

    An entry whose number vanished and that stands under a new number with the same facts was renumbered, so that what
    was decided about it is not lost; where several have the same facts none is, because nobody can tell which.
    """
    before = {entry.id: entry for entry in old}
    after = {entry.id: entry for entry in new}
    gone = [entry for entry in before.values() if entry.id not in after]
    fresh = [entry for entry in after.values() if entry.id not in before]
    moved = _renumbered(gone, fresh)
    moved_from, moved_to = {each.before.id for each in moved}, {each.after.id for each in moved}
    both = ((before[entry.id], entry) for entry in after.values() if entry.id in before)
    compared = (_compare(earlier, later) for earlier, later in both if earlier != later)
    return Difference(
        added=tuple(entry for entry in fresh if entry.id not in moved_to),
        removed=tuple(entry for entry in gone if entry.id not in moved_from),
        changed=tuple(each for each in compared if each is not None),
        renumbered=tuple(moved),
    )


def _renumbered(gone: list[Entry], fresh: list[Entry]) -> list[Renumbered]:
    if not gone or not fresh:
        return []
    left, came = _alone(gone), _alone(fresh)
    return [Renumbered(left[key], entry) for key, entry in came.items() if key in left]


def _alone(entries: list[Entry]) -> dict[str, Entry]:
    """The entries by fingerprint, without those that share one."""
    by_fingerprint: dict[str, list[Entry]] = {}
    for entry in entries:
        by_fingerprint.setdefault(fingerprint(entry), []).append(entry)
    return {key: found[0] for key, found in by_fingerprint.items() if len(found) == 1}


def _compare(before: Entry, after: Entry) -> Changed | None:
    """What differs between two entries of one number, or None when that is layout only."""
    differs = changes(before, after) if facts(before) != facts(after) else ()
    texts = tuple(
        name
        for name, old, new in (
            ("programmes", sorted(before.programmes), sorted(after.programmes)),
            ("birth_places", sorted(before.birth_places), sorted(after.birth_places)),
            ("listed_on", before.listed_on, after.listed_on),
            ("remarks", before.remarks.split(), after.remarks.split()),
            ("raw", dict(before.raw), dict(after.raw)),
        )
        if old != new
    )
    return Changed(before, after, differs, texts) if differs or texts else None
