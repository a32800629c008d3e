"""Days, moments and durations: what goes with what, as `arithmetic` has it (DMN 1.3, table 45)."""

from __future__ import annotations

from typing import TypeVar

from hanze.policy import arithmetic
from hanze.policy.decisions import Type
from hanze.policy.executing.operations import (
    DATE,
    DATE_TIME,
    DAYS,
    DECIMALS,
    DIGITS,
    MONTHS,
    NUMBER,
    TIME,
    Operations,
    Size,
    Term,
)
from hanze.policy.expressions import ArithmeticOperator

E = TypeVar("E")
_MOMENTS = (DATE, DATE_TIME)
_DURATIONS = (DAYS, MONTHS)


def in_time(operator: ArithmeticOperator, left: Term[E], right: Term[E], operations: Operations[E]) -> Term[E]:
    """`left operator right`, one of them a day, a moment or a duration; null when they do not go together."""
    if operator == "+" and left.type in _DURATIONS:
        left, right = (right, left) if right.type in (*_MOMENTS, TIME) else (left, right)
    if left.type in _MOMENTS and right.type in _DURATIONS and operator in ("+", "-"):
        return Term(operations.move(left, right, back=operator == "-"), left.type)
    if left.type == right.type and left.type in _MOMENTS and operator == "-":
        return Term(operations.elapsed(left, right), DAYS)
    type = _result(operator, left, right)
    if type is None:
        return Term(operations.value(None, NUMBER), NUMBER, Size(0, 0))
    what = f"{left.type.basic} {operator} {right.type.basic}"
    code = operations.native(what, [left, right])
    if code is None:
        code = operations.python(what, lambda values: arithmetic.calculate(operator, *values), [left, right], type)
    return Term(code, type, Size(DIGITS, DECIMALS) if type == NUMBER else None)


def negative(duration: Term[E], operations: Operations[E]) -> Term[E]:
    """`-duration`"""
    what = f"- {duration.type.basic}"
    code = operations.native(what, [duration])
    if code is None:
        code = operations.python(what, lambda values: arithmetic.negative(values[0]), [duration], duration.type)
    return Term(code, duration.type)


def _result(operator: ArithmeticOperator, left: Term[E], right: Term[E]) -> Type | None:
    match operator:
        case "+" | "-" if left.type == right.type and left.type in _DURATIONS:
            return left.type
        case "+" | "-" if left.type == TIME and right.type == DAYS:
            return TIME
        case "-" if left.type == right.type == TIME:
            return DAYS
        case "*" | "/" if left.type in _DURATIONS and right.type == NUMBER:
            return left.type
        case "*" if left.type == NUMBER and right.type in _DURATIONS:
            return right.type
        case "/" if left.type == right.type and left.type in _DURATIONS:
            return NUMBER
        case _:
            return None
