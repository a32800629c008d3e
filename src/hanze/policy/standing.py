"""How the rules of a framework stand for the facts that are known so far, and which outcomes they can still lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from hanze.policy.cells import Cell, Value
from hanze.policy.computing import Environment, truth_of
from hanze.policy.depending import name_tested
from hanze.policy.deriving import Known, Wondering, cell_holds, environment, values_of
from hanze.policy.domains import is_counted, representatives
from hanze.policy.expressions import Expression, Logical, Not
from hanze.policy.framework import Framework, Measure, Outcome, Rule, Table
from hanze.policy.logic import Truth, all_of, any_of, holds, negate
from hanze.policy.walking import walk

NOTHING_FIRES = -1
EFFORT_OF_PROOF = 100_000
"""How many rules are looked at to prove that every case gets an advice."""

DEEPEST_SEARCH = 100
"""How many unknown facts are filled in at most on one path of a search."""

_Open = tuple[int, Table, Rule]
"""The level of an undecided rule's advice, its table, and the rule."""


@dataclass(frozen=True)
class Case:
    """What is known of a case, and what follows from it.

    `assumed` holds, for facts and derived facts whose value is not known, one value of the class in which it is taken
    to lie: cells of constants look at it, and expressions do not.
    """

    framework: Framework
    known: Known
    assumed: Known

    @cached_property
    def values(self) -> Known:
        """Every name with its value."""
        return values_of(self.framework, self.known)

    @cached_property
    def within(self) -> Environment:
        """What expressions are evaluated in."""
        return environment(self.framework, self.values)

    @cached_property
    def wondering(self) -> Wondering:
        """What is asked for when something is unknown."""
        return Wondering(self.framework, self.values)

    def cell(self, name: str, cell: Cell) -> Truth:
        """Whether a cell on a fact or a derived fact holds."""
        if name in self.assumed:
            return holds(cell.tree, self.assumed[name], self.framework.codes)
        value = self.values[name]
        if value is None:
            return holds(cell.tree, None, self.framework.codes)
        return cell_holds(cell, value, self.within)

    def conditions(self, cells: Mapping[str, Cell], where: Expression | None = None) -> Truth:
        """Whether all cells hold, and the condition."""
        truth = all_of(self.cell(name, cell) for name, cell in cells.items())
        if where is None or truth is False:
            return truth
        return all_of((truth, self.condition(where)))

    def condition(self, expression: Expression) -> Truth:
        """Whether a condition holds; what compares a name with constants looks at the class that is assumed for it."""
        match expression:
            case Logical(operator="and", operands=operands):
                return all_of(self.condition(each) for each in operands)
            case Logical(operands=operands):
                return any_of(self.condition(each) for each in operands)
            case Not(operand=operand):
                return negate(self.condition(operand))
            case _:
                name = name_tested(expression) if self.assumed else None
                if name is None or name not in self.assumed:
                    return truth_of(expression, self.within)
                return truth_of(expression, self.within.with_values({name: self.assumed[name]}))

    def rule(self, rule: Rule) -> Truth:
        """Whether the conditions of a rule hold."""
        return self.conditions(rule.when, rule.where)

    def with_fact(self, name: str, value: Value) -> Case:
        """The same case with one fact filled in."""
        return Case(self.framework, {**self.known, name: value}, self.assumed)

    def assuming(self, name: str, value: Value) -> Case:
        """The same case with a value taken to lie in a class."""
        return Case(self.framework, self.known, {**self.assumed, name: value})

    def unknown_facts(self, rule: Rule) -> Iterator[str]:
        """The asked facts for want of which it is not known whether a rule holds."""
        for name, cell in rule.when.items():
            if self.cell(name, cell) is None:
                yield from self.wondering.cell(name, cell)
        if rule.where is not None and self.condition(rule.where) is None:
            yield from self.wondering.expression(rule.where)

    def trials(self, rule: Rule) -> Iterator[Trial]:
        """What can be tried to decide a rule: filling in a fact whose values can all be tried, or assuming a class."""
        can_be_tried = triable(self.framework)
        return (each for each in self._trials(rule) if each.name in can_be_tried)

    def _trials(self, rule: Rule) -> Iterator[Trial]:
        for name, cell in rule.when.items():
            if name not in self.assumed and self.cell(name, cell) is None:
                if name in plain_facts(self.framework):
                    yield Trial(name, False)
                else:
                    yield from self._behind(name, self.wondering.cell(name, cell))
        if rule.where is not None and self.condition(rule.where) is None:
            yield from self._filled_in(self.wondering.expression(rule.where))
            for part in walk(rule.where):
                name = name_tested(part)
                if name is not None and name in self.framework.dependencies.tests and name not in self.assumed:
                    yield from self._behind(name, self.wondering.name(name))

    def _behind(self, name: str, asked: Iterable[str]) -> Iterator[Trial]:
        """The facts behind a name that can be filled in; when there are none, the name itself."""
        found = list(self._filled_in(asked))
        yield from found
        if not found and self.values[name] is None:
            yield Trial(name, True)

    def _filled_in(self, asked: Iterable[str]) -> Iterator[Trial]:
        plain = plain_facts(self.framework)
        return (Trial(name, False) for name in dict.fromkeys(asked) if name in plain)

    def tried(self, trial: Trial) -> Iterator[Case]:
        """The case with each class of values of a fact in turn."""
        for value in representatives(self.framework.fact(trial.name), self.framework):
            yield self.assuming(trial.name, value) if trial.assumed else self.with_fact(trial.name, value)


@dataclass(frozen=True, slots=True)
class Trial:
    """A fact of which each class of values is tried: filled in, or (`assumed`) only taken to lie in the class."""

    name: str
    assumed: bool


def is_mixed(name: str, framework: Framework) -> bool:
    """Whether expressions use a fact in a way for which its classes of values do not stand."""
    return name in framework.dependencies.mixed and not is_counted(framework.fact(name))


@lru_cache(maxsize=64)
def plain_facts(framework: Framework) -> frozenset[str]:
    """The asked facts for whose values their classes stand, so that filling them in tries everything."""
    return frozenset(fact.id for fact in framework.facts if not is_mixed(fact.id, framework))


@lru_cache(maxsize=64)
def triable(framework: Framework) -> frozenset[str]:
    """The facts and derived facts whose classes of values are few enough to try."""
    facts = (*framework.facts, *(each.as_fact for each in framework.derived))
    return frozenset(fact.id for fact in facts if representatives(fact, framework))


def conditions_hold(cells: Mapping[str, Cell], known: Known, framework: Framework) -> Truth:
    """Whether all cells hold for the known facts."""
    return Case(framework, known, {}).conditions(cells)


@dataclass(frozen=True)
class Standing:
    """The state of every rule, per table: fires, does not fire, or unknown."""

    case: Case
    states: Mapping[str, tuple[Truth, ...]]

    @property
    def framework(self) -> Framework:
        return self.case.framework

    @property
    def known(self) -> Known:
        """Every asked fact with its value."""
        return self.case.known

    def with_fact(self, fact_id: str, value: Value) -> Standing:
        """The same case with one fact filled in."""
        return self._after(self.case.with_fact(fact_id, value), fact_id)

    def supposing(self, fact_id: str, value: Value) -> Standing:
        """The same case with a value of the class of this one: filled in where all of a class count alike."""
        if is_mixed(fact_id, self.framework):
            return self._after(self.case.assuming(fact_id, value), fact_id)
        return self.with_fact(fact_id, value)

    def tried(self, trial: Trial) -> Iterator[Standing]:
        """The standing of the case with each class of values of a fact in turn."""
        return (self._after(case, trial.name) for case in self.case.tried(trial))

    def _after(self, case: Case, name: str) -> Standing:
        states = dict(self.states)
        for table in self.framework.tables_on(name):
            states[table.id] = _table_states(table, case)
        return Standing(case, states)

    def in_state(self, truth: Truth) -> Iterator[tuple[Table, Rule]]:
        """The rules in one state, in the order of the document."""
        for table in self.framework.tables:
            for rule, state in zip(table.rules, self.states[table.id], strict=True):
                if state is truth:
                    yield table, rule

    def strictest(self) -> Outcome | None:
        """The strictest advice that already fires."""
        level, _ = _levels(self)
        return None if level == NOTHING_FIRES else self.framework.scale[level]

    def measures(self) -> tuple[Measure, ...]:
        """The measures of the rules that fire, in the order of the framework, each once."""
        wanted = {measure for _, rule in self.in_state(True) for measure in rule.measures}
        return tuple(measure for measure in self.framework.measures if measure.id in wanted)

    def unknown_facts(self, table: Table, rule: Rule) -> list[str]:
        """The unknown asked facts on which an undecided rule hangs: its own, and of rules that go before it."""
        rules = self._hanging(table, rule)
        return list(dict.fromkeys(fact_id for each in rules for fact_id in self.case.unknown_facts(each)))

    def trials(self, table: Table, rule: Rule) -> list[Trial]:
        """What can be tried to decide an undecided rule; nothing when it hangs on what cannot be tried."""
        rules = self._hanging(table, rule)
        return list(dict.fromkeys(trial for each in rules for trial in self.case.trials(each)))

    def _hanging(self, table: Table, rule: Rule) -> list[Rule]:
        """The undecided rules on which an undecided rule hangs: itself, and those that go before it."""
        before = table.rules[: table.rules.index(rule)] if table.hit == "first" else ()
        if table.hit == "priority":
            order = by_priority(table, self.framework)
            before = order[: order.index(rule)]
        return [each for each in (rule, *before) if self.case.rule(each) is None]


def standing_of(framework: Framework, known: Known) -> Standing:
    """The state of every rule of a framework for checked facts."""
    case = Case(framework, known, {})
    return Standing(case, {table.id: _table_states(table, case) for table in framework.tables})


def by_priority(table: Table, framework: Framework) -> tuple[Rule, ...]:
    """The rules of a table, the strictest advice first, and of equals the first."""
    return tuple(sorted(table.rules, key=lambda rule: -framework.rank(rule.advice) if rule.advice else 1))


def _table_states(table: Table, case: Case) -> tuple[Truth, ...]:
    states = tuple(case.rule(rule) for rule in table.rules)
    if table.hit == "first":
        return _one_after_another(states)
    if table.hit != "priority":
        return states
    by_rule = {rule.id: state for rule, state in zip(table.rules, states, strict=True)}
    order = by_priority(table, case.framework)
    settled = _one_after_another(tuple(by_rule[rule.id] for rule in order))
    by_rule = {rule.id: state for rule, state in zip(order, settled, strict=True)}
    return tuple(by_rule[rule.id] for rule in table.rules)


def _one_after_another(states: tuple[Truth, ...]) -> tuple[Truth, ...]:
    """A rule counts when it holds and none of those before it does."""
    first: list[Truth] = []
    before: Truth = False
    for state in states:
        first.append(all_of([state, negate(before)]))
        before = any_of([before, state])
    return tuple(first)


def possible_outcomes(standing: Standing, effort: int, among: tuple[Outcome, ...] | None = None) -> tuple[Outcome, ...]:
    """Every outcome (of those in `among`) that some filling-in of the unknown facts leads to, from mild to strict.

    Exact when the search for each outcome ends within `effort` (how many rules it may look at, all partial fillings-in
    together); an outcome that has not been excluded by then is taken to be possible, so the answer is always sound.
    """
    framework = standing.framework
    floor, undecided = _levels(standing)
    levels = {floor, *(each[0] for each in undecided if each[0] > floor)}
    reached: set[int] = set()
    for level in sorted(levels):
        rank = _rank_of_otherwise(framework) if level == NOTHING_FIRES else level
        if rank is None or rank in reached or (among is not None and framework.scale[rank] not in among):
            continue
        if _Search(level, effort, framework).reaches(standing):
            reached.add(rank)
    return tuple(framework.scale[rank] for rank in sorted(reached))


def _rank_of_otherwise(framework: Framework) -> int | None:
    advice = framework.otherwise.advice if framework.otherwise else None
    return framework.rank(advice) if advice else None


def can_leave_without_advice(framework: Framework) -> bool:
    """Whether there may be a case for which no rule gives an advice; exact up to `EFFORT_OF_PROOF`."""
    nothing_known = standing_of(framework, {fact.id: None for fact in framework.facts})
    return _Search(NOTHING_FIRES, EFFORT_OF_PROOF, framework).reaches(nothing_known)


class _Search:
    """Looks for a filling-in of the unknown facts under which the strictest advice has exactly one level."""

    def __init__(self, level: int, effort: int, framework: Framework) -> None:
        self.level = level
        self.steps = effort // max(1, sum(len(table.rules) for table in framework.tables))

    def reaches(self, standing: Standing, depth: int = 0) -> bool:
        self.steps -= 1
        if self.steps < 0 or depth > DEEPEST_SEARCH:
            return True
        fired, undecided = _levels(standing)
        if fired > self.level:
            return False
        stricter = [each for each in undecided if each[0] > self.level]
        if not stricter and fired == self.level:
            return True
        matching = [each for each in undecided if each[0] == self.level]
        trial = self._trial(standing, stricter)
        if trial is None:
            if fired == self.level:
                return True
            trial = self._trial(standing, matching)
        if trial is None:
            return bool(matching)
        return any(self.reaches(each, depth + 1) for each in standing.tried(trial))

    def _trial(self, standing: Standing, rules: list[_Open]) -> Trial | None:
        """What to try for the rule with the fewest trials; a rule without any may hold and may not."""
        fewest: list[Trial] = []
        for _, table, rule in rules:
            trials = standing.trials(table, rule)
            if trials and (not fewest or len(trials) < len(fewest)):
                fewest = trials
            if len(fewest) == 1:
                break
        return fewest[0] if fewest else None


def _levels(standing: Standing) -> tuple[int, list[_Open]]:
    """The level of the strictest advice that fires, and the undecided rules that give an advice."""
    fired = NOTHING_FIRES
    undecided: list[_Open] = []
    for table in standing.framework.tables:
        for rule, state in zip(table.rules, standing.states[table.id], strict=True):
            if rule.advice is None or state is False:
                continue
            level = standing.framework.rank(rule.advice)
            if state is None:
                undecided.append((level, table, rule))
            elif level > fired:
                fired = level
    return fired, undecided
