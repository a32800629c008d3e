"""The SQL backend: what a syntax tree becomes in sqlglot's syntax tree of SQL.

A number is DECIMAL(28, 10). A product or quotient that needs more digits than a database has is worked out in whole
units of the last decimal, a product in halves of 14 digits, so that only the result is rounded, half-even.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Any

from sqlglot import exp, parse_one

from hanze.policy.cells import number_text
from hanze.policy.decisions import Type
from hanze.policy.executing.operations import DECIMALS, DIGITS, MOST_DIGITS, CannotExecute, Size, Term
from hanze.policy.executing.steps import Steps
from hanze.policy.expressions import ArithmeticOperator, ComparisonOperator, Months, Scalar

ITEM = "item"
"""The name of an item of a list in a test."""
DAY = 86_400_000_000
"""A day in microseconds."""

NUMBER = f"DECIMAL({DIGITS + DECIMALS}, {DECIMALS})"
TOTAL = f"DECIMAL({MOST_DIGITS - 2}, {DECIMALS})"
"""The type in which numbers are added up: in Spark a sum needs one digit more."""
_BASIC = {
    "text": "TEXT",
    "number": NUMBER,
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
    "date-time": "TIMESTAMP",
    "days-duration": "BIGINT",
    "months-duration": "BIGINT",
    "any": "TEXT",
}
_BINARY: dict[str, type[exp.Expr]] = {
    "=": exp.EQ,
    "!=": exp.NEQ,
    "<": exp.LT,
    "<=": exp.LTE,
    ">": exp.GT,
    ">=": exp.GTE,
    "+": exp.Add,
    "-": exp.Sub,
    "*": exp.Mul,
    "%": exp.Mod,
    "/": exp.Div,
    "||": exp.DPipe,
}
_PARTS = {  # the microseconds of a part of a duration, and how many of them make one of the next part
    "days": (DAY, None),
    "hours": (3_600_000_000, 24),
    "minutes": (60_000_000, 60),
    "seconds": (1_000_000, 60),
}
_ROUNDING = {"floor": "FLOOR", "ceiling": "CEIL"}
_FUNCTIONS = ("contains", "starts with", "ends with", "list contains", "date")
_UNITS = 10**DECIMALS
_WIDER_THAN_64_BITS = 19
_HALF = 10 ** ((DIGITS + DECIMALS) // 2)


def sql_type(type: Type) -> exp.DataType:
    """The SQL type of the values of a type."""
    if type.fields is not None:
        fields = ", ".join(f'"{name}" {sql_type(each).sql("duckdb")}' for name, each in type.fields.items())
        single = f"STRUCT({fields})"
    else:
        single = _BASIC[type.basic]
    return exp.DataType.build(f"{single}[]" if type.is_list else single, dialect="duckdb")


def binary(operator: str, left: exp.Expr, right: exp.Expr) -> exp.Expr:
    """`left operator right`, with parentheses where they are needed."""
    return _BINARY[operator](this=_enclosed(left), expression=_enclosed(right))


def cast(value: exp.Expr, kind: str | exp.DataType) -> exp.Expr:
    """A value as a type; `exp.cast` takes decimals of every length for the same type."""
    return exp.Cast(this=value, to=exp.DataType.build(kind, dialect="duckdb") if isinstance(kind, str) else kind)


def case(cases: Sequence[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr | None = None) -> exp.Expr:
    """`CASE WHEN … THEN … ELSE … END`; without `otherwise` the rest is null."""
    built = exp.Case()
    for condition, value in cases:
        built = built.when(condition.copy(), value.copy())
    return built if otherwise is None else built.else_(otherwise.copy())


def whole(number: int) -> exp.Expr:
    """A whole number as it is written."""
    return exp.Literal.number(number)


class SqlOperations:
    """See `operations.Operations`. One for each query: `steps` collects what the query works out on the way."""

    name = "SQL"
    dialect = ""
    wide = "DECIMAL(38, 0)"
    """The type of whole numbers of 38 digits."""
    word_type = "BIGINT"
    """The type of words of 64 bits; bit 63 of a BIGINT is its sign."""
    pieces: Mapping[str, str] = {}
    """What the dialect does in its own way."""
    longest_name: int | None = None
    """How many bytes the name of a column has at most."""

    def __init__(self, steps: Steps[exp.Expr]) -> None:
        self.steps = steps

    # Values and conditions

    def value(self, value: Scalar | None, type: Type) -> exp.Expr:
        if isinstance(value, bool | str):
            return self.plain(value)
        return cast(self.plain(value), sql_type(type))

    def plain(self, value: Scalar | None) -> exp.Expr:
        """A value as it is written, without its type."""
        match value:
            case None:
                return exp.null()
            case bool():
                return exp.Boolean(this=value)
            case Decimal():
                number = exp.Literal.number(number_text(value.copy_abs()))
                return exp.Neg(this=number) if value < 0 else number
            case str():
                return exp.Literal.string(value)
            case datetime():
                return exp.Literal.string(value.isoformat(sep=" "))
            case date() | time():
                return exp.Literal.string(value.isoformat())
            case timedelta():
                return self.plain(Decimal(value // timedelta(microseconds=1)))
            case Months():
                return self.plain(Decimal(value.months))

    def both(self, conditions: Sequence[exp.Expr]) -> exp.Expr:
        counting = [each for each in conditions if each != exp.true()]
        return exp.and_(*counting) if counting else exp.true()

    def either(self, conditions: Sequence[exp.Expr]) -> exp.Expr:
        counting = [each for each in conditions if each != exp.false()]
        return exp.or_(*counting) if counting else exp.false()

    def negate(self, condition: exp.Expr) -> exp.Expr:
        return exp.not_(condition)

    def is_null(self, value: exp.Expr) -> exp.Expr:
        return exp.Is(this=_enclosed(value), expression=exp.null())

    def is_true(self, condition: exp.Expr) -> exp.Expr:
        return exp.Coalesce(this=condition.copy(), expressions=[exp.false()])

    def compare(self, operator: ComparisonOperator, left: exp.Expr, right: exp.Expr) -> exp.Expr:
        return binary(operator, _untyped_number(left), _untyped_number(right))

    def among(self, value: exp.Expr, values: Sequence[Scalar], type: Type) -> exp.Expr:
        written = [_untyped_number(self.value(each, type)) for each in values]
        if not written:  # false where the value is known, else unknown
            return exp.and_(self.is_null(value), self.value(None, Type("boolean")))
        if isinstance(values[0], bool):
            return self.either([value if each else exp.not_(value) for each in values])
        if len(written) == 1:
            return binary("=", value, written[0])
        return exp.In(this=_enclosed(value), expressions=written)

    def choose(self, cases: Sequence[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expr:
        return case(cases, otherwise) if cases else otherwise

    def share(self, value: exp.Expr, name: str) -> exp.Expr:
        if isinstance(value, exp.Column):
            return value
        looks_at = (column.name for column in value.find_all(exp.Column))
        return exp.column(self.steps.add(value, name, value.sql(), looks_at), quoted=True)

    def bits(self, conditions: Sequence[exp.Expr]) -> exp.Expr:
        parts = [
            case([(condition, self.word(1 << place))], self.word(0)) for place, condition in enumerate(conditions)
        ]
        while len(parts) > 1:
            halves = [parts[start : start + 2] for start in range(0, len(parts), 2)]
            parts = [exp.BitwiseOr(this=each[0], expression=each[1]) if len(each) == 2 else each[0] for each in halves]
        return parts[0] if parts else self.word(0)

    def word(self, bits: int) -> exp.Expr:
        """A word as it is written."""
        number = bits - (1 << 64) if bits >= 1 << 63 and self.word_type == "BIGINT" else bits
        return cast(self.plain(Decimal(number)), self.word_type)

    # Numbers

    def arithmetic(
        self, operator: ArithmeticOperator, left: Term[exp.Expr], right: Term[exp.Expr], size: Size
    ) -> exp.Expr:
        if operator in ("+", "-"):
            return self._limited(binary(operator, left.code, right.code), size)
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
        hint = "Give the number facts in it a minimum, a maximum and decimals, so that the result has at most 38 digits."
        raise CannotExecute(self.name, f"a number to the power of {exponent}.", hint)

    def _limited(self, number: exp.Expr, size: Size) -> exp.Expr:
        typed = cast(number, NUMBER)
        if size.digits <= DIGITS:
            return typed
        shared = self.share(number, "sum")
        return case([(binary("<", exp.Abs(this=shared), whole(10**DIGITS)), cast(shared.copy(), NUMBER))])

    def _native_product(self, factors: Sequence[Term[exp.Expr]], size: Size) -> exp.Expr:
        narrow = [self._narrow(factors[0], _WIDER_THAN_64_BITS), *(self._narrow(factor, 1) for factor in factors[1:])]
        return self._limited(reduce(lambda one, other: binary("*", one, other), narrow), size)

    def _narrow(self, number: Term[exp.Expr], least: int) -> exp.Expr:
        """A number in a type as short as it can be, but for the first factor: DuckDB keeps to 64 bits where it can."""
        assert number.size is not None
        digits = max(least, number.size.digits + number.size.decimals)
        return cast(number.code.copy(), f"DECIMAL({digits}, {number.size.decimals})")

    def _product(self, left: Term[exp.Expr], right: Term[exp.Expr], size: Size) -> exp.Expr:
        assert left.size is not None and right.size is not None
        if _fits([left.size, right.size]):
            return self._native_product([left, right], size)
        (left_high, left_low), (right_high, right_low) = self._halves(left.code), self._halves(right.code)
        top = self.share(binary("*", left_high, right_high), "product top")
        cross = binary("+", binary("*", left_high, right_low), binary("*", left_low, right_high))
        low = self.share(binary("*", left_low, right_low), "product low")
        rounded = self._rounded(low, self._wide(whole(_UNITS)))
        units = binary("+", binary("+", _times(top, _HALF**2 // _UNITS), _times(cross, _HALF // _UNITS)), rounded)
        units = case([(binary("<", top, whole(_UNITS)), units)])
        return self._signed(units, left.code, right.code)

    def _quotient(self, left: Term[exp.Expr], right: Term[exp.Expr]) -> exp.Expr:
        dividend = self.share(_times(self._units(left.code), _UNITS), "dividend")
        divisor = self.share(exp.Nullif(this=self._units(right.code), expression=whole(0)), "divisor")
        return self._signed(self._rounded(dividend, divisor), left.code, right.code)

    def _units(self, number: exp.Expr) -> exp.Expr:
        """The absolute value in units of the last decimal."""
        return self.share(self._wide(binary("*", exp.Abs(this=number.copy()), whole(_UNITS))), "units")

    def _halves(self, number: exp.Expr) -> tuple[exp.Expr, exp.Expr]:
        units, half = self._units(number), whole(_HALF)
        high = self.share(self.piece("divide whole", units, self._wide(half)), "units high")
        return high, self.share(self._wide(binary("%", units, half)), "units low")

    def _rounded(self, dividend: exp.Expr, divisor: exp.Expr) -> exp.Expr:
        """The quotient of two whole numbers that are not negative, rounded half-even to a whole number."""
        quotient = self.share(self.piece("divide whole", dividend, divisor), "quotient")
        twice = self.share(_times(binary("-", dividend, binary("*", quotient, divisor)), 2), "twice the rest")
        odd = binary("=", binary("%", quotient, whole(2)), whole(1))
        up = exp.or_(binary(">", twice, divisor), exp.and_(binary("=", twice, divisor), odd))
        return binary("+", quotient, case([(up, whole(1))], whole(0)))

    def _signed(self, units: exp.Expr, *signs: exp.Expr) -> exp.Expr:
        """A number from its units, negative where an odd number of others is; null where it has too many digits."""
        shared = self.share(units, "result units")
        number = self.piece("from units", shared)
        sign = reduce(
            lambda one, other: binary("!=", one, other), (exp.paren(binary("<", each, whole(0))) for each in signs)
        )
        fits = binary("<", shared, whole(10 ** (DIGITS + DECIMALS)))
        return case([(exp.and_(fits, sign), exp.Neg(this=_enclosed(number))), (fits, number)])

    def _wide(self, number: exp.Expr) -> exp.Expr:
        return cast(number.copy(), self.wide)

    def total(self, numbers: Sequence[exp.Expr], size: Size) -> exp.Expr:
        total = cast(numbers[0].copy(), TOTAL)
        for number in numbers[1:]:
            total = cast(binary("+", total, cast(number.copy(), TOTAL)), TOTAL)
        return self._limited(total, size)

    # Days, moments and durations

    def move(self, start: Term[exp.Expr], duration: Term[exp.Expr], back: bool) -> exp.Expr:
        """It is known before that the result lies in the years 1 to 9999: not every database has days outside them."""
        basic = start.type.basic
        amount = self.share(exp.Neg(this=_enclosed(duration.code)) if back else duration.code, "amount")
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
        return binary("+", binary("+", _times(year, 12), binary("-", month, whole(1))), amount)

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
        basic = arguments[0].type.basic
        match function:
            case "abs" if basic in ("number", "days-duration", "months-duration"):
                return exp.Abs(this=codes[0].copy())
            case "floor" | "ceiling":
                size = Size(DIGITS + (function == "ceiling"), 0)
                return self._limited(exp.Anonymous(this=_ROUNDING[function], expressions=[codes[0].copy()]), size)
            case "decimal":
                return self._to_decimals(arguments[0], arguments[1])
            case "modulo":
                return self._modulo(codes[0], codes[1])
            case "date" if basic == "date":
                return codes[0]
            case "sum" if basic == "number":
                return self._limited(cast(self.piece("sum", codes[0]), TOTAL), Size(DIGITS + 8))
            case "min" | "max" if arguments[0].type.is_list:
                return self.piece(function, codes[0])
            case "substring":
                return self._substring(arguments)
            case "string length" | "count":
                return cast(self.piece(function, codes[0]), NUMBER)
            case _ if function in self.pieces and function in _FUNCTIONS:
                return self.piece(function, *codes)
            case _:
                return None

    def _substring(self, arguments: Sequence[Term[exp.Expr]]) -> exp.Expr | None:
        """Only from and for a number of characters that is written out; databases differ on what is not there."""
        numbers = [argument.constant for argument in arguments[1:]]
        if not all(isinstance(each, Decimal) and each == each.to_integral_value() and each > 0 for each in numbers):
            return None
        written = [self.plain(each) for each in numbers]
        return exp.Anonymous(this="SUBSTR", expressions=[arguments[0].code.copy(), *written])

    def _to_decimals(self, number: Term[exp.Expr], decimals: Term[exp.Expr]) -> exp.Expr | None:
        if not isinstance(decimals.constant, Decimal) or not 0 <= decimals.constant <= DECIMALS:
            return None
        unit = 10 ** (DECIMALS - int(decimals.constant))
        return self._signed(_times(self._rounded(self._units(number.code), self._wide(whole(unit))), unit), number.code)

    def _modulo(self, dividend: exp.Expr, divisor: exp.Expr) -> exp.Expr:
        """With the sign of the divisor; null when it is zero."""
        units = [self.share(self._wide(binary("*", each, whole(_UNITS))), "signed units") for each in (dividend, divisor)]
        known = exp.Nullif(this=units[1], expression=whole(0))
        rest = self.share(self._wide(binary("%", units[0], known)), "rest")
        other = binary("!=", binary("<", rest, whole(0)), binary("<", units[1], whole(0)))
        wrong = exp.and_(binary("!=", rest, whole(0)), other)
        return self.piece("from units", self.share(case([(wrong, binary("+", rest, units[1]))], rest), "modulo units"))

    def python(
        self,
        what: str,
        function: Callable[[Sequence[Any]], object],
        arguments: Sequence[Term[exp.Expr]],
        type: Type,
    ) -> exp.Expr:
        raise CannotExecute(self.name, f"{what}.", "Use the polars executor, or give the result as a fact.")

    def piece(self, name: str, *operands: exp.Expr) -> exp.Expr:
        """A piece of the dialect's own SQL."""
        if name not in self.pieces:
            raise CannotExecute(self.name, f"{name}.", "")
        places = {f"_{place}": operand for place, operand in enumerate(operands)}

        def filled(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and node.name in places:
                return _enclosed(places[node.name])
            return node

        return _parsed(self.pieces[name], self.dialect).transform(filled)

    # Lists

    def items(self, items: Sequence[exp.Expr], type: Type) -> exp.Expr:
        return cast(exp.Array(expressions=[item.copy() for item in items]), sql_type(type))

    def some_item(self, items: Term[exp.Expr], test: Callable[[Term[exp.Expr]], exp.Expr]) -> exp.Expr:
        item = Term[exp.Expr](exp.column(ITEM), replace(items.type, is_list=False), items.size)
        found = self.piece("some item", items.code, test(item))
        return case([(exp.not_(self.is_null(items.code)), found)])

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
        pairs = [exp.PropertyEQ(this=exp.to_identifier(name, quoted=True), expression=each) for name, each in fields.items()]
        return exp.Struct(expressions=pairs)


def _fits(sizes: Sequence[Size]) -> bool:
    """Whether a product of numbers of these sizes needs neither rounding nor more digits than there are."""
    decimals = sum(size.decimals for size in sizes)
    lengths = [size.digits + size.decimals for size in sizes]
    total = max(lengths[0], _WIDER_THAN_64_BITS) + sum(max(1, length) for length in lengths[1:])
    return decimals <= DECIMALS and total + len(sizes) - 1 <= MOST_DIGITS  # Spark wants a digit more for each product


def _times(number: exp.Expr, factor: int) -> exp.Expr:
    return binary("*", number, whole(factor))


def _enclosed(value: exp.Expr) -> exp.Expr:
    if isinstance(value, exp.Binary | exp.Connector | exp.Not | exp.In | exp.Neg):
        return exp.paren(value)
    return value.copy()


def _untyped_number(value: exp.Expr) -> exp.Expr:
    """A number that is written, without its type: databases compare decimals of every length exactly."""
    if isinstance(value, exp.Cast) and isinstance(value.this, exp.Literal | exp.Neg) and not value.this.is_string:
        return value.this
    return value


@lru_cache(maxsize=256)
def _parsed(piece: str, dialect: str) -> exp.Expr:
    return parse_one(piece, read=dialect)
