"""The functions of the language: what they take and give. Unknown in is unknown out, but for `all` and `any`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Any, cast

from hanze.policy.arithmetic import calculate, compare, equal, kept
from hanze.policy.decisions import BasicType
from hanze.policy.expressions import Months

_WIDE = Context(prec=400)
MANY = 1_000
"""How many arguments a function takes that takes any number of them."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function: the types that it takes (`list` is a list or several values), what it gives, and how it is written.

    `gives` is None when it gives the type of the items that it takes. `run` gets known values and whether this is DMN.
    """

    takes: tuple[str, ...]
    gives: BasicType | None
    example: str
    run: Callable[[Sequence[Any], bool], object | None]
    optional: int = 0
    of: tuple[BasicType, ...] = ()

    @property
    def least(self) -> int:
        return len(self.takes) - self.optional

    @property
    def most(self) -> int:
        return MANY if "list" in self.takes and len(self.takes) == 1 else len(self.takes)


def _absolute(arguments: Sequence[Any], dmn: bool) -> object | None:
    value = arguments[0]
    if isinstance(value, Months):
        return Months(abs(value.months))
    return abs(value)


def _whole(rounding: str) -> Callable[[Sequence[Any], bool], object | None]:
    return lambda arguments, dmn: kept(arguments[0].to_integral_value(rounding), dmn)


def _decimal(arguments: Sequence[Any], dmn: bool) -> object | None:
    number, scale = arguments
    if scale != scale.to_integral_value() or not (-6111 if dmn else -18) <= scale <= (6176 if dmn else 10):
        return None
    wide = Context(prec=7000 if dmn else 400, rounding=ROUND_HALF_EVEN, Emax=99999, Emin=-99999)
    return kept(wide.quantize(number, Decimal(1).scaleb(-int(scale))), dmn)


def _modulo(arguments: Sequence[Any], dmn: bool) -> object | None:
    dividend, divisor = arguments
    if divisor == 0:
        return None
    remainder = _WIDE.remainder(dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        remainder = _WIDE.add(remainder, divisor)
    return kept(remainder, dmn)


def _sum(items: Sequence[Any], dmn: bool) -> object | None:
    if not items:
        return None
    if dmn:
        total: object | None = items[0]
        for item in items[1:]:
            total = calculate("+", total, item, dmn)
        return total
    if isinstance(items[0], Decimal):
        exact = items[0]
        for item in items[1:]:
            exact = _WIDE.add(exact, item)
        return kept(exact, dmn)
    total = items[0]
    for item in items[1:]:
        total = calculate("+", total, item)
    return total


def _mean(items: Sequence[Any], dmn: bool) -> object | None:
    if dmn:
        return calculate("/", _sum(items, dmn), Decimal(len(items)), dmn) if items else None
    exact = Decimal(0)
    for item in items:
        exact = _WIDE.add(exact, item)
    return kept(_WIDE.divide(exact, Decimal(len(items))), dmn) if items else None


def _extreme(operator: Any) -> Callable[[Sequence[Any], bool], object | None]:
    def run(items: Sequence[Any], dmn: bool) -> object | None:
        if not items:
            return None
        best = items[0]
        for item in items[1:]:
            better = compare(operator, item, best, dmn)
            if better is None:
                return None
            best = item if better else best
        return best

    return run


def _substring(arguments: Sequence[Any], dmn: bool) -> object | None:
    """From a position counted from 1, or from the end when it is negative."""
    text, start, *rest = arguments
    if any(number != number.to_integral_value() or abs(number) > 10**9 for number in (start, *rest)) or start == 0:
        return None
    first = int(start) - 1 if start > 0 else len(text) + int(start)
    if rest and rest[0] < 0:
        return None
    last = first + int(rest[0]) if rest else len(text)
    return text[max(first, 0) : max(last, 0)]


def _months_between(arguments: Sequence[Any], dmn: bool) -> object | None:
    start, end = (cast(date, _day([each], dmn)) for each in arguments)
    if end < start:
        return Months(-_whole_months(end, start))
    return Months(_whole_months(start, end))


def _whole_months(start: date, end: date) -> int:
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def _day(arguments: Sequence[Any], dmn: bool) -> object | None:
    moment = arguments[0]
    return moment.date() if isinstance(moment, datetime) else moment


def _contained(arguments: Sequence[Any], dmn: bool) -> object | None:
    items, wanted = arguments
    return any(equal(item, wanted) for item in items)


FUNCTIONS: dict[str, Function] = {
    "abs": Function(("number",), None, "abs(balance)", _absolute, of=("number", "days-duration", "months-duration")),
    "floor": Function(("number",), "number", "floor(amount)", _whole(ROUND_FLOOR)),
    "ceiling": Function(("number",), "number", "ceiling(amount)", _whole(ROUND_CEILING)),
    "decimal": Function(("number", "number"), "number", "decimal(amount, 2)", _decimal),
    "modulo": Function(("number", "number"), "number", "modulo(people, 10)", _modulo),
    "sum": Function(("list",), None, "sum(a, b)", _sum, of=("number", "days-duration", "months-duration")),
    "mean": Function(("list",), "number", "mean(a, b)", _mean, of=("number",)),
    "min": Function(
        ("list",),
        None,
        "min(a, b)",
        _extreme("<"),
        of=("number", "date", "date-time", "days-duration", "months-duration"),
    ),
    "max": Function(
        ("list",),
        None,
        "max(a, b)",
        _extreme(">"),
        of=("number", "date", "date-time", "days-duration", "months-duration"),
    ),
    "count": Function(("list",), "number", "count(sectors)", lambda items, dmn: Decimal(len(items))),
    "all": Function(("list",), "boolean", "all([a, b])", lambda items, dmn: None, of=("boolean",)),
    "any": Function(("list",), "boolean", "any([a, b])", lambda items, dmn: None, of=("boolean",)),
    "list contains": Function(("items", "item"), "boolean", 'list contains(sectors, "water")', _contained),
    "contains": Function(
        ("text", "text"), "boolean", 'contains(name, "port")', lambda given, dmn: given[1] in given[0]
    ),
    "starts with": Function(
        ("text", "text"), "boolean", 'starts with(name, "De")', lambda given, dmn: given[0].startswith(given[1])
    ),
    "ends with": Function(
        ("text", "text"), "boolean", 'ends with(name, "haven")', lambda given, dmn: given[0].endswith(given[1])
    ),
    "string length": Function(("text",), "number", "string length(name)", lambda given, dmn: Decimal(len(given[0]))),
    "upper case": Function(("text",), "text", "upper case(code)", lambda given, dmn: given[0].upper()),
    "lower case": Function(("text",), "text", "lower case(code)", lambda given, dmn: given[0].lower()),
    "substring": Function(("text", "number", "number"), "text", "substring(code, 1, 2)", _substring, optional=1),
    "date": Function(("moment",), "date", 'date("2024-09-11")', _day),
    "years and months duration": Function(
        ("moment", "moment"), "months-duration", "years and months duration(starts_on, ends_on)", _months_between
    ),
}
