"""Small changes to expressions and tests, one at a time: another operator, bound, value or part left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import cast

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Operator,
    Ordered,
    Related,
    RelatedInterval,
    Scalar,
    Simple,
    Test,
)
from hanze.policy.domains import value_classes
from hanze.policy.expressions import (
    Arithmetic,
    ArithmeticOperator,
    Call,
    Compare,
    ComparisonOperator,
    Constant,
    Expression,
    Field,
    Items,
    Logical,
    Matches,
    Months,
    Name,
    Negative,
    Not,
)
from hanze.policy.framework import Fact, Framework, Text

_OTHER_OPERATORS: Mapping[Operator, tuple[Operator, ...]] = {
    "<": ("<=", ">"),
    "<=": ("<", ">="),
    ">": (">=", "<"),
    ">=": (">", "<="),
}
_OTHER_COMPARISONS: Mapping[ComparisonOperator, tuple[ComparisonOperator, ...]] = {
    **cast("Mapping[ComparisonOperator, tuple[ComparisonOperator, ...]]", _OTHER_OPERATORS),
    "=": ("!=",),
    "!=": ("=",),
}
_OTHER_ARITHMETIC: Mapping[ArithmeticOperator, ArithmeticOperator] = {"+": "-", "-": "+", "*": "/", "/": "*", "**": "*"}
_NO_FACT = Fact("", Text("", ""), "text", (), None, None, None, False, None)


def changed_expressions(expression: Expression, framework: Framework) -> Iterator[Expression]:
    """Every expression that differs from this one by one small change."""
    match expression:
        case Constant(value=value):
            yield from (replace(expression, value=other) for other in other_values(value))
        case Compare(operator=operator):
            yield from (replace(expression, operator=other) for other in _OTHER_COMPARISONS[operator])
        case Arithmetic(operator=operator):
            yield replace(expression, operator=_OTHER_ARITHMETIC[operator])
        case Logical(operator=operator, operands=operands):
            yield replace(expression, operator="or" if operator == "and" else "and")
            for index in range(len(operands)):
                rest = operands[:index] + operands[index + 1 :]
                yield rest[0] if len(rest) == 1 else replace(expression, operands=rest)
        case Not(operand=operand) | Negative(operand=operand):
            yield operand
        case Matches(value=value, test=test):
            fact = (
                framework.fact(value.name) if isinstance(value, Name) and _is_fact(value.name, framework) else _NO_FACT
            )
            yield from (replace(expression, test=each) for each in changed_tests(test, fact, framework))
        case _:
            pass
    yield from _changed_inside(expression, framework)


def _is_fact(name: str, framework: Framework) -> bool:
    return any(each.id == name for each in (*framework.facts, *framework.derived))


def _changed_inside(expression: Expression, framework: Framework) -> Iterator[Expression]:
    match expression:
        case Field(base=base):
            yield from (replace(expression, base=each) for each in changed_expressions(base, framework))
        case Not(operand=operand) | Negative(operand=operand):
            yield from (replace(expression, operand=each) for each in changed_expressions(operand, framework))
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            yield from (replace(expression, left=each) for each in changed_expressions(left, framework))
            yield from (replace(expression, right=each) for each in changed_expressions(right, framework))
        case Matches(value=value):
            yield from (replace(expression, value=each) for each in changed_expressions(value, framework))
        case Logical(operands=operands):
            yield from (replace(expression, operands=each) for each in _changed_one(operands, framework))
        case Items(items=items):
            yield from (replace(expression, items=each) for each in _changed_one(items, framework))
        case Call(arguments=arguments):
            yield from (replace(expression, arguments=each) for each in _changed_one(arguments, framework))
        case _:
            pass


def _changed_one(parts: tuple[Expression, ...], framework: Framework) -> Iterator[tuple[Expression, ...]]:
    for index, part in enumerate(parts):
        for changed in changed_expressions(part, framework):
            yield (*parts[:index], changed, *parts[index + 1 :])


def changed_tests(test: Test, fact: Fact, framework: Framework) -> Iterator[Test]:
    """Every test that differs from this one by one small change."""
    if isinstance(test, Anything):
        return
    span = test.span
    yield Anything(span)
    yield test.test if isinstance(test, Negation) else Negation(test, span)
    match test:
        case Negation(test=inner):
            for changed in changed_tests(inner, fact, framework):
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
            yield from (Literal(other, test.span) for other in _other_literals(value, fact, framework))
        case Comparison(operator=operator, value=value):
            yield from (Comparison(other, value, test.span) for other in _OTHER_OPERATORS[operator])
            yield from (Comparison(operator, bound, test.span) for bound in _neighbours(value))
        case Interval() | RelatedInterval():
            yield replace(test, low_included=not test.low_included)
            yield replace(test, high_included=not test.high_included)
            yield from _changed_bounds(test, framework)
        case Related(operator=operator, expression=expression):
            yield from (replace(test, operator=other) for other in _OTHER_COMPARISONS[operator])
            yield from (replace(test, expression=each) for each in changed_expressions(expression, framework))
        case Membership():
            pass


def _changed_bounds(test: Interval | RelatedInterval, framework: Framework) -> Iterator[Simple]:
    if isinstance(test, Interval):
        yield from (replace(test, low=bound) for bound in _neighbours(test.low))
        yield from (replace(test, high=bound) for bound in _neighbours(test.high))
    else:
        yield from (replace(test, low=each) for each in changed_expressions(test.low, framework))
        yield from (replace(test, high=each) for each in changed_expressions(test.high, framework))


def _other_literals(value: Scalar, fact: Fact, framework: Framework) -> Iterator[Scalar]:
    if not isinstance(value, str):
        yield from () if isinstance(value, bool) else other_values(value)
        return
    single = replace(fact, many=False)
    others = (each.value for each in value_classes(single, framework) if each.value != value)
    yield cast(Scalar, next(others, f"{value}_"))


def other_values(value: Scalar | None) -> Iterator[Scalar]:
    """Values next to a value; another text for a text."""
    match value:
        case None:
            return
        case bool():
            yield not value
        case str():
            yield f"{value}_"
        case _:
            yield from _neighbours(value)


def _neighbours(value: Ordered) -> Iterator[Ordered]:
    match value:
        case Decimal():
            yield from (value - 1, value + 1)
        case Months(months=months):
            yield from (Months(months - 1), Months(months + 1))
        case time():
            yield value.replace(minute=(value.minute + 1) % 60)
        case _:
            is_day = isinstance(value, date) and not isinstance(value, datetime)
            step = timedelta(days=1) if is_day else timedelta(hours=1)
            for change in (-step, step):
                with suppress(OverflowError):
                    yield value + change
