"""The search by masks announces the outcomes that the search rule by rule announces."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import Framework, assess, check_facts, read_framework
from hanze.policy.masks import compile_framework
from hanze.policy.possible import possible
from hanze.policy.standing import possible_outcomes, standing_of
from hanze.policy.synthetic import synthesise
from tests.policy import random_frameworks, sample

PLENTY = 1_000_000


def both(framework: Framework, case: dict[str, Any], among: int | None = None) -> tuple[list[str], list[str]]:
    standing = standing_of(framework, check_facts(framework, case))
    wanted = None if among is None else tuple(framework.scale[:among])
    by_masks, by_rules = possible(standing, PLENTY, wanted), possible_outcomes(standing, PLENTY, wanted)
    return [each.id for each in by_masks], [each.id for each in by_rules]


@given(random_frameworks.frameworks, random_frameworks.cases, st.sampled_from([None, 1, 2, 3]))
@settings(max_examples=80)
def test_both_searches_announce_the_same(framework: Framework, case: dict[str, Any], among: int | None) -> None:
    by_masks, by_rules = both(framework, case, among)
    assert by_masks == by_rules


@pytest.mark.parametrize("end", ["yes-please", "with-care", "ask-first"])
def test_an_advice_for_the_rest_in_the_middle_of_the_scale_is_announced_only_where_no_rule_gives_one(end: str) -> None:
    framework = sample.read(sample.changed(("advice: yes-please\n", f"advice: {end}\n")))
    assert compile_framework(framework).is_constant
    for case in synthesise(framework, 150, seed=3, unknown=0.4).iter_rows(named=True):
        by_masks, by_rules = both(framework, case)
        assert by_masks == by_rules


def test_a_search_that_is_cut_off_announces_too_many_and_never_too_few() -> None:
    framework = sample.read()
    for case in synthesise(framework, 100, seed=4, unknown=0.5).iter_rows(named=True):
        standing = standing_of(framework, check_facts(framework, case))
        assert set(possible(standing, PLENTY)) <= set(possible(standing, 2))


def test_frameworks_with_expressions_are_left_to_the_search_rule_by_rule() -> None:
    framework = read_framework(sample.PATH.with_name("language.yaml"))
    assert not compile_framework(framework).is_constant
    case = {"budget": 10, "rank": "minister"}
    assert assess(framework, case).possible == possible_outcomes(
        standing_of(framework, check_facts(framework, case)), 12_000
    )


@given(random_frameworks.frameworks, random_frameworks.cases)
@settings(max_examples=60)
def test_the_trace_has_every_cell_as_the_rules_see_it(framework: Framework, case: dict[str, Any]) -> None:
    advice = assess(framework, case)
    standing = standing_of(framework, check_facts(framework, case))
    assert advice.standing.states == standing.states
    assert dict(advice.facts) == dict(standing.known)
    assert [each.rule.id for each in advice.trace] == [rule.id for _, rule in framework.rules()]
    states = [state for table in framework.tables for state in standing.states[table.id]]
    assert [each.state for each in advice.trace] == states
    for each in advice.trace:
        assert each.cells == {name: standing.case.cell(name, cell) for name, cell in each.rule.when.items()}


def test_the_trace_of_the_whole_language_has_the_truth_of_its_conditions_too() -> None:
    framework = read_framework(sample.PATH.with_name("language.yaml"))
    for case in synthesise(framework, 60, seed=6, unknown=0.2).iter_rows(named=True):
        advice = assess(framework, case)
        within = advice.standing.case
        for each in advice.trace:
            assert each.cells == {name: within.cell(name, cell) for name, cell in each.rule.when.items()}
            assert len(each.truths) == len(each.rule.when) + (each.rule.where is not None)
            if each.rule.where is not None:
                assert each.truths[-1] is within.conditions({}, each.rule.where)
