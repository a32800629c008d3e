"""What may be wrong with a framework that can be read: found where it is, and shown with a case."""

from __future__ import annotations

import time
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import Framework, FrameworkError, assess
from hanze.policy.checking import Finding, findings
from hanze.policy.domains import value_classes
from hanze.policy.searching import Budget, find_case
from hanze.policy.standing import Case
from tests.policy import sample, test_language
from tests.policy.random_frameworks import contents, framework_of


def found(framework: Framework, *siblings: Framework) -> list[tuple[str, str, str]]:
    """The severity, place and words of each finding that is no note."""
    return [
        (each.severity, f"{each.place.kind} {each.place.id}", each.in_language("en"))
        for each in findings(framework, siblings)
        if each.severity != "note"
    ]


def of_kind(framework: Framework, words: str) -> list[Finding]:
    return [each for each in findings(framework) if words in each.message.en]


def test_nothing_is_found_in_a_framework_that_is_in_order() -> None:
    assert found(sample.read()) == []
    assert found(test_language.LANGUAGE) == []


def test_a_rule_that_cannot_hold_is_an_error() -> None:
    text = test_language.TEXT.replace('when: {points: ">= 3"}', 'when: {points: ">= 3"}\n        where: "budget < 0"')
    [finding] = of_kind(test_language.read(text), "can never hold")
    assert (finding.severity, str(finding.place.id)) == ("error", "C-points")
    assert finding.in_language("nl") == "De regel C-points kan nooit gelden"


def test_a_rule_that_contradicts_itself_over_several_facts_cannot_hold() -> None:
    where = 'rank = "mayor" and weight = "heavy" and not(économie) and aantal bezoekers < 3 and count(sectors) < 2'
    text = test_language.TEXT.replace('when: {points: ">= 3"}', f"when: {{}}\n        where: '{where}'")
    assert [each.place.id for each in of_kind(test_language.read(text), "can never hold")] == []
    certain = where.replace(" and count(sectors) < 2", "")
    text = test_language.TEXT.replace(" or count(sectors) > 2", "")
    text = text.replace('when: {points: ">= 3"}', f"when: {{}}\n        where: '{certain}'")
    assert [each.place.id for each in of_kind(test_language.read(text), "can never hold")] == ["C-points"]


def test_a_rule_behind_others_that_always_go_before_it_is_an_error() -> None:
    text = sample.changed(("when: {dual_use: yes}", 'when: {budget: "[1001..2000]", dual_use: yes}'))
    [finding] = of_kind(sample.read(text), "never counts")
    assert (finding.severity, finding.place.id) == ("error", "M-unsafe")
    assert "een andere regel gaat altijd voor" in finding.in_language("nl")


def test_a_rule_that_adds_nothing_to_another_is_remarked() -> None:
    text = sample.changed(("hit: first", "hit: collect"), ("when: {dual_use: yes}", "when: {dual_use: yes, budget: 1}"))
    assert of_kind(sample.read(text), "adds nothing") == []
    text = text.replace("then: {advice: ask-first}", "then: {advice: refuse, ground: too-many}").replace(
        "budget: 1}", 'budget: "> 2000"}'
    )
    [finding] = of_kind(sample.read(text), "adds nothing")
    assert finding.in_language("en") == "The rule M-unsafe adds nothing to M-dear"


def test_a_derived_fact_that_stays_unknown_is_shown_with_a_case() -> None:
    text = test_language.TEXT.replace("      default: light\n", "")
    gaps = [each for each in of_kind(test_language.read(text), "no rule holds") if each.severity == "remark"]
    [finding] = gaps
    assert (finding.place.kind, finding.place.id) == ("derived", "weight")
    assert finding.counter_example is not None
    assert "Rang: " in finding.counter_example.nl


def test_the_case_that_shows_a_gap_is_one() -> None:
    framework = sample.read()
    rules = framework.table("money").rules
    example = find_case(framework, [(rule, False) for rule in rules], Budget(1000))
    assert example is not None
    fired = {each.rule.id for each in assess(framework, example.facts).fired}
    assert not fired & {rule.id for rule in rules}


def test_versions_that_do_not_connect_are_remarked() -> None:
    earlier = sample.read()
    gap = sample.changed(
        ("version: 2024-03-01", "version: 2026-02-01"), ("from: 2024-03-01, until: 2025-12-31", "from: 2026-02-01")
    )
    assert any("no version is in force" in words for _, _, words in found(sample.read(gap), earlier))
    meeting = gap.replace("from: 2026-02-01", "from: 2026-01-01")
    assert not any("in force" in words for _, _, words in found(sample.read(meeting), earlier))
    together = gap.replace("from: 2026-02-01", "from: 2025-12-31")
    assert any("in force together" in words for _, _, words in found(sample.read(together), earlier))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("date: 2024-01-15", "date: 2024-03-02", "The list sensitive is of a later date than this version"),
        ("date: 2024-01-01\ndeciders", "date: 2024-03-02\ndeciders", "The source policy is of a later date"),
        ("{from: 2024-01-01, value", "{from: 2024-03-02, value", "has no value yet when the framework takes effect"),
        ("{too dear: yes}", "{budget: 5}", "The derived fact too dear is never used"),
        ("in_list(sensitive)", "high-tech", "The list sensitive is never used"),
        ("{public: yes}, then", "{économie: no}, then", "The fact public is never used"),
    ],
)
def test_what_does_not_connect_or_is_not_used_is_remarked(old: str, new: str, words: str) -> None:
    assert old in test_language.TEXT
    framework = test_language.read(test_language.TEXT.replace(old, new, 1))
    assert any(words in said for _, _, said in found(framework))


def test_a_search_that_takes_too_long_says_so() -> None:
    said = [each.in_language("en") for each in findings(test_language.LANGUAGE, seconds=0.0)]
    assert any("was cut off" in each for each in said)
    start = time.process_time()
    findings(test_language.LANGUAGE, seconds=0.5)
    assert time.process_time() - start < 3


@given(contents(2, 4), st.data())
@settings(max_examples=40)
def test_a_case_is_found_exactly_when_there_is_one(content: Any, data: st.DataObject) -> None:
    framework = framework_of(
        [(hit, rows) for hit, rows in content if not _compares(rows)] or [("collect", [({}, None)])]
    )
    rules = [rule for _, rule in framework.rules()]
    wanted = [(rule, data.draw(st.booleans())) for rule in rules[:3]]
    example = find_case(framework, wanted, Budget(100_000))
    names = sorted({name for rule, _ in wanted for name in rule.when})
    classes = [[each.value for each in value_classes(framework.fact(name), framework)] for name in names]
    nothing: dict[str, Any] = dict.fromkeys(fact.id for fact in framework.facts)
    cases = (Case(framework, {**nothing, **dict(zip(names, values, strict=True))}, {}) for values in product(*classes))
    exists = any(all(case.rule(rule) is truth for rule, truth in wanted) for case in cases)
    assert (example is not None) == exists
    if example is not None:
        assert example.certain
        real = Case(framework, {**nothing, **example.facts}, {})
        assert all(real.rule(rule) is truth for rule, truth in wanted)


def _compares(rows: list[tuple[dict[str, str], str | None]]) -> bool:
    return any("budget" in cell for cells, _ in rows for cell in cells.values())


@given(st.data())
@settings(max_examples=80)
def test_a_broken_framework_is_refused_with_its_place_and_nothing_else_happens(data: st.DataObject) -> None:
    lines = test_language.TEXT.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(lines) - 1))
        other = lines[data.draw(st.integers(0, len(lines) - 1))]
        cut = data.draw(st.integers(0, len(lines[index])))
        piece = data.draw(st.sampled_from(["", "[", '"', " and ", "5", "unknown", ": ", "{", "in (", "**"]))
        lines[index] = data.draw(st.sampled_from([other, "", lines[index][:cut] + piece + lines[index][cut:]]))
    problems = []
    try:
        test_language.read("\n".join(lines))
    except FrameworkError as error:
        problems = error.problems
    assert all(problem.line >= 1 and problem.column >= 1 and problem.message for problem in problems)
