"""Small changes to a framework, one at a time: a scenario has to notice each of them, else a mistake would go unseen.

Changed are every cell (left out, turned round, each operator, bound and value), every output (advice, ground, each
measure, who decides), the advice that holds otherwise, the items of lists, and each rule as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Cell,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Operator,
    Simple,
    Test,
    Value,
    unparse,
)
from hanze.policy.domains import value_classes
from hanze.policy.framework import Choice, Fact, Framework, NamedList, Rule, Table
from hanze.policy.scenarios import Scenario, run_scenario

_OTHER_OPERATORS: Mapping[Operator, tuple[Operator, ...]] = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A framework with one change, and the change in words."""

    change: str
    framework: Framework


def survivors(framework: Framework, scenarios: Iterable[Scenario]) -> list[str]:
    """The changes that no scenario notices; the scenarios have to pass on the framework itself."""
    order = sorted(scenarios, key=_unknowns)  # the fewer unknown facts, the faster a case is weighed
    unnoticed: list[str] = []
    for mutant in mutants(framework):
        for index, scenario in enumerate(order):
            if not run_scenario(mutant.framework, scenario).passed:
                order.insert(0, order.pop(index))  # the next change is often noticed by the same scenario
                break
        else:
            unnoticed.append(mutant.change)
    return unnoticed


def _unknowns(scenario: Scenario) -> int:
    return -sum(value is not None for value in scenario.facts.values())


def mutants(framework: Framework) -> Iterator[Mutant]:
    """Every framework that differs from this one by one small change."""
    for table in framework.tables:
        for rule in table.rules:
            for change, changed in _changed_rules(rule, framework):
                rules = tuple(changed if each is rule else each for each in table.rules)
                yield Mutant(f"in rule {rule.id} {change}", _with_table(framework, replace(table, rules=rules)))
            rules = tuple(each for each in table.rules if each is not rule)
            yield Mutant(f"rule {rule.id} is left out", _with_table(framework, replace(table, rules=rules)))
    yield from _other_ends(framework)
    for fact_id, changed in _changed_cells(framework.applies_to, framework):
        text = unparse(changed[fact_id].tree)
        yield Mutant(f"in applies_to {fact_id} becomes {text}", replace(framework, applies_to=changed))
    for named in framework.lists:
        for item in named.items:
            yield Mutant(f"{item.code} leaves the list {named.id}", _without_item(framework, named, item))


def _other_ends(framework: Framework) -> Iterator[Mutant]:
    """Another advice when no rule gives one, and another decider for an outcome."""
    for outcome in framework.scale:
        if framework.otherwise and outcome.id != framework.otherwise.advice:
            otherwise = replace(framework.otherwise, advice=outcome.id)
            yield Mutant(f"otherwise the advice becomes {outcome.id}", replace(framework, otherwise=otherwise))
        for decider in framework.deciders:
            if decider != outcome.decided_by:
                changed = replace(outcome, decided_by=decider)
                scale = tuple(changed if each is outcome else each for each in framework.scale)
                yield Mutant(f"{outcome.id} is decided by {decider}", replace(framework, scale=scale))


def _with_table(framework: Framework, changed: Table) -> Framework:
    tables = tuple(changed if table.id == changed.id else table for table in framework.tables)
    return replace(framework, tables=tables)


def _without_item(framework: Framework, named: NamedList, item: Choice) -> Framework:
    shorter = replace(named, items=tuple(each for each in named.items if each is not item))
    return replace(framework, lists=tuple(shorter if each is named else each for each in framework.lists))


def _changed_rules(rule: Rule, framework: Framework) -> Iterator[tuple[str, Rule]]:
    for fact_id, changed in _changed_cells(rule.when, framework):
        yield f"{fact_id} becomes {unparse(changed[fact_id].tree)}", replace(rule, when=changed)
    if rule.advice:
        for outcome in framework.scale:
            if outcome.id != rule.advice:
                yield f"the advice becomes {outcome.id}", replace(rule, advice=outcome.id)
        yield "the advice is left out", replace(rule, advice=None)
    if rule.ground:
        for ground in framework.grounds:
            if ground != rule.ground:
                yield f"the ground becomes {ground}", replace(rule, ground=ground)
    for measure in rule.measures:
        others = tuple(each for each in rule.measures if each != measure)
        yield f"the measure {measure} is left out", replace(rule, measures=others)


def _changed_cells(cells: Mapping[str, Cell], framework: Framework) -> Iterator[tuple[str, Mapping[str, Cell]]]:
    for fact_id, cell in cells.items():
        for tree in _changed_tests(cell.tree, framework.fact(fact_id), framework):
            yield fact_id, MappingProxyType({**cells, fact_id: Cell(unparse(tree), tree)})


def _changed_tests(test: Test, fact: Fact, framework: Framework) -> Iterator[Test]:
    if isinstance(test, Anything):
        return
    span = test.span
    yield Anything(span)
    yield test.test if isinstance(test, Negation) else Negation(test, span)
    match test:
        case Negation(test=inner):
            for changed in _changed_tests(inner, fact, framework):
                if isinstance(changed, Simple | Alternatives):
                    yield Negation(changed, span)
        case Alternatives(tests=tests):
            for index in range(len(tests)):
                rest = tests[:index] + tests[index + 1 :]
                yield rest[0] if len(rest) == 1 else Alternatives(rest, span)
        case _:
            yield from _changed_simple(test, fact, framework)


def _changed_simple(test: Simple, fact: Fact, framework: Framework) -> Iterator[Simple]:
    match test:
        case Literal(value=value):
            yield from (Literal(other, test.span) for other in _other_values(value, fact, framework))
        case Comparison(operator=operator, value=value):
            for other in _OTHER_OPERATORS[operator]:
                yield Comparison(other, value, test.span)
            for bound in _neighbours(value):
                yield Comparison(operator, bound, test.span)
        case Interval():
            yield replace(test, low_included=not test.low_included)
            yield replace(test, high_included=not test.high_included)
            yield from (replace(test, low=bound) for bound in _neighbours(test.low))
            yield from (replace(test, high=bound) for bound in _neighbours(test.high))
        case Membership():
            pass


def _other_values(value: Value, fact: Fact, framework: Framework) -> Iterator[Value]:
    if isinstance(value, bool):
        return
    if isinstance(value, Decimal | date):
        yield from _neighbours(value)
        return
    yield next(each.value for each in value_classes(fact, framework) if each.value != value)


def _neighbours(value: Decimal | date) -> Iterator[Decimal | date]:
    if isinstance(value, Decimal):
        yield from (value - 1, value + 1)
        return
    if value > date.min:
        yield value - timedelta(days=1)
    if value < date.max:
        yield value + timedelta(days=1)
