"""What the rules of a framework ask of one thing about a case, and what they hear: the columns of the mask program."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from hanze.policy.cells import Membership, Related, RelatedInterval, Test, Value, simple_tests, values_in
from hanze.policy.expressions import Expression
from hanze.policy.framework import Fact
from hanze.policy.logic import Truth, holds

KEPT = 32
"""For how many sets of values a column keeps what was said of them."""

ORDERED = ("number", "date", "date-time", "duration")


class Looked(NamedTuple):
    """What a column says of one value: a bit for every rule whose cell holds, and for every rule whose cell holds or is
    unknown; the value as it was checked; and the truth of each test in turn."""

    holds: int
    maybe: int
    value: Value | None
    truths: tuple[Truth, ...]


@dataclass(frozen=True, eq=False)
class Column:
    """A fact, asked or derived, that rules test: each test with the rules (as bits) that put it to this fact."""

    fact: Fact
    tests: Mapping[Test, int]
    every_rule: int
    lists: Mapping[str, frozenset[str]]

    @cached_property
    def elsewhere(self) -> int:
        """The rules that do not look at this fact."""
        looking = 0
        for rules in self.tests.values():
            looking |= rules
        return self.every_rule & ~looking

    @cached_property
    def written(self) -> tuple[Any, ...]:
        """Every value that is written in the tests, the items of lists included, each once and in order."""
        found: dict[Any, None] = {}
        for test in self.tests:
            found.update(dict.fromkeys(values_in(test)))
            found.update(dict.fromkeys(code for name in _lists_in(test) for code in self.lists[name]))
        return tuple(sorted(found)) if self.fact.type != "boolean" else ()

    @cached_property
    def _naming(self) -> Mapping[Any, list[int]]:
        """For each value that is written, the tests in which it is."""
        naming: dict[Any, list[int]] = {}
        for place, test in enumerate(self.tests):
            for value in dict.fromkeys(values_in(test)):
                naming.setdefault(value, []).append(place)
        return naming

    def pairs(self, values: tuple[Any, ...]) -> tuple[tuple[int, int], ...]:
        """For each of these values (those of a number, a date or the like in order, None last) the rules that hold, and
        those that hold or are unknown; as `look`, asking of a value only the tests that name one near it."""
        found = self._paired.get(values)
        if found is None:
            if len(self._paired) > KEPT:
                self._paired.clear()
            ordered = self.fact.type in ORDERED and not self.fact.many
            looks = self._along(values) if ordered else ((each.holds, each.maybe) for each in map(self.look, values))
            found = self._paired[values] = tuple(looks)
        return found

    @cached_property
    def _paired(self) -> dict[tuple[Any, ...], tuple[tuple[int, int], ...]]:
        return {}

    def _along(self, values: tuple[Any, ...]) -> Iterator[tuple[int, int]]:
        rules = list(self.tests.values())
        tests = list(self.tests)
        truths: list[Truth] = []
        before: Any = None
        for value in values:
            if before is None or value is None or value < before:
                truths = [holds(test, value, self.lists) for test in tests]
            else:
                passed = self.written[bisect_left(self.written, before) : bisect_right(self.written, value)]
                for place in {place for bound in passed for place in self._naming[bound]}:
                    truths[place] = holds(tests[place], value, self.lists)
            before = value
            yield masks_of(truths, rules, self.elsewhere)

    def look(self, value: Value | None) -> Looked:
        """What the tests say of a checked value; None is unknown. Between two written values it is always the same."""
        if value is not None and self.fact.type in ORDERED and not self.fact.many:
            place = bisect_left(self.written, value) + bisect_right(self.written, value)
            alike = self._by_class.get(place)
            if alike is None:
                alike = self._by_class[place] = self._ask(value)
            return Looked(alike[0], alike[1], value, alike[3])
        return self._ask(value)

    @cached_property
    def _by_class(self) -> dict[int, Looked]:
        return {}

    def _ask(self, value: Value | None) -> Looked:
        truths = tuple(holds(test, value, self.lists) for test in self.tests)
        return Looked(*masks_of(truths, self.tests.values(), self.elsewhere), value, truths)


class Condition(NamedTuple):
    """Something that is true, false or unknown of a case, and the rules (as bits) that ask for it: a `where`, or a cell
    that compares a fact with something that is not constant."""

    expression: Expression
    rules: int


def masks_of(truths: Iterable[Truth], rules: Iterable[int], elsewhere: int) -> tuple[int, int]:
    """The rules that hold, and those that hold or are unknown, by the truth of what each asks."""
    holding = maybe = elsewhere
    for truth, asking in zip(truths, rules, strict=True):
        if truth is True:
            holding |= asking
        if truth is not False:
            maybe |= asking
    return holding, maybe


def is_constant(test: Test) -> bool:
    """Whether a cell compares its fact only with what is written in it."""
    return not any(isinstance(each, Related | RelatedInterval) for each in simple_tests(test))


def _lists_in(test: Test) -> Iterator[str]:
    for simple in simple_tests(test):
        if isinstance(simple, Membership):
            yield simple.list_id
