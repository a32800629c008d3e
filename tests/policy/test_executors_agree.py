"""Python, the mask program, polars and SQL give the same for every expression, decision table, framework and case."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlglot import exp

from hanze.policy import Framework, check_facts, read_framework, read_frameworks
from hanze.policy import bulk as masks
from hanze.policy.cells import unparse_expression
from hanze.policy.computing import Environment
from hanze.policy.deciding import decide, gives_list
from hanze.policy.deriving import values_of
from hanze.policy.evaluating import evaluate
from hanze.policy.executing import polars, sql
from hanze.policy.executing import tables as lowered_tables
from hanze.policy.executing.duck import run_query
from hanze.policy.executing.lowering import Lowering, column_term
from hanze.policy.executing.models import Outputs
from hanze.policy.executing.operations import CannotExecuteError, Lowered
from hanze.policy.executing.polars_operations import PolarsOperations
from hanze.policy.executing.sql_dialects import DuckDB
from hanze.policy.executing.steps import Steps
from hanze.policy.expressions import Expression
from hanze.policy.masks import Row, reference_row
from hanze.policy.synthetic import synthesise
from tests.policy import sample
from tests.policy.random_documents import framework
from tests.policy.random_language import LISTS, TYPES, case, drawn, expression, frame, seeded, table

LANGUAGE = read_framework(Path(__file__).with_name("language.yaml"))
KNOWN = [*read_frameworks(sample.FRAMEWORKS), sample.read(), LANGUAGE]
BASICS = ["number", "number", "boolean", "boolean", "text", "date", "date-time", "days-duration"]
Cases = list[dict[str, Any]]


@st.composite
def expressions(draw: Any) -> Expression:
    return expression(drawn(draw), draw(st.sampled_from(BASICS)), 3)


@st.composite
def many_cases(draw: Any) -> Cases:
    """Forty cases by one number: what differs is in the expression, which shrinks."""
    pick = seeded(draw(st.integers(0, 10_000)))
    return [case(pick) for _ in range(40)]


def in_polars(value: Callable[[Lowering[Any], dict[str, Any]], Lowered[Any]], cases: Cases, dmn: bool) -> list[Any]:
    """What something is in polars, for each case."""
    steps = Steps[pl.Expr](TYPES)
    scope = {name: column_term(pl.col(name), type) for name, type in TYPES.items()}
    outputs = Outputs({"x": value(Lowering(PolarsOperations(steps), LISTS, dmn), scope)})
    return [outputs.read(row)["x"] for row in polars.run_steps(steps, frame(cases), outputs.columns).to_dicts()]


def in_duckdb(value: Callable[[Lowering[Any], dict[str, Any]], Lowered[Any]], cases: Cases, dmn: bool) -> list[Any]:
    """What something is in DuckDB, for each case. Raises CannotExecuteError."""
    operations = DuckDB(Steps[exp.Expr]([sql.CASE_ID, *TYPES]))
    scope = {name: column_term(exp.column(name, quoted=True), type) for name, type in TYPES.items()}
    outputs = Outputs({"x": value(Lowering(operations, LISTS, dmn), scope)})
    query = sql.written(operations, {sql.CASE_ID: exp.column(sql.CASE_ID), **outputs.columns})
    return [outputs.read(row)["x"] for row in run_query(query, frame(cases), len(cases)).to_dicts()]


EXECUTORS = pytest.mark.parametrize("execute", [in_polars, in_duckdb])


@EXECUTORS
@given(expressions(), many_cases())
@settings(max_examples=40)
def test_an_expression_means_what_it_means_in_python(execute: Any, tree: Expression, cases: Cases) -> None:
    try:
        found = execute(lambda lowering, scope: lowering.term(tree, scope), cases, False)
    except CannotExecuteError:
        assert execute is in_duckdb
        assume(False)
    wanted = [evaluate(tree, each, lists=LISTS) for each in cases]
    assert found == wanted, unparse_expression(tree)


KLEENE_HITS = ["unique", "any", "first", "priority", "collect"]
DMN_HITS = [*KLEENE_HITS, "rule order", "output order"]


@EXECUTORS
@given(st.data(), many_cases())
@settings(max_examples=25)
def test_a_decision_table_gives_what_is_certain_as_in_python(execute: Any, data: Any, cases: Cases) -> None:
    made = table(drawn(data.draw), KLEENE_HITS, dmn=False)
    assume(made.aggregation is not None or made.hit != "collect")
    found = execute(lambda lowering, scope: lowered_tables.decide(made, lowering, scope), cases, False)
    assert found == [decide(made, Environment(each, LISTS)) for each in cases]


@EXECUTORS
@given(st.data(), many_cases())
@settings(max_examples=25)
def test_a_decision_table_from_dmn_gives_what_the_standard_says_as_in_python(
    execute: Any, data: Any, cases: Cases
) -> None:
    made = table(drawn(data.draw), DMN_HITS, dmn=True)
    found = execute(lambda lowering, scope: lowered_tables.decide(made, lowering, scope), cases, True)
    wanted = [decide(made, Environment(each, LISTS, dmn=True)) for each in cases]
    if gives_list(made):  # a default stands alone, until it becomes a list as the type of the decision says
        wanted = [each if isinstance(each, list) else [each] for each in wanted]
    assert found == wanted


def checked(row: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}


Executor = Callable[[Framework, pl.DataFrame], pl.DataFrame]


def unless_refused(execute: Executor) -> Executor:
    """SQL may refuse by name what it cannot do exactly; then it gives what is right, so that nothing is compared."""

    def run(made: Framework, cases: pl.DataFrame) -> pl.DataFrame:
        try:
            return execute(made, cases)
        except CannotExecuteError:
            return {sql.assess_frame: polars.assess_frame, sql.derive: polars.derive}[execute](made, cases)

    return run


def assert_all_agree(made: Framework, cases: pl.DataFrame, by_hand: int) -> None:
    """All bulk executors agree on all cases, and Python's plain way on the first `by_hand`."""
    found = masks.assess_frame(made, cases)
    for execute in (polars.assess_frame, unless_refused(sql.assess_frame)):
        assert execute(made, cases).equals(found)
    rows = [checked(row) for row in cases.head(by_hand).to_dicts()]
    assert found.head(by_hand).rows() == [as_words(made, reference_row(made, row)) for row in rows]
    derived = [values_of(made, check_facts(made, row)) for row in rows]
    for execute in (polars.derive, unless_refused(sql.derive)):
        columns = execute(made, cases.head(by_hand))
        assert columns.columns == [each.id for each in (*made.parameters, *made.derived)]
        assert columns.rows() == [tuple(each[name] for name in columns.columns) for each in derived]


def as_words(made: Framework, row: Row) -> tuple[Any, ...]:
    """A row of the mask program as a row of the bulk result."""
    words = range(max(1, -(-len(list(made.rules())) // 64)))
    fired, undecided = ([(mask >> (64 * word)) % (1 << 64) for word in words] for mask in (row.fired, row.open))
    return (*fired, *undecided, row.held, row.reach)


@pytest.mark.parametrize("made", KNOWN, ids=lambda made: made.id)
def test_ten_thousands_of_cases_with_unknowns_are_weighed_alike(made: Framework) -> None:
    assert_all_agree(made, synthesise(made, 20_000, seed=7, unknown=0.15), by_hand=400)


@given(st.data(), many_cases())
@settings(max_examples=12)
def test_frameworks_with_every_part_of_the_language_are_weighed_alike(data: Any, cases: Cases) -> None:
    made = framework(drawn(data.draw))
    assume(made is not None)
    assert made is not None
    assert_all_agree(made, frame(cases), by_hand=len(cases))


def long_framework(rules: int) -> Framework:
    """A framework whose rules fill more than one word: rule n holds when there are n people."""
    head, _, rest = sample.TEXT.partition("tables:\n")
    first_table = rest[: rest.index("    rules:\n")].replace("hit: first", "hit: collect")
    body = "".join(
        f"      - {{id: R{number}, when: {{people: {number}}}, then: {{advice: with-care}}, because: {{nl: x, en: x}},"
        f" source: {{document: policy, section: '1'}}, status: stated}}\n"
        for number in range(rules)
    )
    return sample.read(f"{head}tables:\n{first_table}    rules:\n{body}")


def test_rules_beyond_the_first_64_are_in_the_next_word() -> None:
    cases = pl.DataFrame({"people": [None, *range(72)]}, schema={"people": pl.Int64})
    assert_all_agree(long_framework(70), cases, by_hand=73)


def test_a_case_without_any_fact_is_unknown_in_every_executor() -> None:
    for made in (sample.read(), LANGUAGE):
        assert_all_agree(made, pl.DataFrame({"nothing": [1, 2]}), by_hand=0)


def test_numbers_are_exact_however_they_are_given() -> None:
    made = sample.read()
    given = [pl.Series("budget", [1000.5, 1000.51, 0.1]), pl.Series("budget", ["1000.5", "1000.51", "0.1"])]
    given.append(pl.Series("budget", [Decimal("1000.5"), Decimal("1000.51"), Decimal("0.1")]))
    for column in given:
        for executor in (polars, sql):
            found = executor.assess_frame(made, column.to_frame())
            assert found["held"].to_list() == [None, "refuse", None]
