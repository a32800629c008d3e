"""A framework as bit masks: every rule of every table decided at once by a few ANDs of whole numbers.

The rules look at columns: a fact, or a condition that is true, false or unknown. Each value of a column has two masks
with a bit for every rule (in the order of the document): its cell holds, and its cell holds or is unknown; a rule
without a cell in the column has both bits. ANDed over the columns they say which rules hold, and which still can;
then `first` and `priority` tables keep what comes first.

    program = compile_framework(framework)
    program.held({"country": "XX"})     the outcome that already holds

`bulk` runs the same program over frames of cases.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from types import NoneType
from typing import Any, NamedTuple

from hanze.policy.cells import Anything, Membership, Test, simple_tests, values_in
from hanze.policy.facts import FactValue, check_facts, check_value
from hanze.policy.framework import Fact, Framework, Rule, Table
from hanze.policy.logic import Truth, holds
from hanze.policy.standing import standing_of

REMEMBERED = 4096
"""Of how many values a column keeps the masks; then it begins anew."""

_KINDS: Mapping[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "number": (Decimal, int),
    "text": (str,),
    "choice": (str,),
    "date": (date,),
    "date-time": (datetime,),
    "duration": (timedelta,),
}


class Row(NamedTuple):
    """What a framework says of one case, without its reasons; the same as a row of the bulk result.

    `fired` and `open` have a bit for each rule that holds or is undecided, in the order of the document; `held` is the
    outcome that already holds; `reach` has a bit for each rank of the scale that holds or could still follow.
    """

    fired: int
    open: int
    held: str | None
    reach: int


class Masks(NamedTuple):
    """For one value of a column, a bit for every rule: its cell holds; its cell holds or is unknown."""

    holds: int
    maybe: int


class Contender(NamedTuple):
    """A rule of a `priority` table, and the rules that go before it."""

    bit: int
    stronger: int


@dataclass(frozen=True, eq=False)
class Column:
    """A fact that rules test: each test with the rules (as bits) that put it to this fact."""

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

    def masks(self, value: Any) -> Masks:
        """The masks of a checked value; None is unknown."""
        holding = maybe = self.elsewhere
        for test, rules in self.tests.items():
            truth = holds(test, value, self.lists)
            if truth is True:
                holding |= rules
            if truth is not False:
                maybe |= rules
        return Masks(holding, maybe)


def _lists_in(test: Test) -> Iterator[str]:
    for simple in simple_tests(test):
        if isinstance(simple, Membership):
            yield simple.list_id


_Lookup = tuple[str, frozenset[type], dict[Any, Masks], Column]
"""The id of a fact, the types of its values, the masks of values seen before, and its column."""


class Program:
    """A framework, compiled. `compile_framework` keeps one for each framework."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.rules = tuple(framework.rules())
        self.every_rule = (1 << len(self.rules)) - 1
        self.bit_of = {rule.id: 1 << place for place, (_, rule) in enumerate(self.rules)}
        self.columns = tuple(self._columns())
        self.firsts = tuple(self._bits(table.rules) for table in framework.tables if table.hit == "first")
        self.priorities = tuple(tuple(self._contenders(table)) for table in framework.tables if table.hit == "priority")
        self.levels = tuple(
            self._bits(rule for _, rule in self.rules if rule.advice == outcome.id) for outcome in framework.scale
        )
        self.advising = self._bits(rule for _, rule in self.rules if rule.advice)
        advice = framework.otherwise.advice if framework.otherwise else None
        self.otherwise = framework.rank(advice) if advice else None
        self._declared = {fact.id for fact in framework.facts}
        self._lookups = tuple(self._lookup(fact) for fact in framework.facts)

    def _bits(self, rules: Iterable[Rule]) -> int:
        return sum(self.bit_of[rule.id] for rule in rules)

    def _contenders(self, table: Table) -> Iterator[Contender]:
        """The rules of a table in which only the strictest advice counts, and of equals the first."""
        ranks = [-1 if rule.advice is None else self.framework.rank(rule.advice) for rule in table.rules]
        order = sorted(range(len(ranks)), key=lambda place: -ranks[place])
        for position, place in enumerate(order):
            stronger = self._bits(table.rules[each] for each in order[:position])
            yield Contender(self.bit_of[table.rules[place].id], stronger)

    def _columns(self) -> Iterator[Column]:
        tests: dict[str, dict[Test, int]] = {}
        for _, rule in self.rules:
            for fact_id, cell in rule.when.items():
                if not isinstance(cell.tree, Anything):
                    column = tests.setdefault(fact_id, {})
                    column[cell.tree] = column.get(cell.tree, 0) | self.bit_of[rule.id]
        for fact_id, found in tests.items():
            yield Column(self.framework.fact(fact_id), found, self.every_rule, self.framework.codes)

    def _lookup(self, fact: Fact) -> _Lookup:
        column = next((each for each in self.columns if each.fact.id == fact.id), None)
        column = column or Column(fact, {}, self.every_rule, self.framework.codes)
        return fact.id, frozenset((*_KINDS[fact.type], NoneType)), {None: column.masks(None)}, column

    def held(self, facts: Mapping[str, FactValue]) -> str | None:
        """The outcome that already holds, or None. Raises FactError as `assess` does."""
        return self.row(facts).held

    def row(self, facts: Mapping[str, FactValue]) -> Row:
        """Which rules hold and are undecided, and what follows. Raises FactError as `assess` does."""
        fired, maybe = self.decide(facts)
        return self.judged(fired, maybe & ~fired)

    def decide(self, facts: Mapping[str, FactValue]) -> Masks:
        """The rules that hold, and those that hold or are undecided. Raises FactError."""
        if not facts.keys() <= self._declared:
            check_facts(self.framework, facts)
        fired = maybe = self.every_rule
        for fact_id, kinds, seen, column in self._lookups:
            value = facts.get(fact_id)
            masks = seen.get(value) if type(value) in kinds else None
            if masks is None:
                masks = _look_up(value, seen, column)
            fired &= masks[0]
            maybe &= masks[1]
        return self._settled(fired, maybe) if self.firsts or self.priorities else Masks(fired, maybe)

    def _settled(self, fired: int, maybe: int) -> Masks:
        """Where only the first rule counts, or the strictest: a rule holds when it holds itself and each that goes
        before it certainly does not; it can hold as long as none of those certainly does."""
        for table in self.firsts:
            fires, may = fired & table, maybe & table
            first = fires & -fires
            fired = (fired & ~table) | (fires & may & -may)
            maybe = (maybe & ~table) | (may & (first | (first - 1)))
        for contenders in self.priorities:
            fires, may = fired, maybe
            for bit, stronger in contenders:
                if may & stronger:
                    fired &= ~bit
                if fires & stronger:
                    maybe &= ~bit
        return Masks(fired, maybe)

    def judged(self, fired: int, undecided: int) -> Row:
        """What follows when these rules hold and these are undecided."""
        level = next((rank for rank in range(len(self.levels) - 1, -1, -1) if fired & self.levels[rank]), None)
        reach = 0 if level is None else 1 << level
        for rank in range(0 if level is None else level + 1, len(self.levels)):
            if undecided & self.levels[rank]:
                reach |= 1 << rank
        if level is None and self.otherwise is not None:
            reach |= 1 << self.otherwise
            if not undecided & self.advising:
                level = self.otherwise
        return Row(fired, undecided, None if level is None else self.framework.scale[level].id, reach)


def _look_up(value: object, seen: dict[Any, Masks], column: Column) -> Masks:
    checked = check_value(column.fact, value)
    masks = column.masks(checked)
    if len(seen) > REMEMBERED:
        unknown = seen[None]
        seen.clear()
        seen[None] = unknown
    seen[checked] = masks
    return masks


def compile_framework(framework: Framework) -> Program:
    """The mask program of a framework; kept with the framework, which never changes."""
    kept: dict[str, Any] = vars(framework)
    program = kept.get("_program")
    if program is None:
        program = kept["_program"] = Program(framework)
    return program


def reference_row(framework: Framework, facts: Mapping[str, FactValue]) -> Row:
    """The same as `Program.row`, worked out rule by rule from the tree: what every faster way has to agree with."""
    standing = standing_of(framework, check_facts(framework, facts))
    states = [state for table in framework.tables for state in standing.states[table.id]]
    rules = [rule for _, rule in framework.rules()]
    fired = sum(1 << place for place, state in enumerate(states) if state is True)
    undecided = sum(1 << place for place, state in enumerate(states) if state is None)

    def ranks(truth: Truth) -> list[int]:
        together = zip(rules, states, strict=True)
        return [framework.rank(rule.advice) for rule, state in together if rule.advice and state is truth]

    holding, possible = max(ranks(True), default=None), ranks(None)
    reached = {rank for rank in possible if holding is None or rank > holding}
    held = holding
    if holding is not None:
        reached.add(holding)
    elif framework.otherwise is not None and framework.otherwise.advice is not None:
        reached.add(framework.rank(framework.otherwise.advice))
        held = None if possible else framework.rank(framework.otherwise.advice)
    outcome = None if held is None else framework.scale[held].id
    return Row(fired, undecided, outcome, sum(1 << rank for rank in reached))
