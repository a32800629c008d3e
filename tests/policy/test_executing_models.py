"""A decision model gives the same in polars and in DuckDB as in Python, by the DMN standard's rules for null."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from hanze.policy.decisions import (
    Context,
    Decision,
    DecisionTable,
    InputData,
    Invocation,
    Knowledge,
    Logic,
    Model,
    TableInput,
    TableOutput,
    TableRule,
    Type,
)
from hanze.policy.evaluating import run_model as in_python
from hanze.policy.executing import polars, sql
from hanze.policy.executing.operations import CannotExecuteError
from hanze.policy.parsing import Scope, parse_expression, parse_test

NUMBER, TEXT, BOOLEAN = Type("number"), Type("text"), Type("boolean")
LOAN = Type("context", fields={"amount": NUMBER, "rate": NUMBER, "term": NUMBER})
Run = Callable[[Model, Sequence[Mapping[str, object]]], list[dict[str, object | None]]]
BACKENDS = pytest.mark.parametrize("run", [polars.run_model, sql.run_model], ids=["polars", "duckdb"])


def says(text: str, functions: Mapping[str, int] | None = None, **names: Type) -> Any:
    return parse_expression(text, Scope(names, functions or {}), dmn=True)


def cell(text: str, type: Type) -> Any:
    return parse_test(text, type, Scope(), dmn=True)


def model(inputs: Mapping[str, Type], decisions: Mapping[str, tuple[Type, Logic]], *functions: Knowledge) -> Model:
    return Model(
        "m",
        "m",
        tuple(InputData(name, name, type) for name, type in inputs.items()),
        tuple(Decision(name, name, type, logic) for name, (type, logic) in decisions.items()),
        functions,
    )


def near(one: Any, other: Any) -> bool:
    """Numbers within what the compatibility kit allows; everything else the same."""
    if isinstance(one, Decimal) and isinstance(other, Decimal):
        return abs(one - other) <= Decimal("1e-8") * max(abs(one), abs(other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(near(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(near, one, other))
    return type(one) is type(other) and one == other


def assert_as_in_python(run: Run, made: Model, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object | None]]:
    found = run(made, rows)
    wanted = [in_python(made, row) for row in rows]
    assert len(found) == len(wanted)
    for one, other in zip(found, wanted, strict=True):
        assert near(one, other), (one, other)
    return found


@BACKENDS
def test_numbers_are_exact_decimals_as_long_as_nothing_is_divided(run: Run) -> None:
    made = model({"a": NUMBER, "b": NUMBER}, {"sum": (NUMBER, says("a + b", a=NUMBER, b=NUMBER))})
    found = run(made, [{"a": Decimal("0.1"), "b": Decimal("0.2")}])
    assert found == [{"sum": Decimal("0.3")}]


@BACKENDS
def test_a_division_by_zero_a_null_and_another_type_give_null(run: Run) -> None:
    made = model({"a": NUMBER, "b": NUMBER}, {"quotient": (NUMBER, says("a / b", a=NUMBER, b=NUMBER))})
    found = assert_as_in_python(run, made, [{"a": 1, "b": 0}, {"a": 1}, {"a": "one", "b": 2}, {"a": 1, "b": 3}])
    assert [row["quotient"] for row in found[:3]] == [None, None, None]


@BACKENDS
def test_null_equals_itself_and_nothing_else(run: Run) -> None:
    names = {"a": NUMBER, "b": NUMBER}
    logic = {name: (BOOLEAN, says(name, **names)) for name in ("a = null", "a = b", "a != b", "not(a < b)")}
    assert_as_in_python(run, model(names, logic), [{}, {"a": 1}, {"a": 1, "b": 1}, {"a": 1, "b": 2}])


@BACKENDS
def test_a_function_of_the_model_is_called_in_order_and_by_name(run: Run) -> None:
    names = {"p": NUMBER, "r": NUMBER, "n": NUMBER}
    payment = Knowledge("PMT", "PMT", names, says("(p * r / 12) / (1 - (1 + r / 12) ** -n)", **names))
    functions = {"PMT": 3}
    made = model(
        {"Loan": LOAN, "fee": NUMBER},
        {
            "monthly": (NUMBER, says("PMT(Loan.amount, Loan.rate, Loan.term) + fee", functions, Loan=LOAN, fee=NUMBER)),
            "by name": (NUMBER, says("PMT(r: Loan.rate, n: Loan.term, p: Loan.amount)", functions, Loan=LOAN)),
            "invoked": (NUMBER, Invocation("PMT", {name: says("fee", fee=NUMBER) for name in names})),
        },
        payment,
    )
    loan = {"amount": 600000, "rate": Decimal("0.0375"), "term": 360}
    found = assert_as_in_python(run, made, [{"Loan": loan, "fee": 100}, {"Loan": {"amount": 1}, "fee": 100}, {}])
    assert found[1]["monthly"] is None


@BACKENDS
def test_a_function_that_calls_itself_without_end_is_refused_or_null(run: Run) -> None:
    endless = Knowledge("f", "f", {"x": NUMBER}, says("f(x + 1)", {"f": 1}, x=NUMBER))
    made = model({"x": NUMBER}, {"y": (NUMBER, says("f(x)", {"f": 1}, x=NUMBER))}, endless)
    with pytest.raises(CannotExecuteError, match="calls itself"):
        run(made, [{"x": 1}])


@BACKENDS
def test_entries_of_a_context_see_the_earlier_ones(run: Run) -> None:
    entries = {"double": says("2 * a", a=NUMBER), "more": says("double + 1", double=NUMBER)}
    whole = Type("context", fields={"double": NUMBER, "more": NUMBER})
    made = model(
        {"a": NUMBER},
        {
            "all": (whole, Context(entries)),
            "last": (NUMBER, Context(entries, says("more - a", more=NUMBER, a=NUMBER))),
            "field": (NUMBER, says("all.double", all=whole)),
        },
    )
    assert_as_in_python(run, made, [{"a": 4}, {}])


def eligibility(hit: str, default: bool = False) -> DecisionTable:
    rows = [(">= 18", '"Low", "Medium"', '"Approved"', '"Best"'), ("-", '"High"', '"Declined"', '"Standard"')]
    rows += [("< 18", "-", '"Declined"', '"Standard"'), ("[18..21)", "not(null)", '"Approved"', '"Standard"')]
    order = {"Status": ('"Approved"', '"Declined"'), "Rate": ('"Best"', '"Standard"')}
    return DecisionTable(
        (TableInput(says("Age", Age=NUMBER), NUMBER), TableInput(says("Risk", Risk=TEXT), TEXT)),
        tuple(
            TableOutput(name, TEXT, tuple(map(says, values)), says(values[-1]) if default else None)
            for name, values in order.items()
        ),
        tuple(
            TableRule(f"r{number}", (cell(age, NUMBER), cell(risk, TEXT)), (says(status), says(rate)))
            for number, (age, risk, status, rate) in enumerate(rows)
        ),
        hit,  # type: ignore[arg-type]
    )


APPLICANTS = [{"Age": age, "Risk": risk} for age in (None, 17, 18, 20, 30) for risk in (None, "Low", "High", "Other")]


@BACKENDS
@pytest.mark.parametrize("default", [True, False], ids=["default", "no default"])
@pytest.mark.parametrize("hit", ["unique", "any", "priority", "first", "collect", "rule order", "output order"])
def test_a_table_with_several_outputs_gives_contexts_by_its_hit_policy(run: Run, hit: str, default: bool) -> None:
    fields = {"Status": Type("text", allowed=cell('"Approved", "Declined"', TEXT)), "Rate": TEXT}
    listed = hit in ("collect", "rule order", "output order")
    made = model(
        {"Age": NUMBER, "Risk": TEXT},
        {"decided": (Type("context", listed, fields), eligibility(hit, default))},
    )
    assert_as_in_python(run, made, APPLICANTS)


@BACKENDS
def test_a_value_that_is_not_allowed_is_null(run: Run) -> None:
    colour = Type("text", allowed=cell('"red", "green"', TEXT))
    made = model({"a": colour}, {"same": (TEXT, says("a", a=colour)), "joined": (colour, says('"r" + a', a=TEXT))})
    found = assert_as_in_python(run, made, [{"a": "red"}, {"a": "blue"}, {}])
    assert [row["same"] for row in found] == ["red", None, None]


@BACKENDS
def test_one_value_is_a_list_of_one_where_the_type_is_a_list(run: Run) -> None:
    made = model({"a": NUMBER}, {"listed": (Type("number", is_list=True), says("a", a=NUMBER))})
    assert_as_in_python(run, made, [{"a": 4}, {}])


@BACKENDS
def test_a_model_without_inputs_gives_its_constants_for_every_row(run: Run) -> None:
    made = model({}, {"text": (TEXT, says('"a" + "b"')), "day": (Type("date"), says('date("2024-02-29")'))})
    assert assert_as_in_python(run, made, [{}, {}]) == [{"text": "ab", "day": date(2024, 2, 29)}] * 2


@BACKENDS
def test_an_input_of_several_types_at_once_is_refused(run: Run) -> None:
    made = model({"a": Type("any")}, {"same": (Type("any"), says("a", a=Type("any")))})
    with pytest.raises(CannotExecuteError, match="the input a, whose values have different types"):
        run(made, [{"a": 1}, {"a": "one"}])
