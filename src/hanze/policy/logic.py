"""Three-valued logic (Kleene's strong logic of indeterminacy): true, false, or not known yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Operator,
    Test,
    Value,
)

Truth = bool | None
"""True, False, or None: not known."""


def negate(truth: Truth) -> Truth:
    """Not: what is unknown stays unknown."""
    return None if truth is None else not truth


def all_of(truths: Iterable[Truth]) -> Truth:
    """And: one false is enough to be false; else one unknown is enough to be unknown."""
    result: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            result = None
    return result


def any_of(truths: Iterable[Truth]) -> Truth:
    """Or: one true is enough to be true; else one unknown is enough to be unknown."""
    result: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            result = None
    return result


def holds(test: Test, value: Value | None, lists: Mapping[str, frozenset[str]]) -> Truth:
    """Whether a value passes the test of a cell; an unknown value (None) passes only `-`.

    `lists` gives the codes of each named list. The value has the type for which the cell was parsed.
    """
    if isinstance(test, Anything):
        return True
    return None if value is None else _passes(test, value, lists)


def _passes(test: Test, value: Value, lists: Mapping[str, frozenset[str]]) -> bool:
    match test:
        case Anything():
            return True
        case Literal(value=expected):
            return value == expected
        case Comparison(operator=operator, value=bound):
            return _compares(value, operator, bound)
        case Interval(low=low, high=high):
            above = _compares(value, ">=" if test.low_included else ">", low)
            return above and _compares(value, "<=" if test.high_included else "<", high)
        case Membership(list_id=list_id):
            return value in lists[list_id]
        case Alternatives(tests=tests):
            return any(_passes(each, value, lists) for each in tests)
        case Negation(test=inner):
            return not _passes(inner, value, lists)


def _compares(value: Value, operator: Operator, bound: Decimal | date) -> bool:
    order = _order(value, bound)
    match operator:
        case "<":
            return order < 0
        case "<=":
            return order <= 0
        case ">":
            return order > 0
        case ">=":
            return order >= 0


def _order(value: Value, bound: Decimal | date) -> int:
    if isinstance(value, Decimal) and isinstance(bound, Decimal):
        return (value > bound) - (value < bound)
    if isinstance(value, date) and isinstance(bound, date):
        return (value > bound) - (value < bound)
    raise TypeError(f"{value!r} and {bound!r} have no order: the fact was not checked against its type")
