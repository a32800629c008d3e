"""Frameworks over frames of cases, straight from the syntax trees; `bulk` does the same in another way, faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from hanze.policy.decisions import Model, Type
from hanze.policy.executing.columns import case_columns, input_frame
from hanze.policy.executing.frameworks import bulk_columns, framework_scope, rule_states
from hanze.policy.executing.lowering import Lowering, column_term
from hanze.policy.executing.models import Inputs, run
from hanze.policy.executing.polars_operations import PolarsOperations
from hanze.policy.executing.steps import Steps
from hanze.policy.expressions import Expression
from hanze.policy.framework import Framework

ROW = ""
"""A column that no name can have."""


def to_polars(
    expression: Expression,
    types: Mapping[str, Type],
    lists: Mapping[str, frozenset[str]] | None = None,
    dmn: bool = False,
) -> pl.Expr:
    """An expression over columns with these types (`dtype_of` a type): its value, null where that is unknown."""
    lowering = Lowering(PolarsOperations(), lists or {}, dmn)
    return lowering.term(expression, {name: column_term(pl.col(name), type) for name, type in types.items()}).code


def assess_frame(framework: Framework, cases: pl.DataFrame) -> pl.DataFrame:
    """Weigh every case: the bulk result, one row a case, in order. Raises FactError for a value of another type."""
    steps = Steps[pl.Expr](fact.id for fact in framework.facts)
    lowering = Lowering(PolarsOperations(steps), framework.codes)
    scope = framework_scope(framework, lowering, pl.col)
    states = rule_states(framework, lowering, scope)
    columns = bulk_columns(framework, states, lowering.operations)
    columns["reach"] = columns["reach"].cast(pl.UInt32)
    return run_steps(steps, case_columns(framework, cases), columns)


def derive(framework: Framework, cases: pl.DataFrame) -> pl.DataFrame:
    """The parameters and derived facts of every case, a column each. Raises FactError for a value of a wrong type."""
    steps = Steps[pl.Expr](fact.id for fact in framework.facts)
    scope = framework_scope(framework, Lowering(PolarsOperations(steps), framework.codes), pl.col)
    names = [each.id for each in (*framework.parameters, *framework.derived)]
    return run_steps(steps, case_columns(framework, cases), {name: scope[name].code for name in names})


def run_model(model: Model, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object | None]]:
    """The value of every decision of a model by its name, for each row of inputs. Raises CannotExecuteError."""
    inputs = Inputs(model, rows)
    steps = Steps[pl.Expr](inputs.columns)
    outputs = run(model, Lowering(PolarsOperations(steps), dmn=True), inputs, pl.col)
    numbered = pl.DataFrame({ROW: range(len(rows))}).hstack(input_frame(inputs))  # also where there are no inputs
    return [outputs.read(row) for row in run_steps(steps, numbered, outputs.columns).to_dicts()]


def run_steps(steps: Steps[pl.Expr], cases: pl.DataFrame, columns: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """These columns over the cases, with the steps that they share taken first."""
    frame = cases.lazy()
    for step in steps.columns:
        frame = frame.with_columns(**step)
    number = pl.int_range(pl.len()).alias(ROW)  # so that the result has as many rows as there are cases
    return frame.select(number, **columns).drop(ROW).collect()
