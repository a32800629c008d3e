"""Every classified record, in every class, on the team and off it, through every door that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from tests.leaks.conftest import client_of
from tests.leaks.world import COMMON, World
from tests.rights import READERS

pytestmark = pytest.mark.django_db

ROLES = [*Role, None]
DETAIL = {
    "organisation": "register:organisation-detail",
    "person": "register:person-detail",
    "relation": "register:relation-detail",
    "agreement": "register:agreement-detail",
    "request": "casework:request-detail",
    "contact": "casework:contact-detail",
    "activity": "missions:activity-detail",
    "evaluation": "evaluation:evaluation-detail",
    "initiative": "areas:initiative-detail",
}
# Every page that lists records of a model: its address and what is asked of it.
LISTS = [
    ("organisation", "register:organisation-list", {"q": COMMON}),
    ("person", "register:person-list", {}),
    ("relation", "register:relation-list", {}),
    ("relation", "register:relation-map", {}),
    ("agreement", "register:agreement-list", {}),
    ("request", "casework:request-list", {}),
    ("request", "casework:request-list", {"q": COMMON}),
    ("contact", "casework:contact-list", {}),
    ("activity", "missions:activity-list", {"text": COMMON}),
    ("activity", "missions:agenda", {"view": "month", "day": "2024-05-23", "date": "2024-05-23"}),
    ("activity", "missions:agenda", {"view": "week", "day": "2024-05-23", "date": "2024-05-23"}),
    ("activity", "missions:agenda", {"view": "list", "day": "2024-05-23", "date": "2024-05-23"}),
    ("evaluation", "evaluation:evaluation-list", {}),
    ("initiative", "areas:initiative-list", {}),
]
CHOOSERS = [("organisation", "register:organisation-choose"), ("person", "register:person-choose")]


def words_in(world: World, model: str, text: str) -> set[str]:
    return {each.word for each in world.of(model) if each.word in text}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("model", DETAIL)
def test_a_record_opens_for_whom_it_is_and_does_not_exist_for_others(model: str, role: Any, world: World) -> None:
    client = client_of(world.users.get(role))
    for each in world.of(model):
        answer = client.get(reverse(DETAIL[model], args=[each.record.pk]))
        wanted = 200 if each.is_for(role) else 302 if role is None else 404
        where = f"{model}, {each.classification}, {'on' if each.on_team else 'off'} the team, as {role}"
        assert answer.status_code == wanted, where
        assert (each.word in answer.content.decode()) == each.is_for(role), where


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("model", "name", "asked"), LISTS)
def test_a_list_shows_exactly_the_records_of_the_reader(
    model: str, name: str, asked: dict[str, str], role: Any, world: World
) -> None:
    answer = client_of(world.users.get(role)).get(reverse(name), asked)
    assert answer.status_code == (200 if role in READERS else 302 if role is None else 404)
    shown = words_in(world, model, answer.content.decode())
    assert shown == (world.seen(model, role) if role in READERS else set())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("model", "name"), CHOOSERS)
def test_a_chooser_offers_exactly_the_records_of_the_reader(model: str, name: str, role: Any, world: World) -> None:
    client = client_of(world.users.get(role))
    for each in world.of(model):
        answer = client.get(reverse(name), {"q": each.word})
        offered = answer.status_code == 200 and each.record.pk in {option["id"] for option in answer.json()}
        assert offered == (role in READERS and each.is_for(role)), f"{each.classification} as {role}"


@pytest.mark.parametrize("role", ROLES)
def test_search_finds_and_counts_exactly_the_records_of_the_reader(role: Any, world: World) -> None:
    client = client_of(world.users.get(role))
    everything = "".join(_pages(client, reverse("web:search"), q=COMMON)) if role in READERS else ""
    for model in DETAIL:
        wanted = world.seen(model, role) if role in READERS else set()
        assert words_in(world, model, everything) == wanted, f"{model} as {role}"
    if role not in READERS:
        assert client.get(reverse("web:search"), {"q": COMMON}).status_code in (302, 404)


@pytest.mark.parametrize("role", sorted(READERS))
def test_search_counts_per_kind_what_the_reader_may_see(role: Any, world: World) -> None:
    results = client_of(world.users[role]).get(reverse("web:search"), {"q": COMMON}).context["results"]
    counted = {label.partition(".")[2]: count for label, _words, count in results.kinds}
    partners = len(world.seen("relation", role))
    assert counted["organisation"] == len(world.seen("organisation", role)) + partners
    for label, model in (("person", "person"), ("request", "request"), ("contactmoment", "contact")):
        assert counted[label] == len(world.seen(model, role)), label
    for model in ("relation", "agreement", "activity", "evaluation", "initiative"):
        assert counted[model] == len(world.seen(model, role)), model
    assert results.total == sum(counted.values())


@pytest.mark.parametrize("role", sorted(READERS))
def test_the_numbers_of_a_list_count_no_hidden_row(role: Any, world: World) -> None:
    client = client_of(world.users[role])
    requests = client.get(reverse("casework:request-list")).context
    assert _total(requests) == len(world.seen("request", role))
    activities = client.get(reverse("missions:activity-list"), {"text": COMMON}).context
    assert _total(activities) == len(world.seen("activity", role))
    agreements = client.get(reverse("register:agreement-list")).context
    assert _total(agreements) == len(world.seen("agreement", role))


def _total(context: Any) -> int:
    page = context.get("page_obj") or context["table"].page
    return page.paginator.count


def _pages(client: Client, address: str, **asked: str) -> Iterator[str]:
    for page in range(1, 100):
        answer = client.get(address, {**asked, "page": str(page)})
        yield answer.content.decode()
        if not answer.context["page_obj"].has_next():
            return
