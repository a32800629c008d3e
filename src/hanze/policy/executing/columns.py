"""The facts of many cases as polars columns of the types that executors work with, checked as those of one case are."""

from __future__ import annotations

from typing import Any, cast

import polars as pl

from hanze.policy.classing import checked
from hanze.policy.executing.frameworks import fact_type
from hanze.policy.executing.models import Column, Inputs
from hanze.policy.executing.operations import DECIMALS
from hanze.policy.executing.polars_operations import NUMBER, dtype_of
from hanze.policy.expressions import Months
from hanze.policy.facts import check_value
from hanze.policy.framework import Fact, Framework

_AS_THEY_ARE = ("boolean", "text", "date", "date-time", "duration")


def case_columns(framework: Framework, cases: pl.DataFrame) -> pl.DataFrame:
    """A column for each fact of a framework, and no other; a column that is missing is unknown in every case.

    Raises FactError for a value that is not of its fact's type.
    """
    return pl.DataFrame(
        [_column(cases[fact.id] if fact.id in cases.columns else None, fact, cases.height) for fact in framework.facts]
    )


def _column(column: pl.Series | None, fact: Fact, rows: int) -> pl.Series:
    dtype = dtype_of(fact_type(fact))
    if column is None or column.dtype == pl.Null:
        return pl.Series(fact.id, [None] * rows, dtype=dtype)
    if not fact.many:
        if column.dtype == dtype and fact.type in _AS_THEY_ARE:
            return column
        if fact.type == "number" and (column.dtype.is_integer() or isinstance(column.dtype, pl.Decimal)):
            return _numbers(column, fact)
        if fact.type in ("choice", "text"):
            column = column.cast(pl.String)
    return _by_value(column, fact, dtype)


def _numbers(column: pl.Series, fact: Fact) -> pl.Series:
    for extreme in (column.min(), column.max()):
        check_value(fact, extreme)
    allowed = 0 if fact.whole else DECIMALS if fact.decimals is None else fact.decimals
    scale = column.dtype.scale if isinstance(column.dtype, pl.Decimal) else 0
    if scale > allowed and not (column.round(allowed) == column).all():
        return _by_value(column, fact, NUMBER)
    return column.cast(NUMBER)


def _by_value(column: pl.Series, fact: Fact, dtype: pl.DataType) -> pl.Series:
    """Each value that occurs, checked once."""
    seen: dict[Any, Any] = {None: None}
    found: list[Any] = []
    for value in column.to_list():
        key = tuple(cast("list[Any]", value)) if isinstance(value, list) else value
        if key not in seen:
            seen[key] = checked(key, fact)
        found.append(seen[key])
    return pl.Series(column.name, found, dtype=dtype)


def input_frame(inputs: Inputs) -> pl.DataFrame:
    """The inputs of a decision model as a frame."""
    return pl.DataFrame([_input(name, column) for name, column in inputs.columns.items()])


def _input(name: str, column: Column) -> pl.Series:
    if column.type.basic == "number" and column.size is None:
        values = [None if value is None else _floats(value) for value in column.values]
        return pl.Series(name, values, dtype=pl.List(pl.Float64) if column.type.is_list else pl.Float64)
    values = [value.months if isinstance(value, Months) else value for value in column.values]
    return pl.Series(name, values, dtype=dtype_of(column.type))


def _floats(value: Any) -> float | list[float | None]:
    """A number or a list of them as floats."""
    if not isinstance(value, list):
        return float(value)
    return [None if each is None else float(each) for each in cast("list[Any]", value)]
