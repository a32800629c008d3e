"""The values of a case in framework mode: its facts, the parameters of its day, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import cast

from hanze.policy.cells import Cell, Value
from hanze.policy.computing import Environment, passes, truth_of, value_of
from hanze.policy.deciding import decide, decisive_rows, row_states
from hanze.policy.decisions import DecisionTable
from hanze.policy.expressions import Expression, Logical, Name
from hanze.policy.framework import DatedValue, Derived, DerivedRule, Framework, Parameter
from hanze.policy.logic import Truth, holds
from hanze.policy.walking import expressions_in, parts_of

Known = Mapping[str, Value | None]


def values_of(framework: Framework, known: Known) -> Mapping[str, Value | None]:
    """Every name of a framework with its value for checked facts; None is unknown."""
    if not framework.parameters and not framework.derived:
        return known
    values: dict[str, Value | None] = dict(known)
    for parameter in framework.parameters:
        dated = parameter_value(framework, parameter, known)
        values[parameter.id] = dated.value if dated else None
    within = environment(framework, values)
    for derived in framework.derived:
        values[derived.id] = derived_value(derived, within)
    return values


def environment(framework: Framework, values: Mapping[str, Value | None]) -> Environment:
    """What the expressions of a framework are evaluated in."""
    return Environment(values, framework.codes)


def parameter_value(framework: Framework, parameter: Parameter, known: Known) -> DatedValue | None:
    """The value of a parameter on the day of the case.

    None when that day is unknown, whatever the values are: an answer may still be a day before the first of them. A
    framework without `dated_by` has one value for each parameter, which always holds.
    """
    if framework.dated_by is None:
        return parameter.values[0] if parameter.values else None
    day = known.get(framework.dated_by)
    return parameter.dated(day) if isinstance(day, date) else None


def derived_value(derived: Derived, within: Environment) -> Value | None:
    """The value of a derived fact; None is unknown."""
    if isinstance(derived.logic, DecisionTable):
        return cast("Value | None", decide(derived.logic, within))
    return cast("Value | None", value_of(derived.logic, within))


def derived_rules(derived: Derived, within: Environment) -> tuple[DerivedRule, ...]:
    """The rows of its table that give a derived fact its value."""
    if not isinstance(derived.logic, DecisionTable):
        return ()
    reasons = {each.id: each for each in derived.rules}
    return tuple(reasons[row.id] for row in decisive_rows(derived.logic, within))


def cell_holds(cell: Cell, value: Value | None, within: Environment) -> Truth:
    """Whether a value passes a cell, which may compare it with other values of the case."""
    return holds(cell.tree, value, within.lists, lambda test, each: passes(test, each, within))


def is_unknown(value: object) -> bool:
    """Whether a value, or an item of a list, is not known."""
    return value is None or (isinstance(value, tuple) and any(each is None for each in cast("tuple[object]", value)))


class Wondering:
    """Finds the asked facts that keep something unknown."""

    def __init__(self, framework: Framework, values: Mapping[str, Value | None]) -> None:
        self.framework = framework
        self.within = environment(framework, values)
        self.derived = {each.id: each for each in framework.derived}
        self.asked = {fact.id for fact in framework.facts}
        self.parameters = {each.id for each in framework.parameters}

    def name(self, name: str) -> Iterator[str]:
        """The asked facts for want of which a name has no value."""
        if not is_unknown(self.within.values.get(name)):
            return
        if name in self.asked:
            yield name
        elif name in self.parameters and self.framework.dated_by is not None:
            yield from self.name(self.framework.dated_by)
        elif name in self.derived:
            yield from self._logic(self.derived[name].logic)

    def cell(self, name: str, cell: Cell) -> Iterator[str]:
        """The asked facts for want of which it is not known whether a cell on a name holds."""
        value = cast("Value | None", self.within.values.get(name))
        if cell_holds(cell, value, self.within) is None:
            yield from self.name(name)
            for expression in expressions_in(cell.tree):
                yield from self.expression(expression)

    def expression(self, expression: Expression) -> Iterator[str]:
        """The asked facts for want of which an expression has no value."""
        if isinstance(expression, Name):
            yield from self.name(expression.name)
        elif isinstance(expression, Logical):
            for each in expression.operands:
                if truth_of(each, self.within) is None:
                    yield from self.expression(each)
        elif is_unknown(value_of(expression, self.within)):
            for part in parts_of(expression):
                yield from self.expression(part)

    def _logic(self, logic: Expression | DecisionTable) -> Iterator[str]:
        if not isinstance(logic, DecisionTable):
            yield from self.expression(logic)
            return
        for row, state in zip(logic.rules, row_states(logic, self.within), strict=True):
            if state is False:
                continue
            for column, cell in zip(logic.inputs, row.cells, strict=True):
                value = cast("Value | None", value_of(column.expression, self.within))
                if state is None and cell_holds(cell, value, self.within) is None:
                    yield from self.expression(column.expression)
                    for each in expressions_in(cell.tree):
                        yield from self.expression(each)
            for result in row.results:
                yield from self.expression(result)
        for output in logic.outputs:
            if output.default is not None:
                yield from self.expression(output.default)
