"""What rests on expressions, derived facts, parameters and lists: known exactly, or announced as still possible."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.policy import Framework, FrameworkError, assess, read_framework_text
from hanze.policy.describing import describe_expression
from hanze.policy.hashing import meaning_of, sha256_of
from hanze.policy.mutating import mutants

PATH = Path(__file__).with_name("language.yaml")
TEXT = PATH.read_text(encoding="utf-8")


def read(text: str = TEXT) -> Framework:
    return read_framework_text(text.encode(), PATH)


LANGUAGE = read()
EVERYTHING: dict[str, Any] = {
    "budget": Decimal(1000),
    "aantal bezoekers": 5,
    "starts_on": date(2024, 5, 1),
    "ends_on": date(2024, 5, 3),
    "announced_at": datetime(2024, 4, 1, 10),
    "stay": timedelta(days=2),
    "sectors": ["culture"],
    "rank": "officer",
    "économie": False,
    "public": True,
}


def fired(**facts: Any) -> list[str]:
    return [each.rule.id for each in assess(LANGUAGE, {**EVERYTHING, **facts}).fired]


def derived(name: str, **facts: Any) -> Any:
    return assess(LANGUAGE, {**EVERYTHING, **facts}).standing.case.values[name]


def test_a_derived_fact_follows_from_others_and_another_from_it() -> None:
    assert derived("cost per visitor") == 200
    assert derived("too dear") is False
    assert derived("too dear", budget=1251) is True
    assert (derived("weight"), derived("weight", rank="minister")) == ("light", "heavy")
    assert (derived("points"), derived("points", rank="minister", économie=True)) == (1, 4)


def test_a_parameter_has_the_value_of_the_day_of_the_case() -> None:
    assert derived("ceiling per visitor") == 250
    assert derived("ceiling per visitor", starts_on=date(2024, 12, 31)) == 250
    assert derived("ceiling per visitor", starts_on=date(2025, 1, 1)) == Decimal("275.5")
    assert derived("ceiling per visitor", starts_on=None) is None
    assert derived("ceiling per visitor", starts_on=date(2023, 12, 31)) is None
    assert derived("too dear", budget=1300) is True
    assert derived("too dear", budget=1300, starts_on=date(2025, 1, 1)) is False


def test_a_derived_fact_is_known_as_soon_as_every_result_that_is_possible_is_the_same() -> None:
    assert derived("weight", rank="minister", économie=None, sectors=None, **{"aantal bezoekers": None}) == "heavy"
    assert derived("weight", économie=None) == "light"
    assert derived("weight", rank="mayor", économie=None) is None
    assert derived("weight", rank="mayor", économie=None, **{"aantal bezoekers": 11}) == "heavy"


def test_a_cell_on_a_list_holds_when_one_of_its_items_passes() -> None:
    assert "C-sensitive" not in fired()
    assert "C-sensitive" in fired(sectors=["culture", "high-tech"])
    assert "C-sensitive" not in fired(sectors=[])


def test_a_condition_over_several_facts_stands_beside_the_cells() -> None:
    assert "C-long" not in fired(ends_on=date(2024, 5, 15))
    assert "C-long" in fired(ends_on=date(2024, 5, 16))
    assert "C-long" in fired(stay=timedelta(days=10, minutes=1))
    assert "C-late" in fired(announced_at=datetime(2024, 6, 1, 12, 1), rank="mayor")


def test_in_a_priority_table_only_the_strictest_advice_counts() -> None:
    assert [each for each in fired(budget=1) if each.startswith("M")] == ["M-any"]
    assert [each for each in fired(budget=1251) if each.startswith("M")] == ["M-dear"]
    assert [each for each in fired(budget=2501) if each.startswith("M")] == ["M-dearer"]


def test_what_cannot_be_worked_out_is_unknown_and_keeps_an_advice_from_being_final() -> None:
    advice = assess(LANGUAGE, {**EVERYTHING, "aantal bezoekers": 0})
    assert [each.rule.id for each in advice.undecided] == ["M-dear", "M-dearer", "M-any"]
    assert advice.open_facts == ()
    assert not advice.final


def test_questions_name_the_facts_behind_a_derived_fact() -> None:
    asked = {fact.id for fact in assess(LANGUAGE, {**EVERYTHING, "économie": None, "rank": "mayor"}).open_facts}
    assert asked == {"économie"}
    asked = {fact.id for fact in assess(LANGUAGE, {**EVERYTHING, "budget": None, "starts_on": None}).open_facts}
    assert asked == {"budget", "starts_on"}


def test_expressions_are_said_in_words() -> None:
    [rule] = [rule for _, rule in LANGUAGE.rules() if rule.id == "C-long"]
    assert rule.where is not None
    assert describe_expression(rule.where, LANGUAGE, "nl") == (
        "((“Laatste dag” min “Eerste dag”) is meer dan 14 dagen) of (“Verblijf” is meer dan 10 dagen)"
    )
    assert describe_expression(rule.where, LANGUAGE, "en") == (
        "((“Last day” minus “First day”) is more than 14 days) or (“Stay” is more than 10 days)"
    )


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "budget": st.sampled_from([Decimal(each) for each in ("0", "0.01", "500", "1000", "3000", "1000000")]),
    "aantal bezoekers": st.integers(0, 12),
    "starts_on": st.dates(date(2023, 12, 1), date(2025, 2, 1)),
    "ends_on": st.dates(date(2023, 12, 1), date(2025, 2, 1)),
    "announced_at": st.datetimes(datetime(2024, 5, 31), datetime(2024, 6, 2)),
    "stay": st.timedeltas(timedelta(0), timedelta(days=20)),
    "sectors": st.lists(st.sampled_from(["water", "high-tech", "culture"]), max_size=4),
    "rank": st.sampled_from(["minister", "mayor", "officer"]),
    "économie": st.booleans(),
    "public": st.booleans(),
}


@given(st.fixed_dictionaries(VALUES), st.permutations(sorted(VALUES)))
@settings(max_examples=60)
def test_filling_in_never_leads_to_what_was_not_announced(values: dict[str, Any], order: list[str]) -> None:
    known: dict[str, Any] = {}
    announced = [before := assess(LANGUAGE, known)]
    for fact_id in order:
        known[fact_id] = values[fact_id]
        after = assess(LANGUAGE, known)
        assert set(after.possible) <= set(before.possible)
        if before.outcome is not None:
            assert after.outcome is not None
            assert LANGUAGE.rank(after.outcome.id) >= LANGUAGE.rank(before.outcome.id)
        fired_before = {each.rule.id for each in before.fired}
        assert fired_before <= {each.rule.id for each in after.fired}
        assert before.final <= after.final
        announced.append(before := after)
    if not before.undecided:
        assert all(before.outcome in each.possible for each in announced)


FINITE = {
    "rank": ["minister", "mayor", "officer"],
    "économie": [True, False],
    "public": [True, False],
    "aantal bezoekers": [*range(13)],
}
CONDITIONS = st.recursive(
    st.sampled_from(
        [
            'rank = "minister"',
            'rank in ("mayor", "officer")',
            "économie",
            "public",
            "aantal bezoekers > 3",
            "aantal bezoekers * 2 = aantal bezoekers + 4",
            "modulo(aantal bezoekers, 2) = 1",
            "aantal bezoekers in [2..7)",
            "points >= 2",
            'weight = "heavy"',
        ]
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda each: f"({each[0]} {each[1]} {each[2]})"),
        inner.map(lambda each: f"not({each})"),
    ),
    max_leaves=4,
)
ADVICES = st.sampled_from(["take-up", "careful", "consult"])
_TABLES = TEXT.index("tables:\n")
_RULE = """      - id: R{index}
        when: {{}}
        where: '{where}'
        then: {{advice: {advice}, measures: [briefing]}}
        because: {{nl: a, en: b}}
        source: {{document: policy, section: s}}
        status: stated
"""
_TABLE = """  - id: money
    kind: precondition
    number: 1
    line: {{nl: Kosten, en: Costs}}
    text: {{nl: a, en: b}}
    hit: {hit}
    source: {{document: policy, section: s}}
    status: stated
    rules:
"""


def framework_of(hit: str, rules: list[tuple[str, str]]) -> Framework:
    rows = "".join(_RULE.format(index=index, where=where, advice=advice) for index, (where, advice) in enumerate(rules))
    text = TEXT[:_TABLES].replace(" or count(sectors) > 2", "") + "tables:\n" + _TABLE.format(hit=hit) + rows
    try:
        return read(text)
    except FrameworkError:
        start, end = text.index("otherwise:"), text.index("tables:\n")
        return read(text[:start] + text[end:])


@given(
    st.sampled_from(["collect", "first", "priority"]),
    st.lists(st.tuples(CONDITIONS, ADVICES), min_size=1, max_size=4),
    st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in FINITE.items()}),
)
@settings(max_examples=40)
def test_what_is_announced_is_exact_where_every_case_can_be_tried(
    hit: str, rules: list[tuple[str, str]], known: dict[str, Any]
) -> None:
    framework = framework_of(hit, rules)
    announced = assess(framework, known).possible
    missing = [name for name in FINITE if name not in known]
    fillings = product(*(FINITE[name] for name in missing))
    reached = {assess(framework, {**known, **dict(zip(missing, each, strict=True))}).outcome for each in fillings}
    assert reached == set(announced)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"budget / aantal bezoekers"', '"budget / aantal bezoeker"', "Did you mean aantal bezoekers?"),
        ('"budget / aantal bezoekers"', '"budget / rank"', "cannot be divided by"),
        ('"budget / aantal bezoekers"', '"budget > 5"', "this is a yes or a no, not a number"),
        ('"budget / aantal bezoekers"', '"too dear"', "rest on one another"),
        ('"budget / aantal bezoekers"', '"cost per visitor"', "cost per visitor → cost per visitor"),
        ("default: light", "default: medium", "Write one of: heavy, light."),
        ("default: light", 'default: "rank"', "none of its choices"),
        ("hit: first\n      default", "hit: collect\n      default", "hit and many do not agree"),
        ("aggregation: sum\n", "aggregation: average\n", "aggregation cannot be"),
        ("too dear: yes}", "too deer: yes}", "Did you mean too dear?"),
        ('"> 2 * ceiling per visitor"', '"> 2 * ceiling"', "ceiling"),
        ('"> 2 * ceiling per visitor"', '"> starts_on"', "a date, not a number"),
        ("value: 275.50", "value: dear", "not a number"),
        ("from: 2025-01-01", "from: 2023-01-01", "does not come after"),
        ("dated_by: starts_on\n", "", "Add dated_by"),
        ("dated_by: starts_on", "dated_by: rank", "no date fact"),
        ('where: "ends_on - starts_on', 'where: "1 + ends_on - starts_on', "cannot be added"),
        ('where: "aantal bezoekers > 10 or', 'where: "aantal bezoekers or', "not a yes or a no"),
        ("économie: yes}, then: heavy", "économie: 5}, then: heavy", "true or false"),
        ("  public:\n    label", "  and:\n    label", "meaning of its own"),
        ("  public:\n    label", "  budget or so:\n    label", "cannot be told from"),
        ("  public:\n    label", "  2024:\n    label", "cannot be a name"),
        ("  public:\n    label", "  weight:\n    label", "too"),
        ("decimals: 2", "decimals: 12", "decimals is not possible"),
        ("maximum: 12", "maximum: -1", "less than minimum"),
        ("many: true", "many: perhaps", "many cannot be"),
        ("hit: priority", "hit: unique", "can hold at once"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place_and_what_to_write_instead(old: str, new: str, says: str) -> None:
    assert old in TEXT
    with pytest.raises(FrameworkError) as refused:
        read(TEXT.replace(old, new, 1))
    assert says in str(refused.value)
    assert all(problem.line > 1 for problem in refused.value.problems if says in str(problem))


@pytest.mark.parametrize(("written", "strange"), [('["light", "heavy"]', None), ('["light", "hefty"]', "hefty")])
def test_every_code_of_a_list_that_is_written_out_is_a_choice(written: str, strange: str | None) -> None:
    weights = f"""
  weights:
    label: {{nl: Gewichten, en: Weights}}
    type: choice
    many: true
    choices:
      light: {{nl: licht, en: light}}
      heavy: {{nl: zwaar, en: heavy}}
    is: '{written}'
    source: {{document: policy, section: "6"}}
    status: stated
measures:"""
    text = TEXT.replace("\nmeasures:", weights, 1)
    if strange is None:
        assert assess(read(text), EVERYTHING).standing.case.values["weights"] == ("light", "heavy")
    else:
        with pytest.raises(FrameworkError, match=f"“{strange}” may be none of its choices"):
            read(text)


def test_each_small_change_gives_another_framework_that_can_be_used() -> None:
    changes = list(mutants(LANGUAGE))
    meanings = [sha256_of(meaning_of(each.framework)) for each in changes]
    assert len(set(meanings)) == len(meanings)
    assert sha256_of(meaning_of(LANGUAGE)) not in meanings
    assert all(assess(each.framework, EVERYTHING).possible for each in changes)
    said = " ".join(each.change for each in changes)
    for words in (
        "the expression becomes budget * aantal bezoekers",
        "where becomes ends_on + starts_on",
        "cost per visitor becomes >= 2 * ceiling per visitor",
        "ceiling per visitor becomes 251 from 2024-01-01",
        "ceiling per visitor has no value from 2025-01-01",
        "in rule W-minister rank becomes",
        "rule W-mayor gives",
        "the default becomes",
        "rule P-public is left out",
    ):
        assert words in said, words
