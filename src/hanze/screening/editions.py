"""What differs between two editions of a list: added, removed, changed, under another number, gone up in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from hanze.screening.entries import Entry
from hanze.screening.identity import FIELDS, Change, Field, changes, facts, fingerprint

OLD_NUMBERS = "referents"
"""What of an entry's raw data holds the numbers of those that went up in it."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """Something said about an entry that is not one of its facts, each side as texts; empty is nothing said."""

    field: OneOf["programmes", "birth_places", "listed_on", "remarks", "raw"]
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is not what it was. `changes` are the facts that differ; empty when only measures, remarks or other
    words about it do, which `texts` then holds."""

    before: Entry
    after: Entry
    changes: tuple[Change, ...]
    texts: tuple[TextChange, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of everything that differs."""
        return tuple(each.field for each in (*self.changes, *self.texts))


@dataclass(frozen=True, slots=True)
class Renumbered:
    """An entry that stands on the list under another number, and is what it was."""

    before: Entry
    after: Entry


@dataclass(frozen=True, slots=True)
class Absorbed:
    """A removed entry that went up in an entry of the new edition."""

    before: Entry
    into: Entry


@dataclass(frozen=True, slots=True)
class Difference:
    """The new edition against the old one, each in the order of its edition. `absorbed` are of those removed."""

    added: tuple[Entry, ...]
    removed: tuple[Entry, ...]
    changed: tuple[Changed, ...]
    renumbered: tuple[Renumbered, ...]
    absorbed: tuple[Absorbed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed or self.renumbered)


def difference(old: Iterable[Entry], new: Iterable[Entry]) -> Difference:
    """Compare two editions by the list's own numbers. The order of aliases, and layout, are no change.

    An entry whose number vanished and that stands under a new number with the same facts was renumbered, so that what
    was decided about it is not lost; where several have the same facts none is, because nobody can tell which.

    An entry that left was absorbed by the one entry of the new edition that names its number among its old ones
    (`referents`, as OpenSanctions does), or else that has all its names and contradicts none of its other facts.
    """
    before = {entry.id: entry for entry in old}
    after = {entry.id: entry for entry in new}
    gone = [entry for entry in before.values() if entry.id not in after]
    fresh = [entry for entry in after.values() if entry.id not in before]
    moved = _renumbered(gone, fresh)
    moved_from, moved_to = {each.before.id for each in moved}, {each.after.id for each in moved}
    both = ((before[entry.id], entry) for entry in after.values() if entry.id in before)
    compared = (_compare(earlier, later) for earlier, later in both if earlier != later)
    removed = tuple(entry for entry in gone if entry.id not in moved_from)
    return Difference(
        added=tuple(entry for entry in fresh if entry.id not in moved_to),
        removed=removed,
        changed=tuple(each for each in compared if each is not None),
        renumbered=tuple(moved),
        absorbed=tuple(_absorbed(removed, after.values())),
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


def _absorbed(removed: Sequence[Entry], entries: Iterable[Entry]) -> Iterator[Absorbed]:
    sought = {entry.id: facts(entry) for entry in removed}
    names = {name for known in sought.values() for name in known["names"]}
    by_name: dict[str, list[Entry]] = {}
    by_number: dict[str, list[Entry]] = {}
    for entry in entries if removed else ():
        for name in names.intersection(facts(entry)["names"]):
            by_name.setdefault(name, []).append(entry)
        for number in entry.raw.get(OLD_NUMBERS, "").split():
            by_number.setdefault(number, []).append(entry)
    for entry in removed:
        known = sought[entry.id]
        first = known["names"][0] if known["names"] else ""
        into = by_number.get(entry.id) or [each for each in by_name.get(first, ()) if _holds(each, known)]
        if len(into) == 1:
            yield Absorbed(entry, into[0])


def _holds(entry: Entry, known: Mapping[Field, tuple[str, ...]]) -> bool:
    """Whether an entry has all these names, and no other fact of which it knows something else only."""
    its = facts(entry)
    return set(known["names"]) <= set(its["names"]) and not any(
        known[field] and its[field] and set(known[field]).isdisjoint(its[field]) for field in FIELDS
    )


def _compare(before: Entry, after: Entry) -> Changed | None:
    """What differs between two entries of one number, or None when that is layout only."""
    differs = changes(before, after) if facts(before) != facts(after) else ()
    texts = tuple(_texts(before, after))
    return Changed(before, after, differs, texts) if differs or texts else None


def _texts(before: Entry, after: Entry) -> Iterator[TextChange]:
    """What differs that is no fact; of what a list says besides, only the particulars that do."""
    if sorted(before.programmes) != sorted(after.programmes):
        yield TextChange("programmes", before.programmes, after.programmes)
    if sorted(before.birth_places) != sorted(after.birth_places):
        yield TextChange("birth_places", before.birth_places, after.birth_places)
    if before.listed_on != after.listed_on:
        yield TextChange("listed_on", _texts_of(before.listed_on), _texts_of(after.listed_on))
    if before.remarks.split() != after.remarks.split():
        yield TextChange("remarks", _texts_of(before.remarks), _texts_of(after.remarks))
    differ = sorted(key for key in {*before.raw, *after.raw} if before.raw.get(key) != after.raw.get(key))
    if differ:
        was, is_now = (tuple(f"{key}: {raw[key]}" for key in differ if raw.get(key)) for raw in (before.raw, after.raw))
        yield TextChange("raw", was, is_now)


def _texts_of(said: object) -> tuple[str, ...]:
    return (str(said),) if said else ()
