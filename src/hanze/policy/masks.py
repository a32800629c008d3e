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

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from operator import itemgetter
from types import MappingProxyType, NoneType
from typing import Any, NamedTuple

from hanze.policy.cells import Anything, Test, Value
from hanze.policy.computing import truth_of
from hanze.policy.deriving import environment, values_of
from hanze.policy.expressions import Expression, Matches, Name, Span
from hanze.policy.facts import FactValue, check_facts, check_value
from hanze.policy.framework import Fact, Framework, Rule, Table
from hanze.policy.logic import Truth
from hanze.policy.looking import Column, Condition, Looked, is_constant, masks_of
from hanze.policy.standing import Case, Standing, standing_of

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


_NOWHERE = Span(0, 0)
_NOTHING: Mapping[str, Value | None] = MappingProxyType({})


class Row(NamedTuple):
    """What a framework says of one case, without its reasons; the same as a row of the bulk result.

    `fired` and `open` have a bit for each rule that holds or is undecided, in the order of the document; `held` is the
    outcome that already holds; `reach` has a bit for each rank of the scale that holds or could still follow.
    """

    fired: int
    open: int
    held: str | None
    reach: int


class TracedRule(NamedTuple):
    """A rule in the trace of a case: its state, as its table counts it, and the truth of each of its cells in the order
    of `rule.when`, that of its `where` last."""

    table: Table
    rule: Rule
    state: Truth
    truths: tuple[Truth, ...]

    @property
    def cells(self) -> Mapping[str, Truth]:
        """The truth of each cell by its fact."""
        return dict(zip(self.rule.when, self.truths, strict=False))


class Contender(NamedTuple):
    """A rule of a `priority` table, and the rules that go before it."""

    bit: int
    stronger: int


_Lookup = tuple[str, frozenset[type], dict[Any, Looked], Column]
"""The id of a fact, the types of its values, what its column said of values seen before, and its column."""


_TableStates = tuple[str, int, int, dict[tuple[int, int], tuple[Truth, ...]]]
"""The id of a table, the place of its first rule, a bit for each of its rules, and the states of bits seen before."""


class Program:
    """A framework, compiled. `compile_framework` keeps one for each framework."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.rules = tuple(framework.rules())
        self.every_rule = (1 << len(self.rules)) - 1
        self.bit_of = {rule.id: 1 << place for place, (_, rule) in enumerate(self.rules)}
        self.columns, self.conditions = self._asked_for()
        self.firsts = tuple(self._bits(table.rules) for table in framework.tables if table.hit == "first")
        self.priorities = tuple(tuple(self._contenders(table)) for table in framework.tables if table.hit == "priority")
        self.levels = tuple(
            self._bits(rule for _, rule in self.rules if rule.advice == outcome.id) for outcome in framework.scale
        )
        self.advising = self._bits(rule for _, rule in self.rules if rule.advice)
        advice = framework.otherwise.advice if framework.otherwise else None
        self.otherwise = framework.rank(advice) if advice else None
        self._declared = {fact.id for fact in framework.facts}
        self._asked = tuple(self._lookup(fact) for fact in framework.facts)
        derived = {each.id for each in framework.derived}
        self._derived = tuple(self._lookup(each.fact) for each in self.columns if each.fact.id in derived)
        self._seen = {name: seen for name, _, seen, _ in (*self._asked, *self._derived)}
        self._tables = tuple(_states_of(framework))

    @cached_property
    def _places(self) -> tuple[Callable[[tuple[Truth, ...]], tuple[Truth, ...]], ...]:
        """For each rule, what takes the truths of its cells out of those of all tests: the columns, `-`, conditions."""
        tests = [(name, test) for name, _, _, column in (*self._asked, *self._derived) for test in column.tests]
        asked = {each: place for place, each in enumerate(tests)}
        conditions = {each.expression: len(tests) + 1 + place for place, each in enumerate(self.conditions)}

        def place_of(name: str, test: Test) -> int:
            if isinstance(test, Anything):
                return len(tests)
            return asked[name, test] if is_constant(test) else conditions[Matches(Name(name, _NOWHERE), test, _NOWHERE)]

        places = [[place_of(name, cell.tree) for name, cell in rule.when.items()] for _, rule in self.rules]
        for (_, rule), found in zip(self.rules, places, strict=True):
            if rule.where is not None:
                found.append(conditions[rule.where])
        return tuple(_taking(found) for found in places)

    def _bits(self, rules: Iterable[Rule]) -> int:
        return sum(self.bit_of[rule.id] for rule in rules)

    def _contenders(self, table: Table) -> Iterator[Contender]:
        """The rules of a table in which only the strictest advice counts, and of equals the first."""
        ranks = [-1 if rule.advice is None else self.framework.rank(rule.advice) for rule in table.rules]
        order = sorted(range(len(ranks)), key=lambda place: -ranks[place])
        for position, place in enumerate(order):
            stronger = self._bits(table.rules[each] for each in order[:position])
            yield Contender(self.bit_of[table.rules[place].id], stronger)

    def _asked_for(self) -> tuple[tuple[Column, ...], tuple[Condition, ...]]:
        """The facts with the tests on them, and the conditions that are more than a test of constants."""
        tests: dict[str, dict[Test, int]] = {}
        conditions: dict[Expression, int] = {}
        for _, rule in self.rules:
            bit = self.bit_of[rule.id]
            for name, cell in rule.when.items():
                if is_constant(cell.tree):
                    if not isinstance(cell.tree, Anything):
                        column = tests.setdefault(name, {})
                        column[cell.tree] = column.get(cell.tree, 0) | bit
                else:
                    condition = Matches(Name(name, _NOWHERE), cell.tree, _NOWHERE)
                    conditions[condition] = conditions.get(condition, 0) | bit
            if rule.where is not None:
                conditions[rule.where] = conditions.get(rule.where, 0) | bit
        columns = (
            Column(self.framework.fact(name), found, self.every_rule, self.framework.codes)
            for name, found in tests.items()
        )
        return tuple(columns), tuple(Condition(expression, rules) for expression, rules in conditions.items())

    def _lookup(self, fact: Fact) -> _Lookup:
        column = next((each for each in self.columns if each.fact.id == fact.id), None)
        column = column or Column(fact, {}, self.every_rule, self.framework.codes)
        kinds = (tuple,) if fact.many else _KINDS[fact.type]
        return fact.id, frozenset((*kinds, NoneType)), {None: column.look(None)}, column

    def held(self, facts: Mapping[str, FactValue]) -> str | None:
        """The outcome that already holds, or None. Raises FactError as `assess` does."""
        return self.row(facts).held

    def row(self, facts: Mapping[str, FactValue]) -> Row:
        """Which rules hold and are undecided, and what follows. Raises FactError as `assess` does."""
        fired, maybe = self.decide(facts)
        return self.judged(fired, maybe & ~fired)

    def decide(self, facts: Mapping[str, FactValue]) -> tuple[int, int]:
        """The rules that hold, and those that hold or are undecided. Raises FactError."""
        if self._derived or self.conditions:
            return self.weighed(self.known(facts))
        fired = maybe = self.every_rule
        if not facts.keys() <= self._declared:
            check_facts(self.framework, facts)
        for fact_id, kinds, seen, column in self._asked:
            value = facts.get(fact_id)
            looked = seen.get(value) if type(value) in kinds else None
            if looked is None:
                looked = _look_up(value, seen, column)
            fired &= looked[0]
            maybe &= looked[1]
        return self.settled(fired, maybe) if self.firsts or self.priorities else (fired, maybe)

    def known(self, facts: Mapping[str, FactValue]) -> dict[str, Value | None]:
        """Every fact with its checked value, as `check_facts` gives them. Raises FactError."""
        if not facts.keys() <= self._declared:
            check_facts(self.framework, facts)
        return {lookup[0]: _looked(facts.get(lookup[0]), lookup).value for lookup in self._asked}

    def weighed(self, known: Mapping[str, Value | None]) -> tuple[int, int]:
        """The rules that hold, and those that hold or are undecided, for checked facts."""
        fired = maybe = self.every_rule
        values = values_of(self.framework, known)
        for looked in self._looks(values):
            fired &= looked.holds
            maybe &= looked.maybe
        if self.conditions:
            within = environment(self.framework, values)
            for expression, rules in self.conditions:
                holding, can = masks_of([truth_of(expression, within)], [rules], self.every_rule & ~rules)
                fired &= holding
                maybe &= can
        return self.settled(fired, maybe) if self.firsts or self.priorities else (fired, maybe)

    def standing(self, facts: Mapping[str, FactValue]) -> Standing:
        """The state of every rule, as `standing_of` gives it. Raises FactError."""
        known = MappingProxyType(self.known(facts))
        fired, maybe = self.weighed(known)
        states: dict[str, tuple[Truth, ...]] = {}
        for table_id, first, every, seen in self._tables:
            key = (fired >> first & every, maybe >> first & every)
            states[table_id] = seen.get(key) or _decoded(key, every, seen)
        return Standing(Case(self.framework, known, _NOTHING), states)

    def traced(self, standing: Standing) -> tuple[TracedRule, ...]:
        """Every rule of a case with its state and the truth of each of its cells, in the order of the document."""
        values = standing.case.values
        truths = [truth for looked in self._looks(values) for truth in looked.truths]
        truths.append(True)
        truths += [truth_of(each.expression, standing.case.within) for each in self.conditions]
        every = tuple(truths)
        states = [state for table in standing.states.values() for state in table]
        cells = [places(every) for places in self._places]
        return tuple(
            TracedRule(table, rule, state, truths)
            for (table, rule), state, truths in zip(self.rules, states, cells, strict=True)
        )

    @cached_property
    def is_constant(self) -> bool:
        """Whether every cell of every rule is a test of constants on an asked fact that has one value."""
        return not (self.conditions or self._derived or any(column.fact.many for column in self.columns))

    def _looks(self, values: Mapping[str, Value | None]) -> Iterator[Looked]:
        """What each column says of a case, the asked facts first."""
        for lookup in self._asked:
            yield _looked(values[lookup[0]], lookup)
        for name, _, seen, column in self._derived:
            value = values[name]
            yield seen.get(value) or _remember(value, seen, column)

    def before(self, rules: int) -> int:
        """These rules, with all rules of the tables in which others can go before them."""
        for table in (*self.firsts, *(sum(each.bit for each in contenders) for contenders in self.priorities)):
            if rules & table:
                rules |= table
        return rules

    def looked(self, column: Column, value: Value | None) -> Looked:
        """What a column of the program says of a checked value."""
        return self._seen[column.fact.id].get(value) or column.look(value)

    def settled(self, fired: int, maybe: int) -> tuple[int, int]:
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
        return fired, maybe

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


def _looked(value: object, lookup: _Lookup) -> Looked:
    """What a column says of a value. Raises FactError when it is not one of the fact."""
    _, kinds, seen, column = lookup
    looked = seen.get(value) if type(value) in kinds else None
    return _look_up(value, seen, column) if looked is None else looked


def _look_up(value: object, seen: dict[Any, Looked], column: Column) -> Looked:
    return _remember(check_value(column.fact, value), seen, column)


def _remember(value: Value | None, seen: dict[Any, Looked], column: Column) -> Looked:
    if len(seen) > REMEMBERED:
        unknown = seen[None]
        seen.clear()
        seen[None] = unknown
    looked = seen[value] = column.look(value)
    return looked


def _taking(places: list[int]) -> Callable[[tuple[Truth, ...]], tuple[Truth, ...]]:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda truths: tuple(truths[place] for place in places)


def _states_of(framework: Framework) -> Iterator[_TableStates]:
    first = 0
    for table in framework.tables:
        yield table.id, first, (1 << len(table.rules)) - 1, {}
        first += len(table.rules)


def _decoded(key: tuple[int, int], every: int, seen: dict[tuple[int, int], tuple[Truth, ...]]) -> tuple[Truth, ...]:
    """The states of the rules of a table from their bits."""
    fired, maybe = key
    if len(seen) > REMEMBERED:
        seen.clear()
    states = tuple(
        True if fired >> place & 1 else None if maybe >> place & 1 else False for place in range(every.bit_length())
    )
    seen[key] = states
    return states


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
