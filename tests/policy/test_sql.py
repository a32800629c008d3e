"""A framework as SQL: run in PostgreSQL and Spark where they are, and refused by name where it would not be exact."""

from __future__ import annotations

import importlib.util
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
from psycopg import sql as pg

from hanze.policy import Framework, read_framework, read_frameworks
from hanze.policy.executing import polars, sql
from hanze.policy.executing.commands import sql_path
from hanze.policy.executing.operations import CannotExecuteError
from hanze.policy.synthetic import synthesise
from tests.policy import sample
from tests.policy.random_documents import framework
from tests.policy.random_language import case, frame, seeded

LANGUAGE = Path(__file__).with_name("language.yaml")
DATABASE = os.environ.get("DATABASE_URL", "")
KNOWN = [*read_frameworks(sample.FRAMEWORKS), sample.read(), read_framework(LANGUAGE)]


def for_database(cases: pl.DataFrame) -> list[list[Any]]:
    """Cases as rows: their number, and durations as microseconds."""

    def written(value: Any) -> Any:
        return value // timedelta(microseconds=1) if isinstance(value, timedelta) else value

    return [[number, *map(written, row)] for number, row in enumerate(cases.rows())]


def from_database(rows: list[Any], names: list[str]) -> pl.DataFrame:
    """The bulk result of a database that has signed words."""
    words = [name for name in names if name.startswith(("fired", "open"))]
    types = {**dict.fromkeys(words, pl.Int64), "held": pl.String, "reach": pl.UInt32}
    found = pl.DataFrame([row[1:] for row in sorted(rows)], schema={name: types[name] for name in names}, orient="row")
    return found.with_columns(pl.col(words).reinterpret(signed=False))


def random_frameworks(count: int, dialect: str) -> list[tuple[Framework, pl.DataFrame]]:
    """Frameworks with every part of the language, each with sixty cases; without those that a dialect refuses."""
    found: list[tuple[Framework, pl.DataFrame]] = []
    seed = 0
    while len(found) < count:
        pick = seeded(seed)
        seed += 1
        made = framework(pick)
        if made is None:
            continue
        try:
            sql.framework_to_sql(made, dialect)
        except CannotExecuteError:
            continue
        found.append((made, frame([case(pick) for _ in range(60)])))
    return found


def known_frameworks() -> list[tuple[Framework, pl.DataFrame]]:
    return [(made, synthesise(made, 3_000, seed=3, unknown=0.15)) for made in KNOWN]


# PostgreSQL


@pytest.fixture
def postgresql() -> Iterator[psycopg.Connection[Any]]:
    if not DATABASE.startswith(("postgres://", "postgresql://")):
        pytest.skip("DATABASE_URL names no PostgreSQL database")
    with psycopg.connect(DATABASE) as connection:
        yield connection
        connection.rollback()


def weighed_by_postgresql(made: Framework, cases: pl.DataFrame, connection: psycopg.Connection[Any]) -> pl.DataFrame:
    table = sql.cases_table(made, "postgres").replace("CREATE TABLE", "CREATE TEMPORARY TABLE")
    connection.execute(table.encode())
    names = [sql.CASE_ID, *cases.columns]
    copy = pg.SQL("COPY cases ({}) FROM STDIN").format(pg.SQL(", ").join(map(pg.Identifier, names)))
    with connection.cursor() as cursor:
        with cursor.copy(copy) as target:
            for row in for_database(cases):
                target.write_row(row)
        cursor.execute(sql.framework_to_sql(made, "postgres").encode())
        assert cursor.description is not None
        found = from_database(cursor.fetchall(), [column.name for column in cursor.description][1:])
    connection.execute("DROP TABLE cases")
    return found


def test_postgresql_weighs_cases_as_polars_does(postgresql: psycopg.Connection[Any]) -> None:
    for made, cases in [*known_frameworks(), *random_frameworks(40, "postgres")]:
        assert weighed_by_postgresql(made, cases, postgresql).equals(polars.assess_frame(made, cases)), made.tables


# Spark


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if importlib.util.find_spec("pyspark") is None:
        pytest.skip("pyspark is not installed (the extra `spark`)")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

    builder = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "1").getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


def weighed_by_spark(made: Framework, cases: pl.DataFrame, spark: Any) -> pl.DataFrame:
    columns = sql.cases_table(made, "spark").partition("(")[2].rpartition(")")[0]
    spark.createDataFrame(for_database(cases), columns).createOrReplaceTempView("cases")
    found = spark.sql(sql.framework_to_sql(made, "spark"))
    return from_database([tuple(row) for row in found.collect()], found.columns[1:])


def test_spark_weighs_cases_as_polars_does(spark: Any) -> None:
    for made, cases in [*known_frameworks(), *random_frameworks(8, "spark")]:
        exact = cases.with_columns(pl.col(pl.Int64).cast(pl.Decimal(28, 0)))
        assert weighed_by_spark(made, exact, spark).equals(polars.assess_frame(made, cases)), made.tables


# What is refused


def changed(expression: str, **names: str) -> Framework:
    """The language framework with another expression for the first derived fact."""
    text = LANGUAGE.read_text(encoding="utf-8").replace('is: "budget / aantal bezoekers"', f"is: '{expression}'")
    for old, new in names.items():
        text = text.replace(old, new)
    return sample.read(text)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_what_databases_do_each_in_their_own_way_is_refused_by_name(dialect: str) -> None:
    made = changed('string length(upper case("a"))')
    with pytest.raises(CannotExecuteError, match=r"cannot do this exactly: upper case\."):
        sql.derived_to_sql(made, dialect)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_a_power_is_refused_when_its_digits_could_not_all_be_kept(dialect: str) -> None:
    unbounded = changed("(budget / 3) ** 3")
    with pytest.raises(CannotExecuteError, match=r"a number to the power of 3.* minimum, a maximum and decimals"):
        sql.framework_to_sql(unbounded, dialect)
    assert "SELECT" in sql.framework_to_sql(changed("aantal bezoekers ** 3"), dialect)


def test_columns_that_a_database_would_take_for_one_are_refused() -> None:
    made = changed("1", public="Rank")
    with pytest.raises(CannotExecuteError, match="“rank” and “Rank” have the same name"):
        sql.framework_to_sql(made, "duckdb")


def test_a_name_that_postgresql_would_cut_off_is_refused() -> None:
    made = changed("1", économie="é" * 40)
    with pytest.raises(CannotExecuteError, match="longer than 63 bytes"):
        sql.framework_to_sql(made, "postgres")
    assert "é" * 40 in sql.framework_to_sql(made, "duckdb")


def test_a_dialect_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(CannotExecuteError, match="duckdb, postgres, spark"):
        sql.framework_to_sql(sample.read(), "oracle")


def test_a_text_can_hold_every_sign_without_becoming_sql() -> None:
    nasty = "x'); DROP TABLE cases; --\\"
    made = sample.read(
        sample.TEXT.replace("country: in_list(watched)", "country: '\"x''); DROP TABLE cases; --\\\\\"'", 1)
    )
    cases = pl.DataFrame({"country": [nasty, "AA"], "sector": ["tulips", "tulips"]})
    assert sql.assess_frame(made, cases).equals(polars.assess_frame(made, cases))


# From the command line


def test_the_command_writes_the_query_of_a_framework() -> None:
    out = io.StringIO()
    assert sql_path(sample.PATH, "postgres", False, False, out) == 0
    assert out.getvalue().startswith("WITH ")
    assert out.getvalue().endswith(";\n")


def test_the_command_says_what_a_dialect_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "framework.yaml"
    path.write_text(LANGUAGE.read_text(encoding="utf-8").replace("budget / aantal bezoekers", "(budget / 3) ** 3"))
    assert sql_path(path, "duckdb", True, False, io.StringIO()) == 1
    assert "DuckDB cannot do this exactly" in capsys.readouterr().err


def test_neither_the_command_line_nor_the_engine_loads_what_only_many_cases_need() -> None:
    code = """
import sys
import hanze.policy
from hanze import cli
try:
    cli.main(["policy", "sql", "--help"])
except SystemExit:
    assert not {"polars", "numpy", "duckdb", "sqlglot", "django"} & {*sys.modules}
"""
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
