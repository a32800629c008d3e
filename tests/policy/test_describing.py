"""Cells in words, as the reading view shows them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from hanze.policy import describe, describe_value, read_frameworks
from hanze.policy.cells import Cell
from hanze.policy.describing import describe_expression
from hanze.policy.expressions import Call, Constant, Span
from hanze.policy.functions import FUNCTIONS
from hanze.policy.parsing import Scope, parse_cell, parse_expression
from hanze.policy.typechecking import type_of_choices
from tests.policy import sample, test_language

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


@pytest.mark.parametrize(
    ("expression", "dutch", "english"),
    [
        (
            "budget / aantal bezoekers",
            "“Begroting” gedeeld door “Aantal bezoekers”",
            "“Budget” divided by “Number of visitors”",
        ),
        ("-budget * 2", "(min “Begroting”) keer 2", "(minus “Budget”) times 2"),
        ('rank = "mayor"', "“Rang” is burgemeester", "“Rank” is mayor"),
        ('rank in ("mayor", "officer")', "“Rang” is burgemeester of ambtenaar", "“Rank” is mayor or officer"),
        ("not(public)", "niet “Openbaar”", "not “Public”"),
        (
            "budget in [1..budget)",
            "“Begroting” is minstens 1 en minder dan “Begroting”",
            "“Budget” is at least 1 and less than “Budget”",
        ),
        ("starts_on < ends_on", "“Eerste dag” is vóór “Laatste dag”", "“First day” is before “Last day”"),
        (
            "starts_on.year > 2024",
            "het jaar van “Eerste dag” is meer dan 2024",
            "the year of “First day” is more than 2024",
        ),
        ("sum(budget, 1.5)", "de som van “Begroting” en 1,5", "the sum of “Budget” and 1.5"),
        (
            'stay > duration("PT36H")',
            "“Verblijf” is meer dan 1 dag en 12 uur",
            "“Stay” is more than 1 day and 12 hours",
        ),
        ('starts_on + duration("P1Y1M")', "“Eerste dag” plus 1 jaar en 1 maand", "“First day” plus 1 year and 1 month"),
        ("public = true", "“Openbaar” is ja", "“Public” is yes"),
        (
            'list contains(sectors, "high-tech")',
            "“Sectoren” bevat hightech",
            "“Sectors” contains high tech",
        ),
        (
            'list contains(sectors, "high-tech") = true',
            "“Sectoren” bevat hightech",
            "“Sectors” contains high tech",
        ),
        (
            'list contains(sectors, "high-tech") = false',
            "niet (“Sectoren” bevat hightech)",
            "not (“Sectors” contains high tech)",
        ),
        ("decimal(budget, 2)", "“Begroting” afgerond op 2 decimalen", "“Budget” rounded to 2 decimals"),
    ],
)
def test_an_expression_is_said_in_words_with_the_labels_of_the_framework(
    expression: str, dutch: str, english: str
) -> None:
    framework = test_language.LANGUAGE
    types = {fact.id: type_of_choices(fact.type, fact.choices, fact.many) for fact in framework.facts}
    tree = parse_expression(expression, Scope(types))
    assert describe_expression(tree, framework, "nl") == dutch
    assert describe_expression(tree, framework, "en") == english


def test_every_function_of_the_language_has_words() -> None:
    for name, function in FUNCTIONS.items():
        arguments = tuple(Constant(Decimal(1), Span(0, 1)) for _ in range(function.least))
        call = Call(name, arguments, (), Span(0, 1))
        assert describe_expression(call, test_language.LANGUAGE, "nl") != describe_expression(
            call, test_language.LANGUAGE, "en"
        )


def test_a_cell_that_compares_with_a_parameter_is_said_in_words() -> None:
    framework = test_language.LANGUAGE
    [rule] = [rule for _, rule in framework.rules() if rule.id == "M-dearer"]
    cell, fact = rule.when["cost per visitor"], framework.fact("cost per visitor")
    assert describe(cell, fact, framework, "nl") == "meer dan (2 keer “Plafond per bezoeker”)"
    assert describe(cell, fact, framework, "en") == "more than (2 times “Ceiling per visitor”)"
