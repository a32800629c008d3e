"""The classes of values that a framework tells apart: one of each class has been every value of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.policy import Framework, Value, assess
from hanze.policy.domains import overlapping_rules, representatives, value_classes
from hanze.policy.logic import holds
from tests.policy import sample, test_language


def with_cells(fact: str, *cells: str) -> Framework:
    """The sample with its last table's rules testing one fact with these cells."""
    start = sample.TEXT.index("      - id: T-late")
    rules = "".join(
        f"      - id: R{index}\n        when: {{{fact}: '{cell}'}}\n        then: {{measures: [report]}}\n"
        "        because: {nl: a, en: b}\n        source: {document: policy, section: s}\n        status: stated\n"
        for index, cell in enumerate(cells)
    )
    return sample.read(sample.TEXT[:start].replace("hit: unique", "hit: collect") + rules)


def answers(framework: Framework, fact: str, value: Value) -> tuple[bool | None, ...]:
    return tuple(holds(cell.tree, value, framework.codes) for cell in framework.cells_on(fact))


NUMBERS = with_cells("budget", "> 5", "[1..5)", "2.5, 7", "not(< 0.1)")
WHOLE = with_cells("people", "> 5", "(2..4)", "2.5, 7", "<= 0")
DATES = with_cells("starts_on", "> 2024-05-01", "[2024-04-30..2024-06-01)", "0001-01-01", "9999-12-31")
TEXTS = with_cells("country", "CC, in_list(watched)", "not(other)", "other_")


@given(st.decimals(-10, 10, places=2))
def test_every_number_is_in_a_class(number: Decimal) -> None:
    found = {answers(NUMBERS, "budget", value) for value in representatives(NUMBERS.fact("budget"), NUMBERS)}
    assert answers(NUMBERS, "budget", number) in found


@given(st.integers(0, 30))
def test_every_whole_number_is_in_a_class(number: int) -> None:
    found = {answers(WHOLE, "people", value) for value in representatives(WHOLE.fact("people"), WHOLE)}
    assert answers(WHOLE, "people", Decimal(number)) in found


@given(st.dates())
def test_every_date_is_in_a_class(day: date) -> None:
    found = {answers(DATES, "starts_on", value) for value in representatives(DATES.fact("starts_on"), DATES)}
    assert answers(DATES, "starts_on", day) in found


@given(st.sampled_from(["AA", "BB", "CC", "HL", "other", "other_", "other__"]) | st.text())
def test_every_text_is_in_a_class(text: str) -> None:
    found = {answers(TEXTS, "country", value) for value in representatives(TEXTS.fact("country"), TEXTS)}
    assert answers(TEXTS, "country", text) in found


@pytest.mark.parametrize(
    ("framework", "fact"), [(NUMBERS, "budget"), (WHOLE, "people"), (DATES, "starts_on"), (TEXTS, "country")]
)
def test_neighbouring_classes_differ_and_each_has_its_own_words(framework: Framework, fact: str) -> None:
    classes = value_classes(framework.fact(fact), framework)
    given_answers = [answers(framework, fact, each.value) for each in classes]
    assert all(one != other for one, other in pairwise(given_answers))
    assert len({each.label.nl for each in classes}) == len(classes)


def test_a_whole_number_is_never_asked_below_its_minimum_or_between_two_numbers() -> None:
    values = [each.value for each in value_classes(WHOLE.fact("people"), WHOLE)]
    assert values == sorted(values)
    assert all(isinstance(value, Decimal) and value >= 0 and value == int(value) for value in values)


def test_a_fact_that_no_rule_looks_at_has_one_class() -> None:
    framework = with_cells("people", "> 5")
    assert [each.label.en for each in value_classes(framework.fact("starts_on"), framework)] == ["any value"]


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("< 5", ">= 5", False),
        ("<= 5", ">= 5", True),
        ("[1..3)", "[3..4]", False),
        ("[1..3]", "(2..4]", True),
        ("(2..3)", "2.5", True),
        ("not(2.5)", "2.5", False),
        ("-", "2.5", True),
    ],
)
def test_whether_two_rules_can_hold_at_once_is_known_exactly(one: str, other: str, overlap: bool) -> None:
    framework = with_cells("budget", one, other)
    table = framework.tables[-1]
    assert bool(list(overlapping_rules(table, framework))) is overlap


def labels(fact_id: str) -> list[str]:
    framework = test_language.LANGUAGE
    return [each.label.en for each in value_classes(framework.fact(fact_id), framework)]


def test_comparisons_in_expressions_divide_the_values_of_a_fact_too() -> None:
    assert labels("stay") == ["at most 10 days", "more than 10 days"]
    assert labels("announced_at") == ["on or before 1 June 2024 at 12:00", "after 1 June 2024 at 12:00"]


def test_the_days_on_which_a_parameter_changes_divide_the_day_of_a_case() -> None:
    assert labels("starts_on") == [
        "before 1 January 2024", "on or after 1 January 2024 and before 1 January 2025", "on or after 1 January 2025",
    ]  # fmt: skip


def test_a_derived_fact_is_divided_as_a_fact() -> None:
    assert labels("points") == ["less than 3", "at least 3"]
    assert labels("weight") == ["light", "heavy"]


def test_lists_are_told_apart_by_what_stands_on_them() -> None:
    assert labels("sectors") == ["nothing", "high tech"]


def test_every_value_of_a_fact_with_few_is_tried_when_an_expression_looks_at_it() -> None:
    framework = test_language.LANGUAGE
    assert representatives(framework.fact("aantal bezoekers"), framework) == tuple(range(13))
    assert representatives(framework.fact("rank"), framework) == ("minister", "mayor", "officer")


@pytest.mark.parametrize(
    ("declared", "expected"),
    [
        ("decimals: 2", Decimal("500000.00")),
        ("decimals: 0", Decimal(1)),
    ],
)
def test_samples_have_the_decimals_of_the_fact(declared: str, expected: Decimal) -> None:
    framework = test_language.read(test_language.TEXT.replace("decimals: 2", declared))
    assert value_classes(framework.fact("budget"), framework)[-1].value == expected


def test_lists_of_too_many_kinds_are_not_tried() -> None:
    choices = "\n".join(f"      c{index}: {{nl: c{index}, en: c{index}}}" for index in range(12))
    rules = "\n".join(
        f"      - id: X{index}\n        when: {{sectors: c{index}}}\n        then: {{advice: careful}}\n"
        "        because: {nl: a, en: b}\n        source: {document: policy, section: s}\n        status: stated"
        for index in range(12)
    )
    text = test_language.TEXT.replace(
        "      water: {nl: water, en: water}", f"      water: {{nl: water, en: water}}\n{choices}"
    )
    framework = test_language.read(f"{text}\n{rules}\n")
    assert representatives(framework.fact("sectors"), framework) == ()
    possible = assess(framework, {**test_language.EVERYTHING, "sectors": None}).possible
    assert [each.id for each in possible] == ["take-up", "careful", "consult"]
