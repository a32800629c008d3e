"""The SQL backend: days, functions and lists, and what only models from DMN ask for. Durations are microseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from typing import Any

from sqlglot import exp

from hanze.policy.decisions import Type
from hanze.policy.executing.operations import DIGITS, CannotExecuteError, Size, Term
from hanze.policy.executing.sql_numbers import TOTAL, SqlNumbers
from hanze.policy.executing.sql_values import NUMBER, binary, case, cast, enclosed, sql_type, times, whole
from hanze.policy.expressions import ArithmeticOperator

ITEM = "item"
"""The name of an item of a list in a test."""
DAY = 86_400_000_000
"""A day in microseconds."""
_PARTS = {  # the microseconds of a part of a duration, and how many of them make one of the next part
    "days": (DAY, None),
    "hours": (3_600_000_000, 24),
    "minutes": (60_000_000, 60),
    "seconds": (1_000_000, 60),
}
_ROUNDING = {"floor": "FLOOR", "ceiling": "CEIL"}
_FUNCTIONS = ("contains", "starts with", "ends with", "list contains", "date")
_DURATIONS = {
    **{f"{basic} {sign} {basic}": sign for basic in ("days-duration", "months-duration") for sign in ("+", "-")},
    "days-duration * number": "*",
    "number * days-duration": "*",
}


class SqlOperations(SqlNumbers):
    """See `operations.Operations`."""

    # Days, moments and durations

    def move(self, start: Term[exp.Expr], duration: Term[exp.Expr], back: bool) -> exp.Expr:
        """It is known before that the result lies in the years 1 to 9999: not every database has days outside them."""
        basic = start.type.basic
        amount = self.share(exp.Neg(this=enclosed(duration.code)) if back else duration.code, "amount")
        if duration.type.basic == "months-duration":
            within = self._within(self._months(start, amount), whole(12), whole(12 * 10_000 - 1))
            return case([(within, self.piece(f"{basic} + months", start.code, amount))])
        if basic == "date":
            rest = binary("%", binary("+", binary("%", amount, whole(DAY)), whole(DAY)), whole(DAY))
            amount = self.share(binary("-", amount, rest), "whole days")
        first, last = (date.min, date.max) if basic == "date" else (datetime.min, datetime.max)
        back_to, on_to = (
            self.elapsed(Term(self.value(bound, start.type), start.type), start) for bound in (first, last)
        )
        within = self._within(amount, back_to, on_to)
        if basic == "date":
            amount = self.share(self.piece("divide small", amount, whole(DAY)), "days")
            return case([(within, self.piece("date + days", start.code, amount))])
        return case([(within, self.piece("date-time + microseconds", start.code, amount))])

    def _months(self, start: Term[exp.Expr], amount: exp.Expr) -> exp.Expr:
        """The month in which a day so many months later lies, counted from year 0."""
        year, month = self.piece("year", start.code), self.piece("month", start.code)
        return binary("+", binary("+", times(year, 12), binary("-", month, whole(1))), amount)

    def _within(self, value: exp.Expr, low: exp.Expr, high: exp.Expr) -> exp.Expr:
        return exp.and_(binary(">=", value, low), binary("<=", value, high))

    def elapsed(self, later: Term[exp.Expr], earlier: Term[exp.Expr]) -> exp.Expr:
        basic = later.type.basic
        return self.piece(f"{basic} - {basic}", later.code, earlier.code)

    def part(self, value: Term[exp.Expr], name: str) -> exp.Expr:
        """Of a duration each part has its sign."""
        if value.type.basic == "months-duration":
            whole_years = self.piece("divide small", value.code, whole(12))
            part = whole_years if name == "years" else binary("%", value.code, whole(12))
        elif value.type.basic == "days-duration":
            unit, most = _PARTS[name]
            part = self.piece("divide small", value.code, whole(unit))
            part = binary("%", part, whole(most)) if most else part
        else:
            part = self.piece(name, value.code)
        return self.share(cast(part, NUMBER), name)

    # Functions

    def native(self, function: str, arguments: Sequence[Term[exp.Expr]]) -> exp.Expr | None:
        codes = [argument.code for argument in arguments]
        first = arguments[0]
        match function:
            case "- days-duration" | "- months-duration":
                return exp.Neg(this=enclosed(codes[0]))
            case "min" | "max" if first.type.is_list:
                return self.piece(function, codes[0])
            case "substring":
                return self._substring(arguments)
            case "string length" | "count":
                return cast(self.piece(function, codes[0]), NUMBER)
            case "date" if first.type.basic == "date":
                return codes[0]
            case "abs" if first.type.basic != "number":
                return exp.Abs(this=codes[0].copy())
            case _ if function in _DURATIONS:
                return self._duration(_DURATIONS[function], arguments)
            case _ if function in _FUNCTIONS:
                return self.piece(function, *codes)
            case _:
                return self._of_number(function, arguments)

    def _of_number(self, function: str, arguments: Sequence[Term[exp.Expr]]) -> exp.Expr | None:
        number = arguments[0].code
        match function:
            case "abs":
                return exp.Abs(this=number.copy())
            case "floor" | "ceiling":
                rounded = exp.Anonymous(this=_ROUNDING[function], expressions=[number.copy()])
                return self.limited(rounded, Size(DIGITS + 1, 0))
            case "decimal":
                return self.to_decimals(arguments[0], arguments[1])
            case "modulo":
                return self.modulo(number, arguments[1].code)
            case "sum" if arguments[0].type.basic == "number":
                return self.limited(cast(self.piece("sum", number), TOTAL), Size(DIGITS + 8))
            case _:
                return None

    def _duration(self, operator: str, operands: Sequence[Term[exp.Expr]]) -> exp.Expr | None:
        """Of whole microseconds; times a number only when that is whole and written out."""
        numbers = [operand for operand in operands if operand.type.basic == "number"]
        whole_numbers = (isinstance(each.constant, Decimal) and not each.constant % 1 for each in numbers)
        if not all(whole_numbers):
            return None
        written = [self.plain(each.constant) if each.type.basic == "number" else each.code for each in operands]
        return binary(operator, written[0], written[1])

    def _substring(self, arguments: Sequence[Term[exp.Expr]]) -> exp.Expr | None:
        """Only from and for a number of characters that is written out; databases differ on what is not there."""
        numbers = [argument.constant for argument in arguments[1:]]
        if not all(isinstance(each, Decimal) and each == each.to_integral_value() and each > 0 for each in numbers):
            return None
        written = [self.plain(each) for each in numbers]
        return exp.Anonymous(this="SUBSTR", expressions=[arguments[0].code.copy(), *written])

    def python(
        self,
        what: str,
        function: Callable[[Sequence[Any]], object],
        arguments: Sequence[Term[exp.Expr]],
        type: Type,
    ) -> exp.Expr:
        raise CannotExecuteError(self.name, f"{what}.", "Use the polars executor, or give the result as a fact.")

    # Lists

    def items(self, items: Sequence[exp.Expr], type: Type) -> exp.Expr:
        return cast(exp.Array(expressions=[item.copy() for item in items]), sql_type(type))

    def some_item(self, items: Term[exp.Expr], test: Callable[[Term[exp.Expr]], exp.Expr]) -> exp.Expr:
        item: Term[exp.Expr] = Term(exp.column(ITEM), replace(items.type, is_list=False), items.size)
        condition = test(item)
        some = self.piece("some item", items.code, condition)
        known = exp.not_(self.is_null(items.code))
        if all(column.name == ITEM for column in condition.find_all(exp.Column)):
            return case([(known, some)])
        unsure = self.piece("some item", items.code, self.is_null(condition))
        return case([(some, exp.true()), (unsure, self.value(None, Type("boolean"))), (known, exp.false())])

    # Texts and DMN's own numbers

    def join(self, texts: Sequence[exp.Expr]) -> exp.Expr:
        return reduce(lambda one, other: binary("||", one, other), texts)

    def as_float(self, number: exp.Expr) -> exp.Expr:
        return cast(number.copy(), "DOUBLE")

    def float_arithmetic(self, operator: ArithmeticOperator, left: exp.Expr, right: exp.Expr) -> exp.Expr:
        """Only for models from DMN, which run in DuckDB."""
        if operator == "/":
            right = exp.Nullif(this=right, expression=whole(0))
        result = exp.Pow(this=left, expression=right) if operator == "**" else binary(operator, left, right)
        shared = self.share(result, "float")
        return case([(self.piece("is finite", shared), shared)])

    def items_where(self, cases: Sequence[tuple[exp.Expr, exp.Expr]], type: Type) -> exp.Expr:
        """Lists of one value or none, one after another."""
        none = self.items([], type)
        lists = [case([(condition, self.items([value], type))], none) for condition, value in cases]
        return reduce(lambda one, other: self.piece("one list after another", one, other), lists, none)

    def structure(self, fields: Mapping[str, exp.Expr]) -> exp.Expr:
        """Only for models from DMN, which run in DuckDB."""
        pairs = [
            exp.PropertyEQ(this=exp.to_identifier(name, quoted=True), expression=each) for name, each in fields.items()
        ]
        return exp.Struct(expressions=pairs)
