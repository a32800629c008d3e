"""The language of cells: what it accepts, how it is understood, and how it refuses the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Span,
    Test,
    unparse,
)
from hanze.policy.parsing import CellError, parse_cell, parse_value

NOWHERE = Span(0, 0)
TYPES = ("text", "number", "boolean", "date", "choice")
D = Decimal


@pytest.mark.parametrize(
    ("text", "fact_type", "tree"),
    [
        ("-", "number", Anything(NOWHERE)),
        (" - ", "text", Anything(NOWHERE)),
        ("5", "number", Literal(D(5), NOWHERE)),
        ("-2.50", "number", Literal(D("-2.5"), NOWHERE)),
        ("true", "boolean", Literal(True, NOWHERE)),
        ("Yes", "boolean", Literal(True, NOWHERE)),
        ("no", "boolean", Literal(False, NOWHERE)),
        ("NO", "text", Literal("NO", NOWHERE)),
        ("020", "text", Literal("020", NOWHERE)),
        ('"Feeding, greening"', "text", Literal("Feeding, greening", NOWHERE)),
        (r'"a \"b\" \\"', "text", Literal('a "b" \\', NOWHERE)),
        ('"null"', "text", Literal("null", NOWHERE)),
        ("ports-logistics", "choice", Literal("ports-logistics", NOWHERE)),
        ("2024-02-29", "date", Literal(date(2024, 2, 29), NOWHERE)),
        ('date("2024-02-29")', "date", Literal(date(2024, 2, 29), NOWHERE)),
        ("< 5", "number", Comparison("<", D(5), NOWHERE)),
        ("<= -5", "number", Comparison("<=", D(-5), NOWHERE)),
        (">2024-01-01", "date", Comparison(">", date(2024, 1, 1), NOWHERE)),
        ("[1..5]", "number", Interval(D(1), True, D(5), True, NOWHERE)),
        ("(1..5)", "number", Interval(D(1), False, D(5), False, NOWHERE)),
        ("(1 .. 5.5]", "number", Interval(D(1), False, D("5.5"), True, NOWHERE)),
        ("in_list(risky)", "choice", Membership("risky", NOWHERE)),
        ("a, b", "choice", Alternatives((Literal("a", NOWHERE), Literal("b", NOWHERE)), NOWHERE)),
        ("1, > 5", "number", Alternatives((Literal(D(1), NOWHERE), Comparison(">", D(5), NOWHERE)), NOWHERE)),
        ("not(a)", "choice", Negation(Literal("a", NOWHERE), NOWHERE)),
        ("not(in_list(risky), c)", "text",
         Negation(Alternatives((Membership("risky", NOWHERE), Literal("c", NOWHERE)), NOWHERE), NOWHERE)),
        ("not", "choice", Literal("not", NOWHERE)),
    ],
)  # fmt: skip
def test_a_cell_in_the_grammar_is_understood(text: str, fact_type: str, tree: Test) -> None:
    assert parse_cell(text, fact_type).tree == tree


@pytest.mark.parametrize(
    ("text", "fact_type", "at", "says"),
    [
        ("", "number", 0, "empty"),
        ("null", "number", 0, "missing fact can never count as harmless"),
        ("not(unknown)", "choice", 4, "missing fact can never count as harmless"),
        ("a b", "choice", 2, "comma"),
        ("a,", "choice", 2, "value is expected"),
        ("a, -", "choice", 3, "stands alone"),
        ("= 5", "number", 0, "Leave the = out"),
        ("!= 5", "number", 0, "not(...)"),
        ("> a", "choice", 2, "have an order"),
        ("[a..b]", "text", 1, "have an order"),
        ("> yes", "boolean", 2, "have an order"),
        ("in_list(x)", "number", 0, "stand on a list"),
        ("in_list()", "choice", 8, "id of a list"),
        ("in_list(x", "choice", 9, "parenthesis"),
        ("[5..1]", "number", 0, "lower bound first"),
        ("(5..5]", "number", 0, "No value"),
        ("[1, 5]", "number", 2, "two points"),
        ("[1..5", "number", 5, "not closed"),
        ("]1..5]", "number", 0, "not included"),
        ("not(a", "choice", 5, "parenthesis"),
        ("not(not(a))", "choice", 4, "whole cell"),
        ("a, not(b)", "choice", 3, "whole cell"),
        ("maybe", "boolean", 0, "true or false"),
        ("1", "boolean", 0, "true or false"),
        ("five", "number", 0, "a number such as"),
        ("1e5", "number", 0, "a number such as"),
        ("1234567890123456789", "number", 0, "18 digits"),
        ("٣", "number", 0, "a number such as"),
        ("2024-02-30", "date", 0, "not a date"),
        ("20240101", "date", 0, "not a date"),
        ('date(2024-01-01)', "date", 5, 'date("2024-09-11")'),
        ('"open', "text", 0, "Close it"),
        ("a ? b", "text", 2, "no meaning"),
        ("x" * 2001, "text", 2000, "longer"),
    ],
)  # fmt: skip
def test_a_cell_outside_the_grammar_is_refused_with_a_place_and_what_to_write(
    text: str, fact_type: str, at: int, says: str
) -> None:
    with pytest.raises(CellError) as refused:
        parse_cell(text, fact_type)
    assert refused.value.span.start == at
    assert says in f"{refused.value.message} {refused.value.hint}"
    assert refused.value.hint


def refusal(parse: Callable[[str, str], object], text: str, fact_type: str) -> CellError | None:
    """How a text is refused, or None when it is understood; anything else that goes wrong comes out."""
    try:
        parse(text, fact_type)
    except CellError as error:
        return error
    return None


PIECES = st.sampled_from([*'ab1-.,()[]<>="!\\ ', "..", "not(", "in_list(", "date(", "2024-01-01", "5", "true"])


@given(st.lists(PIECES, max_size=12).map("".join), st.sampled_from(TYPES))
def test_any_text_is_either_understood_or_refused_within_it(text: str, fact_type: str) -> None:
    error = refusal(parse_cell, text, fact_type)
    if error is None:
        cell = parse_cell(text, fact_type)
        assert parse_cell(unparse(cell.tree), fact_type) == cell
    else:
        assert 0 <= error.span.start <= error.span.end <= len(text)


@given(st.text(), st.sampled_from(TYPES), st.sampled_from([parse_cell, parse_value]))
def test_no_text_breaks_the_parser(text: str, fact_type: str, parse: Callable[[str, str], object]) -> None:
    error = refusal(parse, text, fact_type)
    assert error is None or error.message


numbers = st.decimals(-(10**6), 10**6, places=3)
dates = st.dates()


@st.composite
def simple(draw: st.DrawFn, values: st.SearchStrategy[Decimal] | st.SearchStrategy[date]) -> object:
    low, high = sorted([draw(values), draw(values)])
    kinds = ["literal", "comparison"] + (["interval"] if low != high else [])
    match draw(st.sampled_from(kinds)):
        case "literal":
            return Literal(low, NOWHERE)
        case "comparison":
            return Comparison(draw(st.sampled_from(["<", "<=", ">", ">="])), low, NOWHERE)
        case _:
            return Interval(low, draw(st.booleans()), high, draw(st.booleans()), NOWHERE)


@given(st.lists(simple(numbers), min_size=1, max_size=4), st.booleans())
def test_the_canonical_text_of_a_tree_gives_the_same_tree(tests: list[Test], negated: bool) -> None:
    tree = tests[0] if len(tests) == 1 else Alternatives(tuple(tests), NOWHERE)
    tree = Negation(tree, NOWHERE) if negated else tree
    assert parse_cell(unparse(tree), "number").tree == tree


@given(simple(dates))
def test_the_canonical_text_of_a_test_on_dates_gives_the_same_tree(tree: Test) -> None:
    assert parse_cell(unparse(tree), "date").tree == tree


@given(st.text())
def test_every_text_can_be_written_in_a_cell(text: str) -> None:
    tree = Literal(text, NOWHERE)
    written = unparse(tree)
    if len(written) <= 2000:
        assert parse_cell(written, "text").tree == tree


def test_nodes_know_where_they_stand_in_the_cell() -> None:
    tree = parse_cell("not( a , in_list(b) )", "choice").tree
    assert isinstance(tree, Negation)
    assert tree.span == Span(0, 21)
    assert isinstance(tree.test, Alternatives)
    assert [each.span for each in tree.test.tests] == [Span(5, 6), Span(9, 19)]
