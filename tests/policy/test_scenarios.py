"""The scenarios beside the frameworks: all of them hold, every rule is tried, and no small mistake goes unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import Framework, FrameworkError, Scenario, read_frameworks, read_scenarios, run_scenarios
from hanze.policy.depending import names_in_rule
from hanze.policy.hashing import meaning_of, sha256_of
from hanze.policy.mutating import mutants, survivors
from hanze.policy.scenarios import read_scenarios_text, run_scenario
from tests.policy import sample

DEMO = read_frameworks(sample.FRAMEWORKS)
CHINA = next(each for each in DEMO if each.id == "zh-china")
CASES = [(framework, scenario) for framework in DEMO for scenario in read_scenarios(framework)]
by_id = pytest.mark.parametrize("framework", DEMO, ids=lambda framework: framework.id)


@pytest.mark.parametrize(("framework", "scenario"), CASES, ids=[f"{each[0].id}: {each[1].name}" for each in CASES])
def test_the_framework_says_what_the_scenario_expects(framework: Framework, scenario: Scenario) -> None:
    assert run_scenario(framework, scenario).differences == ()


@by_id
def test_every_rule_fires_in_one_scenario_and_does_not_in_another(framework: Framework) -> None:
    fired, blocked = set[str](), set[str]()
    for result in run_scenarios(framework):
        fires = {each.rule.id for each in result.advice.fired}
        open_rules = {each.rule.id for each in result.advice.undecided}
        fired |= fires
        blocked |= {rule.id for _, rule in framework.rules()} - fires - open_rules
    assert fired == blocked == {rule.id for _, rule in framework.rules()}


@by_id
def test_no_change_to_a_cell_or_an_output_goes_unnoticed(framework: Framework) -> None:
    assert len(list(mutants(framework))) > 80
    assert survivors(framework, read_scenarios(framework)) == []


def test_a_change_that_no_scenario_notices_is_named() -> None:
    framework = CHINA
    few = [scenario for scenario in read_scenarios(framework) if scenario.facts.get("dual_use") is False]
    assert any("E1-dual-use" in change for change in survivors(framework, few))


@by_id
def test_every_rule_source_and_measure_is_used_and_every_text_is_in_both_languages(framework: Framework) -> None:
    given = {measure for _, rule in framework.rules() for measure in rule.measures}
    assert given == {measure.id for measure in framework.measures}
    assert {rule.ground for _, rule in framework.rules() if rule.ground} == set(framework.grounds)
    names = {name for _, rule in framework.rules() for name in names_in_rule(rule)} | set(framework.applies_to)
    assert framework.dependencies.behind(frozenset(names)) == {fact.id for fact in framework.facts}
    assert all(rule.because.nl != rule.because.en for _, rule in framework.rules())


def written(text: str, framework: Framework = CHINA) -> list[Scenario]:
    return read_scenarios_text(text.encode(), Path("scenarios.yaml"), framework)


def one(expect: str, facts: str = "{}") -> str:
    return f"framework: zh-china\nscenarios:\n  - {{name: one, why: because, facts: {facts}, expect: {expect}}}\n"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (one("{outcome: maybe}"), "no outcome “maybe”"),
        (one("{fired: [P9]}"), "no rule “P9”"),
        (one("{fired: P1-fits}"), "not a list"),
        (one("{fired: [[P1-fits]]}"), "a list or a mapping"),
        (one("{measures: [sing]}"), "no measure “sing”"),
        (one("{questions: [why]}"), "no fact “why”"),
        (one("{possible: [all]}"), "no outcome “all”"),
        (one("{decided_by: nobody}"), "no decider “nobody”"),
        (one("{grounds: [none]}"), "no ground “none”"),
        (one("{applies: perhaps}"), "cannot be “perhaps”"),
        (one("{outcom: refuse}"), "Did you mean outcome?"),
        (one("{}"), "expects nothing"),
        (one("{outcome: none}", "{colour: red}"), "no fact “colour”"),
        (one("{outcome: none}", "{dual_use: perhaps}"), "true or false"),
        (one("{outcome: none}", "{sector: bakery}"), "not one of its choices"),
        (one("{outcome: none}", "{open_findings: -1}"), "less than 0"),
        (one("{outcome: none}", "{open_findings: [1]}"), "a list or a mapping"),
        (one("{outcome: none}").replace("zh-china", "zh-mars"), "zh-mars"),
        (one("{outcome: none}") + "  - {name: one, why: again, expect: {outcome: none}}\n", "two scenarios"),
        ("framework: zh-china\n", "no scenarios"),
    ],
)
def test_a_scenario_that_cannot_be_run_is_refused_with_its_place(text: str, says: str) -> None:
    with pytest.raises(FrameworkError) as refused:
        written(text)
    [problem, *_] = refused.value.problems
    assert says in f"{problem.message} {problem.hint}"
    assert (problem.file, problem.line >= 1) == ("scenarios.yaml", True)


LINES = (sample.FRAMEWORKS / "zh-china" / "scenarios" / "unknown.yaml").read_text(encoding="utf-8").splitlines()


@given(st.integers(0, len(LINES) - 1), st.text(max_size=20), st.booleans())
@settings(max_examples=100)
def test_whatever_happens_to_a_line_only_a_framework_error_comes_out(at: int, text: str, whole: bool) -> None:
    changed = [*LINES[:at], text if whole else LINES[at] + text, *LINES[at + 1 :]]
    try:
        found = [scenario.name for scenario in written("\n".join(changed).encode("utf-8", "replace").decode())]
    except FrameworkError as error:
        found = [problem.message for problem in error.problems]
    assert all(found)


@pytest.mark.parametrize(
    "change",
    [
        'in rule C-watched sector becomes "cheese"',
        "in rule C-watched country becomes not(in_list(watched))",
        "in rule C-many people becomes >= 10",
        "in rule C-many people becomes < 10",
        "in rule C-many people becomes > 9",
        "in rule C-many the measure report is left out",
        "in rule M-dear budget becomes > 1001.5",
        "in rule M-dear the ground becomes too-late",
        "in rule M-unsafe dual_use becomes not(true)",
        "in rule T-late starts_on becomes > 2025-01-01",
        "in rule T-soon starts_on becomes (2024-03-01..2024-04-01)",
        "in rule T-soon starts_on becomes [2024-03-01..2024-03-31)",
        "in rule T-soon people becomes [1..5)",
        "in rule T-soon people becomes [0..5]",
        "in rule T-soon people becomes -",
        "rule T-soon is left out",
        "otherwise the advice becomes refuse",
        "ask-first is decided by coordinator",
        'in applies_to country becomes not("AA")',
        "AA leaves the list watched",
    ],
)
def test_each_kind_of_small_mistake_is_tried(change: str) -> None:
    assert change in {mutant.change for mutant in mutants(sample.read())}


def test_every_mistake_that_is_tried_changes_what_the_framework_means() -> None:
    framework = sample.read()
    meanings = [sha256_of(meaning_of(mutant.framework)) for mutant in mutants(framework)]
    assert sha256_of(meaning_of(framework)) not in meanings
    assert len(set(meanings)) == len(meanings)


def test_facts_at_the_top_are_shared_and_a_scenario_may_change_or_forget_them() -> None:
    text = (
        "framework: zh-china\nfacts: {dual_use: yes, open_findings: 2}\nscenarios:\n"
        "  - {name: a, why: w, facts: {dual_use: unknown}, expect: {outcome: none}}\n"
    )
    [scenario] = written(text)
    assert scenario.facts["dual_use"] is None
    assert str(scenario.facts["open_findings"]) == "2"


def test_scenarios_for_another_version_are_left_alone() -> None:
    text = one("{outcome: none}").replace("scenarios:", "versions: [2030-01-01]\nscenarios:")
    assert written(text) == []


@pytest.mark.parametrize(
    ("expect", "says"),
    [
        ("{outcome: take-up}", "The outcome is escalate, not take-up."),
        ("{decided_by: coordinator}", "It is decided by executive, not by coordinator."),
        ("{because: []}", "because: not expected E1-dual-use."),
        ("{fired: [E1-dual-use, R1-remit]}", "fired: missing R1-remit."),
        ("{not_fired: [E1-dual-use]}", "The rule E1-dual-use fires, and should not."),
        ("{not_fired: [P1-fits]}", "The rule P1-fits is undecided, and should not."),
        ("{measures: []}", "measures: not expected consult-national-government."),
        ("{possible: [escalate, refuse]}", "possible: not expected refer."),
        ("{applies: yes}", "The framework does not apply as expected (yes)."),
        ("{grounds: [sanctions]}", "grounds: missing sanctions."),
    ],
)
def test_a_difference_is_a_sentence(expect: str, says: str) -> None:
    [scenario] = written(one(expect, "{dual_use: yes}"))
    assert says in run_scenario(CHINA, scenario).differences
