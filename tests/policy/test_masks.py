"""The mask program gives for every case exactly what the rules give when they are tried one by one."""

from __future__ import annotations

import random
from datetime import datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import FactError, Framework, assess, check_facts, read_framework, read_frameworks
from hanze.policy.bulk import WORD, assess_frame
from hanze.policy.masks import Row, compile_framework, reference_row
from hanze.policy.synthetic import synthesise
from tests.policy import random_frameworks, sample

SAMPLE = sample.read()
LANGUAGE = read_framework(sample.PATH.with_name("language.yaml"))
FRAMEWORKS = [LANGUAGE, *read_frameworks(sample.FRAMEWORKS)]


def row_of(found: pl.DataFrame, number: int) -> Row:
    """A row of the bulk result with its words put together."""
    row = found.row(number, named=True)

    def mask(state: str) -> int:
        words = [name for name in found.columns if name.startswith(f"{state}_")]
        return sum(row[name] << (WORD * int(name.split("_")[1])) for name in words)

    return Row(mask("fired"), mask("open"), row["held"], row["reach"])


def frame_of(cases: list[dict[str, Any]], framework: Framework) -> pl.DataFrame:
    """Cases as a frame with typed columns."""
    types: dict[str, Any] = {
        "boolean": pl.Boolean, "number": pl.Decimal(38, 10), "text": pl.String, "choice": pl.String, "date": pl.Date,
    }  # fmt: skip
    columns = [
        pl.Series(fact.id, [_exact(case.get(fact.id)) for case in cases], types[fact.type]) for fact in framework.facts
    ]
    return pl.DataFrame(columns)


def _exact(value: Any) -> Any:
    return Decimal(value) if type(value) is int else value


@given(random_frameworks.frameworks, st.lists(random_frameworks.cases, min_size=1, max_size=8))
@settings(max_examples=60)
def test_one_case_gets_what_the_rules_give_one_by_one(framework: Framework, cases: list[dict[str, Any]]) -> None:
    program = compile_framework(framework)
    for case in cases:
        assert program.row(case) == reference_row(framework, case)


@given(random_frameworks.frameworks, st.lists(random_frameworks.cases, min_size=1, max_size=30))
@settings(max_examples=60)
def test_a_frame_of_cases_gets_what_each_case_gets(framework: Framework, cases: list[dict[str, Any]]) -> None:
    found = assess_frame(framework, frame_of(cases, framework))
    assert [row_of(found, number) for number in range(len(cases))] == [reference_row(framework, case) for case in cases]


@pytest.mark.parametrize("hit", random_frameworks.HITS)
@pytest.mark.parametrize("seed", range(4))
def test_a_table_runs_on_from_one_word_into_the_next(hit: str, seed: int) -> None:
    draw = random.Random(seed)
    rules = [random_frameworks.drawn_rule(draw) for _ in range(WORD + 30)]
    framework = random_frameworks.framework_of([("collect", rules[:10]), (hit, rules[10:]), ("first", rules[:5])])
    cases = [random_frameworks.drawn_case(draw) for _ in range(60)]
    found = assess_frame(framework, frame_of(cases, framework))
    for number, case in enumerate(cases):
        assert row_of(found, number) == compile_framework(framework).row(case) == reference_row(framework, case)


@given(random_frameworks.frameworks, random_frameworks.cases)
@settings(max_examples=60)
def test_the_reach_covers_every_outcome_that_is_announced(framework: Framework, case: dict[str, Any]) -> None:
    row, advice = compile_framework(framework).row(case), assess(framework, case)
    assert {framework.rank(outcome.id) for outcome in advice.possible} <= {
        rank for rank in range(len(framework.scale)) if row.reach >> rank & 1
    }
    if row.held is not None:
        assert advice.outcome is not None
        assert advice.outcome.id == (advice.possible[0].id if len(advice.possible) == 1 else row.held)


def test_the_program_is_kept_with_its_framework() -> None:
    assert compile_framework(SAMPLE) is compile_framework(SAMPLE)


@pytest.mark.parametrize(
    "facts",
    [
        {"colour": "red"},
        {"sector": "tulip"},
        {"dual_use": 1},
        {"people": True},
        {"people": -1},
        {"people": Decimal("1.5")},
        {"budget": 1.5},
        {"budget": Decimal("NaN")},
        {"budget": Decimal(10) ** 18},
        {"starts_on": datetime(2024, 1, 1)},
        {"country": ["AA"]},
    ],
)
def test_a_wrong_fact_is_refused_as_everywhere(facts: dict[str, Any]) -> None:
    with pytest.raises(FactError) as expected:
        check_facts(SAMPLE, facts)
    for _ in range(2):
        with pytest.raises(FactError) as error:
            compile_framework(SAMPLE).row(facts)
        assert str(error.value) == str(expected.value)


def test_a_value_that_equals_one_of_another_type_is_not_taken_for_it() -> None:
    program = compile_framework(SAMPLE)
    assert program.held({"dual_use": True, "budget": 0}) == "ask-first"
    with pytest.raises(FactError):
        program.held({"dual_use": Decimal(1), "budget": 0})
    assert program.held({"people": 1, "dual_use": False}) == program.held({"people": Decimal("1.0"), "dual_use": False})


def test_more_values_than_are_remembered_are_weighed_right() -> None:
    program = compile_framework(SAMPLE)
    for budget in range(0, 9000):
        fired = program.row({"budget": budget}).fired
        assert bool(fired & program.bit_of["M-dear"]) is (budget > 1000)
    assert all(len(seen) <= 5000 for _, _, seen, _ in program._asked)  # pyright: ignore[reportPrivateUsage]


@pytest.mark.parametrize("framework", FRAMEWORKS, ids=lambda each: each.id)
def test_every_part_of_the_language_agrees_on_made_up_cases(framework: Framework) -> None:
    cases = synthesise(framework, 300, seed=1, unknown=0.3)
    found = assess_frame(framework, cases)
    for number, case in enumerate(cases.iter_rows(named=True)):
        expected = reference_row(framework, case)
        assert row_of(found, number) == expected == compile_framework(framework).row(case)
