"""Cells in words, as the reading view shows them."""

from __future__ import annotations

import pytest

from hanze.policy import describe, describe_value, read_frameworks
from hanze.policy.cells import Cell
from hanze.policy.parsing import parse_cell
from tests.policy import sample

SAMPLE = sample.read()


@pytest.mark.parametrize(
    ("fact", "cell", "dutch", "english"),
    [
        ("people", "-", "maakt niet uit", "any value"),
        ("dual_use", "yes", "ja", "yes"),
        ("dual_use", "not(yes)", "niet ja", "not yes"),
        ("sector", "tulips", "tulpen", "tulips"),
        ("sector", "tulips, cheese", "tulpen of kaas", "tulips or cheese"),
        ("sector", "tulips, cheese, clogs", "tulpen, kaas of klompen", "tulips, cheese or clogs"),
        ("sector", "not(tulips, cheese)", "niet tulpen of kaas", "not tulips or cheese"),
        ("country", "in_list(watched)", "op de lijst “landen in het oog”", "on the list “watched countries”"),
        ("country", "AA", "AA", "AA"),
        ("budget", "5.5", "5,5", "5.5"),
        ("budget", "< 5", "minder dan 5", "less than 5"),
        ("budget", "<= 5", "hoogstens 5", "at most 5"),
        ("budget", "> 5", "meer dan 5", "more than 5"),
        ("budget", ">= 1000000", "minstens 1000000", "at least 1000000"),
        ("budget", "[1..5)", "minstens 1 en minder dan 5", "at least 1 and less than 5"),
        ("people", "(1..5]", "minstens 2 en hoogstens 5", "at least 2 and at most 5"),
        ("people", "(1..3)", "2", "2"),
        ("budget", "1, > 5", "1 of meer dan 5", "1 or more than 5"),
        ("starts_on", "2024-09-11", "11 september 2024", "11 September 2024"),
        ("starts_on", "< 2024-09-11", "vóór 11 september 2024", "before 11 September 2024"),
        ("starts_on", ">= 2024-09-11", "vanaf 11 september 2024", "on or after 11 September 2024"),
    ],
)  # fmt: skip
def test_a_cell_is_described_in_words(fact: str, cell: str, dutch: str, english: str) -> None:
    declared = SAMPLE.fact(fact)
    read: Cell = parse_cell(cell, declared.type)
    assert describe(read, declared, SAMPLE, "nl") == dutch
    assert describe(read, declared, SAMPLE, "en-gb") == english


def test_an_unknown_value_has_a_word() -> None:
    assert describe_value(None, SAMPLE.fact("people")).nl == "onbekend"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_cell_of_the_demo_can_be_described(language: str) -> None:
    for framework in read_frameworks(sample.FRAMEWORKS):
        for _, rule in framework.rules():
            for fact_id, cell in rule.when.items():
                assert describe(cell, framework.fact(fact_id), framework, language)
