"""The mask program over frames of cases: the masks of all cases of a batch in a few passes over 64-bit words.

    assess_frame(framework, cases)    the bulk result: one row a case, in the order of the cases

Each column is turned into class numbers (`classing`), a few columns are taken together into one number, and a small
table gives the words of that number. Batches are small enough for the processor's cache, and run on all processors.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from hanze.policy.batches import each_batch
from hanze.policy.classing import Classed, classed
from hanze.policy.framework import Fact, Framework
from hanze.policy.looking import Column, masks_of
from hanze.policy.masks import Program, compile_framework

Words = npt.NDArray[np.uint64]
Ranks = npt.NDArray[np.uint8]
Mask = list[tuple[int, np.uint64]]
"""The words of a mask that are not empty, each with its place."""

Pair = tuple[int, int]
"""The rules that hold, and those that hold or are unknown."""

LARGEST_TABLE = 4_096
"""How many entries the table of a group of columns has at most."""

KEPT = 500
"""How many columns of class numbers a frame keeps, so that no end of edits fills the memory."""

NOTHING = 255
"""The rank of no outcome."""

WORD = 64
_ALL = (1 << WORD) - 1


class CodedCases:
    """The columns of a frame as class numbers, each worked out once however many frameworks look at it."""

    def __init__(self, cases: pl.DataFrame, together: Sequence[Framework] = ()) -> None:
        """`together` are frameworks for which one set of classes is made, that tells apart what any of them does."""
        self.cases = cases
        self.rows = cases.height
        self._written: dict[Fact, tuple[Any, ...]] = {}
        for column in [column for framework in together for column in compile_framework(framework).columns]:
            written = {*self._written.get(column.fact, ()), *column.written}
            self._written[column.fact] = tuple(sorted(written))
        self._classes: dict[Any, Classed] = {}
        self._followed: dict[Any, pl.Series] = {}

    def looks(self, program: Program) -> Iterator[tuple[Classed, tuple[Pair, ...]]]:
        """Each column and condition of a program: the class of every case, and for every class the rules that hold and
        that may hold. Raises FactError for a value of the wrong type."""
        followed = self._follow(program)
        for column in program.columns:
            derived = followed.get(column.fact.id)
            written = self._written.get(column.fact, column.written)
            key = (column.fact if derived is None else derived, written)
            classes = self._kept(key, column)
            yield classes, column.pairs(classes.values)
        for expression, rules in program.conditions:
            truths = self._followed[followed[expression]]
            codes = (truths.cast(pl.UInt8).fill_null(2)).to_numpy()
            elsewhere = program.every_rule & ~rules
            pairs = tuple(masks_of([truth], [rules], elsewhere) for truth in (False, True, None))
            yield Classed(codes, (False, True, None)), pairs

    def _kept(self, key: Any, column: Column) -> Classed:
        found = self._classes.get(key)
        if found is None:
            if len(self._classes) > KEPT:
                self._classes.clear()
            if isinstance(key[0], Fact):
                name = column.fact.id
                series = self.cases[name] if name in self.cases.columns else None
            else:
                series = self._followed[key[0]]
            found = self._classes[key] = classed(series, column.fact, key[1], self.rows)
        return found

    def _follow(self, program: Program) -> dict[Any, Any]:
        """The keys of the derived facts and conditions of a program, each worked out once for what it rests on."""
        framework = program.framework
        derived = {each.id for each in framework.derived}
        wanted: list[Any] = [column.fact.id for column in program.columns if column.fact.id in derived]
        wanted += [condition.expression for condition in program.conditions]
        if not wanted:
            return {}
        ground = (framework.facts, framework.lists, framework.parameters, framework.derived, framework.dated_by)
        keys = {each: (ground, each) for each in wanted}
        missing = [each for each in wanted if keys[each] not in self._followed]
        if missing:
            from hanze.policy.following import following  # frameworks of constants do without the executors

            if len(self._followed) > KEPT:
                self._followed.clear()
                missing = wanted
            found = following(framework, self.cases, missing)
            self._followed.update({keys[each]: column for each, column in found.items()})
        return keys


@dataclass(frozen=True, slots=True)
class Held:
    """Which rules hold and are undecided in each case (words of 64 rules), and the rank of the outcome that holds."""

    fired: tuple[Words, ...]
    open: tuple[Words, ...]
    held: Ranks

    def part(self, rows: slice) -> Held:
        """The cases of one batch, to be read or filled in."""
        return Held(tuple(word[rows] for word in self.fired), tuple(word[rows] for word in self.open), self.held[rows])

    def take(self, rows: npt.NDArray[Any]) -> Held:
        """Some of the cases."""
        return Held(tuple(word[rows] for word in self.fired), tuple(word[rows] for word in self.open), self.held[rows])


@dataclass(frozen=True, slots=True)
class _Group:
    """Columns taken together: their class numbers as one number, and the masks of each number."""

    parts: tuple[tuple[npt.NDArray[Any], int], ...]
    holds: tuple[Words, ...]
    maybe: tuple[Words, ...]

    def numbers(self, rows: slice) -> npt.NDArray[np.intp]:
        total = self.parts[0][0][rows].astype(np.intp)
        for codes, classes in self.parts[1:]:
            total *= classes
            total += codes[rows]
        return total


class BulkProgram:
    """A framework ready for one frame of cases."""

    def __init__(self, framework: Framework, cases: CodedCases) -> None:
        self.program = compile_framework(framework)
        self.rows = cases.rows
        self.words = max(1, -(-len(self.program.rules) // WORD))
        self._groups = tuple(_groups(self.program, cases, self.words))
        self._columns = [part for group in self._groups for part in group.parts]
        self._levels = [self._split(level) for level in self.program.levels]
        self._advising = self._split(self.program.advising)
        self._priorities = [
            [(self._split(each.bit), self._split(each.stronger)) for each in contenders]
            for contenders in self.program.priorities
        ]
        self._firsts = [self._split(table) for table in self.program.firsts]

    def _split(self, mask: int) -> Mask:
        """The words of a mask in which there is a bit."""
        return [(place, np.uint64(word)) for place, word in enumerate(words_of(mask, self.words)) if word]

    def held(self) -> Held:
        """Every case weighed."""
        found = self.empty()
        each_batch(lambda rows: self.weigh(rows, found), self.rows)
        return found

    def empty(self) -> Held:
        """Room for every case."""
        fired = tuple(np.empty(self.rows, np.uint64) for _ in range(self.words))
        undecided = tuple(np.empty(self.rows, np.uint64) for _ in range(self.words))
        return Held(fired, undecided, np.empty(self.rows, np.uint8))

    def weigh(self, rows: slice, into: Held) -> None:
        """Weigh the cases of one batch."""
        here = into.part(rows)
        certain = not any((codes[rows] == classes - 1).any() for codes, classes in self._columns)
        self._decide(rows, here.fired, here.fired if certain else here.open)
        for holds, maybe in zip(here.fired, here.open, strict=True):
            if certain:
                maybe[:] = 0
            else:
                maybe &= ~holds
        self._rank(here)

    def _decide(self, rows: slice, holds: tuple[Words, ...], maybe: tuple[Words, ...]) -> None:
        """The rules that hold and those that can; both at once when nothing is unknown."""
        both = [(0, holds)] if maybe is holds else [(0, holds), (1, maybe)]
        if not self._groups:
            for target, word in zip(holds, words_of(self.program.every_rule, self.words), strict=True):
                target[:] = np.uint64(word)
            for target, source in zip(maybe, holds, strict=True):
                target[:] = source
        for place, group in enumerate(self._groups):
            numbers = group.numbers(rows)
            for which, targets in both:
                for table, target in zip((group.holds, group.maybe)[which], targets, strict=True):
                    if place == 0:
                        np.take(table, numbers, out=target, mode="clip")
                    else:
                        target &= np.take(table, numbers, mode="clip")
        for table in self._firsts:
            _keep_first(table, holds, maybe)
        for contenders in self._priorities:
            _keep_strictest(contenders, holds, maybe)

    def _rank(self, held: Held) -> None:
        """Fill in the rank of the outcome that holds."""
        ranks = held.held
        ranks[:] = 0
        for rank, level in enumerate(self._levels, 1):
            if level:
                np.maximum(ranks, _any(held.fired, level).view(np.uint8) * np.uint8(rank), out=ranks)
        ranks -= np.uint8(1)  # no rank at all becomes NOTHING
        if self.program.otherwise is not None:
            nothing = ranks == NOTHING
            if nothing.any():
                ranks[nothing & ~_any(held.open, self._advising)] = self.program.otherwise

    def reach(self, held: Held) -> npt.NDArray[np.uint32]:
        """For each case a bit for each rank that holds or could still follow."""
        reach = np.zeros(self.rows, np.uint32)
        for rank in range(len(self._levels) - 1, -1, -1):
            level = self._levels[rank]
            stricter_holds = _any(held.fired, self._split(sum(self.program.levels[rank + 1 :])))
            can = (_any(held.fired, level) | _any(held.open, level)) & ~stricter_holds
            reach |= can.astype(np.uint32) << np.uint32(rank)
        if self.program.otherwise is not None:
            nothing = ~_any(held.fired, self._advising)
            reach |= nothing.astype(np.uint32) << np.uint32(self.program.otherwise)
        return reach


def words_of(mask: int, words: int) -> list[int]:
    """A mask as words of 64 bits, the first rules first."""
    return [(mask >> (WORD * place)) & _ALL for place in range(words)]


def _groups(program: Program, cases: CodedCases, words: int) -> Iterator[_Group]:
    """The columns, the ones with the fewest classes together as long as their table stays small."""
    group: list[tuple[Classed, tuple[Pair, ...]]] = []
    size = 1
    for look in sorted(cases.looks(program), key=lambda each: len(each[1])):
        if group and size * len(look[1]) > LARGEST_TABLE:
            yield _group(group, words)
            group, size = [], 1
        group.append(look)
        size *= len(look[1])
    if group:
        yield _group(group, words)


def _group(looks: Sequence[tuple[Classed, tuple[Pair, ...]]], words: int) -> _Group:
    holds = _table([[pair[0] for pair in pairs] for _, pairs in looks], words)
    maybe = _table([[pair[1] for pair in pairs] for _, pairs in looks], words)
    return _Group(tuple((classes.codes, len(pairs)) for classes, pairs in looks), holds, maybe)


def _table(columns: Sequence[Sequence[int]], words: int) -> tuple[Words, ...]:
    """The words for every combination of classes, the last column running fastest."""
    tables: list[Words] = []
    for place in range(words):
        table = np.full(1, _ALL, np.uint64)
        for masks in columns:
            here = np.asarray([words_of(mask, words)[place] for mask in masks], np.uint64)
            table = (table[:, None] & here[None, :]).ravel()
        tables.append(table)
    return tuple(tables)


def _any(words: Sequence[Words], mask: Mask) -> npt.NDArray[np.bool_]:
    """Whether a case has any of these bits."""
    found: Words | None = None
    for place, bits in mask:
        here = words[place] & bits
        found = here if found is None else found | here
    return np.zeros(len(words[0]), np.bool_) if found is None else found != 0


def _keep_first(table: Mask, holds: tuple[Words, ...], maybe: tuple[Words, ...]) -> None:
    """As `Program.settled`, in place; a table may run on into the next word."""
    one = np.uint64(1)
    held_before: npt.NDArray[np.bool_] | None = None
    maybe_before: npt.NDArray[np.bool_] | None = None
    for place, bits in table:
        fires, may = holds[place] & bits, maybe[place] & bits
        first = fires & (~fires + one)
        kept = fires & may & (~may + one)
        can = may & (first | (first - one))
        if held_before is not None and maybe_before is not None:
            kept[maybe_before] = 0
            can[held_before] = 0
        for target, counted in ((holds[place], kept), (maybe[place], can)):
            target &= ~bits
            target |= counted
        held_before = (fires != 0) if held_before is None else held_before | (fires != 0)
        maybe_before = (may != 0) if maybe_before is None else maybe_before | (may != 0)


def _keep_strictest(
    contenders: Iterable[tuple[Mask, Mask]], holds: tuple[Words, ...], maybe: tuple[Words, ...]
) -> None:
    """As `Program.settled` for a `priority` table, in place."""
    fires, may = [each.copy() for each in holds], [each.copy() for each in maybe]
    for bit, stronger in contenders:
        place, mask = bit[0]
        for given, target in ((may, holds[place]), (fires, maybe[place])):
            target &= ~(_any(given, stronger) * mask)


def assess_frame(framework: Framework, cases: pl.DataFrame) -> pl.DataFrame:
    """Weigh every case of a frame: columns `fired_0…`, `open_0…` (bits of the rules in the order of the document),
    `held` (the outcome that already holds) and `reach` (a bit for each rank that holds or could still follow).

    One column a fact; a column that is missing and a null are unknown, and other columns are passed over.
    Raises FactError for a value that is not of its fact's type.
    """
    program = BulkProgram(framework, CodedCases(cases))
    found = program.held()
    columns = {
        **{f"fired_{place}": word for place, word in enumerate(found.fired)},
        **{f"open_{place}": word for place, word in enumerate(found.open)},
    }
    held = outcomes_of(framework, found.held).cast(pl.String).alias("held")
    return pl.DataFrame(columns).with_columns(held, pl.Series("reach", program.reach(found)))


def outcomes_of(framework: Framework, ranks: Ranks) -> pl.Series:
    """Ranks as the ids of outcomes (an Enum in the order of the scale); null where nothing holds."""
    numbers = pl.Series("held", ranks).to_frame().select(pl.when(pl.col("held") != NOTHING).then(pl.col("held")))
    return numbers.to_series().cat.to(pl.Enum([outcome.id for outcome in framework.scale]))
