"""Nothing of a record that is hidden from an application comes out of the API: rows, counts, names, figures, errors."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hanze.accounts.classification import Classification
from hanze.connections.models import Application
from tests.connections.making import ApiClient, application, token
from tests.leaks.neighbours import Neighbourhood, hidden_from, leaks
from tests.leaks.table import SECRETS, expected
from tests.leaks.world import COMMON, World

pytestmark = pytest.mark.django_db

LISTS = {
    "organisation": "organisations",
    "person": "people",
    "relation": "relations",
    "agreement": "agreements",
    "request": "requests",
    "activity": "activities",
    "evaluation": "evaluations",
    "initiative": "initiatives",
}
CEILINGS = list(Classification.values)


def calls_of(role: str, ceiling: str) -> ApiClient:
    return ApiClient(token(application(role, ceiling))[1])


def under(ceiling: str, classification: str) -> bool:
    return CEILINGS.index(classification.partition("+")[0]) <= CEILINGS.index(ceiling)


def sees(role: str, ceiling: str, classification: str) -> bool:
    return expected(role, classification, False) and under(ceiling, classification)


def whole(calls: ApiClient, path: str, **asked: Any) -> tuple[int, str]:
    """The count that a list tells, and the text of all its pages."""
    count, text, page = 0, "", 1
    while True:
        answer = calls.get(path, page=page, pageSize=100, **asked)
        assert answer.status_code == 200, answer.content
        told = answer.json()
        count, text, page = told["count"], text + answer.content.decode(), page + 1
        if told["links"]["next"] is None:
            return count, text


@pytest.mark.parametrize("ceiling", CEILINGS)
@pytest.mark.parametrize("role", Application.ROLES)
def test_lists_and_counts_have_exactly_what_role_and_highest_class_allow(role: str, ceiling: str, world: World) -> None:
    calls = calls_of(role, ceiling)
    for model, path in LISTS.items():
        count, text = whole(calls, path)
        kept = world.of(model)
        wanted = {each.word for each in kept if sees(role, ceiling, each.classification)}
        assert {each.word for each in kept if each.word in text} == wanted, f"{path} as {role} up to {ceiling}"
        if model in ("person", "activity", "evaluation", "request", "agreement"):
            assert count == len(wanted), f"{path} as {role} up to {ceiling}"


@pytest.mark.parametrize("role", Application.ROLES)
def test_one_record_opens_or_does_not_exist(role: str, world: World) -> None:
    for ceiling in ("confidential",):
        calls = calls_of(role, ceiling)
        for model, path in LISTS.items():
            for each in world.of(model)[::2]:
                open_to_it = sees(role, ceiling, each.classification)
                answer = calls.get(f"{path}/{each.record.pk}")
                assert answer.status_code == (200 if open_to_it else 404), (
                    f"{path} {each.classification} as {role} {ceiling}"
                )
                assert (each.word in answer.content.decode()) == open_to_it


@pytest.mark.parametrize("role", Application.ROLES)
def test_words_to_look_for_do_not_find_what_is_hidden(role: str, world: World) -> None:
    calls = calls_of(role, "internal")
    for model in ("organisation", "person", "request", "activity", "agreement"):
        kept = world.of(model)
        wanted = {each.word for each in kept if sees(role, "internal", each.classification)}
        count, text = whole(calls, LISTS[model], text=COMMON)
        assert {each.word for each in kept if each.word in text} == wanted
        if model != "organisation":  # where the partners of relations have such names too
            assert count == len(wanted)


def addresses(near: Neighbourhood) -> list[str]:
    found = [f"{path}/{near.hubs[model].pk}" for model, path in LISTS.items()]
    found += [f"{path}/{near.hidden[model].pk}" for model, path in LISTS.items()]
    receipts = near.hubs["request"].receipts.values_list("pk", flat=True)
    found += [f"advice-receipts/{pk}" for pk in receipts]
    for initiative in (near.hubs["initiative"], near.hidden["initiative"]):
        found += [f"initiatives/{initiative.pk}/{part}" for part in ("conditions", "areas", "ranking", "plans")]
    evaluation = f"evaluations/{near.hubs['evaluation'].pk}/figures"
    return [*found, evaluation, f"{evaluation}/distinct_parties"] if near.secret == "internal" else found


@pytest.mark.parametrize(
    ("role", "ceiling"),
    [
        ("coordinator", "internal"),
        ("coordinator", "restricted"),
        ("policy-officer", "restricted"),
        ("council", "restricted"),
        ("auditor", "confidential"),
    ],
)
def test_no_answer_names_a_record_that_is_hidden_from_the_application(
    role: str, ceiling: str, around: dict[str, Neighbourhood]
) -> None:
    calls = calls_of(role, ceiling)
    above = {
        word: what
        for near in around.values()
        for kind, word in near.words.items()
        if not under(ceiling, near.class_of(kind))
        for what in [f"{near.secret} {kind}"]
    } | hidden_from(role, around)
    found: dict[str, list[str]] = {}
    lists = [*LISTS.values(), "advice-receipts", "log-events"]
    for address in [*lists, *(each for near in around.values() for each in addresses(near))]:
        answer = calls.get(address)
        assert answer.status_code in (200, 403, 404), address
        text = json.dumps(answer.json(), ensure_ascii=False)
        if leaked := [what for word, what in above.items() if word in text]:
            found[address] = leaked
    assert found == {}


@pytest.mark.parametrize("secret", SECRETS)
def test_who_may_see_them_gets_their_names(secret: str, around: dict[str, Neighbourhood]) -> None:
    near = around[secret]
    calls = calls_of("auditor", "restricted")
    request = calls.get(f"requests/{near.hubs['request'].pk}").json()
    assert request["askedBy"]["name"] == near.words["organisation"]
    assert near.words["partner"] == request["onBehalfOf"]["name"]
    activity = calls.get(f"activities/{near.hubs['activity'].pk}").json()
    assert near.words["company"] in json.dumps(activity, ensure_ascii=False)
    assert near.words["agreement"] == activity["agreements"][0]["name"]


@pytest.mark.parametrize("role", ["coordinator", "policy-officer"])
def test_nothing_hidden_can_be_named_changed_or_found_out_by_writing(
    role: str, around: dict[str, Neighbourhood]
) -> None:
    calls = calls_of(role, "internal")
    near = around["restricted"]
    nowhere = 9_007_199_254_740_000
    tries = [
        ("requests/{}/participants", near.hubs["request"].pk, "organisationId", near.hidden["organisation"].pk),
        ("activities/{}/participants", near.hubs["activity"].pk, "personId", near.hidden["person"].pk),
    ]
    for path, hub, key, hidden in tries:
        real, none = (calls.post(path.format(hub), {key: pk}) for pk in (hidden, nowhere))
        assert real.status_code == none.status_code == 400
        assert real.json()["errors"] == none.json()["errors"]
        assert leaks(real.content.decode(), role, around) == []
    for model, path in LISTS.items():
        if model not in ("evaluation", "relation", "initiative"):  # which these two may not write
            answers = [calls.patch(f"{path}/{pk}", {}) for pk in (near.hidden[model].pk, nowhere)]
            assert answers[0].status_code == answers[1].status_code == 404, path


def test_an_application_writes_nothing_above_its_highest_class() -> None:
    calls = calls_of("coordinator", "internal")
    body = {"name": "New", "kind": "business", "classification": "confidential"}
    told = calls.post("organisations", body).json()
    assert told["errors"][0]["location"]["pointer"] == "/classification"


def test_hidden_parties_stay_when_the_visible_ones_are_replaced(around: dict[str, Neighbourhood]) -> None:
    near = around["confidential"]
    agreement, visible = near.hubs["agreement"], near.hubs["organisation"]
    other = around["internal"].hubs["organisation"]
    calls = calls_of("policy-officer", "internal")
    answer = calls.patch(f"agreements/{agreement.pk}", {"partyIds": [visible.pk, other.pk]})
    assert answer.status_code == 200, answer.content
    assert near.hidden["organisation"] in agreement.parties.all()
    assert {each["id"] for each in answer.json()["parties"]} == {visible.pk, other.pk}
