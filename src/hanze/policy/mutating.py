"""Small changes to a framework, one at a time: a scenario has to notice each of them, else a mistake would go unseen.

Changed are every cell and expression (left out, turned round, each operator, bound and value), every output (advice,
ground, each measure, who decides, what a derived fact is), the values of parameters, the advice that holds otherwise,
the items of lists, and each rule as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from hanze.policy.cells import Cell, unparse, unparse_expression, value_text
from hanze.policy.decisions import DecisionTable, TableInput, TableRule
from hanze.policy.expressions import Constant, Expression, Name
from hanze.policy.framework import Choice, DatedValue, Derived, Fact, Framework, NamedList, Parameter, Rule, Table, Text
from hanze.policy.mutating_expressions import changed_expressions, changed_tests, other_values
from hanze.policy.scenarios import Scenario, run_scenario
from hanze.policy.typechecking import fact_type_of


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
    yield from _changed_parameters(framework)
    for derived in framework.derived:
        for change, changed in _changed_derived(derived, framework):
            yield Mutant(f"in {derived.id} {change}", _with_derived(framework, changed))
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


def _changed_parameters(framework: Framework) -> Iterator[Mutant]:
    """Another value of a parameter, or one left out."""
    for parameter in framework.parameters:
        for dated in parameter.values:
            for other in () if isinstance(dated.value, tuple) else other_values(dated.value):
                change = f"{parameter.id} becomes {value_text(other)} from {dated.start}"
                yield Mutant(change, _with_value(framework, parameter, dated, replace(dated, value=other)))
            if len(parameter.values) > 1:
                change = f"{parameter.id} has no value from {dated.start}"
                yield Mutant(change, _with_value(framework, parameter, dated, None))


def _with_value(framework: Framework, parameter: Parameter, old: DatedValue, new: DatedValue | None) -> Framework:
    kept = (new if each is old else each for each in parameter.values)
    changed = replace(parameter, values=tuple(each for each in kept if each is not None))
    parameters = tuple(changed if each is parameter else each for each in framework.parameters)
    return replace(framework, parameters=parameters)


def _with_derived(framework: Framework, changed: Derived) -> Framework:
    return replace(framework, derived=tuple(changed if each.id == changed.id else each for each in framework.derived))


def _changed_derived(derived: Derived, framework: Framework) -> Iterator[tuple[str, Derived]]:
    if not isinstance(derived.logic, DecisionTable):
        for changed in changed_expressions(derived.logic, framework):
            yield f"the expression becomes {unparse_expression(changed)}", replace(derived, logic=changed)
        return
    table = derived.logic
    for index, row in enumerate(table.rules):
        for column, (given, cell) in enumerate(zip(table.inputs, row.cells, strict=True)):
            for tree in changed_tests(cell.tree, _fact_of(given, framework), framework):
                cells = (*row.cells[:column], Cell(unparse(tree), tree), *row.cells[column + 1 :])
                change = f"in rule {row.id} {unparse_expression(given.expression)} becomes {unparse(tree)}"
                yield change, _with_row(derived, table, index, replace(row, cells=cells))
        for result in _changed_results(row.results[0], derived, framework):
            change = f"rule {row.id} gives {unparse_expression(result)}"
            yield change, _with_row(derived, table, index, replace(row, results=(result,)))
        yield f"rule {row.id} is left out", _with_row(derived, table, index, None)
    for column, given in enumerate(table.inputs):
        for changed in changed_expressions(given.expression, framework):
            inputs = (*table.inputs[:column], replace(given, expression=changed), *table.inputs[column + 1 :])
            change = f"{unparse_expression(given.expression)} becomes {unparse_expression(changed)}"
            yield change, replace(derived, logic=replace(table, inputs=inputs))
    output = table.outputs[0]
    if output.default is not None:
        for changed in _changed_results(output.default, derived, framework):
            outputs = (replace(output, default=changed),)
            change = f"the default becomes {unparse_expression(changed)}"
            yield change, replace(derived, logic=replace(table, outputs=outputs))


def _with_row(derived: Derived, table: DecisionTable, index: int, row: TableRule | None) -> Derived:
    kept = () if row is None else (row,)
    return replace(derived, logic=replace(table, rules=(*table.rules[:index], *kept, *table.rules[index + 1 :])))


def _changed_results(result: Expression, derived: Derived, framework: Framework) -> Iterator[Expression]:
    if isinstance(result, Constant) and derived.choices:
        yield from (replace(result, value=each.code) for each in derived.choices if each.code != result.value)
    else:
        yield from changed_expressions(result, framework)


def _fact_of(column: TableInput, framework: Framework) -> Fact:
    """The fact of a column; one without a name for an expression."""
    if isinstance(column.expression, Name) and column.expression.name in framework.dependencies.tests:
        return framework.fact(column.expression.name)
    return Fact("", Text("", ""), fact_type_of(column.type), (), None, None, None, False, None)


def _with_table(framework: Framework, changed: Table) -> Framework:
    tables = tuple(changed if table.id == changed.id else table for table in framework.tables)
    return replace(framework, tables=tables)


def _without_item(framework: Framework, named: NamedList, item: Choice) -> Framework:
    shorter = replace(named, items=tuple(each for each in named.items if each is not item))
    return replace(framework, lists=tuple(shorter if each is named else each for each in framework.lists))


def _changed_rules(rule: Rule, framework: Framework) -> Iterator[tuple[str, Rule]]:
    for fact_id, changed in _changed_cells(rule.when, framework):
        yield f"{fact_id} becomes {unparse(changed[fact_id].tree)}", replace(rule, when=changed)
    if rule.where is not None:
        yield "where is left out", replace(rule, where=None)
        for where in changed_expressions(rule.where, framework):
            yield f"where becomes {unparse_expression(where)}", replace(rule, where=where)
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
        for tree in changed_tests(cell.tree, framework.fact(fact_id), framework):
            yield fact_id, MappingProxyType({**cells, fact_id: Cell(unparse(tree), tree)})
