"""The grammar of docs/grammar.md, frozen: what is accepted and how it reads, what is refused and what to write."""

from __future__ import annotations

import contextlib
import re
import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy.cells import Test, unparse, unparse_expression
from hanze.policy.decisions import Type
from hanze.policy.expressions import (
    Arithmetic,
    Call,
    Compare,
    Constant,
    Expression,
    Field,
    Items,
    Logical,
    Name,
    Negative,
    Not,
    Span,
)
from hanze.policy.functions import FUNCTIONS
from hanze.policy.parsing import CellError, Scope, parse_expression, parse_test
from hanze.policy.typechecking import type_of

MANUAL = (Path(__file__).parents[2] / "docs" / "grammar.md").read_text(encoding="utf-8")
NUMBER, TEXT, BOOLEAN, DATE = Type("number"), Type("text"), Type("boolean"), Type("date")
MOMENT, DAYS = Type("date-time"), Type("days-duration")
SCOPE = Scope(
    {
        "a": NUMBER,
        "b": NUMBER,
        "a-b": NUMBER,
        "aantal bezoekers": NUMBER,
        "aantal": NUMBER,
        "partijen in de regio": NUMBER,
        "économie": BOOLEAN,
        "ok": BOOLEAN,
        "name": TEXT,
        "starts": DATE,
        "ends": DATE,
        "announced": MOMENT,
        "stay": DAYS,
        "numbers": Type("number", is_list=True),
        "sectors": Type("text", is_list=True),
    },
    lists={"risky": frozenset({"x"})},
)

ACCEPTED = [
    ("1 + 2 * 3", "1 + 2 * 3", "number"),
    ("(1+2)*3", "(1 + 2) * 3", "number"),
    ("a-b", "a-b", "number"),
    ("a - b", "a - b", "number"),
    ("a -b", "a - b", "number"),
    ("a--b", "a - -b", "number"),
    ("10-(5-3)", "10 - (5 - 3)", "number"),
    ("2**3**2", "2 ** 3 ** 2", "number"),
    ("-a ** 2", "-a ** 2", "number"),
    ("-(a ** 2)", "-(a ** 2)", "number"),
    (".5 * a", "0.5 * a", "number"),
    ("- - a", "-(-a)", "number"),
    ("aantal bezoekers / aantal", "aantal bezoekers / aantal", "number"),
    ("partijen in de regio > 3", "partijen in de regio > 3", "boolean"),
    ("économie and not(ok) or a=1", "économie and not(ok) or a = 1", "boolean"),
    ("économie and (ok or a=1)", "économie and (ok or a = 1)", "boolean"),
    ("a between 1 and b and ok", "a in ([1..b]) and ok", "boolean"),
    ("a in [1..5)", "a in ([1..5))", "boolean"),
    ("a in (1..b]", "a in ((1..b])", "boolean"),
    ("a in (1, > 5, [7..9])", "a in (1, > 5, [7..9])", "boolean"),
    ("a in [1, 2]", "a in (1, 2)", "boolean"),
    ("a in ((b + 1) * 2)", "a in ((b + 1) * 2)", "boolean"),
    ("a in (not(1, 2))", "a in (not(1, 2))", "boolean"),
    ("name in_list risky", "name in (in_list(risky))", "boolean"),
    ('name in ("x", in_list(risky))', 'name in ("x", in_list(risky))', "boolean"),
    ('"a" + name', '"a" + name', "text"),
    (r'"\"\\\n\u00e9"', '"\\"\\\\\né"', "text"),
    ("2024-01-31 < starts", 'date("2024-01-31") < starts', "boolean"),
    ('@"2024-01-31" < starts', 'date("2024-01-31") < starts', "boolean"),
    ('starts + duration("P1M")', 'starts + duration("P1M")', "date"),
    ("ends - starts", "ends - starts", "days-duration"),
    ("(ends - starts).days > 14", "(ends - starts).days > 14", "boolean"),
    ('stay > @"P1DT2H30M"', 'stay > duration("P1DT2H30M")', "boolean"),
    (
        'announced >= date and time("2024-06-01T12:00:00")',
        'announced >= date and time("2024-06-01T12:00:00")',
        "boolean",
    ),
    ("date(announced) = starts", "date(announced) = starts", "boolean"),
    ('date(date("2024-01-31"))', 'date(date("2024-01-31"))', "date"),
    (
        'date(date and time("2024-01-31T10:00:00"))',
        'date(date and time("2024-01-31T10:00:00"))',
        "date",
    ),
    ("years and months duration(starts, ends)", "years and months duration(starts, ends)", "months-duration"),
    ("sum(numbers) + min(a, b, 3)", "sum(numbers) + min(a, b, 3)", "number"),
    ('list contains(sectors, "x")', 'list contains(sectors, "x")', "boolean"),
    ("any([ok, a > 1])", "any([ok, a > 1])", "boolean"),
    ("[1, a, 2 * b]", "[1, a, 2 * b]", "number"),
]


@pytest.mark.parametrize(("text", "canonical", "basic"), ACCEPTED, ids=[each[0] for each in ACCEPTED])
def test_an_expression_in_the_grammar_has_one_canonical_text_and_a_type(text: str, canonical: str, basic: str) -> None:
    expression = parse_expression(text, SCOPE)
    assert unparse_expression(expression) == canonical
    assert parse_expression(canonical, SCOPE) == expression
    assert type_of(expression, SCOPE).basic == basic


REFUSED = [
    ("", 0, "empty"),
    ("a b", 2, "operator between two values"),
    ("a +", 3, "value is expected"),
    ("(a", 2, "Close the parenthesis"),
    ("a < b < 3", 6, "Two comparisons"),
    ("a = null", 4, "never count as harmless"),
    ("unknown", 0, "never count as harmless"),
    ("if ok then a else b", 0, "a row for each case"),
    ("for x in numbers return x", 0, "Give each value"),
    ("some x in numbers satisfies x > 1", 0, "any("),
    ("today()", 0, "Declare a date fact"),
    ("now()", 0, "Declare a date-time fact"),
    ("sqrt(a)", 0, "no function “sqrt”"),
    ("abs(a, b)", 0, "takes 1 arguments, not 2"),
    ("abs(value: a)", 4, "no named arguments"),
    ("aantal bezoeker", 7, "operator between"),
    ("bezoekers", 0, "Did you mean aantal bezoekers?"),
    ("starts.yeer", 7, "Did you mean year?"),
    ("1e5", 0, "a number such as"),
    ("1234567890123456789", 0, "18 digits"),
    ('"open', 0, "Close it"),
    (r'"\q"', 1, "means nothing in a text"),
    ("a { b", 2, "no meaning"),
    ('time("10:00:00")', 0, "Times of the day alone"),
    ('date and time("2024-06-01T12:00:00Z")', 14, "Leave the zone out"),
    ('date("2024-02-30")', 5, "not a date"),
    ("date(5)", 5, 'date("2024-09-11")'),
    ('duration("2 days")', 9, "not a duration"),
    ("name in_list nowhere", 5, "no list “nowhere”"),
    ("a in (5..1]", 5, "lower bound first"),
    ("a in []", 5, "list is empty"),
    ("name + 1", 0, "A number cannot be added to a text"),
    ("starts + 14", 0, 'starts_on + duration("P14D")'),
    ("starts < announced", 0, "date(…) around"),
    ('name < "b"', 0, "have an order"),
    ("a and ok", 0, "not a yes or a no"),
    ("not(a)", 4, "not a yes or a no"),
    ("a ** b", 5, "whole number that is written out"),
    ("a ** 11", 5, "from 0 to 10"),
    ("decimal(a, b)", 11, "whole number that is written out"),
    ("sectors = name", 0, "list contains"),
    ("sum(sectors)", 4, "cannot work with"),
    ("sum(a, name)", 7, "cannot work with"),
    ("numbers + 1", 0, "sum(…)"),
    ("[1, name]", 4, "values of one type"),
    ("a.year", 0, "which has no year"),
    ("(" * 70 + "a" + ")" * 70, 60, "nested too deep"),
    ("a + " * 70 + "a", 242, "nested too deep"),
    ("a" * 10_001, 10_000, "longer than 10000"),
]


@pytest.mark.parametrize(("text", "at", "says"), REFUSED, ids=[each[0][:40] for each in REFUSED])
def test_an_expression_outside_the_grammar_is_refused_with_a_place_and_what_to_write(
    text: str, at: int, says: str
) -> None:
    with pytest.raises(CellError) as refused:
        type_of(parse_expression(text, SCOPE), SCOPE)
    assert says in f"{refused.value.message} {refused.value.hint}"
    assert refused.value.span.start == at
    assert refused.value.hint


CELLS = [
    ("> aantal bezoekers", NUMBER, "> aantal bezoekers"),
    ("aantal", NUMBER, "aantal"),
    ("[0..2*a)", NUMBER, "[0..2 * a)"),
    ("not(a, > 5)", NUMBER, "not(a, > 5)"),
    ("-", NUMBER, "-"),
    ("-a", NUMBER, "-a"),
    ("2 - 1", NUMBER, "2 - 1"),
    ('>= starts + duration("P1M")', DATE, 'starts + duration("P1M")'),
    ('> duration("PT36H")', DAYS, '> duration("P1DT12H")'),
    ('date and time("2024-01-01T00:00:00")', MOMENT, 'date and time("2024-01-01T00:00:00")'),
    ("aantal", TEXT, '"aantal"'),
]


@pytest.mark.parametrize(("text", "type", "canonical"), CELLS, ids=[each[0] for each in CELLS])
def test_a_cell_may_compare_with_an_expression(text: str, type: Type, canonical: str) -> None:
    cell = parse_test(text, type, SCOPE)
    assert unparse(cell.tree).endswith(canonical)
    assert parse_test(unparse(cell.tree), type, SCOPE) == cell


DMN = [
    ("null + 10", "null + 10"),
    ("10--5", "10 - -5"),
    ("-.872", "-0.872"),
    ("2024-01-01", "2024 - 1 - 1"),
    ("PMT(p: a, r: b)", "PMT(p: a, r: b)"),
    ("Loan.term months * 2", "Loan.term months * 2"),
    ('time("10:00:00Z")', 'time("10:00:00+00:00")'),
    ('a < "x"', 'a < "x"'),
]


@pytest.mark.parametrize(("text", "canonical"), DMN)
def test_dmn_mode_accepts_null_times_and_functions_of_the_model(text: str, canonical: str) -> None:
    loan = Type("context", fields={"term": NUMBER, "term months": NUMBER})
    scope = Scope({"a": NUMBER, "b": NUMBER, "Loan": loan}, {"PMT": 2})
    expression = parse_expression(text, scope, dmn=True)
    assert unparse_expression(expression) == canonical
    assert parse_expression(canonical, scope, dmn=True) == expression


PRODUCTIONS = {
    *("cell", "tests", "test", "order", "interval", "membership", "bound", "expression", "conjunction", "comparison"),
    *("sum", "product", "power", "signed", "path", "primary", "items", "call", "literal"),
    *("number", "day", "text", "word", "name", "list"),
}


def test_the_manual_names_every_production_and_no_other() -> None:
    [grammar] = re.findall(r"```ebnf\n(.*?)```", MANUAL, re.DOTALL)
    assert set(re.findall(r"^(\w+) += ", grammar, re.MULTILINE)) == PRODUCTIONS


def test_every_production_that_is_used_is_defined() -> None:
    [grammar] = re.findall(r"```ebnf\n(.*?)```", MANUAL, re.DOTALL)
    rules = re.sub(r'"[^"]*"|\'[^\']*\'', "", grammar[: grammar.index("number       =")])
    rules = re.sub(r"   in (the cell|other cells).*", "", rules)
    words = set(re.findall(r"[a-z]+", rules)) - {"field", "function"}
    assert words <= PRODUCTIONS


def test_the_manual_names_every_function_and_no_other() -> None:
    section = MANUAL[MANUAL.index("## Functions") : MANUAL.index("## Unknown")]
    named = {each.strip() for each in re.findall(r"`([a-z ]+?)(?:\(|`)", section)} - {"if"}
    assert named == set(FUNCTIONS)


NOWHERE = Span(0, 0)
NAMES = st.sampled_from(["a", "b", "a-b", "aantal bezoekers", "ok", "name", "starts", "numbers"])
CONSTANTS = st.one_of(
    st.decimals(-(10**9), 10**9, places=3),
    st.booleans(),
    st.text(max_size=5),
    st.dates(),
    st.timedeltas(),
)


def _negative(operand: Expression) -> Expression:
    if isinstance(operand, Constant) and isinstance(operand.value, Decimal):
        return operand
    return Negative(operand, NOWHERE)


def _compound(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    operators = st.sampled_from(["+", "-", "*", "/", "**"])
    comparisons = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    return st.one_of(
        inner.map(_negative),
        inner.map(lambda each: Not(each, NOWHERE)),
        inner.map(lambda each: Field(each, "year", NOWHERE)),
        st.builds(Arithmetic, operators, inner, inner, st.just(NOWHERE)),
        st.builds(Compare, comparisons, inner, inner, st.just(NOWHERE)),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Logical("and", tuple(each), NOWHERE)),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Logical("or", tuple(each), NOWHERE)),
        st.lists(inner, max_size=3).map(lambda each: Items(tuple(each), NOWHERE)),
        st.lists(inner, min_size=1, max_size=3).map(lambda each: Call("sum", tuple(each), (), NOWHERE)),
    )


EXPRESSIONS = st.recursive(
    st.one_of(CONSTANTS.map(lambda each: Constant(each, NOWHERE)), NAMES.map(lambda each: Name(each, NOWHERE))),
    _compound,
    max_leaves=8,
)


@given(EXPRESSIONS)
@settings(max_examples=500)
def test_the_canonical_text_of_an_expression_gives_the_same_expression(expression: Expression) -> None:
    again = parse_expression(unparse_expression(expression), SCOPE)
    assert again == expression


PIECES = st.sampled_from(
    [
        *'ab1.,()[]<>="\\ -+*/:@',
        *("..", "**", "not(", "in (", "in [", " and ", " or ", " between ", "in_list(", "date(", "5", "2024-01-01"),
        *("true", "null", "aantal bezoekers", "sum(", "starts.", "if ", "duration(", '"P1D"'),
    ]
)


def refusal(text: str, dmn: bool) -> CellError | None:
    """How a text is refused when it is read and typed, or None; anything else that goes wrong comes out."""
    try:
        expression = parse_expression(text, SCOPE, dmn)
        assert parse_expression(unparse_expression(expression), SCOPE, dmn) == expression
        if not dmn:
            type_of(expression, SCOPE)
    except CellError as error:
        return error
    return None


@given(st.lists(PIECES, max_size=25).map("".join), st.booleans())
def test_any_text_is_understood_or_refused_within_it(text: str, dmn: bool) -> None:
    error = refusal(text, dmn)
    assert error is None or (error.message and 0 <= error.span.start <= error.span.end <= len(text))


@given(st.text(max_size=60), st.sampled_from([NUMBER, TEXT, BOOLEAN, DATE, MOMENT, DAYS]), st.booleans())
def test_no_text_breaks_the_reading_of_a_cell(text: str, type: Type, dmn: bool) -> None:
    read: Test | None = None
    with contextlib.suppress(CellError):
        read = parse_test(text, type, SCOPE, dmn).tree
    assert read is None or unparse(read)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000,
        "a in (" * 1500,
        "a in [" * 1500,
        "-" * 9999,
        "not(" * 2400,
        "a in ((" * 1400,
        "1+" * 4999 + "1",
        "a." * 4999 + "year",
        "[" * 9999,
        "9" * 9999,
        "aantal " * 1400,
        '"' + "\\" * 9000,
    ],
    ids=lambda text: text[:10],
)
def test_absurd_texts_are_refused_in_bounded_time(text: str) -> None:
    start = time.process_time()
    with pytest.raises(CellError):
        parse_expression(text, SCOPE)
    assert time.process_time() - start < 2


def test_a_date_in_a_framework_is_a_day_and_in_dmn_a_subtraction() -> None:
    assert parse_expression("2024-01-02", SCOPE) == Constant(date(2024, 1, 2), NOWHERE)
    assert isinstance(parse_expression("2024-01-02", SCOPE, dmn=True), Arithmetic)
