"""A receipt holds everything an advice rested on, is the same each time, and shows when it was tampered with."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hanze.policy import Text, assess, read_frameworks, receipt, receipt_hash, verify_receipt
from hanze.policy.domains import value_classes
from tests.policy import sample, test_language

SAMPLE = sample.read()
SCHEMA = json.loads(files("hanze.policy").joinpath("receipt.schema.json").read_text(encoding="utf-8"))
AT = datetime(2024, 3, 5, 10, 42, tzinfo=UTC)
FACTS = {"country": "AA", "sector": "cheese", "people": 12, "budget": Decimal("10.50"), "starts_on": date(2024, 5, 1)}
ORIGINS = {"country": Text("gesprek van 1 maart", "talk of 1 March")}


def made() -> dict[str, Any]:
    return receipt(assess(SAMPLE, FACTS), AT, ORIGINS)


def test_a_receipt_says_what_was_weighed_by_what_and_why() -> None:
    content = made()
    assert content["at"] == "2024-03-05T10:42:00+00:00"
    assert content["framework"]["content_hash"] == SAMPLE.content_hash
    values = {fact["id"]: fact["value"] for fact in content["facts"]}
    assert values == {
        "country": "AA", "sector": "cheese", "dual_use": None, "people": "12", "budget": "10.5",
        "starts_on": "2024-05-01",
    }  # fmt: skip
    assert content["facts"][0]["origin"] == {
        "path": "request.country",
        "note": {"nl": "gesprek van 1 maart", "en": "talk of 1 March"},
    }
    assert content["facts"][2]["origin"] == {"asked": True}
    rule = content["fired"][0]
    assert (rule["rule"], rule["advice"], rule["status"]) == ("C-watched", "with-care", "stated")
    assert rule["because"] == {"nl": "Het land is in het oog.", "en": "The country is watched."}
    assert rule["source"] == {
        "document": "policy",
        "title": {"nl": "Beleid", "en": "Policy"},
        "section": {"nl": "2", "en": "2"},
    }
    assert rule["when"] == {"country": "in_list(watched)", "sector": '"tulips", "cheese"'}
    assert content["because"] == ["C-watched"]
    assert [each["rule"] for each in content["undecided"]] == ["M-unsafe"]
    assert [each["fact"] for each in content["questions"]] == ["dual_use"]
    assert [each["id"] for each in content["measures"]] == ["briefing", "report"]
    assert (content["outcome"]["id"], content["final"]) == ("with-care", False)
    assert [each["id"] for each in content["possible"]] == ["with-care", "ask-first"]


def test_grounds_and_the_advice_that_holds_otherwise_are_in_it() -> None:
    late = receipt(assess(SAMPLE, {"starts_on": date(2025, 1, 1)}))
    assert late["grounds"] == [{"id": "too-late", "label": {"nl": "Te laat", "en": "Too late"}}]
    harmless = {"country": "CC", "dual_use": False, "people": 1, "budget": 1, "starts_on": date(2024, 6, 1)}
    assert receipt(assess(SAMPLE, harmless))["by_default"]["rule"] == "otherwise"


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        receipt(assess(SAMPLE, {}), datetime(2024, 3, 5))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("key", ["engine", "facts", "lines", "because"])
def test_the_schema_refuses_what_lacks_a_part(key: str) -> None:
    content = made()
    del content[key]
    assert not Draft202012Validator(SCHEMA).is_valid(content)


def test_the_schema_refuses_what_does_not_belong() -> None:
    fired = made()
    fired["fired"][0]["note"] = "x"
    assert not Draft202012Validator(SCHEMA).is_valid(fired)
    assert not Draft202012Validator(SCHEMA).is_valid({**made(), "note": "x"})


FRAMEWORKS = [SAMPLE, *read_frameworks(sample.FRAMEWORKS)]


@given(st.data())
@settings(max_examples=25)
def test_every_receipt_fits_the_schema_survives_json_and_can_be_computed_again(data: st.DataObject) -> None:
    framework = data.draw(st.sampled_from(FRAMEWORKS))
    facts = {
        fact.id: data.draw(st.sampled_from([None, *(each.value for each in value_classes(fact, framework))]))
        for fact in framework.facts
    }
    content = receipt(assess(framework, facts), AT)
    assert list(Draft202012Validator(SCHEMA).iter_errors(content)) == []
    kept = json.loads(json.dumps(content))
    assert kept == content
    assert verify_receipt(kept, framework) == []
    assert receipt_hash(kept) == receipt_hash(receipt(assess(framework, facts)))


def test_the_hash_does_not_depend_on_the_time_or_on_the_order_of_keys() -> None:
    content = made()
    turned = dict(reversed(list(content.items())))
    assert receipt_hash(content) == receipt_hash({**turned, "at": None})


def test_a_receipt_of_another_engine_holds_when_the_advice_is_the_same() -> None:
    assert verify_receipt({**made(), "engine": "0.9"}, SAMPLE) == []


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every value in a receipt."""
    if isinstance(content, dict):
        return [found for key, value in content.items() for found in places(value, (*path, key))]
    if isinstance(content, list) and content:
        return [found for index, value in enumerate(content) for found in places(value, (*path, index))]
    return [path]


def is_computed(place: tuple[Any, ...]) -> bool:
    """Whether the framework gives what stands there; facts, their notes, time and engine come from outside."""
    return place[0] not in ("at", "engine") and not (place[0] == "facts" and place[2:] in OUTSIDE)


OUTSIDE = [("value",), ("origin", "note", "nl"), ("origin", "note", "en")]
PLACES = [place for place in places(made()) if is_computed(place)]


@pytest.mark.parametrize("place", PLACES, ids=[".".join(map(str, place)) for place in PLACES])
def test_whatever_was_changed_in_a_receipt_is_found(place: tuple[Any, ...]) -> None:
    content = copy.deepcopy(made())
    holder = content
    for key in place[:-1]:
        holder = holder[key]
    was = holder[place[-1]]
    holder[place[-1]] = not was if isinstance(was, bool) else "2024-01-02" if was is not None else "changed"
    assert verify_receipt(content, SAMPLE)
    assert receipt_hash(content) != receipt_hash(made())


def test_a_fact_that_was_changed_shows_in_the_hash() -> None:
    for index in range(len(FACTS)):
        content = copy.deepcopy(made())
        content["facts"][index]["value"] = "changed"
        assert receipt_hash(content) != receipt_hash(made())


@pytest.mark.parametrize("key", ["facts", "fired", "measures", "possible", "lines", "questions"])
def test_whatever_was_taken_out_of_a_receipt_is_found(key: str) -> None:
    content = copy.deepcopy(made())
    content[key].pop()
    assert verify_receipt(content, SAMPLE)


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"schema": "something else"},
        {**made(), "framework": None},
        {**made(), "facts": None},
        {**made(), "facts": [{}]},
        {**made(), "facts": [{"id": "people", "value": "many", "origin": {}}]},
        {**made(), "facts": [{"id": "colour", "value": "red", "origin": {}}]},
        {**made(), "facts": [{"id": "dual_use", "value": True, "origin": {"note": "text"}}]},
        {**made(), "facts": ["people"]},
    ],
)
def test_what_is_no_receipt_is_said_so_in_a_sentence(content: dict[str, Any]) -> None:
    found = verify_receipt(content, SAMPLE)
    assert found
    assert all(sentence.endswith(".") for sentence in found)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(places(made())), st.integers(1, 4), json_values)
@settings(max_examples=150)
def test_whatever_stands_in_a_receipt_the_answer_is_a_list_of_sentences(
    place: tuple[Any, ...], depth: int, value: Any
) -> None:
    content = copy.deepcopy(made())
    holder = content
    for key in place[: min(depth, len(place)) - 1]:
        holder = holder[key]
    holder[place[min(depth, len(place)) - 1]] = value
    assert all(isinstance(sentence, str) for sentence in verify_receipt(content, SAMPLE))


def test_a_receipt_of_another_version_is_not_mistaken_for_this_one() -> None:
    other = sample.read(sample.changed(('people: "> 10"', 'people: "> 11"')))
    [sentence] = verify_receipt(made(), other)
    assert "content_hash" in sentence


def test_a_fact_that_was_changed_afterwards_does_not_fit_the_hash_of_the_case() -> None:
    content = copy.deepcopy(made())
    people = next(fact for fact in content["facts"] if fact["id"] == "people")
    people["value"] = "13"
    [sentence] = verify_receipt(content, SAMPLE)
    assert "a fact was changed" in sentence


def test_the_hash_of_the_case_depends_on_the_facts_and_the_framework_and_on_nothing_else() -> None:
    other = sample.read(sample.changed(('people: "> 10"', 'people: "> 11"')))
    hashes = {made()["case_hash"], receipt(assess(SAMPLE, {}))["case_hash"], receipt(assess(other, {}))["case_hash"]}
    assert len(hashes) == 3
    again = receipt(assess(SAMPLE, FACTS), at=datetime(2031, 1, 1, tzinfo=UTC))
    assert again["case_hash"] == made()["case_hash"]


def test_a_receipt_from_before_the_hash_of_the_case_is_still_in_order() -> None:
    content = copy.deepcopy(made())
    del content["case_hash"]
    assert verify_receipt(content, SAMPLE) == []


def test_what_differs_is_said_with_what_it_should_be() -> None:
    content = copy.deepcopy(made())
    content["because"] = ["M-dear"]
    content["final"] = not content["final"]
    first, second = verify_receipt(content, SAMPLE)
    assert "the receipt says M-dear, the framework gives C-watched" in first
    assert "the receipt says" in second


def made_of_language(**facts: Any) -> dict[str, Any]:
    given = {**test_language.EVERYTHING, **facts}
    return receipt(assess(test_language.LANGUAGE, given), AT)


def test_a_receipt_holds_derived_facts_with_their_rules_and_parameters_with_their_place() -> None:
    content = made_of_language(rank="minister", économie=None)
    Draft202012Validator(SCHEMA).validate(content)
    [ceiling] = content["parameters"]
    assert (ceiling["value"], ceiling["from"], ceiling["source"]["section"]["en"]) == ("250", "2024-01-01", "5")
    by_id = {each["id"]: each for each in content["derived"]}
    assert by_id["cost per visitor"]["value"] == "200"
    assert by_id["cost per visitor"]["is"] == "budget / aantal bezoekers"
    assert by_id["weight"]["value"] == "heavy"
    assert [each["rule"] for each in by_id["weight"]["rules"]] == ["W-minister"]
    assert by_id["weight"]["rules"][0]["because"] == {"nl": "Een minister.", "en": "A minister."}
    assert by_id["points"]["value"] is None
    values = {each["id"]: each["value"] for each in content["facts"]}
    assert (values["sectors"], values["stay"], values["announced_at"]) == (["culture"], "P2D", "2024-04-01T10:00:00")


def test_a_parameter_before_its_first_value_is_unknown_in_a_receipt() -> None:
    content = made_of_language(starts_on=date(2023, 1, 1))
    Draft202012Validator(SCHEMA).validate(content)
    assert (content["parameters"][0]["value"], content["parameters"][0]["source"]) == (None, None)


@given(st.fixed_dictionaries({}, optional=test_language.VALUES))
@settings(max_examples=30)
def test_a_receipt_with_every_part_of_the_language_can_be_computed_again(facts: dict[str, Any]) -> None:
    content = json.loads(json.dumps(receipt(assess(test_language.LANGUAGE, facts), AT)))
    Draft202012Validator(SCHEMA).validate(content)
    assert verify_receipt(content, test_language.LANGUAGE) == []


@pytest.mark.parametrize("key", ["derived", "parameters"])
def test_another_derived_value_or_parameter_is_seen(key: str) -> None:
    content = copy.deepcopy(made_of_language())
    content[key][0]["value"] = "7"
    assert any(key in difference for difference in verify_receipt(content, test_language.LANGUAGE))
