"""What rests on what in a framework: which asked facts stand behind a name, and what expressions ask of one fact.

A comparison of one fact with a constant, wherever it stands, divides its values as a cell does. A fact that an
expression uses in another way (`budget / visitors`) is *mixed*: its values cannot be divided into finitely many classes
that expressions answer alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from hanze.policy.cells import (
    Cell,
    Comparison,
    Literal,
    Negation,
    Operator,
    Ordered,
    Related,
    RelatedInterval,
    Simple,
    Test,
    simple_tests,
    unparse,
)
from hanze.policy.decisions import DecisionTable
from hanze.policy.expressions import Compare, Constant, Expression, Matches, Name, Span
from hanze.policy.walking import expressions_in, expressions_of, names_in, names_in_test, names_of, parts_of

if TYPE_CHECKING:
    from hanze.policy.framework import Framework, Rule

_FLIPPED: Mapping[str, Operator] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_HERE = Span(0, 0)


@dataclass(frozen=True)
class Dependencies:
    """`asked` are the asked facts behind each name; `tests` the cells on each fact, those in expressions included;
    `mixed` the names that expressions use otherwise."""

    asked: Mapping[str, frozenset[str]]
    tests: Mapping[str, tuple[Cell, ...]]
    mixed: frozenset[str]

    def behind(self, names: frozenset[str]) -> frozenset[str]:
        """The asked facts behind several names."""
        return frozenset(fact for name in names for fact in self.asked.get(name, ()))


def names_in_rule(rule: Rule) -> frozenset[str]:
    """The names that the cells and the condition of a rule look at."""
    found = set(rule.when)
    for cell in rule.when.values():
        found |= names_in_test(cell.tree)
    return frozenset(found | (names_in(rule.where) if rule.where is not None else frozenset()))


def dependencies_of(framework: Framework) -> Dependencies:
    """What rests on what in a framework."""
    asked = {fact.id: frozenset((fact.id,)) for fact in framework.facts}
    day = frozenset((framework.dated_by,) if framework.dated_by else ())
    for parameter in framework.parameters:
        asked[parameter.id] = day
    for derived in framework.derived:
        asked[derived.id] = frozenset(fact for name in names_of(derived.logic) for fact in asked.get(name, ()))
    uses = _Uses(framework)
    return Dependencies(asked, {name: tuple(cells) for name, cells in uses.tests.items()}, frozenset(uses.mixed))


class _Uses:
    """Collects how the rules, the conditions and the derived facts of a framework use each name."""

    def __init__(self, framework: Framework) -> None:
        names = (*(fact.id for fact in framework.facts), *(each.id for each in framework.derived))
        self.tests: dict[str, dict[Cell, None]] = {name: {} for name in names}
        self.mixed: set[str] = set()
        for conditions in (framework.applies_to, *(rule.when for _, rule in framework.rules())):
            for name, cell in conditions.items():
                self.cell(name, cell)
        for _, rule in framework.rules():
            if rule.where is not None:
                self.expression(rule.where)
        for derived in framework.derived:
            self.logic(derived.logic)
        if framework.dated_by is not None:
            used = {name for names in self._all_names(framework) for name in names}
            for parameter in framework.parameters:
                if parameter.id in used:
                    for value in parameter.values:
                        self.test(framework.dated_by, Comparison(">=", value.start, _HERE))

    @staticmethod
    def _all_names(framework: Framework) -> Iterator[frozenset[str]]:
        yield frozenset()
        for cell in framework.applies_to.values():
            yield names_in_test(cell.tree)
        for _, rule in framework.rules():
            yield names_in_rule(rule)
        for derived in framework.derived:
            yield names_of(derived.logic)

    def cell(self, name: str, cell: Cell) -> None:
        """A cell divides the values of its fact; a test in it that is not constant mixes them."""
        related = [each for each in simple_tests(cell.tree) if isinstance(each, Related | RelatedInterval)]
        if related:
            self.mixed.add(name)
        for expression in expressions_in(cell.tree):
            self.expression(expression)
        if name in self.tests:
            self.tests[name][cell] = None

    def test(self, name: str, test: Test) -> None:
        if name in self.tests:
            self.tests[name][Cell(unparse(test), test)] = None

    def logic(self, logic: Expression | DecisionTable) -> None:
        if isinstance(logic, DecisionTable):
            for index, column in enumerate(logic.inputs):
                if isinstance(column.expression, Name):
                    for row in logic.rules:
                        self.cell(column.expression.name, row.cells[index])
                else:
                    self.expression(column.expression)
                    for row in logic.rules:
                        for each in expressions_in(row.cells[index].tree):
                            self.expression(each)
            for row in logic.rules:
                for result in row.results:
                    self.expression(result)
            for output in logic.outputs:
                if output.default is not None:
                    self.expression(output.default)
        else:
            for expression in expressions_of(logic):
                self.expression(expression)

    def expression(self, expression: Expression) -> None:
        """A comparison of a name with a constant is a test; a name elsewhere is mixed."""
        match expression:
            case Name(name=name):
                self.mixed.add(name)
            case Compare(operator=operator, left=Name(name=name), right=Constant(value=value)) if value is not None:
                self.test(name, _compared(operator, value))
            case Compare(operator=operator, left=Constant(value=value), right=Name(name=name)) if value is not None:
                self.test(name, _compared(_FLIPPED.get(operator, operator), value))
            case Matches(value=Name(name=name), test=test) if not any(True for _ in expressions_in(test)):
                self.test(name, test)
            case _:
                for part in parts_of(expression):
                    self.expression(part)


def name_tested(expression: Expression) -> str | None:
    """The name that an expression compares with constants, and does nothing else; None for any other expression."""
    match expression:
        case Compare(left=Name(name=name), right=Constant()) | Compare(left=Constant(), right=Name(name=name)):
            return name
        case Matches(value=Name(name=name), test=test) if not any(True for _ in expressions_in(test)):
            return name
        case _:
            return None


def _compared(operator: str, value: object) -> Test:
    if operator in ("=", "!="):
        literal = Literal(cast("str", value), _HERE)
        return literal if operator == "=" else Negation(literal, _HERE)
    return cast(Simple, Comparison(cast(Operator, operator), cast(Ordered, value), _HERE))
