"""Weighing a case: which rules fire, what is unknown, and what filling it in can still do."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import (
    Advice,
    Fact,
    FactError,
    Framework,
    Value,
    applies,
    assess,
    read_frameworks,
    select_framework,
)
from hanze.policy.assessing import EFFORT
from hanze.policy.domains import value_classes
from tests.policy import sample

SAMPLE = sample.read()
DEMO = read_frameworks(sample.FRAMEWORKS)
HARMLESS: dict[str, Value | int | None] = {
    "country": "CC",
    "sector": "clogs",
    "dual_use": False,
    "people": 1,
    "budget": Decimal(1),
    "starts_on": date(2024, 6, 1),
}


def weigh(**facts: Value | int | None) -> Advice:
    return assess(SAMPLE, {**HARMLESS, **facts})


def fired(advice: Advice) -> list[str]:
    return [each.rule.id for each in advice.fired]


def outcome(advice: Advice) -> str | None:
    return advice.outcome.id if advice.outcome else None


def lines(advice: Advice) -> dict[str, str]:
    return {line.table.id: line.state for line in advice.lines}


def test_without_a_rule_that_fires_the_framework_says_what_holds_otherwise() -> None:
    advice = weigh()
    assert (outcome(advice), advice.by_default, advice.final) == ("yes-please", True, True)
    assert (advice.fired, advice.measures, advice.questions, advice.decisive) == ((), (), (), ())
    assert set(lines(advice).values()) == {"not-applied"}


def test_a_rule_fires_when_all_its_cells_hold_and_brings_advice_and_measures() -> None:
    advice = weigh(country="AA", sector="cheese")
    assert (outcome(advice), fired(advice)) == ("with-care", ["C-watched"])
    assert [measure.id for measure in advice.measures] == ["briefing", "report"]
    assert [each.rule.id for each in advice.decisive] == ["C-watched"]
    assert not advice.by_default
    assert lines(advice)["care"] == "applied"
    assert advice.decided_by == "coordinator"
    assert fired(weigh(country="AA", sector="clogs")) == []


def test_the_strictest_advice_wins_and_the_rules_that_give_it_are_named() -> None:
    advice = weigh(country="AA", sector="cheese", dual_use=True, starts_on=date(2025, 1, 1))
    assert outcome(advice) == "refuse"
    assert fired(advice) == ["C-watched", "M-unsafe", "T-late"]
    assert [each.rule.id for each in advice.decisive] == ["T-late"]
    assert advice.grounds == ("too-late",)
    assert advice.decided_by == "executive"


def test_a_measure_without_advice_does_not_change_the_outcome() -> None:
    advice = weigh(people=11)
    assert (outcome(advice), advice.by_default) == ("yes-please", True)
    assert [measure.id for measure in advice.measures] == ["report"]


def test_measures_come_in_the_order_of_the_framework_and_once() -> None:
    advice = weigh(people=3, starts_on=date(2024, 3, 1), country="BB", sector="tulips")
    assert fired(advice) == ["C-watched", "T-soon"]
    assert [measure.id for measure in advice.measures] == ["briefing", "report"]


def test_in_a_first_table_only_the_first_rule_that_holds_fires() -> None:
    assert fired(weigh(budget=Decimal("1000.51"), dual_use=True)) == ["M-dear"]
    assert fired(weigh(budget=Decimal("1000.50"), dual_use=True)) == ["M-unsafe"]


def test_in_a_first_table_a_rule_hangs_on_the_unknown_facts_of_earlier_rules() -> None:
    advice = weigh(budget=None, dual_use=True)
    assert [each.rule.id for each in advice.undecided] == ["M-dear", "M-unsafe"]
    assert [fact.id for fact in advice.open_facts] == ["budget"]
    assert {each.id for each in advice.possible} == {"ask-first", "refuse"}
    assert outcome(advice) is None


def test_in_a_first_table_what_can_stop_a_stricter_rule_is_asked() -> None:
    text = sample.changed(
        ('when: {budget: "> 1000.50"}\n        then: {advice: refuse, ground: too-many}',
         'when: {budget: "> 1000.50"}\n        then: {advice: yes-please}')
    )  # fmt: skip
    advice = assess(sample.read(text), {**HARMLESS, "budget": None, "dual_use": None})
    assert [fact.id for fact in advice.open_facts] == ["dual_use", "budget"]


def test_an_unknown_fact_makes_a_rule_unknown_and_never_harmless() -> None:
    advice = weigh(dual_use=None)
    assert [each.rule.id for each in advice.undecided] == ["M-unsafe"]
    assert not advice.final
    assert outcome(advice) is None
    assert [each.id for each in advice.possible] == ["yes-please", "ask-first"]
    assert lines(advice)["money"] == "unknown"


def test_a_missing_fact_and_none_are_the_same() -> None:
    known = {key: value for key, value in HARMLESS.items() if key != "dual_use"}
    assert assess(SAMPLE, known).possible == weigh(dual_use=None).possible


def test_one_cell_that_fails_settles_a_rule_whatever_else_is_unknown() -> None:
    advice = weigh(country=None, sector="clogs")
    assert advice.undecided == ()
    assert advice.final


def test_a_question_says_what_each_answer_would_do() -> None:
    [question] = weigh(dual_use=None, country="AA", sector="tulips").questions
    assert question.fact.id == "dual_use"
    yes, no = question.answers
    assert (yes.label.nl, yes.outcome and yes.outcome.id, yes.changes) == ("ja", "ask-first", True)
    assert (no.label.en, no.outcome and no.outcome.id, no.changes) == ("no", "with-care", False)
    assert [each.id for each in yes.possible] == ["ask-first"]


def test_answers_to_a_number_are_the_stretches_that_the_rules_tell_apart() -> None:
    [question] = weigh(people=None, starts_on=date(2024, 3, 5)).questions
    assert [(answer.label.nl, answer.label.en, answer.value) for answer in question.answers] == [
        ("0", "0", Decimal(0)),
        ("minstens 1 en hoogstens 5", "at least 1 and at most 5", Decimal(1)),
        ("minstens 6 en hoogstens 10", "at least 6 and at most 10", Decimal(6)),
        ("minstens 11", "at least 11", Decimal(11)),
    ]
    assert [answer.outcome and answer.outcome.id for answer in question.answers] == [
        "yes-please", "with-care", "yes-please", "yes-please",
    ]  # fmt: skip


def test_answers_to_a_date_and_a_text_are_words() -> None:
    by_fact = {question.fact.id: question for question in assess(SAMPLE, {}).questions}
    assert [answer.label.nl for answer in by_fact["starts_on"].answers] == [
        "vóór 1 maart 2024",
        "vanaf 1 maart 2024 en vóór 1 april 2024",
        "vanaf 1 april 2024 en uiterlijk op 31 december 2024",
        "na 31 december 2024",
    ]
    assert [answer.label.en for answer in by_fact["country"].answers] == ["HL", "AA, BB", "something else"]
    assert [answer.value for answer in by_fact["sector"].answers] == ["tulips", "cheese", "clogs"]


def test_what_can_only_bring_a_measure_is_still_asked() -> None:
    advice = weigh(people=None)
    assert (outcome(advice), [fact.id for fact in advice.open_facts]) == ("yes-please", ["people"])
    assert [each.id for each in advice.possible] == ["yes-please"]
    assert not any(answer.changes for answer in advice.questions[0].answers)


def test_what_cannot_matter_any_more_is_not_asked() -> None:
    advice = weigh(budget=Decimal(2000), dual_use=None, country=None, sector=None, people=None)
    assert outcome(advice) == "refuse"
    assert advice.undecided
    assert advice.final
    assert advice.questions == ()


def test_an_outcome_that_every_answer_leads_to_already_holds() -> None:
    china = next(each for each in DEMO if each.id == "zh-china")
    advice = assess(china, {"fits_national_policy": False})
    assert outcome(advice) == "refuse"
    assert advice.fired == ()
    assert [each.id for each in advice.possible] == ["refuse"]


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("country", 5),
        ("country", True),
        ("sector", "bicycles"),
        ("sector", 1),
        ("dual_use", "yes"),
        ("dual_use", 1),
        ("people", True),
        ("people", 1.0),
        ("people", "1"),
        ("people", Decimal("1.5")),
        ("people", -1),
        ("budget", 0.5),
        ("budget", Decimal("NaN")),
        ("budget", Decimal("Infinity")),
        ("budget", 10**18),
        ("budget", Decimal("1E+999999")),
        ("budget", Decimal("1E-999999")),
        ("starts_on", "2024-01-01"),
        ("starts_on", datetime(2024, 1, 1)),
        ("colour", "red"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused_by_the_name_of_its_fact(fact: str, value: object) -> None:
    with pytest.raises(FactError, match=f"^{fact}: ") as refused:
        assess(SAMPLE, {fact: value})  # type: ignore[dict-item]
    assert refused.value.fact_id == fact


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from([*HARMLESS, "colour"]), anything))
def test_whatever_the_facts_only_a_fact_error_comes_out(facts: dict[str, object]) -> None:
    try:
        advice = assess(SAMPLE, facts)  # type: ignore[arg-type]
    except FactError as error:
        outcome_or_fact = error.fact_id
    else:
        outcome_or_fact = str(advice.possible)
    assert outcome_or_fact


def test_numbers_are_exact() -> None:
    assert fired(weigh(budget=Decimal("1000.5000000001"))) == ["M-dear"]
    assert weigh(people=3).facts["people"] == Decimal(3)


def test_a_framework_applies_or_not_or_it_is_not_known() -> None:
    assert applies(SAMPLE, {"country": "AA"}) is True
    assert applies(SAMPLE, {"country": "HL", "undeclared": 1}) is False
    assert applies(SAMPLE, {}) is None
    with pytest.raises(FactError):
        applies(SAMPLE, {"country": 5})


def version(**words: str) -> Framework:
    old = {"framework": "sample", "version": "2024-03-01", "from": "2024-03-01", "until": "2025-12-31",
           "precedence": "20", "applies_to": "{country: not(HL)}"}  # fmt: skip
    text = sample.TEXT
    for key, value in words.items():
        if key in ("from_", "until"):
            text = text.replace(f"{key.rstrip('_')}: {old[key.rstrip('_')]}", f"{key.rstrip('_')}: {value}", 1)
        else:
            text = text.replace(f"{key}: {old[key]}", f"{key}: {value}", 1)
    return sample.read(text)


def test_the_framework_of_a_case_is_the_one_in_force_that_day() -> None:
    first = version(until="2024-06-30")
    second = version(version="2024-07-01", from_="2024-07-01")
    for on, expected in [
        (date(2024, 2, 29), None),
        (date(2024, 3, 1), first),
        (date(2024, 6, 30), first),
        (date(2024, 7, 1), second),
        (date(2025, 12, 31), second),
        (date(2026, 1, 1), None),
    ]:
        assert select_framework([second, first], {"country": "AA"}, on) is expected


def test_a_later_version_replaces_an_earlier_one_that_has_no_end() -> None:
    first, second = version(), version(version="2024-07-01", from_="2024-07-01")
    assert select_framework([first, second], {"country": "AA"}, date(2024, 8, 1)) is second
    assert select_framework([second, first], {"country": "AA"}, date(2024, 8, 1)) is second


def test_of_those_that_apply_the_highest_precedence_goes_first() -> None:
    general = version(framework="general", precedence="10", applies_to="{}")
    special = version(framework="special", precedence="30", applies_to="{country: AA}")
    on = date(2024, 5, 1)
    assert select_framework([general, special], {"country": "AA"}, on) is special
    assert select_framework([general, special], {"country": "BB"}, on) is general
    assert select_framework([special], {"country": "BB"}, on) is None


def test_no_framework_is_chosen_while_a_higher_one_may_still_apply() -> None:
    general = version(framework="general", precedence="10", applies_to="{}")
    special = version(framework="special", precedence="30", applies_to="{country: AA}")
    assert select_framework([general, special], {"country": None}, date(2024, 5, 1)) is None


@pytest.mark.parametrize(
    ("country", "in_eu", "on", "expected"),
    [
        ("CN", False, date(2024, 5, 1), "zh-china"),
        ("CN", False, date(2024, 10, 1), "zh-china"),
        ("MA", False, date(2024, 5, 1), "zh-protocol"),
        ("JP", False, date(2024, 10, 1), "zh-international-strategy"),
        ("DE", True, date(2024, 10, 1), "zh-protocol"),
        ("CN", False, date(2022, 1, 1), None),
    ],
)
def test_the_demo_weighs_each_request_by_its_own_framework(
    country: str, in_eu: bool, on: date, expected: str | None
) -> None:
    chosen = select_framework(DEMO, {"country": country, "country_in_eu": in_eu}, on)
    assert (chosen.id if chosen else None) == expected


# Properties: whatever the facts, in whatever order they become known.


def values_of(fact: Fact, framework: Framework) -> st.SearchStrategy[Value]:
    """Any value of a fact: those that the framework tells apart, and others."""
    representative = st.sampled_from([each.value for each in value_classes(fact, framework)])
    match fact.type:
        case "number":
            low = fact.minimum if fact.minimum is not None else -2000
            return representative | (
                st.integers(low, 2000).map(Decimal) if fact.whole else st.decimals(low, 2000, places=2)
            )
        case "date":
            return representative | st.dates(date(2023, 1, 1), date(2026, 1, 1))
        case "text":
            return representative | st.text(max_size=3)
        case _:
            return representative


@st.composite
def cases(draw: st.DrawFn) -> tuple[Framework, dict[str, Value], list[str]]:
    """A framework, a full case, and an order in which its facts become known."""
    framework = draw(st.sampled_from([SAMPLE, *DEMO]))
    full = {fact.id: draw(values_of(fact, framework)) for fact in framework.facts}
    return framework, full, draw(st.permutations(sorted(full)))


@given(cases())
@settings(max_examples=60)
def test_filling_in_unknowns_in_any_order_never_leaves_what_was_announced(
    case: tuple[Framework, dict[str, Value], list[str]],
) -> None:
    framework, full, order = case
    known: dict[str, Value] = {}
    before = assess(framework, known)
    for fact_id in order:
        known[fact_id] = full[fact_id]
        after = assess(framework, known)
        assert set(ids(after)) <= set(ids(before))
        assert is_at_least(framework, after, before)
        assert {each.rule.id for each in before.fired} <= {each.rule.id for each in after.fired}
        if before.final:
            assert after.final
            assert after.outcome == before.outcome
        before = after
    assert before.final
    assert before.possible == (before.outcome,)
    assert before.undecided == ()


def ids(advice: Advice) -> list[str]:
    return [each.id for each in advice.possible]


def is_at_least(framework: Framework, after: Advice, before: Advice) -> bool:
    """What already held goes on to hold or becomes stricter."""
    if before.outcome is None:
        return True
    return after.outcome is not None and framework.rank(after.outcome.id) >= framework.rank(before.outcome.id)


@given(cases(), st.integers(0, 20))
@settings(max_examples=40)
def test_what_an_answer_is_said_to_do_is_what_it_does(
    case: tuple[Framework, dict[str, Value], list[str]], count: int
) -> None:
    framework, full, order = case
    known: dict[str, Value] = {fact_id: full[fact_id] for fact_id in order[: min(count, len(order) - 1)]}
    advice = assess(framework, known)
    for question in advice.questions:
        for answer in question.answers:
            after = assess(framework, {**known, question.fact.id: answer.value})
            assert set(ids(after)) <= {each.id for each in answer.possible}
            assert answer.changes == (answer.outcome != advice.outcome)
            if len(answer.possible) == len(after.possible):
                assert answer.outcome == after.outcome


@given(cases(), st.integers(0, 20), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_a_fact_that_is_not_asked_changes_nothing(
    case: tuple[Framework, dict[str, Value], list[str]], count: int, chance: random.Random
) -> None:
    framework, full, order = case
    known: dict[str, Value] = {fact_id: full[fact_id] for fact_id in order[:count]}
    advice = assess(framework, known)
    asked = {fact.id for fact in advice.open_facts}
    for fact in framework.facts:
        if fact.id not in known and fact.id not in asked:
            value = chance.choice(value_classes(fact, framework)).value
            after = assess(framework, {**known, fact.id: value})
            assert (after.outcome, after.possible) == (advice.outcome, advice.possible)


@pytest.mark.parametrize("framework", [SAMPLE, DEMO[2]], ids=["sample", "protocol"])
def test_every_announced_outcome_can_really_be_reached(framework: Framework) -> None:
    wanted = set(ids(assess(framework, {})))
    chance = random.Random(5)
    seen: set[str] = set()
    for _ in range(3000):
        facts = {fact.id: chance.choice(value_classes(fact, framework)).value for fact in framework.facts}
        seen.add(str(outcome(assess(framework, facts))))
    assert seen == wanted


def test_a_rule_on_a_thousand_facts_is_weighed_without_trouble() -> None:
    facts = "".join(f"  f{n}: {{label: {{nl: a, en: b}}, type: boolean, ask: {{nl: a, en: b}}}}\n" for n in range(1000))
    cells = ", ".join(f"f{n}: yes" for n in range(1000))
    text = sample.changed(("facts:\n", f"facts:\n{facts}"), ("when: {dual_use: yes}", f"when: {{{cells}}}"))
    advice = assess(sample.read(text), HARMLESS)
    assert [each.id for each in advice.possible] == ["yes-please", "ask-first"]
    assert len(advice.open_facts) == 1000


def test_with_no_steps_to_search_everything_that_may_be_is_announced() -> None:
    from hanze.policy.standing import possible_outcomes

    known: Mapping[str, Value | None] = {**dict.fromkeys(HARMLESS), "dual_use": False}
    standing = assess(SAMPLE, known).standing
    assert set(possible_outcomes(standing, EFFORT)) <= set(possible_outcomes(standing, 0))
