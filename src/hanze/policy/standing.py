"""How the rules of a framework stand for the facts that are known so far, and which outcomes they can still lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hanze.policy.cells import Cell, Value
from hanze.policy.domains import representatives
from hanze.policy.framework import Framework, Measure, Outcome, Rule, Table
from hanze.policy.logic import Truth, all_of, any_of, holds, negate

NOTHING_FIRES = -1
EFFORT_OF_PROOF = 100_000
"""How many rules are looked at to prove that every case gets an advice."""

DEEPEST_SEARCH = 100
"""How many unknown facts are filled in at most on one path of a search."""

Known = Mapping[str, Value | None]
_Open = tuple[int, Table, Rule]
"""The level of an undecided rule's advice, its table, and the rule."""


def conditions_hold(cells: Mapping[str, Cell], known: Known, framework: Framework) -> Truth:
    """Whether all cells hold for the known facts."""
    return all_of(holds(cell.tree, known[fact_id], framework.codes) for fact_id, cell in cells.items())


@dataclass(frozen=True)
class Standing:
    """The state of every rule, per table: fires, does not fire, or unknown."""

    framework: Framework
    known: Known
    states: Mapping[str, tuple[Truth, ...]]

    def with_fact(self, fact_id: str, value: Value) -> Standing:
        """The same case with one fact filled in."""
        known = {**self.known, fact_id: value}
        states = dict(self.states)
        for table in self.framework.tables_on(fact_id):
            states[table.id] = _table_states(table, known, self.framework)
        return Standing(self.framework, known, states)

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
        """The unknown facts on which an undecided rule hangs: its own, and of earlier rules in a `first` table."""
        rules = [rule]
        if table.hit == "first":
            earlier = table.rules[: table.rules.index(rule)]
            rules += [each for each in earlier if conditions_hold(each.when, self.known, self.framework) is None]
        found = (fact_id for each in rules for fact_id, cell in each.when.items() if self._is_unknown(fact_id, cell))
        return list(dict.fromkeys(found))

    def _is_unknown(self, fact_id: str, cell: Cell) -> bool:
        return holds(cell.tree, self.known[fact_id], self.framework.codes) is None


def standing_of(framework: Framework, known: Known) -> Standing:
    """The state of every rule of a framework for checked facts."""
    return Standing(framework, known, {table.id: _table_states(table, known, framework) for table in framework.tables})


def _table_states(table: Table, known: Known, framework: Framework) -> tuple[Truth, ...]:
    states = tuple(conditions_hold(rule.when, known, framework) for rule in table.rules)
    if table.hit != "first":
        return states
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
        open_rules = stricter or [each for each in undecided if each[0] == self.level]
        return self._branch(standing, open_rules, depth + 1)

    def _branch(self, standing: Standing, open_rules: list[_Open], depth: int) -> bool:
        if not open_rules:
            return False
        fact_id = min((standing.unknown_facts(each[1], each[2]) for each in open_rules), key=len)[0]
        values = representatives(standing.framework.fact(fact_id), standing.framework)
        return any(self.reaches(standing.with_fact(fact_id, value), depth) for value in values)


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
