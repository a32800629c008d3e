"""Three-valued logic (Kleene's strong logic of indeterminacy): true, false, or not known yet."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Operator,
    Related,
    RelatedInterval,
    Test,
    Value,
)
from hanze.policy.expressions import Scalar

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


RelatedTest = Callable[["Related | RelatedInterval", Scalar], Truth]
"""Says whether a value passes a test that compares it with something that is not constant."""


def holds(
    test: Test,
    value: Value | None,
    lists: Mapping[str, frozenset[str]],
    related: RelatedTest | None = None,
) -> Truth:
    """Whether a value passes the test of a cell; an unknown value (None) passes only `-`.

    A list passes when one of its items does, and `not(...)` when none does. `lists` gives the codes of each named list;
    `related` decides what compares with something that is not constant, which is unknown without it. The value has
    the type for which the cell was parsed.
    """
    if isinstance(test, Anything):
        return True
    if value is None:
        return None
    if isinstance(test, Negation):
        return negate(holds(test.test, value, lists, related))
    if isinstance(value, tuple):
        items = cast("tuple[Scalar | None, ...]", value)
        return any_of(None if each is None else _passes(test, each, lists, related) for each in items)
    return _passes(test, value, lists, related)


def _passes(test: Test, value: Scalar, lists: Mapping[str, frozenset[str]], related: RelatedTest | None) -> Truth:
    match test:
        case Literal(value=expected):
            return value == expected
        case Comparison(operator=sign, value=bound):
            return _COMPARISONS[sign](value, bound)
        case Interval(low=low, high=high):
            above = _COMPARISONS[">=" if test.low_included else ">"](value, low)
            return above and _COMPARISONS["<=" if test.high_included else "<"](value, high)
        case Membership(list_id=list_id):
            return value in lists[list_id]
        case Alternatives(tests=tests):
            return any_of(_passes(each, value, lists, related) for each in tests)
        case Related() | RelatedInterval():
            return related(test, value) if related else None
        case Anything():
            return True
        case Negation(test=inner):
            return negate(_passes(inner, value, lists, related))


_COMPARISONS: Mapping[Operator, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
