"""What the databases do each in their own way, as pieces of their SQL that sqlglot reads: `_0`, `_1` are the operands.

A piece that a dialect does not have is something that it cannot do exactly. Durations are whole microseconds.
"""

from __future__ import annotations

from collections.abc import Mapping

from hanze.policy.executing.operations import DECIMALS, CannotExecuteError
from hanze.policy.executing.sql_operations import DAY, ITEM, SqlOperations
from hanze.policy.executing.sql_values import NUMBER

_UNIT = f"{10**-DECIMALS:.{DECIMALS}f}"
_SOME_ITEM = f"EXISTS(SELECT 1 FROM UNNEST(_0) AS items({ITEM}) WHERE _1)"
_COMMON = {
    "date - date": f"CAST(_0 - _1 AS BIGINT) * {DAY}",
    "year": "EXTRACT(YEAR FROM _0)",
    "month": "EXTRACT(MONTH FROM _0)",
    "day": "EXTRACT(DAY FROM _0)",
    "weekday": "EXTRACT(ISODOW FROM _0)",
    "hour": "EXTRACT(HOUR FROM _0)",
    "minute": "EXTRACT(MINUTE FROM _0)",
    "second": "FLOOR(EXTRACT(SECOND FROM _0))",
    "starts with": "STARTS_WITH(_0, _1)",
    "string length": "LENGTH(_0)",
    "count": "CARDINALITY(_0)",
    "date": "CAST(_0 AS DATE)",
}


class DuckDB(SqlOperations):
    """DuckDB has whole numbers of 128 bits, and unsigned words."""

    name = "DuckDB"
    dialect = "duckdb"
    wide = "HUGEINT"
    word_type = "UBIGINT"
    pieces: Mapping[str, str] = {
        **_COMMON,
        "divide whole": "_0 // _1",
        "divide small": "_0 // _1",
        "some item": _SOME_ITEM,
        "from units": f"CAST(CAST(_0 AS DECIMAL(38, 0)) * {_UNIT} AS {NUMBER})",
        "date + days": "CAST(_0 + CAST(_1 AS INTEGER) AS DATE)",
        "date + months": "CAST(_0 + TO_MONTHS(CAST(_1 AS INTEGER)) AS DATE)",
        "date-time + microseconds": "MAKE_TIMESTAMP(EPOCH_US(_0) + _1)",
        "date-time + months": "_0 + TO_MONTHS(CAST(_1 AS INTEGER))",
        "date-time - date-time": "EPOCH_US(_0) - EPOCH_US(_1)",
        "contains": "CONTAINS(_0, _1)",
        "ends with": "ENDS_WITH(_0, _1)",
        "list contains": "LIST_CONTAINS(_0, _1)",
        "count": "LEN(_0)",
        "sum": "LIST_SUM(_0)",
        "min": "LIST_MIN(_0)",
        "max": "LIST_MAX(_0)",
        "is finite": "ISFINITE(_0)",
        "one list after another": "LIST_CONCAT(_0, _1)",
    }


class PostgreSQL(SqlOperations):
    """PostgreSQL has decimals of any length, but its division is inexact; its words are signed."""

    name = "PostgreSQL"
    dialect = "postgres"
    longest_name = 63
    pieces: Mapping[str, str] = {
        **_COMMON,
        "divide whole": "DIV(_0, _1)",
        "divide small": "_0 / _1",
        "some item": _SOME_ITEM,
        "from units": f"CAST(_0 * {_UNIT} AS {NUMBER})",
        "date + days": "_0 + CAST(_1 AS INTEGER)",
        "date + months": "CAST(_0 + CAST(_1 AS INTEGER) * INTERVAL '1 month' AS DATE)",
        "date-time + microseconds": (f"_0 + (_1 / {DAY}) * INTERVAL '1 day' + (_1 % {DAY}) * INTERVAL '1 microsecond'"),
        "date-time + months": "_0 + CAST(_1 AS INTEGER) * INTERVAL '1 month'",
        "date-time - date-time": "CAST(EXTRACT(EPOCH FROM _0 - _1) * 1000000 AS BIGINT)",
        "contains": "STRPOS(_0, _1) > 0",
        "ends with": "RIGHT(_0, LENGTH(_1)) = _1",
        "list contains": "_1 = ANY(_0)",
        "sum": "(SELECT SUM(item) FROM UNNEST(_0) AS items(item))",
        "min": "(SELECT MIN(item) FROM UNNEST(_0) AS items(item))",
        "max": "(SELECT MAX(item) FROM UNNEST(_0) AS items(item))",
    }


class Spark(SqlOperations):
    """Spark has decimals of 38 digits, of which a product or quotient keeps only some; its words are signed."""

    name = "Spark"
    dialect = "spark"
    pieces: Mapping[str, str] = {
        **_COMMON,
        # A quotient keeps 32 digits before the point; it is whole, because what is left of the division is taken off.
        "divide whole": (
            "CASE WHEN CAST(_0 AS DOUBLE) / CAST(_1 AS DOUBLE) < 1e31"
            " THEN CAST((_0 - _0 % _1) / CAST(_1 AS DECIMAL(38, 0)) AS DECIMAL(38, 0)) END"
        ),
        "from units": f"CAST(CAST(_0 AS DECIMAL(28, 0)) / CAST({10**DECIMALS} AS DECIMAL(11, 0)) AS {NUMBER})",
        "divide small": "_0 DIV _1",
        "some item": f"EXISTS(_0, {ITEM} -> _1)",
        "date - date": f"CAST(DATEDIFF(_0, _1) AS BIGINT) * {DAY}",
        "date + days": "DATE_ADD(_0, CAST(_1 AS INT))",
        "date + months": "ADD_MONTHS(_0, CAST(_1 AS INT))",
        "date-time + microseconds": (
            f"_0 + MAKE_DT_INTERVAL(CAST((_1 - _1 % {DAY}) / {DAY} AS INT), 0, 0,"
            f" CAST(CAST(_1 % {DAY} AS DECIMAL(18, 0)) / 1000000 AS DECIMAL(18, 6)))"
        ),
        "date-time + months": "_0 + MAKE_YM_INTERVAL(0, CAST(_1 AS INT))",
        "date-time - date-time": (
            f"CAST(EXTRACT(DAY FROM _0 - _1) AS BIGINT) * {DAY}"
            " + CAST(EXTRACT(HOUR FROM _0 - _1) AS BIGINT) * 3600000000"
            " + CAST(EXTRACT(MINUTE FROM _0 - _1) AS BIGINT) * 60000000"
            " + CAST(EXTRACT(SECOND FROM _0 - _1) * 1000000 AS BIGINT)"
        ),
        "weekday": "WEEKDAY(_0) + 1",
        "contains": "CONTAINS(_0, _1)",
        "starts with": "STARTSWITH(_0, _1)",
        "ends with": "ENDSWITH(_0, _1)",
        "list contains": "ARRAY_CONTAINS(_0, _1)",
        "sum": (
            "CASE WHEN CARDINALITY(_0) > 0 THEN"
            " AGGREGATE(_0, CAST(0 AS DECIMAL(36, 10)), (total, item) -> CAST(total + item AS DECIMAL(36, 10))) END"
        ),
        "min": "ARRAY_MIN(_0)",
        "max": "ARRAY_MAX(_0)",
    }


DIALECTS: dict[str, type[SqlOperations]] = {each.dialect: each for each in (DuckDB, PostgreSQL, Spark)}


def operations_for(dialect: str) -> type[SqlOperations]:
    """The backend of a dialect; raises CannotExecuteError for one that there is not."""
    if dialect not in DIALECTS:
        raise CannotExecuteError(dialect, "there is no such dialect.", f"Take one of {', '.join(DIALECTS)}.")
    return DIALECTS[dialect]
