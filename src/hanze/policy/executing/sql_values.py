"""How values, conditions and columns are written in sqlglot's syntax tree of SQL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, reduce

from sqlglot import exp, parse_one

from hanze.policy.cells import number_text
from hanze.policy.decisions import Type
from hanze.policy.executing.operations import DECIMALS, DIGITS, CannotExecuteError
from hanze.policy.executing.steps import Steps
from hanze.policy.expressions import ComparisonOperator, Months, Scalar

NUMBER = f"DECIMAL({DIGITS + DECIMALS}, {DECIMALS})"
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
    return _BINARY[operator](this=enclosed(left), expression=enclosed(right))


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


def times(number: exp.Expr, factor: int) -> exp.Expr:
    return binary("*", number, whole(factor))


def enclosed(value: exp.Expr) -> exp.Expr:
    if isinstance(value, exp.Binary | exp.Connector | exp.Not | exp.In | exp.Neg):
        return exp.paren(value)
    return value.copy()


def bare(value: exp.Expr) -> exp.Expr:
    """A number that is written, without its type: databases compare decimals of every length exactly."""
    if isinstance(value, exp.Cast) and isinstance(value.this, exp.Literal | exp.Neg) and not value.this.is_string:
        return value.this
    return value


@lru_cache(maxsize=256)
def parsed(piece: str, dialect: str) -> exp.Expr:
    return parse_one(piece, read=dialect)


def _either_bits(one: exp.Expr, other: exp.Expr) -> exp.Expr:
    return exp.BitwiseOr(this=one, expression=other)


class SqlValues:
    """Values and conditions. One for each query: `steps` collects what the query works out on the way."""

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
        return exp.Is(this=enclosed(value), expression=exp.null())

    def is_true(self, condition: exp.Expr) -> exp.Expr:
        return exp.Coalesce(this=condition.copy(), expressions=[exp.false()])

    def compare(self, operator: ComparisonOperator, left: exp.Expr, right: exp.Expr) -> exp.Expr:
        return binary(operator, bare(left), bare(right))

    def among(self, value: exp.Expr, values: Sequence[Scalar], type: Type) -> exp.Expr:
        written = [bare(self.value(each, type)) for each in values]
        if not written:  # false where the value is known, else unknown
            return exp.and_(self.is_null(value), self.value(None, Type("boolean")))
        if isinstance(values[0], bool):
            return self.either([value if each else exp.not_(value) for each in values])
        if len(written) == 1:
            return binary("=", value, written[0])
        return exp.In(this=enclosed(value), expressions=written)

    def choose(self, cases: Sequence[tuple[exp.Expr, exp.Expr]], otherwise: exp.Expr) -> exp.Expr:
        return case(cases, otherwise) if cases else otherwise

    def share(self, value: exp.Expr, name: str) -> exp.Expr:
        if isinstance(value, exp.Column):
            return value
        looks_at = (column.name for column in value.find_all(exp.Column))
        return exp.column(self.steps.add(value, name, value.sql(), looks_at), quoted=True)

    def call(self, value: exp.Expr, name: str) -> exp.Expr:
        shared = self.share(value, name)
        assert isinstance(shared, exp.Column)
        return exp.column(self.steps.rename(shared.name, name), quoted=True)

    def bits(self, conditions: Sequence[exp.Expr]) -> exp.Expr:
        parts = [case([(condition, self.word(1 << place))], self.word(0)) for place, condition in enumerate(conditions)]
        return reduce(_either_bits, parts) if parts else self.word(0)

    def word(self, bits: int) -> exp.Expr:
        """A word as it is written."""
        number = bits - (1 << 64) if bits >= 1 << 63 and self.word_type == "BIGINT" else bits
        return cast(self.plain(Decimal(number)), self.word_type)

    def piece(self, name: str, *operands: exp.Expr) -> exp.Expr:
        """A piece of the dialect's own SQL."""
        if name not in self.pieces:
            raise CannotExecuteError(self.name, f"{name}.", "")
        places = {f"_{place}": operand for place, operand in enumerate(operands)}

        def filled(node: exp.Expr) -> exp.Expr:
            if isinstance(node, exp.Column) and node.name in places:
                return enclosed(places[node.name])
            return node

        return parsed(self.pieces[name], self.dialect).transform(filled)
