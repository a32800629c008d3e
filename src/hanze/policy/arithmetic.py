"""What `+ - * / **` and comparisons give: exact decimals, days and durations (DMN 1.3, tables 42 and 45).

In framework mode every number has at most 18 digits before the point and 10 after it: a result is computed exactly and
then rounded half-even to 10 decimals; what is larger, and a division by zero, is unknown. In DMN mode numbers are
decimal128 (34 digits). Unknown (None) with anything is unknown.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DecimalException
from typing import Any, cast

from hanze.policy.expressions import ArithmeticOperator, ComparisonOperator, Months

DECIMALS = 10
LARGEST = Decimal(10) ** 18
LARGEST_EXPONENT = 10
_STEP = Decimal(1).scaleb(-DECIMALS)
_EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN, Emax=9999, Emin=-9999)
_DECIMAL128 = Context(prec=34, rounding=ROUND_HALF_EVEN, Emax=6144, Emin=-6143, traps=[])
_MICROSECOND = timedelta(microseconds=1)


def rounded(number: Decimal) -> Decimal | None:
    """A number as a framework keeps it: half-even on 10 decimals; None when it is 1e18 or more."""
    result = _EXACT.quantize(number, _STEP)
    return None if abs(result) >= LARGEST else result


def as_decimal128(number: Decimal) -> Decimal | None:
    """A number with 34 digits; None when it is none."""
    result = _DECIMAL128.plus(number)
    return result if result.is_finite() else None


def kept(number: Decimal, dmn: bool) -> Decimal | None:
    """A number as this mode keeps it."""
    return as_decimal128(number) if dmn else rounded(number)


def calculate(operator: ArithmeticOperator, left: object, right: object, dmn: bool = False) -> object | None:
    """`left operator right`; None when one is None, when they do not go together, or when there is no result."""
    if left is None or right is None:
        return None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _on_decimal128(operator, left, right) if dmn else _on_numbers(operator, left, right)
    if operator == "+" and isinstance(left, str) and isinstance(right, str):
        return left + right
    try:
        return _in_time(operator, left, right)
    except (OverflowError, ValueError, DecimalException):
        return None


def negative(value: object) -> object | None:
    """`-value`"""
    match value:
        case Decimal():
            return value.copy_negate() if value else value
        case timedelta():
            return -value
        case Months(months=months):
            return Months(-months)
        case _:
            return None


def _on_numbers(operator: ArithmeticOperator, left: Decimal, right: Decimal) -> Decimal | None:
    match operator:
        case "+":
            return rounded(_EXACT.add(left, right))
        case "-":
            return rounded(_EXACT.subtract(left, right))
        case "*":
            return rounded(_EXACT.multiply(left, right))
        case "/":
            return None if right == 0 else _quotient(left, right)
        case "**":
            if right != right.to_integral_value() or not 0 <= right <= LARGEST_EXPONENT:
                return None
            return rounded(_EXACT.power(left, right)) if right else Decimal(1)


def _quotient(left: Decimal, right: Decimal) -> Decimal | None:
    """Rounded once: with 400 digits a quotient of numbers of 28 digits is no tie unless it is one exactly."""
    return rounded(_EXACT.divide(left, right))


def _on_decimal128(operator: ArithmeticOperator, left: Decimal, right: Decimal) -> Decimal | None:
    operate: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
        "+": _DECIMAL128.add,
        "-": _DECIMAL128.subtract,
        "*": _DECIMAL128.multiply,
        "/": _DECIMAL128.divide,
        "**": _DECIMAL128.power,
    }
    result = operate[operator](left, right)
    return result if result.is_finite() else None


def _in_time(operator: ArithmeticOperator, left: object, right: object) -> object | None:
    match operator:
        case "+":
            return _later(left, right)
        case "-":
            return _earlier(left, right)
        case "*":
            return _scaled(right, left) if isinstance(left, Decimal) else _scaled(left, right)
        case "/":
            return _divided(left, right)
        case "**":
            return None


def _later(left: object, right: object) -> object | None:
    match left, right:
        case timedelta() | Months(), date() | time():
            return moved(right, left)
        case date() | time(), timedelta() | Months():
            return moved(left, right)
        case timedelta(), timedelta():
            return left + right
        case Months(), Months():
            return Months(left.months + right.months)
        case _:
            return None


def _earlier(left: object, right: object) -> object | None:
    match left, right:
        case date() | time(), timedelta():
            return moved(left, -right)
        case date() | time(), Months():
            return moved(left, Months(-right.months))
        case datetime(), datetime():
            return left - right if (left.tzinfo is None) == (right.tzinfo is None) else None
        case (datetime(), date()) | (date(), datetime()):
            return None
        case date(), date():
            return left - right
        case timedelta(), timedelta():
            return left - right
        case time(), time():
            return _since_midnight(left) - _since_midnight(right)
        case Months(), Months():
            return Months(left.months - right.months)
        case _:
            return None


def _divided(left: object, right: object) -> object | None:
    match left, right:
        case timedelta() | Months(), Decimal() if right:
            return _scaled(left, right, divide=True)
        case timedelta(), timedelta() if right:
            return _quotient(Decimal(left // _MICROSECOND), Decimal(right // _MICROSECOND))
        case Months(), Months() if right.months:
            return _quotient(Decimal(left.months), Decimal(right.months))
        case _:
            return None


def moved(start: date | time, duration: timedelta | Months) -> date | time | None:
    """A day or moment, so much later; a day of the month that does not exist becomes its last day.

    On a day only whole days count: it begins at midnight. Raises OverflowError before year 1 and after 9999.
    """
    if isinstance(start, time):
        if isinstance(duration, Months):
            return None
        return (
            datetime.combine(date(2000, 1, 1), start) + timedelta(seconds=duration.total_seconds() % 86_400)
        ).timetz()
    if isinstance(duration, Months):
        year, month = divmod(start.year * 12 + start.month - 1 + duration.months, 12)
        if not 1 <= year <= 9999:
            raise OverflowError
        return start.replace(year=year, month=month + 1, day=min(start.day, calendar.monthrange(year, month + 1)[1]))
    if isinstance(start, datetime):
        return start + duration
    return start + timedelta(days=duration.days)


def _since_midnight(clock: time) -> timedelta:
    return datetime.combine(date.min, clock.replace(tzinfo=None)) - datetime.min


def _scaled(duration: object, factor: object, divide: bool = False) -> timedelta | Months | None:
    if not isinstance(duration, timedelta | Months) or not isinstance(factor, Decimal):
        return None
    count = duration.months if isinstance(duration, Months) else duration // _MICROSECOND
    exact = _EXACT.divide(Decimal(count), factor) if divide else _EXACT.multiply(Decimal(count), factor)
    whole = int(exact.to_integral_value(ROUND_HALF_EVEN))
    if isinstance(duration, Months):
        if abs(whole) >= 12 * 10_000 * 100:
            raise OverflowError
        return Months(whole)
    return timedelta(microseconds=whole)


def compare(operator: ComparisonOperator, left: object, right: object, dmn: bool = False) -> bool | None:
    """`left operator right`: None when one is unknown or when they are of different kinds.

    In DMN `null = null` is true and null equals nothing else.
    """
    if left is None or right is None:
        if not dmn or operator not in ("=", "!="):
            return None
        return (left is right) == (operator == "=")
    if operator in ("=", "!="):
        same = equal(left, right)
        return None if same is None else same == (operator == "=")
    if not _comparable(left, right) or isinstance(left, bool | tuple | list | dict):
        return None
    a, b = cast(Any, left), cast(Any, right)
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]


def equal(left: object, right: object) -> bool | None:
    """Whether two known values are the same; None when they are of different kinds."""
    ones, others = listed(left), listed(right)
    if ones is not None and others is not None:
        return len(ones) == len(others) and all(_alike(a, b) for a, b in zip(ones, others, strict=True))
    return left == right if _comparable(left, right) else None


def listed(value: object) -> Sequence[object | None] | None:
    """The items of a list; None for what is no list."""
    return cast("Sequence[object | None]", value) if isinstance(value, tuple | list) else None


def _alike(left: object, right: object) -> bool:
    return left is right if left is None or right is None else bool(equal(left, right))


_KINDS = (bool, Decimal, str, datetime, date, time, timedelta, Months, dict)


def _comparable(left: object, right: object) -> bool:
    """Whether two values are of one kind; moments also have a zone both, or neither."""
    kind = next((each for each in _KINDS if isinstance(left, each)), None)
    if kind is None or kind is not next((each for each in _KINDS if isinstance(right, each)), None):
        return False
    if isinstance(left, datetime | time):
        return (left.tzinfo is None) == (cast(Any, right).tzinfo is None)
    return True
