"""Three-valued logic, and the meaning of every kind of cell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from hanze.policy.logic import Truth, all_of, any_of, holds, negate
from hanze.policy.parsing import parse_cell

TRUTHS: tuple[Truth, ...] = (False, None, True)
LISTS = {"risky": frozenset({"a", "b"})}


def rank(truth: Truth) -> int:
    return TRUTHS.index(truth)


def test_and_is_the_least_true_and_or_the_most_true_of_its_parts() -> None:
    for size in range(4):
        for truths in product(TRUTHS, repeat=size):
            assert all_of(truths) is min(truths, key=rank, default=True)
            assert any_of(truths) is max(truths, key=rank, default=False)


def test_not_turns_round_what_is_known_and_leaves_unknown_unknown() -> None:
    assert [negate(truth) for truth in TRUTHS] == [True, None, False]


@pytest.mark.parametrize(
    ("text", "fact_type", "yes", "no"),
    [
        ("5", "number", ["5", "5.0"], ["4.99", "6"]),
        ("< 5", "number", ["4.99"], ["5", "6"]),
        ("<= 5", "number", ["5"], ["5.01"]),
        ("> 5", "number", ["5.01"], ["5", "4"]),
        (">= 5", "number", ["5"], ["4.99"]),
        ("[1..5]", "number", ["1", "3", "5"], ["0.99", "5.01"]),
        ("(1..5)", "number", ["1.01", "4.99"], ["1", "5"]),
        ("(1..5]", "number", ["5"], ["1"]),
        ("[1..5)", "number", ["1"], ["5"]),
        ("1, > 5", "number", ["1", "6"], ["2", "5"]),
        ("not(1, > 5)", "number", ["2", "5"], ["1", "6"]),
        ("0.1", "number", ["0.1"], ["0.10000000000000001"]),
    ],
)
def test_numbers_are_compared_exactly(text: str, fact_type: str, yes: list[str], no: list[str]) -> None:
    tree = parse_cell(text, fact_type).tree
    assert [holds(tree, Decimal(value), LISTS) for value in yes] == [True] * len(yes)
    assert [holds(tree, Decimal(value), LISTS) for value in no] == [False] * len(no)


def test_dates_are_compared_by_day() -> None:
    tree = parse_cell("[2024-01-01..2024-12-31)", "date").tree
    assert holds(tree, date(2024, 1, 1), LISTS)
    assert not holds(tree, date(2024, 12, 31), LISTS)


def test_a_list_holds_its_codes_and_nothing_else() -> None:
    tree = parse_cell("in_list(risky)", "choice").tree
    assert holds(tree, "a", LISTS)
    assert not holds(tree, "c", LISTS)
    assert not holds(parse_cell("not(in_list(risky))", "choice").tree, "b", LISTS)


@pytest.mark.parametrize("text", ["5", "< 5", "[1..5]", "not(5)", "1, 2"])
def test_a_test_on_an_unknown_fact_is_unknown(text: str) -> None:
    assert holds(parse_cell(text, "number").tree, None, LISTS) is None


def test_any_value_holds_even_when_the_fact_is_unknown() -> None:
    assert holds(parse_cell("-", "number").tree, None, LISTS) is True
