"""From the text of unary tests to their syntax tree: `5`, `> 5`, `[1..5]`, `in_list(x)`, and several of them.

`parsing` reads cells with it, `expression_parsing` what stands after `in`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import cast

from hanze.policy.cells import (
    Alternatives,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Operator,
    Ordered,
    Related,
    RelatedInterval,
    Simple,
)
from hanze.policy.expressions import Constant, Expression, Items, Span
from hanze.policy.tokens import CellError, Token, Tokens, shown


class UnaryTests(Tokens, ABC):
    """Reads tests; the expressions in them are read by `sum` and `items`."""

    def __init__(self, text: str, dmn: bool) -> None:
        super().__init__(text, with_dates=not dmn)
        self.dmn = dmn
        self.depth = 0

    @abstractmethod
    def sum(self, least: int = 1) -> Expression:
        """An expression without comparisons."""

    @abstractmethod
    def items(self, opening: Token) -> Items:
        """The rest of a list, after its bracket."""

    def membership(self) -> Membership:
        """`in_list(high_risk)` or `in_list high_risk`"""
        start = self.next().span.start
        closed = self.take("(")
        if self.token.kind not in ("word", "number"):
            hint = "Write the id of a list of this framework: in_list(high_risk_sectors)."
            raise CellError(f"in_list( is followed by {shown(self.token)}.", hint, self.token.span)
        name = self.run()
        if closed:
            self.expect(")", "Close in_list( with a parenthesis.")
        return Membership(name.text, self.since(start))

    def tests_after_in(self) -> Simple | Alternatives | Negation:
        start = self.token.span.start
        if not self.stands("("):
            return self._list_or_test(start)
        opening = self.at
        self.next()
        if self.opens_call("not"):
            return self._negated_tests()
        first = self.test()
        if self.stands(".."):
            self.at = opening
            return self.test()
        tests = [first]
        while self.take(","):
            tests.append(self.test())
        self.expect(")", "Close the tests after in with a parenthesis: x in (1, 2, [5..9]).")
        return tests[0] if len(tests) == 1 else Alternatives(tuple(tests), self.since(start))

    def _negated_tests(self) -> Negation:
        start = self.token.span.start
        self.next()
        self.next()
        inner = self.tests()
        self.expect(")", "Close not( with a parenthesis: not(1, 2).")
        negation = Negation(inner, self.since(start))
        self.expect(")", "Close the tests after in with a parenthesis.")
        return negation

    def _list_or_test(self, start: int) -> Simple | Alternatives:
        """`in [1..5]` is an interval, `in [1, 2]` a list of values, `in > 5` one test."""
        opening = self.at
        if self.take("["):
            values = self.items(self.tokens[opening]) if not self._is_interval() else None
            if values is not None:
                if not values.items:
                    raise CellError("The list is empty.", "Write the values: x in [1, 2].", values.span)
                tests = tuple(self.equals(each) for each in values.items)
                return tests[0] if len(tests) == 1 else Alternatives(tests, self.since(start))
            self.at = opening
        return self.test()

    def _is_interval(self) -> bool:
        back, depth = self.at, self.depth
        try:
            self.sum()
            return self.stands("..")
        except CellError:
            return False
        finally:
            self.at, self.depth = back, depth

    def tests(self) -> Simple | Alternatives:
        """`test, test, …`"""
        start = self.token.span.start
        tests = [self.test()]
        while self.take(","):
            tests.append(self.test())
        return tests[0] if len(tests) == 1 else Alternatives(tuple(tests), self.since(start))

    def test(self) -> Simple:
        """`5`, `> 5`, `[1..5]`, `in_list(x)`"""
        start = self.token.span.start
        if self.opens_call("in_list"):
            return self.membership()
        if self.opens_call("not"):
            raise CellError(
                "not(...) stands inside another test.", "Put not around the whole cell: not(a, b).", self.token.span
            )
        if self.stands("<", "<=", ">", ">="):
            operator = cast(Operator, self.next().text)
            return self.compares(operator, self.bound(), self.since(start))
        if self.stands("[", *("]" if self.dmn else "")) or (self.stands("(") and self._opens_interval()):
            return self._interval(start)
        return self.equals(self.bound())

    def _opens_interval(self) -> bool:
        """Whether a parenthesis opens `(1..5]` and not an expression such as `(a + b) * 2`."""
        back = self.at
        self.next()
        try:
            return self._is_interval() or self.token.kind == "end"
        finally:
            self.at = back

    def bound(self) -> Expression:
        """A value that a fact is compared with."""
        return self.sum()

    def _interval(self, start: int) -> Simple:
        low_included = self.next().text == "["
        low = self.bound()
        self.expect("..", "Write an interval as [1..5], with two points between its bounds.")
        high = self.bound()
        closing = self.next()
        if closing.text not in (("]", ")", "[") if self.dmn else ("]", ")")):
            hint = "Close the interval with ] (bound included) or ) (not included)."
            raise CellError(f"The interval is not closed: here stands {shown(closing)}.", hint, closing.span)
        return self.interval_of(low, low_included, high, closing.text == "]", self.since(start))

    def equals(self, value: Expression) -> Literal | Related:
        """The value itself."""
        if isinstance(value, Constant) and value.value is not None:
            return Literal(value.value, value.span)
        return Related("=", value, value.span)

    def compares(self, operator: Operator, bound: Expression, span: Span) -> Comparison | Related:
        """In an order to a value."""
        value = _ordered(bound)
        if value is not None:
            return Comparison(operator, value, span)
        if isinstance(bound, Constant) and not self.dmn:
            raise CellError("Only numbers, dates and durations have an order.", "Write a number or a date.", bound.span)
        return Related(operator, bound, span)

    def interval_of(
        self, low: Expression, low_included: bool, high: Expression, high_included: bool, span: Span
    ) -> Interval | RelatedInterval:
        """Between two values."""
        least, most = _ordered(low), _ordered(high)
        if least is None or most is None:
            return RelatedInterval(low, low_included, high, high_included, span)
        if not self.dmn and _is_empty(least, low_included, most, high_included):
            raise CellError("No value lies in this interval.", "Write the lower bound first: [1..5].", span)
        return Interval(least, low_included, most, high_included, span)


def _ordered(expression: Expression) -> Ordered | None:
    """The constant that an expression is, when it has an order."""
    value = expression.value if isinstance(expression, Constant) else None
    return None if isinstance(value, bool | str) else value


def _is_empty(low: Ordered, low_included: bool, high: Ordered, high_included: bool) -> bool:
    if type(low) is not type(high):
        return False
    if low == high:
        return not (low_included and high_included)
    return low > high  # type: ignore[operator]
