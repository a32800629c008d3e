"""What expressions, decision tables and decision models give: exact, three-valued in a framework, by DMN in a model."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from hanze.policy.arithmetic import calculate
from hanze.policy.cells import Cell
from hanze.policy.computing import Environment
from hanze.policy.deciding import decide, decisive_rows
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
from hanze.policy.evaluating import evaluate, run_model, trace_model
from hanze.policy.expressions import Constant, Expression, Months, Name, Span
from hanze.policy.parsing import CellError, Scope, parse_expression, parse_test
from hanze.policy.typechecking import type_of

D = Decimal
NUMBER, TEXT, BOOLEAN, DATE = Type("number"), Type("text"), Type("boolean"), Type("date")
NAMES = {
    "a": NUMBER, "b": NUMBER, "d": DATE, "moment": Type("date-time"), "stay": Type("days-duration"), "ok": BOOLEAN,
    "no": BOOLEAN, "maybe": BOOLEAN, "name": TEXT, "items": Type("text", is_list=True), "unknown number": NUMBER,
}  # fmt: skip
SCOPE = Scope(NAMES, lists={"risky": frozenset({"x", "y"})})
VALUES: dict[str, Any] = {
    "a": D(7), "b": D(3), "d": date(2024, 1, 31), "moment": datetime(2024, 1, 31, 22, 30), "stay": timedelta(hours=36),
    "ok": True, "no": False, "maybe": None, "name": "Hoek van Holland", "items": ("x", "z"), "unknown number": None,
}  # fmt: skip


def value(text: str, dmn: bool = False) -> object:
    return evaluate(parse_expression(text, SCOPE, dmn), VALUES, lists=SCOPE.lists, dmn=dmn)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a / b", D("2.3333333333")),
        ("2 / 3", D("0.6666666667")),
        ("1 / 0", None),
        ("0.5 * 0.0000000001", D(0)),
        ("1.5 * 0.0000000001", D("0.0000000002")),
        ("2.5 * 0.0000000001", D("0.0000000002")),
        ("999999999999999999 + 1", None),
        ("-999999999999999999 - 1", None),
        ("999999999999999999 + 0.9", D("999999999999999999.9")),
        ("a ** 0", D(1)),
        ("1.1 ** 10", D("2.5937424601")),
        ("-2 ** 2", D(4)),
        ("10 - 2 - 3", D(5)),
        ("2 ** 3 ** 2", D(64)),
        ("modulo(-7, 3)", D(2)),
        ("modulo(7, -3)", D(-2)),
        ("modulo(7, 0)", None),
        ("floor(-a / b)", D(-3)),
        ("ceiling(a / b)", D(3)),
        ("decimal(2.5, 0)", D(2)),
        ("decimal(a / b, 2)", D("2.33")),
        ("abs(-a)", D(7)),
        ("sum(a, b, 0.5)", D("10.5")),
        ("mean(a, b, 1)", D("3.6666666667")),
        ("min(a, b)", D(3)),
        ("max(a, unknown number)", None),
        ("count(items)", D(2)),
        ("count([a, unknown number])", D(2)),
        ('list contains(items, "z")', True),
        ('list contains(items, "q")', False),
        ("any([maybe, ok])", True),
        ("any([maybe, no])", None),
        ("all([maybe, no])", False),
        ("all([maybe, ok])", None),
        ("ok and maybe", None),
        ("no and maybe", False),
        ("ok or maybe", True),
        ("no or maybe", None),
        ("not(maybe)", None),
        ("unknown number = unknown number", None),
        ("unknown number > 5 or a > 5", True),
        ("a in [1..7)", False),
        ("a in (1..7]", True),
        ("a in (not(7))", False),
        ("a in (3, > 6)", True),
        ("a between b and 7", True),
        ("unknown number in (1, 2)", None),
        ("a in (b, unknown number)", None),
        ("name in_list risky", False),
        ('d + duration("P1M")', date(2024, 2, 29)),
        ('d + duration("P1Y1M")', date(2025, 2, 28)),
        ('d - duration("P2M")', date(2023, 11, 30)),
        ('d + duration("PT36H")', date(2024, 2, 1)),
        ('d - duration("PT12H")', date(2024, 1, 30)),
        ('moment + duration("PT2H")', datetime(2024, 2, 1, 0, 30)),
        ('moment + duration("P1M")', datetime(2024, 2, 29, 22, 30)),
        ('d + duration("P9999Y")', None),
        ('date("2024-03-01") - d', timedelta(days=30)),
        ("stay * 2", timedelta(days=3)),
        ("stay / 0", None),
        ('stay / duration("PT12H")', D(3)),
        ("stay.days + stay.hours / 10", D("2.2")),
        ("d.year * 100 + d.month", D(202401)),
        ("d.weekday", D(3)),
        ("moment.hour", D(22)),
        ("date(moment) = d", True),
        ('years and months duration(d, date("2025-03-30"))', Months(13)),
        ('years and months duration(date("2025-03-30"), d)', Months(-13)),
        ('contains(name, "van")', True),
        ('starts with(name, "Hoek")', True),
        ('ends with(name, "Hoek")', False),
        ("string length(name)", D(16)),
        ("substring(name, 1, 4)", "Hoek"),
        ("substring(name, -7)", "Holland"),
        ("substring(name, 0)", None),
        ("upper case(name)", "HOEK VAN HOLLAND"),
        ('"a" + "b"', "ab"),
    ],
)  # fmt: skip
def test_an_expression_gives_its_value_or_is_unknown(text: str, expected: object) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("null = null", True),
        ("null != null", False),
        ("1 = null", False),
        ("1 < null", None),
        ('1 = "1"', None),
        ('"a" + 1', None),
        ("1 + null", None),
        ("1 / 0", None),
        ("10 ** -5", D("0.00001")),
        ("1 / 3", D("0." + "3" * 34)),
        ("true and null", None),
        ("false and null", False),
        ("null or true", True),
        ("not(1)", None),
        ("1 in [1, null]", True),
        ('"a" < "b"', True),
        ("sum([])", None),
        ("count([1, null])", D(2)),
        ("list contains([1, null], null)", True),
        ("sum([1, null])", None),
        ('abs("x")', None),
        ('time("10:00:00") < time("11:00:00")', True),
        ('time("23:00:00") + duration("PT2H") = time("01:00:00")', True),
        ('date and time("2024-01-01T00:00:00Z") = date and time("2024-01-01T01:00:00+01:00")', True),
        ('date and time("2024-01-01T00:00:00Z") < date and time("2024-01-01T01:00:00")', None),
    ],
)
def test_in_dmn_null_follows_the_standard(text: str, expected: object) -> None:
    assert value(text, dmn=True) == expected


money = st.decimals(-(10**17), 10**17, places=10).filter(lambda each: abs(each) < 10**17)


def rounded(exact: Fraction) -> Fraction:
    """Half-even on ten decimals, by another way of counting."""
    return Fraction(round(exact * 10**10), 10**10)


@given(money, money, st.sampled_from(["+", "-", "*", "/"]))
def test_results_are_exact_and_rounded_once(left: Decimal, right: Decimal, operator: Any) -> None:
    exact = {
        "+": lambda: Fraction(left) + Fraction(right),
        "-": lambda: Fraction(left) - Fraction(right),
        "*": lambda: Fraction(left) * Fraction(right),
        "/": lambda: Fraction(left) / Fraction(right) if right else None,
    }[operator]()
    expected = None if exact is None or abs(rounded(exact)) >= 10**18 else rounded(exact)
    result = calculate(operator, left, right)
    assert (None if result is None else Fraction(result)) == expected  # type: ignore[arg-type]


HITS = ["unique", "any", "first", "priority", "collect", "rule order", "output order"]
ORDER = tuple(Constant(D(each), Span(0, 0)) for each in (3, 1, 2))
ROWS = st.lists(
    st.tuples(st.sampled_from(["-", "1", "> 1", "not(2)"]), st.sampled_from(["-", "true", "false"]), st.integers(1, 3)),
    min_size=1,
    max_size=4,
)


def table_of(
    hit: Any, rows: list[tuple[str, str, int]], aggregation: Any = None, default: int | None = None
) -> DecisionTable:
    inputs = (TableInput(Name("a", Span(0, 0)), NUMBER), TableInput(Name("ok", Span(0, 0)), BOOLEAN))
    given_default = None if default is None else Constant(D(default), Span(0, 0))
    output = TableOutput("", NUMBER, ORDER if hit in ("priority", "output order") else (), given_default)
    rules = tuple(
        TableRule(f"R{index}", (cell(first, NUMBER), cell(second, BOOLEAN)), (Constant(D(result), Span(0, 0)),))
        for index, (first, second, result) in enumerate(rows)
    )
    return DecisionTable(inputs, (output,), rules, hit, aggregation)


def cell(text: str, type: Type) -> Cell:
    return parse_test(text, type, SCOPE)


def completions(a: Any, ok: Any) -> Iterator[dict[str, Any]]:
    for number, truth in product(
        [a] if a is not None else [D(0), D(1), D(2)], [ok] if ok is not None else [True, False]
    ):
        yield {"a": number, "ok": truth}


@given(
    st.sampled_from([*((hit, None) for hit in HITS if hit not in ("unique", "any")),
                     *(("collect", each) for each in ("sum", "count", "min", "max"))]),
    ROWS,
    st.sampled_from([None, D(0), D(1), D(2)]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, 1]),
)  # fmt: skip
@settings(max_examples=300)
def test_a_result_is_known_exactly_when_every_state_of_the_unknown_rows_gives_the_same(
    hit: tuple[Any, Any], rows: list[tuple[str, str, int]], a: Any, ok: Any, default: int | None
) -> None:
    table = table_of(hit[0], rows, hit[1], default)
    result = decide(table, Environment({"a": a, "ok": ok}))
    filled = [decide(table, Environment(each)) for each in completions(a, ok)]
    if result is not None:
        assert all(each == result for each in filled)
    if a is not None and ok is not None:
        assert result == decide(table, Environment({"a": a, "ok": ok}, dmn=True)) or isinstance(result, tuple)


@pytest.mark.parametrize(
    ("hit", "aggregation", "expected", "rows"),
    [
        ("first", None, D(2), ["R0"]),
        ("priority", None, D(3), ["R1"]),
        ("collect", None, [D(2), D(3), D(1)], ["R0", "R1", "R2"]),
        ("rule order", None, [D(2), D(3), D(1)], ["R0", "R1", "R2"]),
        ("output order", None, [D(3), D(1), D(2)], ["R1", "R2", "R0"]),
        ("collect", "sum", D(6), ["R0", "R1", "R2"]),
        ("collect", "count", D(3), ["R0", "R1", "R2"]),
        ("collect", "min", D(1), ["R0", "R1", "R2"]),
        ("collect", "max", D(3), ["R0", "R1", "R2"]),
        ("unique", None, None, []),
        ("any", None, None, []),
    ],
)
def test_each_hit_policy_in_dmn(hit: str, aggregation: str | None, expected: object, rows: list[str]) -> None:
    table = table_of(hit, [("-", "true", 2), ("1", "-", 3), ("not(2)", "true", 1), ("2", "-", 1)], aggregation)
    within = Environment({"a": D(1), "ok": True}, dmn=True)
    assert decide(table, within) == expected
    assert [row.id for row in decisive_rows(table, within)] == rows


def test_rows_that_give_the_same_may_hold_at_once_under_any() -> None:
    table = table_of("any", [("-", "true", 2), ("1", "-", 2)])
    assert decide(table, Environment({"a": D(1), "ok": True}, dmn=True)) == 2


@pytest.mark.parametrize(
    ("hit", "aggregation", "nothing"),
    [("first", None, None), ("collect", None, []), ("collect", "count", D(0)), ("collect", "sum", None)],
)
def test_when_no_row_holds_the_default_counts(hit: str, aggregation: str | None, nothing: object) -> None:
    within = Environment({"a": D(5), "ok": True}, dmn=True)
    assert decide(table_of(hit, [("1", "-", 2)], aggregation), within) == nothing
    assert decide(table_of(hit, [("1", "-", 2)], aggregation, default=3), within) == 3


def test_a_table_with_several_outputs_gives_a_context() -> None:
    outputs = (TableOutput("rate", NUMBER), TableOutput("label", TEXT))
    results = (Constant(D(5), Span(0, 0)), Constant("high", Span(0, 0)))
    inputs = (TableInput(Name("a", Span(0, 0)), NUMBER),)
    table = DecisionTable(inputs, outputs, (TableRule("R", (cell("> 1", NUMBER),), results),), "unique")
    assert decide(table, Environment({"a": D(2)}, dmn=True)) == {"rate": D(5), "label": "high"}


LOAN = Type("context", fields={"amount": NUMBER})
MODEL_SCOPE = Scope({"amount": NUMBER, "months": NUMBER, "loan": LOAN}, {"rate": 2})


def said(text: str) -> Expression:
    return parse_expression(text, MODEL_SCOPE, dmn=True)


def model() -> Model:
    kinds = Type("text", allowed=parse_test('"low", "high"', TEXT, MODEL_SCOPE, dmn=True))
    twelve = Constant(D(12), Span(0, 0))
    logics: dict[str, tuple[Type, Logic]] = {
        "monthly": (NUMBER, Invocation("rate", {"amount": said("loan.amount"), "months": twelve})),
        "called": (NUMBER, said("rate(months: 2, amount: loan.amount)")),
        "boxed": (NUMBER, Context({"half": said("loan.amount / 2")}, Name("half", Span(0, 0)))),
        "wrong type": (NUMBER, Constant("text", Span(0, 0))),
        "kind again": (TEXT, Name("kind", Span(0, 0))),
    }
    decisions = tuple(Decision(name, name, type, logic) for name, (type, logic) in logics.items())
    inputs = (InputData("i", "loan", LOAN), InputData("k", "kind", kinds))
    knowledge = Knowledge("b", "rate", {"amount": NUMBER, "months": NUMBER}, said("amount / months"))
    return Model("m", "m", inputs, decisions, (knowledge,))


def test_a_model_gives_every_decision_its_value() -> None:
    values = run_model(model(), {"loan": {"amount": 1200}, "kind": "low"})
    assert values == {"monthly": D(100), "called": D(600), "boxed": D(600), "wrong type": None, "kind again": "low"}


def test_what_is_missing_or_not_allowed_is_null() -> None:
    values = run_model(model(), {"loan": {"amount": "much"}, "kind": "medium"})
    assert values == dict.fromkeys(["monthly", "called", "boxed", "wrong type", "kind again"])
    assert run_model(model(), {}) == values


def test_a_trace_names_the_rows_that_gave_a_decision() -> None:
    table = table_of("first", [("1", "-", 2), ("> 1", "-", 3)])
    inputs = (InputData("a", "a", NUMBER), InputData("ok", "ok", BOOLEAN))
    [decided] = trace_model(Model("m", "m", inputs, (Decision("d", "d", NUMBER, table),)), {"a": 2.5, "ok": True})
    assert (decided.value, decided.rows) == (D(3), ("R1",))


def test_functions_that_call_one_another_without_end_give_null() -> None:
    scope = Scope({"x": NUMBER}, {"f": 1})
    body = parse_expression("f(x) + 1", scope, dmn=True)
    decision = Decision("d", "d", NUMBER, parse_expression("f(1)", scope, dmn=True))
    endless = Model("m", "m", (), (decision,), (Knowledge("f", "f", {"x": NUMBER}, body),))
    assert run_model(endless, {}) == {"d": None}


ATOMS = st.sampled_from(
    [
        *("a", "b", "d", "moment", "stay", "ok", "maybe", "name", "items", "unknown number", "null", "1", "-3", "0"),
        *('"x"', "true", 'duration("P1M")', 'duration("PT5H")', "[1, null]", 'time("10:00:00")', "d.year"),
        "999999999999999999",
    ]
)
COMPOUNDS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "**", "=", "<", "and", "or"]), inner).map(
            lambda each: f"({each[0]} {each[1]} {each[2]})"
        ),
        st.tuples(st.sampled_from(["abs", "floor", "sum", "min", "count", "string length", "not", "all"]), inner).map(
            lambda each: f"{each[0]}({each[1]})"
        ),
        st.tuples(inner, inner).map(lambda each: f"({each[0]} in (> {each[1]}, {each[1]}))"),
        st.tuples(inner, inner).map(lambda each: f"decimal({each[0]}, {each[1]})"),
        st.tuples(inner, inner).map(lambda each: f"list contains({each[0]}, {each[1]})"),
        st.tuples(inner, inner).map(lambda each: f"years and months duration({each[0]}, {each[1]})"),
    ),
    max_leaves=5,
)


def accepted(text: str, dmn: bool) -> Expression:
    """The expression of a text; a text that is refused is no case for the property."""
    try:
        tree = parse_expression(text, SCOPE, dmn)
        if not dmn:
            type_of(tree, SCOPE)
    except CellError:
        reject()
    return tree


@given(COMPOUNDS)
@settings(max_examples=300)
def test_whatever_is_evaluated_gives_a_value_or_null(text: str) -> None:
    tree = accepted(text, dmn=True)
    result = evaluate(tree, VALUES, dmn=True)
    assert evaluate(tree, dict(VALUES), dmn=True) == result


@given(COMPOUNDS, st.permutations(sorted(NAMES)))
@settings(max_examples=300, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])
def test_what_is_known_stays_the_same_whatever_is_filled_in(text: str, order: list[str]) -> None:
    tree = accepted(text, dmn=False)
    known: dict[str, Any] = {}
    before = evaluate(tree, known)
    for name in order:
        known[name] = {**VALUES, "maybe": False, "unknown number": D(5)}[name]
        after = evaluate(tree, known)
        assert before is None or after == before
        before = after
