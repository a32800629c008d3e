"""DuckDB over polars frames, handed over in memory as Arrow."""

from __future__ import annotations

import duckdb
import polars as pl
from polars import selectors

ROW = "case_id"


class _Stream:
    """Only the Arrow side of a frame: DuckDB's own way with polars frames needs one package more."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def run_query(query: str, cases: pl.DataFrame, rows: int) -> pl.DataFrame:
    """What a query over the table `cases` of so many rows gives, in their order; `case_id` is the number of a row."""
    numbered = pl.DataFrame({ROW: range(rows)}).hstack(cases.with_columns(selectors.duration().to_physical()))
    with duckdb.connect() as connection:
        connection.register("cases", _Stream(numbered))
        return pl.DataFrame(connection.sql(query)).sort(ROW).drop(ROW)
