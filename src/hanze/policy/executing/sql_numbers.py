"""Exact arithmetic in SQL.

A number is DECIMAL(28, 10). A product or quotient that needs more digits than a database has is worked out in whole
units of the last decimal, a product in halves of 14 digits, so that only the result is rounded, half-even.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import reduce

from sqlglot import exp

from hanze.policy.decisions import Type
from hanze.policy.executing.operations import DECIMALS, DIGITS, MOST_DIGITS, CannotExecuteError, Size, Term
from hanze.policy.executing.sql_values import NUMBER, SqlValues, binary, case, cast, enclosed, times, whole
from hanze.policy.expressions import ArithmeticOperator

TOTAL = f"DECIMAL({MOST_DIGITS - 2}, {DECIMALS})"
"""The type in which numbers are added up: in Spark a sum needs one digit more."""
UNITS = 10**DECIMALS
_WIDER_THAN_64_BITS = 19
_HALF = 10 ** ((DIGITS + DECIMALS) // 2)


class SqlNumbers(SqlValues):
    """The arithmetic of numbers."""

    def arithmetic(
        self, operator: ArithmeticOperator, left: Term[exp.Expr], right: Term[exp.Expr], size: Size
    ) -> exp.Expr:
        if operator in ("+", "-"):
            return self.limited(binary(operator, left.code, right.code), size)
        if operator == "*":
            return self._product(left, right, size)
        return self._quotient(left, right)

    def power(self, base: Term[exp.Expr], exponent: int, size: Size) -> exp.Expr:
        if exponent == 0:
            return case([(exp.not_(self.is_null(base.code)), self.value(Decimal(1), Type("number")))])
        if exponent == 1:
            return base.code
        assert base.size is not None
        if exponent == 2 or _fits([base.size] * exponent):
            return self._product(base, base, size) if exponent == 2 else self._native_product([base] * exponent, size)
        hint = (
            "Give the number facts in it a minimum, a maximum and decimals, so that the result has at most 38 digits."
        )
        raise CannotExecuteError(self.name, f"a number to the power of {exponent}.", hint)

    def limited(self, number: exp.Expr, size: Size) -> exp.Expr:
        typed = cast(number, NUMBER)
        if size.digits <= DIGITS:
            return typed
        shared = self.share(number, "sum")
        return case([(binary("<", exp.Abs(this=shared), whole(10**DIGITS)), cast(shared.copy(), NUMBER))])

    def _native_product(self, factors: Sequence[Term[exp.Expr]], size: Size) -> exp.Expr:
        narrow = [self._narrow(factors[0], _WIDER_THAN_64_BITS), *(self._narrow(factor, 1) for factor in factors[1:])]
        return self.limited(reduce(lambda one, other: binary("*", one, other), narrow), size)

    def _narrow(self, number: Term[exp.Expr], least: int) -> exp.Expr:
        """A number in a type as short as it can be, but for the first factor: DuckDB keeps to 64 bits where it can."""
        assert number.size is not None
        digits = max(least, number.size.digits + number.size.decimals)
        return cast(number.code.copy(), f"DECIMAL({digits}, {number.size.decimals})")

    def _product(self, left: Term[exp.Expr], right: Term[exp.Expr], size: Size) -> exp.Expr:
        assert left.size is not None  # framework mode has no floats
        assert right.size is not None
        if _fits([left.size, right.size]):
            return self._native_product([left, right], size)
        (left_high, left_low), (right_high, right_low) = self._halves(left.code), self._halves(right.code)
        top = self.share(binary("*", left_high, right_high), "product top")
        cross = binary("+", binary("*", left_high, right_low), binary("*", left_low, right_high))
        low = self.share(binary("*", left_low, right_low), "product low")
        rounded = self.rounded(low, self.widened(whole(UNITS)))
        units = binary("+", binary("+", times(top, _HALF**2 // UNITS), times(cross, _HALF // UNITS)), rounded)
        units = case([(binary("<", top, whole(UNITS)), units)])
        return self.signed_units(units, left.code, right.code)

    def _quotient(self, left: Term[exp.Expr], right: Term[exp.Expr]) -> exp.Expr:
        dividend = self.share(times(self.units(left.code), UNITS), "dividend")
        divisor = self.share(exp.Nullif(this=self.units(right.code), expression=whole(0)), "divisor")
        return self.signed_units(self.rounded(dividend, divisor), left.code, right.code)

    def units(self, number: exp.Expr) -> exp.Expr:
        """The absolute value in units of the last decimal."""
        return self.share(self.widened(binary("*", exp.Abs(this=number.copy()), whole(UNITS))), "units")

    def _halves(self, number: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
        units, half = self.units(number), whole(_HALF)
        high = self.share(self.piece("divide whole", units, self.widened(half)), "units high")
        return high, self.share(self.widened(binary("%", units, half)), "units low")

    def rounded(self, dividend: exp.Expr, divisor: exp.Expr) -> exp.Expr:
        """The quotient of two whole numbers that are not negative, rounded half-even to a whole number."""
        quotient = self.share(self.piece("divide whole", dividend, divisor), "quotient")
        twice = self.share(times(binary("-", dividend, binary("*", quotient, divisor)), 2), "twice the rest")
        odd = binary("=", binary("%", quotient, whole(2)), whole(1))
        up = exp.or_(binary(">", twice, divisor), exp.and_(binary("=", twice, divisor), odd))
        return binary("+", quotient, case([(up, whole(1))], whole(0)))

    def signed_units(self, units: exp.Expr, *signs: exp.Expr) -> exp.Expr:
        """A number from its units, negative where an odd number of others is; null where it has too many digits."""
        shared = self.share(units, "result units")
        number = self.piece("from units", shared)
        sign = reduce(
            lambda one, other: binary("!=", one, other), (exp.paren(binary("<", each, whole(0))) for each in signs)
        )
        fits = binary("<", shared, whole(10 ** (DIGITS + DECIMALS)))
        return case([(exp.and_(fits, sign), exp.Neg(this=enclosed(number))), (fits, number)])

    def widened(self, number: exp.Expr) -> exp.Expr:
        return cast(number.copy(), self.wide)

    def total(self, numbers: Sequence[exp.Expr], size: Size) -> exp.Expr:
        total = cast(numbers[0].copy(), TOTAL)
        for number in numbers[1:]:
            total = cast(binary("+", total, cast(number.copy(), TOTAL)), TOTAL)
        return self.limited(total, size)

    def to_decimals(self, number: Term[exp.Expr], decimals: Term[exp.Expr]) -> exp.Expr | None:
        if not isinstance(decimals.constant, Decimal) or not 0 <= decimals.constant <= DECIMALS:
            return None
        unit = 10 ** (DECIMALS - int(decimals.constant))
        return self.signed_units(
            times(self.rounded(self.units(number.code), self.widened(whole(unit))), unit), number.code
        )

    def modulo(self, dividend: exp.Expr, divisor: exp.Expr) -> exp.Expr:
        """With the sign of the divisor; null when it is zero."""
        units = [
            self.share(self.widened(binary("*", each, whole(UNITS))), "signed units") for each in (dividend, divisor)
        ]
        known = exp.Nullif(this=units[1], expression=whole(0))
        rest = self.share(self.widened(binary("%", units[0], known)), "rest")
        other = binary("!=", binary("<", rest, whole(0)), binary("<", units[1], whole(0)))
        wrong = exp.and_(binary("!=", rest, whole(0)), other)
        return self.piece("from units", self.share(case([(wrong, binary("+", rest, units[1]))], rest), "modulo units"))


def _fits(sizes: Sequence[Size]) -> bool:
    """Whether a product of numbers of these sizes needs neither rounding nor more digits than there are."""
    decimals = sum(size.decimals for size in sizes)
    lengths = [size.digits + size.decimals for size in sizes]
    total = max(lengths[0], _WIDER_THAN_64_BITS) + sum(max(1, length) for length in lengths[1:])
    return decimals <= DECIMALS and total + len(sizes) - 1 <= MOST_DIGITS  # Spark wants a digit more for each product
