"""The parts of expressions, tests and tables, and the names that they use."""

from __future__ import annotations

from collections.abc import Iterator

from hanze.policy.cells import Related, RelatedInterval, Simple, Test, simple_tests
from hanze.policy.decisions import DecisionTable
from hanze.policy.expressions import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Expression,
    Field,
    Items,
    Logical,
    Matches,
    Name,
    Negative,
    Not,
)


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside an expression, those in its tests included."""
    match expression:
        case Constant() | Name():
            return ()
        case Field(base=base):
            return (base,)
        case Negative(operand=operand) | Not(operand=operand):
            return (operand,)
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Logical(operands=operands):
            return operands
        case Matches(value=value, test=test):
            return (value, *expressions_in(test))
        case Items(items=items):
            return items
        case Call(arguments=arguments):
            return arguments


def expressions_in(test: Test) -> Iterator[Expression]:
    """The expressions that a cell compares with."""
    for simple in simple_tests(test):
        match simple:
            case Related(expression=expression):
                yield expression
            case RelatedInterval(low=low, high=high):
                yield low
                yield high
            case _:
                pass


def walk(expression: Expression) -> Iterator[Expression]:
    """An expression and everything in it."""
    yield expression
    for part in parts_of(expression):
        yield from walk(part)


def names_in(expression: Expression) -> frozenset[str]:
    """The names that an expression uses."""
    return frozenset(each.name for each in walk(expression) if isinstance(each, Name))


def names_in_test(test: Test) -> frozenset[str]:
    """The names that a cell compares with."""
    return frozenset(name for expression in expressions_in(test) for name in names_in(expression))


def tests_in(expression: Expression) -> Iterator[Simple]:
    """The tests that stand after `in` in an expression."""
    for each in walk(expression):
        if isinstance(each, Matches):
            yield from simple_tests(each.test)


def expressions_of(logic: Expression | DecisionTable) -> Iterator[Expression]:
    """The expressions of a derived fact: its own, or those in the inputs, cells and results of its table."""
    if not isinstance(logic, DecisionTable):
        yield logic
        return
    for column in logic.inputs:
        yield column.expression
    for output in logic.outputs:
        yield from output.order
        if output.default is not None:
            yield output.default
    for row in logic.rules:
        for cell in row.cells:
            yield from expressions_in(cell.tree)
        yield from row.results


def tests_of(logic: Expression | DecisionTable) -> Iterator[Simple]:
    """Every test in a derived fact: in its cells and in its expressions."""
    if isinstance(logic, DecisionTable):
        for row in logic.rules:
            for cell in row.cells:
                yield from simple_tests(cell.tree)
    for expression in expressions_of(logic):
        yield from tests_in(expression)


def names_of(logic: Expression | DecisionTable) -> frozenset[str]:
    """The names that a derived fact looks at."""
    return frozenset(name for expression in expressions_of(logic) for name in names_in(expression))
