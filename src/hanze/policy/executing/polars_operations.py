"""The polars backend: what a syntax tree becomes in polars expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial, reduce
from operator import add
from pickle import PicklingError
from typing import Any, NoReturn

import polars as pl

from hanze.policy.arithmetic import calculate
from hanze.policy.computing import part_of
from hanze.policy.decisions import Type
from hanze.policy.executing.operations import DECIMALS, DIGITS, MOST_DIGITS, Size, Term
from hanze.policy.executing.steps import Steps
from hanze.policy.expressions import ArithmeticOperator, ComparisonOperator, Months, Scalar

NUMBER = pl.Decimal(MOST_DIGITS, DECIMALS)
_BASIC: dict[str, pl.DataType] = {
    "text": pl.String(),
    "number": NUMBER,
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "time": pl.Time(),
    "date-time": pl.Datetime("us"),
    "days-duration": pl.Duration("us"),
    "months-duration": pl.Int64(),
    "any": pl.Null(),
}
_ITEM, _ROW = " item", " row"
"""Names that no column has."""
_LARGEST_FLOAT = 2e18
"""Above every number that has `DIGITS` before the point, far enough that the error of a float does not matter."""


def dtype_of(type: Type) -> pl.DataType:
    """The polars type of the values of a type."""
    if type.fields is not None:
        single: pl.DataType = pl.Struct({name: dtype_of(each) for name, each in type.fields.items()})
    else:
        single = _BASIC[type.basic]
    return pl.List(single) if type.is_list else single


class PolarsOperations:
    """See `operations.Operations`; polars' own decimals round half-even, as framework numbers do."""

    name = "polars"

    def __init__(self, steps: Steps[pl.Expr] | None = None) -> None:
        """`steps` collects what is worked out on the way; without it everything is one expression."""
        self.steps = steps

    def value(self, value: Scalar | None, type: Type) -> pl.Expr:
        if isinstance(value, Months):
            return pl.lit(value.months, dtype=pl.Int64())
        return pl.lit(value, dtype=dtype_of(type))

    def both(self, conditions: Sequence[pl.Expr]) -> pl.Expr:
        return conditions[0] if len(conditions) == 1 else pl.all_horizontal(conditions)

    def either(self, conditions: Sequence[pl.Expr]) -> pl.Expr:
        return conditions[0] if len(conditions) == 1 else pl.any_horizontal(conditions)

    def negate(self, condition: pl.Expr) -> pl.Expr:
        return ~condition

    def is_null(self, value: pl.Expr) -> pl.Expr:
        return value.is_null()

    def is_true(self, condition: pl.Expr) -> pl.Expr:
        return condition.fill_null(False)

    def compare(self, operator: ComparisonOperator, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        match operator:
            case "=":
                return left == right
            case "!=":
                return left != right
            case "<":
                return left < right
            case "<=":
                return left <= right
            case ">":
                return left > right
            case ">=":
                return left >= right

    def among(self, value: pl.Expr, values: Sequence[Scalar], type: Type) -> pl.Expr:
        if len(values) == 1:
            return value == self.value(values[0], type)
        return value.is_in(pl.lit(pl.Series([list(values)], dtype=pl.List(dtype_of(type)))))

    def choose(self, cases: Sequence[tuple[pl.Expr, pl.Expr]], otherwise: pl.Expr) -> pl.Expr:
        chosen = otherwise
        for condition, value in reversed(cases):
            chosen = pl.when(condition).then(value).otherwise(chosen)
        return chosen

    def arithmetic(
        self, operator: ArithmeticOperator, left: Term[pl.Expr], right: Term[pl.Expr], size: Size
    ) -> pl.Expr:
        if operator == "+":
            return _limited(left.code + right.code, size)
        if operator == "-":
            return _limited(left.code - right.code, size)
        if operator == "*" and size.digits <= MOST_DIGITS - DECIMALS:
            return _limited(left.code * right.code, size)
        function = _multiply if operator == "*" else _divide
        return _limited(_in_python([left.code, right.code], function, NUMBER), size)

    def power(self, base: Term[pl.Expr], exponent: int, size: Size) -> pl.Expr:
        def raised(values: Sequence[Any]) -> object:
            return calculate("**", values[0], Decimal(exponent))

        return self.python("**", raised, [base], Type("number"))

    def total(self, numbers: Sequence[pl.Expr], size: Size) -> pl.Expr:
        return _limited(reduce(add, numbers), size)

    def as_float(self, number: pl.Expr) -> pl.Expr:
        return number.cast(pl.Float64)

    def float_arithmetic(self, operator: ArithmeticOperator, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        match operator:
            case "+":
                result = left + right
            case "-":
                result = left - right
            case "*":
                result = left * right
            case "/":
                result = left / right
            case "**":
                result = left**right
        return pl.when(result.is_finite()).then(result)

    def join(self, texts: Sequence[pl.Expr]) -> pl.Expr:
        return pl.concat_str(texts)

    def items(self, items: Sequence[pl.Expr], type: Type) -> pl.Expr:
        if not items:
            return pl.lit(pl.Series([[]], dtype=dtype_of(type))).first()
        item = dtype_of(replace(type, is_list=False))
        return pl.concat_list([each.cast(item) for each in items])

    def items_where(self, cases: Sequence[tuple[pl.Expr, pl.Expr]], type: Type) -> pl.Expr:
        wrapped = [pl.when(condition).then(pl.struct(value.alias("item"))) for condition, value in cases]
        return pl.concat_list(wrapped).list.drop_nulls().list.eval(pl.element().struct.field("item"))

    def some_item(self, items: Term[pl.Expr], test: Callable[[Term[pl.Expr]], pl.Expr]) -> pl.Expr:
        type = replace(items.type, is_list=False)
        condition = test(Term(pl.col(_ITEM), type, items.size))
        others = [name for name in condition.meta.root_names() if name != _ITEM]
        if not others:
            return items.code.list.eval(test(Term(pl.element(), type, items.size))).list.any(ignore_nulls=False)
        run = partial(_some_item, condition, others)
        return _in_python([items.code, *map(pl.col, others)], run, pl.Boolean())

    def structure(self, fields: Mapping[str, pl.Expr]) -> pl.Expr:
        return pl.struct([each.alias(name) for name, each in fields.items()])

    def move(self, start: Term[pl.Expr], duration: Term[pl.Expr], back: bool) -> pl.Expr:
        def moved(values: Sequence[Any]) -> object:
            return calculate("-" if back else "+", values[0], values[1])

        return self.python("a day and a duration", moved, [start, duration], start.type)

    def elapsed(self, later: Term[pl.Expr], earlier: Term[pl.Expr]) -> pl.Expr:
        return later.code.cast(pl.Datetime("us")) - earlier.code.cast(pl.Datetime("us"))

    def part(self, value: Term[pl.Expr], name: str) -> pl.Expr:
        return self.python(name, lambda values: part_of(values[0], name), [value], Type("number"))

    def native(self, function: str, arguments: Sequence[Term[pl.Expr]]) -> pl.Expr | None:
        first = arguments[0].code
        match function:
            case "abs" if arguments[0].type.basic == "number":
                return first.abs()
            case "contains":
                return first.str.contains(arguments[1].code, literal=True)
            case "starts with":
                return first.str.starts_with(arguments[1].code)
            case "ends with":
                return first.str.ends_with(arguments[1].code)
            case "string length":
                return first.str.len_chars().cast(NUMBER)
            case "count":
                return first.list.len().cast(NUMBER)
            case "list contains":
                return first.list.contains(arguments[1].code)
            case "date" if arguments[0].type.basic == "date-time":
                return first.dt.date()
            case _:
                return None

    def python(
        self,
        what: str,
        function: Callable[[Sequence[Any]], object],
        arguments: Sequence[Term[pl.Expr]],
        type: Type,
    ) -> pl.Expr:
        run = partial(_each_once, function, tuple(argument.type for argument in arguments), type)
        return _in_python([argument.code for argument in arguments], run, dtype_of(type))

    def bits(self, conditions: Sequence[pl.Expr]) -> pl.Expr:
        word = pl.lit(0, dtype=pl.UInt64)
        for place, condition in enumerate(conditions):
            word += condition.fill_null(False).cast(pl.UInt64) * pl.lit(1 << place, dtype=pl.UInt64)
        return word

    def share(self, value: pl.Expr, name: str) -> pl.Expr:
        if self.steps is None or value.meta.is_column():
            return value
        return pl.col(self.steps.add(value, name, _text(value), value.meta.root_names()))

    def call(self, value: pl.Expr, name: str) -> pl.Expr:
        shared = self.share(value, name)
        return shared if self.steps is None else pl.col(self.steps.rename(shared.meta.output_name(), name))


class _Unwritten:
    """A function that is never written out: with cloudpickle installed polars would, expressions within it and all."""

    def __init__(self, function: Callable[..., pl.Series]) -> None:
        self.function = function

    def __call__(self, values: Sequence[pl.Series]) -> pl.Series:
        return self.function(values)

    def __reduce__(self) -> NoReturn:
        raise PicklingError


def _in_python(
    arguments: Sequence[pl.Expr], function: Callable[[Sequence[pl.Series]], pl.Series], dtype: pl.DataType
) -> pl.Expr:
    return pl.map_batches(arguments, _Unwritten(function), dtype, is_elementwise=True)


def _text(value: pl.Expr) -> str | None:
    """The same for expressions that are the same; None for one that holds a Python function, which has no text."""
    try:
        return value.meta.serialize(format="binary").hex()
    except pl.exceptions.ComputeError:
        return None


def _limited(number: pl.Expr, size: Size) -> pl.Expr:
    if size.digits <= DIGITS:
        return number
    return number.cast(pl.Decimal(DIGITS + DECIMALS, DECIMALS), strict=False).cast(NUMBER)


def _multiply(columns: Sequence[pl.Series]) -> pl.Series:
    left, right = columns
    fits = (left.cast(pl.Float64) * right.cast(pl.Float64)).abs() < _LARGEST_FLOAT
    return _only(left, fits) * right


def _divide(columns: Sequence[pl.Series]) -> pl.Series:
    left, right = columns
    fits = (right != 0) & ((left.cast(pl.Float64) / right.cast(pl.Float64)).abs() < _LARGEST_FLOAT)
    return _only(left, fits) / _only(right, fits)


def _only(values: pl.Series, where: pl.Series) -> pl.Series:
    return pl.select(pl.when(where).then(values)).to_series()


def _each_once(
    function: Callable[[Sequence[Any]], object], types: Sequence[Type], type: Type, columns: Sequence[pl.Series]
) -> pl.Series:
    """What a function gives for each combination of values, worked out once for each that occurs."""
    rows = max(len(column) for column in columns)
    values = [_python_values(column, each, rows) for column, each in zip(columns, types, strict=True)]
    seen: dict[tuple[Any, ...], Any] = {}
    found: list[Any] = []
    for row in zip(*values, strict=True):
        if row not in seen:
            result = None if None in row else function(row)
            seen[row] = result.months if isinstance(result, Months) else result
        found.append(seen[row])
    return pl.Series(found, dtype=dtype_of(type))


def _some_item(condition: pl.Expr, others: Sequence[str], columns: Sequence[pl.Series]) -> pl.Series:
    """For each row whether a condition on an item and on other columns holds for some item of its list."""
    rows = pl.DataFrame({_ITEM: columns[0], **dict(zip(others, columns[1:], strict=True))}).with_row_index(_ROW)
    items = rows.filter(pl.col(_ITEM).list.len() > 0).explode(_ITEM)
    found = items.group_by(_ROW).agg(some=condition.any(ignore_nulls=False))
    empty = pl.when(pl.col(_ITEM).list.len() == 0).then(False)
    joined = rows.join(found, on=_ROW, how="left", maintain_order="left")
    return joined.select(pl.coalesce(empty, "some")).to_series()


def _python_values(column: pl.Series, type: Type, rows: int) -> list[Any]:
    values = column.to_list()
    if type.is_list:
        values = [None if value is None else tuple(value) for value in values]
    elif type.basic == "months-duration":
        values = [None if value is None else Months(value) for value in values]
    return values * rows if len(values) == 1 else values
