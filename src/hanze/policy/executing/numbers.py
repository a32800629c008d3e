"""Arithmetic on numbers: how large a result can become, and which operation of the backend is exact for it."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeVar

from hanze.policy.executing.operations import (
    DECIMALS,
    DIGITS,
    NUMBER,
    CannotExecuteError,
    Operations,
    Size,
    Term,
)
from hanze.policy.expressions import ArithmeticOperator

E = TypeVar("E")
HIGHEST_POWER = 10


def arithmetic(
    operator: ArithmeticOperator, left: Term[E], right: Term[E], operations: Operations[E], dmn: bool
) -> Term[E]:
    """The result of `+ - * / **` on two numbers; in DMN mode a float64 where the exact numbers end."""
    if dmn and not _stays_exact(operator, left, right):
        code = operations.float_arithmetic(operator, as_float(left, operations), as_float(right, operations))
        return Term(operations.share(code, "number"), NUMBER)
    if operator == "**":
        return _power(left, right, operations)
    assert left.size is not None  # framework mode has no floats
    assert right.size is not None
    size = result_size(operator, left.size, right.size)
    code = operations.arithmetic(operator, left, right, size)
    return Term(operations.share(code, "number"), NUMBER, fitting(size))


def result_size(operator: ArithmeticOperator, left: Size, right: Size) -> Size:
    """How large a sum, difference, product or quotient can be; its decimals are rounded to `DECIMALS`."""
    match operator:
        case "+" | "-":
            return Size(max(left.digits, right.digits) + 1, max(left.decimals, right.decimals))
        case "*":
            return Size(left.digits + right.digits, min(left.decimals + right.decimals, DECIMALS))
        case "/" | "**":
            return Size(left.digits + right.decimals + 1, DECIMALS)


def fitting(size: Size) -> Size:
    """The size of what is left when longer numbers are null."""
    return Size(min(size.digits, DIGITS), size.decimals)


def as_float(number: Term[E], operations: Operations[E]) -> E:
    """A number as float64."""
    return number.code if number.size is None else operations.as_float(number.code)


def _stays_exact(operator: ArithmeticOperator, left: Term[E], right: Term[E]) -> bool:
    if operator in ("/", "**") or left.size is None or right.size is None:
        return False
    decimals = left.size.decimals + right.size.decimals if operator == "*" else 0
    return result_size(operator, left.size, right.size).digits <= DIGITS and decimals <= DECIMALS


def _power(base: Term[E], exponent: Term[E], operations: Operations[E]) -> Term[E]:
    power = exponent.constant
    if not isinstance(power, Decimal) or power != power.to_integral_value() or not 0 <= power <= HIGHEST_POWER:
        hint = f"Write a whole number from 0 to {HIGHEST_POWER} as exponent."
        raise CannotExecuteError(operations.name, "a power whose exponent is not a constant.", hint)
    assert base.size is not None  # framework mode has no floats
    times = int(power)
    size = Size(max(1, base.size.digits * times), min(base.size.decimals * times, DECIMALS))
    code = operations.power(base, times, size)
    return Term(operations.share(code, "number"), NUMBER, fitting(size))
