"""Evaluate expressions and the tests of cells, for one case.

In framework mode an unknown value (None) makes what rests on it unknown (Kleene); in DMN mode null follows DMN 1.3: it
equals itself, and an operation on values that do not go together gives null. The types of a framework's expressions
have been checked when it was read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol, cast

from hanze.policy.arithmetic import calculate, compare, listed, negative
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
)
from hanze.policy.expressions import (
    Arithmetic,
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
from hanze.policy.functions import FUNCTIONS
from hanze.policy.logic import Truth, all_of, any_of, negate

Values = Mapping[str, object]
Lists = Mapping[str, frozenset[str]]


class Callee(Protocol):
    """A function of a decision model, called with its arguments in order or by name."""

    def __call__(self, arguments: Sequence[object], names: Sequence[str], depth: int) -> object | None: ...


@dataclass(frozen=True, slots=True)
class Environment:
    """What an expression is evaluated in: the value of each name, the codes of each list, and the mode."""

    values: Values
    lists: Lists = field(default_factory=dict[str, frozenset[str]])
    dmn: bool = False
    functions: Mapping[str, Callee] = field(default_factory=dict[str, Callee])
    depth: int = 0

    def with_values(self, values: Values) -> Environment:
        """The same with other values."""
        return replace(self, values=values)


def value_of(expression: Expression, within: Environment) -> object | None:
    """The value of an expression in an environment; None is unknown."""
    match expression:
        case Constant(value=value):
            return value
        case Name(name=name):
            return within.values.get(name)
        case Compare(operator=operator, left=left, right=right):
            return compare(operator, value_of(left, within), value_of(right, within), within.dmn)
        case Arithmetic(operator=operator, left=left, right=right):
            return calculate(operator, value_of(left, within), value_of(right, within), within.dmn)
        case Logical() | Not() | Matches():
            return truth_of(expression, within)
        case Negative(operand=operand):
            return negative(value_of(operand, within))
        case Field(base=base, name=name):
            return part_of(value_of(base, within), name)
        case Items(items=items):
            return _items([value_of(each, within) for each in items], within.dmn)
        case Call():
            return _called(expression, within)


def truth_of(expression: Expression, within: Environment) -> Truth:
    """Whether an expression is true; None when that is not known, or when it is no condition."""
    match expression:
        case Logical(operator="and", operands=operands):
            return all_of(truth_of(each, within) for each in operands)
        case Logical(operands=operands):
            return any_of(truth_of(each, within) for each in operands)
        case Not(operand=operand):
            return negate(truth_of(operand, within))
        case Matches(value=value, test=test):
            return passes(test, value_of(value, within), within)
        case _:
            found = value_of(expression, within)
            return found if isinstance(found, bool) else None


def passes(test: Test, value: object | None, within: Environment) -> Truth:
    """Whether a value passes the test of a cell; a list passes when one of its items does, and `not` when none does."""
    match test:
        case Anything():
            return True
        case Alternatives(tests=tests):
            return any_of(passes(each, value, within) for each in tests)
        case Negation(test=inner):
            return negate(passes(inner, value, within))
        case _:
            items = None if within.dmn else listed(value)
            return (
                _passes(test, value, within) if items is None else any_of(_passes(test, each, within) for each in items)
            )


def _passes(test: Simple, value: object | None, within: Environment) -> Truth:
    match test:
        case Literal(value=expected):
            return compare("=", value, expected, within.dmn)
        case Comparison(operator=operator, value=bound):
            return compare(operator, value, bound, within.dmn)
        case Interval(low=low, high=high):
            return _between(value, low, test.low_included, high, test.high_included, within)
        case Membership(list_id=list_id):
            return None if value is None else value in within.lists[list_id]
        case Related(operator=operator, expression=expression):
            return _related(operator, value, value_of(expression, within), within)
        case RelatedInterval(low=low, high=high):
            bounds = value_of(low, within), value_of(high, within)
            return _between(value, bounds[0], test.low_included, bounds[1], test.high_included, within)


def _related(operator: ComparisonOperator, value: object | None, other: object | None, within: Environment) -> Truth:
    items = listed(other)
    if within.dmn and operator == "=" and items is not None and listed(value) is None:
        return any_of(compare("=", value, each, True) for each in items)
    return compare(operator, value, other, within.dmn)


def _between(
    value: object | None,
    low: object | None,
    low_included: bool,
    high: object | None,
    high_included: bool,
    within: Environment,
) -> Truth:
    above = compare(">=" if low_included else ">", value, low, within.dmn)
    return all_of((above, compare("<=" if high_included else "<", value, high, within.dmn)))


def _items(items: list[object | None], dmn: bool) -> object | None:
    """A list; in framework mode one that has an unknown item is kept, for `all`, `any` and `count` to look into."""
    return items if dmn else tuple(items)


def _called(call: Call, within: Environment) -> object | None:
    arguments = [value_of(each, within) for each in call.arguments]
    if call.function in within.functions:
        return within.functions[call.function](arguments, call.names, within.depth + 1)
    function = FUNCTIONS.get(call.function)
    if function is None:
        return None
    if function.takes == ("list",):
        items = _flat(arguments)
        if items is None:
            return None
        if call.function in ("all", "any"):
            truths = [each if isinstance(each, bool) else None for each in items]
            return all_of(truths) if call.function == "all" else any_of(truths)
        if call.function == "count":
            return Decimal(len(items))
        arguments = list(items)
    elif call.function == "list contains":
        return _contains(arguments, within.dmn)
    if any(each is None for each in arguments):
        return None
    try:
        return function.run(arguments, within.dmn)
    except (TypeError, AttributeError, ValueError, ArithmeticError):
        return None  # only DMN calls a function with what it cannot work with


def _flat(arguments: list[object | None]) -> Sequence[object | None] | None:
    """The items that a function is given, as one list or one by one."""
    if len(arguments) == 1 and (arguments[0] is None or isinstance(arguments[0], list | tuple)):
        return cast("Sequence[object | None] | None", arguments[0])
    return arguments


def _contains(arguments: list[object | None], dmn: bool) -> Truth:
    items, wanted = arguments
    if not isinstance(items, list | tuple):
        return None
    found = any_of(compare("=", each, wanted, dmn) for each in cast("Sequence[object | None]", items))
    return bool(found) if dmn else found


def part_of(value: object | None, name: str) -> object | None:
    """A field of a context, or a part of a date, a time or a duration, of a list that of each; None: there is none."""
    if isinstance(value, dict):
        return cast("dict[str, object]", value).get(name)
    if isinstance(value, list):
        return [part_of(each, name) for each in cast("list[object | None]", value)]
    if isinstance(value, timedelta):
        return _part_of_days(value, name)
    if isinstance(value, Months):
        whole = int(value.months / 12) if name == "years" else value.months - 12 * int(value.months / 12)
        return Decimal(whole) if name in ("years", "months") else None
    if name == "weekday" and isinstance(value, date):
        return Decimal(value.isoweekday())
    if isinstance(value, date) and not isinstance(value, datetime) and name not in ("year", "month", "day"):
        return None
    part = getattr(value, name, None) if name in ("year", "month", "day", "hour", "minute", "second") else None
    return Decimal(part) if isinstance(part, int) else None


def _part_of_days(duration: timedelta, name: str) -> Decimal | None:
    sign = -1 if duration < timedelta(0) else 1
    length = abs(duration)
    parts = {
        "days": length.days,
        "hours": length.seconds // 3600,
        "minutes": length.seconds // 60 % 60,
        "seconds": length.seconds % 60,
    }
    return Decimal(sign * parts[name]) if name in parts else None
