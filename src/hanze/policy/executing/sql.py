"""Frameworks as SQL: one SELECT over a table `cases`, in the dialect of DuckDB, PostgreSQL or Spark.

    print(framework_to_sql(framework, "postgres"))

The table has a column for each fact, of the type that `cases_table` says, null for unknown, and a column `case_id`. Its
values are taken to be checked: choices of the fact, numbers within its bounds. In PostgreSQL and Spark, which have no
unsigned numbers, the words `fired_0`, … and `open_0`, … are signed: bit 63 is the sign.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl
from sqlglot import exp

from hanze.policy.decisions import Model, Type
from hanze.policy.executing.columns import case_columns, input_frame
from hanze.policy.executing.duck import run_query
from hanze.policy.executing.frameworks import bulk_columns, fact_type, framework_scope, rule_states
from hanze.policy.executing.lowering import Lowering
from hanze.policy.executing.models import Inputs, run
from hanze.policy.executing.operations import CannotExecuteError
from hanze.policy.executing.polars_operations import dtype_of
from hanze.policy.executing.sql_dialects import DuckDB, operations_for
from hanze.policy.executing.sql_operations import ITEM, SqlOperations
from hanze.policy.executing.sql_values import sql_type
from hanze.policy.executing.steps import Steps
from hanze.policy.framework import Framework

CASES = "cases"
CASE_ID = "case_id"


def framework_to_sql(framework: Framework, dialect: str) -> str:
    """The query that weighs every case of the table `cases`: `case_id` and the columns of the bulk result.

    Raises CannotExecuteError for what the dialect cannot do exactly.
    """
    operations = _operations(framework, dialect)
    lowering = Lowering(operations, framework.codes)
    scope = framework_scope(framework, lowering, _column)
    states = rule_states(framework, lowering, scope)
    return written(operations, {CASE_ID: _column(CASE_ID), **bulk_columns(framework, states, operations)})


def derived_to_sql(framework: Framework, dialect: str) -> str:
    """The query that gives the parameters and derived facts of every case. Raises CannotExecuteError."""
    return _derived_query(framework, dialect)[0]


def _derived_query(framework: Framework, dialect: str) -> tuple[str, dict[str, Type]]:
    operations = _operations(framework, dialect)
    scope = framework_scope(framework, Lowering(operations, framework.codes), _column)
    derived = {each.id: scope[each.id] for each in (*framework.parameters, *framework.derived)}
    columns = {name: term.code for name, term in derived.items()}
    return written(operations, {CASE_ID: _column(CASE_ID), **columns}), {
        name: term.type for name, term in derived.items()
    }


def cases_table(framework: Framework, dialect: str) -> str:
    """The statement that makes the table `cases`."""
    _check_names(framework, operations_for(dialect))
    columns = [exp.ColumnDef(this=exp.to_identifier(CASE_ID, quoted=True), kind=exp.DataType.build("BIGINT"))]
    for fact in framework.facts:
        kind = sql_type(fact_type(fact))
        columns.append(exp.ColumnDef(this=exp.to_identifier(fact.id, quoted=True), kind=kind))
    table = exp.Schema(this=exp.to_table(CASES), expressions=columns)
    return exp.Create(this=table, kind="TABLE").sql(dialect, pretty=True)


def assess_frame(framework: Framework, cases: pl.DataFrame) -> pl.DataFrame:
    """Weigh every case of a frame in DuckDB: the bulk result, one row a case, in their order. Raises FactError."""
    found = run_query(framework_to_sql(framework, "duckdb"), case_columns(framework, cases), cases.height)
    return found.with_columns(pl.col("reach").cast(pl.UInt32))


def derive(framework: Framework, cases: pl.DataFrame) -> pl.DataFrame:
    """The parameters and derived facts of every case of a frame, worked out in DuckDB. Raises FactError."""
    query, types = _derived_query(framework, "duckdb")
    found = run_query(query, case_columns(framework, cases), cases.height)
    return found.with_columns(pl.col(name).cast(dtype_of(type)) for name, type in types.items())


def run_model(model: Model, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object | None]]:
    """The value of every decision of a model by its name, for each row, in DuckDB. Raises CannotExecuteError."""
    inputs = Inputs(model, rows)
    operations = DuckDB(Steps[exp.Expr]([CASE_ID, *inputs.columns]))
    outputs = run(model, Lowering[exp.Expr](operations, dmn=True), inputs, _column)
    query = written(operations, {CASE_ID: _column(CASE_ID), **outputs.columns})
    return [outputs.read(row) for row in run_query(query, input_frame(inputs), len(rows)).to_dicts()]


def _operations(framework: Framework, dialect: str) -> SqlOperations:
    backend = operations_for(dialect)
    _check_names(framework, backend)
    return backend(Steps[exp.Expr]([CASE_ID, ITEM, *(fact.id for fact in framework.facts)]))


def _column(name: str) -> exp.Expr:
    return exp.column(name, quoted=True)


def _check_names(framework: Framework, backend: type[SqlOperations]) -> None:
    seen = {CASE_ID: CASE_ID, ITEM: ITEM}
    for name in (fact.id for fact in framework.facts):
        if name.casefold() in seen:
            what = f"the columns “{seen[name.casefold()]}” and “{name}” have the same name."
            raise CannotExecuteError(backend.name, what, "Give one of the facts another name.")
        seen[name.casefold()] = name
        if backend.longest_name is not None and len(name.encode()) > backend.longest_name:
            what = f"the name “{name}” is longer than {backend.longest_name} bytes."
            raise CannotExecuteError(backend.name, what, "Give the fact a shorter name.")


def written(operations: SqlOperations, outputs: Mapping[str, exp.Expr]) -> str:
    """The query that gives these columns, with what they share worked out before them."""
    steps = operations.steps.columns
    query = exp.select(*_named(outputs)).from_(_table(len(steps)))
    for number, values in enumerate(steps):
        step = exp.select(exp.Star(), *_named(values)).from_(_table(number))
        query = query.with_(_table(number + 1), as_=step, copy=False)
    return query.sql(operations.dialect, pretty=True)


def _named(values: Mapping[str, exp.Expr]) -> Iterable[exp.Expr]:
    return [exp.alias_(value, name, quoted=True) for name, value in values.items()]


def _table(step: int) -> str:
    return CASES if step == 0 else f"step_{step}"
