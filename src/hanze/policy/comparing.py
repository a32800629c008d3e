"""Two versions of a framework beside each other: what was added, removed, changed and moved, article by article.

Items are matched by id and compared field by field; cells are compared by what they mean, so that another way of
writing is no change. Every field of the dataclasses in `framework` takes part, whatever they are.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from collections.abc import Sequence as Items
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, Literal, TypeVar, cast

from hanze.policy.framework import (
    Derived,
    Fact,
    Framework,
    Measure,
    NamedList,
    Outcome,
    Parameter,
    Rule,
    SourceDocument,
    Table,
    Text,
)

Change = Literal["added", "removed", "changed", "same"]
_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)

HEAD = ("title", "summary", "adopted_by", "precedence")
IN_FORCE = ("in_force_from", "in_force_until", "in_force_status", "in_force_note")


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs: where it stands in its item, and what it was and became; None where there was none."""

    path: tuple[str, ...]
    before: Any | None
    after: Any | None


@dataclass(frozen=True, slots=True)
class Compared(Generic[_Item]):
    """An item of either version: `moved` when its place among the others changed too."""

    id: str
    before: _Item | None
    after: _Item | None
    differences: tuple[Difference, ...]
    moved: bool

    @property
    def change(self) -> Change:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.differences or self.moved else "same"


@dataclass(frozen=True, slots=True)
class ComparedTable:
    """A line of action of either version with its rules; `table` is about the line itself, without its rules."""

    table: Compared[Table]
    rules: tuple[Compared[Rule], ...]

    @property
    def change(self) -> Change:
        own = self.table.change
        return "changed" if own == "same" and any(rule.change != "same" for rule in self.rules) else own


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything in two versions of a framework, in the order of the later one."""

    before: Framework
    after: Framework
    head: tuple[Difference, ...]
    applies_to: tuple[Difference, ...]
    tables: tuple[ComparedTable, ...]
    otherwise: Compared[Rule] | None
    facts: tuple[Compared[Fact], ...]
    lists: tuple[Compared[NamedList], ...]
    measures: tuple[Compared[Measure], ...]
    scale: tuple[Compared[Outcome], ...]
    deciders: tuple[Compared[Text], ...]
    grounds: tuple[Compared[Text], ...]
    sources: tuple[Compared[SourceDocument], ...]
    parameters: tuple[Compared[Parameter], ...]
    derived: tuple[Compared[Derived], ...]
    others: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether both versions mean the same, but for their date."""
        parts = (*self.facts, *self.lists, *self.measures, *self.scale, *self.deciders, *self.grounds, *self.sources)
        named = (*self.parameters, *self.derived)
        whole = self.head or self.applies_to or self.others
        items = (*parts, *named, *self.tables, *([self.otherwise] if self.otherwise else []))
        return not whole and all(item.change == "same" for item in items)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words of two texts: in both, or only in the one before or after."""

    text: str
    kind: Literal["same", "removed", "added"]


def compare(before: Framework, after: Framework) -> Comparison:
    """What differs between two versions of a framework (or two frameworks)."""
    known = {*HEAD, *IN_FORCE, "version", "path", "content_hash", "id"}
    known |= {each.name for each in fields(Comparison)}
    head = (*_differences(before, after, only=HEAD), *_differences(before, after, only=IN_FORCE))
    return Comparison(
        before=before,
        after=after,
        head=head,
        applies_to=tuple(_of_values((), before.applies_to, after.applies_to)),
        tables=tuple(_tables(before, after)),
        otherwise=_otherwise(before, after),
        facts=_items(_by_id(before.facts), _by_id(after.facts)),
        lists=_items(_by_id(before.lists), _by_id(after.lists)),
        measures=_items(_by_id(before.measures), _by_id(after.measures)),
        scale=_items(_by_id(before.scale), _by_id(after.scale)),
        deciders=_items(before.deciders, after.deciders),
        grounds=_items(before.grounds, after.grounds),
        sources=_items(_by_id(before.sources), _by_id(after.sources)),
        parameters=_items(_by_id(before.parameters), _by_id(after.parameters)),
        derived=_items(_by_id(before.derived), _by_id(after.derived)),
        others=tuple(_differences(before, after, without=known)),
    )


def word_pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as one run of pieces, word by word: without the added ones it is the first, without the removed ones
    the second. Texts with little in common stand whole, one after the other."""
    old, new = _words(before), _words(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if before and after and matcher.ratio() < 0.35:
        return Piece(before, "removed"), Piece(after, "added")
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("".join(old[i1:i2]), "same"))
            continue
        if i1 < i2:
            pieces.append(Piece("".join(old[i1:i2]), "removed"))
        if j1 < j2:
            pieces.append(Piece("".join(new[j1:j2]), "added"))
    return tuple(pieces)


def merged_order(before: Items[_Key], after: Items[_Key]) -> list[_Key]:
    """Every key once, in the order of `after`; those that are only in `before` follow what they followed there."""
    order = list(after)
    previous: _Key | None = None
    for key in before:
        if key not in order:
            order.insert(order.index(previous) + 1 if previous is not None else 0, key)
        previous = key
    return order


def _words(text: str) -> list[str]:
    return re.findall(r"\w+\s*|[^\w\s]\s*|\s+", text)


def _by_id(items: Iterable[_Item]) -> dict[str, _Item]:
    return {cast(Any, item).id: item for item in items}


def _tables(before: Framework, after: Framework) -> Iterator[ComparedTable]:
    old_rules = {rule.id: table.id for table, rule in before.rules()}
    new_rules = {rule.id: table.id for table, rule in after.rules()}
    for table in _items(_by_id(before.tables), _by_id(after.tables), without=("rules",)):
        old = _by_id(table.before.rules if table.before else ())
        new = _by_id(table.after.rules if table.after else ())
        rules = _items(old, new)
        yield ComparedTable(table, tuple(_across(rule, table.id, old_rules, new_rules) for rule in rules))


def _across(rule: Compared[Rule], table: str, old: Mapping[str, str], new: Mapping[str, str]) -> Compared[Rule]:
    """A rule that went to another line of action says so."""
    came_from, went_to = old.get(rule.id), new.get(rule.id)
    if came_from is None or went_to is None or came_from == went_to:
        return rule
    difference = Difference(("table",), came_from, went_to)
    return Compared(rule.id, rule.before, rule.after, (difference,), moved=True)


def _otherwise(before: Framework, after: Framework) -> Compared[Rule] | None:
    old = {"otherwise": before.otherwise} if before.otherwise else {}
    new = {"otherwise": after.otherwise} if after.otherwise else {}
    return next(iter(_items(old, new)), None)


def _items(
    before: Mapping[str, _Item], after: Mapping[str, _Item], without: Iterable[str] = ()
) -> tuple[Compared[_Item], ...]:
    moved = _moved(list(before), list(after))
    found: list[Compared[_Item]] = []
    for key in merged_order(list(before), list(after)):
        old, new = before.get(key), after.get(key)
        both = old is not None and new is not None
        differences = tuple(_compared_values((), old, new, without)) if both else ()
        found.append(Compared(key, old, new, differences, both and key in moved))
    return tuple(found)


def _moved(before: list[str], after: list[str]) -> set[str]:
    """Those of both whose place among the others changed: as few as explain the new order."""
    old = [key for key in before if key in after]
    new = [key for key in after if key in before]
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {key for block in blocks for key in old[block.a : block.a + block.size]}
    return set(old) - kept


def _differences(
    before: Any, after: Any, only: Iterable[str] = (), without: Iterable[str] = ()
) -> Iterator[Difference]:
    """The fields of two dataclasses of one kind that differ."""
    wanted, unwanted = set(only), set(without)
    for each in fields(before):
        if each.compare and each.name not in unwanted and (not wanted or each.name in wanted):
            yield from _compared_values((each.name,), getattr(before, each.name), getattr(after, each.name))


def _compared_values(
    path: tuple[str, ...], before: Any, after: Any, without: Iterable[str] = ()
) -> Iterator[Difference]:
    if before == after:
        return
    old, new = _by_key(before), _by_key(after)
    if old is not None and new is not None:
        yield from _of_values(path, old, new)
    elif not path and is_dataclass(before) and not isinstance(before, Text):
        yield from _differences(before, after, without=without)
    else:
        yield Difference(path, before, after)


def _of_values(path: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    for key in merged_order(list(before), list(after)):
        if before.get(key) != after.get(key):
            yield Difference((*path, key), before.get(key), after.get(key))


def _by_key(value: Any) -> Mapping[str, Any] | None:
    """A mapping, or choices by their codes, whose entries are compared one by one; None for any other value."""
    if isinstance(value, Mapping):
        return cast(Mapping[str, Any], value)
    choices = cast(tuple[Any, ...], value) if isinstance(value, tuple) else None
    if choices is None or not all(hasattr(each, "code") for each in choices):
        return None
    return {each.code: each.label for each in choices}
