"""Cells, expressions and values of a framework as FEEL that other engines read: lists written out, days as `date(…)`.

A cell on a list of values asks whether one of them passes; FEEL asks that in an expression, of which the column then
has to be true (`asked_of_items`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Related,
    RelatedInterval,
    Simple,
    Test,
    Value,
    simple_tests,
    unparse,
    unparse_expression,
)
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
    Span,
)
from hanze.policy.framework import NamedList

Lists = Mapping[str, NamedList]

NEVER = '< ""'
"""A cell on a text that never holds: what being on an empty list comes to."""

_HERE = Span(0, 0)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def feel_expression(expression: Expression, lists: Lists) -> str:
    """An expression as FEEL."""
    return _printable(unparse_expression(_standard(expression, lists)))


def feel_cell(test: Test, lists: Lists) -> str:
    """A cell on one value as FEEL unary tests."""
    match test:
        case Anything():
            return "-"
        case Negation(test=inner):
            tests = _tests(inner, lists)
            return f"not({_printable(_joined(tests))})" if tests else "-"
        case _:
            return _printable(_joined(_tests(test, lists))) or NEVER


def feel_value(value: Value | None) -> str:
    """A value as FEEL; None is null."""
    if isinstance(value, tuple):
        return f"[{', '.join(feel_value(each) for each in value)}]"
    return _printable(unparse_expression(Constant(value, _HERE)))


def asked_of_items(name: str, test: Test, lists: Lists) -> str:
    """Whether one of the values of a list passes a test (with `not`: whether none does), as a FEEL expression.

    Within S-FEEL and its list functions, except for an interval, which takes a quantifier.
    """
    if isinstance(test, Negation):
        return f"not({asked_of_items(name, test.test, lists)})"
    return " or ".join(_printable(_of_one_item(name, each)) for each in _tests(test, lists)) or "false"


def _of_one_item(name: str, test: Simple) -> str:
    match test:
        case Related(operator="=", expression=expression):
            return f"list contains({name}, {unparse_expression(expression)})"
        case Related(operator=operator):
            extreme = "max" if operator in (">", ">=") else "min"
            return f"count({name}) > 0 and {extreme}({name}) {unparse(test)}"
        case _:
            return f"(some item in {name} satisfies item in {unparse(test)})"


def _joined(tests: list[Simple]) -> str:
    return ", ".join(unparse(each) for each in tests)


def _tests(test: Test, lists: Lists) -> list[Simple]:
    return [made for each in simple_tests(test) for made in _simple(each, lists)]


def _simple(test: Simple, lists: Lists) -> list[Simple]:
    """A test with every value as a FEEL expression has it; on a list a test for each of its codes."""
    match test:
        case Literal(value=value):
            return [Related("=", Constant(value, _HERE), _HERE)]
        case Comparison(operator=operator, value=value):
            return [Related(operator, Constant(value, _HERE), _HERE)]
        case Interval(low=low, high=high):
            least, most = Constant(low, _HERE), Constant(high, _HERE)
            return [RelatedInterval(least, test.low_included, most, test.high_included, _HERE)]
        case Membership(list_id=list_id):
            return [Related("=", Constant(item.code, _HERE), _HERE) for item in lists[list_id].items]
        case Related(operator=operator, expression=expression):
            return [Related(operator, _standard(expression, lists), _HERE)]
        case RelatedInterval():
            low, high = _standard(test.low, lists), _standard(test.high, lists)
            return [RelatedInterval(low, test.low_included, high, test.high_included, _HERE)]


def _standard(expression: Expression, lists: Lists) -> Expression:  # noqa: C901
    def inside(part: Expression) -> Expression:
        return _standard(part, lists)

    match expression:
        case Constant() | Name():
            return expression
        case Field(base=base, name=name):
            return Field(inside(base), name, _HERE)
        case Negative(operand=operand):
            return Negative(inside(operand), _HERE)
        case Not(operand=operand):
            return Not(inside(operand), _HERE)
        case Arithmetic(operator=operator, left=left, right=right):
            return Arithmetic(operator, inside(left), inside(right), _HERE)
        case Compare(operator=operator, left=left, right=right):
            return Compare(operator, inside(left), inside(right), _HERE)
        case Logical(operator=operator, operands=operands):
            return Logical(operator, tuple(inside(each) for each in operands), _HERE)
        case Items(items=items):
            return Items(tuple(inside(each) for each in items), _HERE)
        case Call(function=function, arguments=arguments, names=names):
            return Call(function, tuple(inside(each) for each in arguments), names, _HERE)
        case Matches(value=value, test=Negation(test=test)):
            return Not(_matches(inside(value), test, lists), _HERE)
        case Matches(value=value, test=test):
            return _matches(inside(value), test, lists)


def _matches(value: Expression, test: Test, lists: Lists) -> Expression:
    tests = _tests(test, lists)
    if not tests:
        return Constant(False, _HERE)
    return Matches(value, tests[0] if len(tests) == 1 else Alternatives(tuple(tests), _HERE), _HERE)


def _printable(text: str) -> str:
    """The text with signs that XML cannot hold written as FEEL writes them; they stand between quotes only."""
    return _CONTROL.sub(lambda found: f"\\u{ord(found[0]):04X}", text)
