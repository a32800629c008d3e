"""The lists of the API: as many queries for many rows as for few, each record once over the pages, and the same there
as on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanze.accounts.models import Role
from hanze.audit.log import record
from hanze.casework.models import Receipt
from hanze.claims.operations import Source, propose
from hanze.config.api import document
from hanze.connections.api.resources import BASE
from tests import factories
from tests.connections.making import ApiClient, client

pytestmark = pytest.mark.django_db


def _requests(number: int) -> None:
    for _ in range(number):
        asker = factories.organisation()
        case = factories.request(asked_by=asker, on_behalf_of=factories.organisation())
        case.participants.create(organisation=asker)
        case.demand_from.add(factories.organisation())


def _activities(number: int) -> None:
    for _ in range(number):
        activity = factories.activity(request=factories.request())
        activity.partners.add(factories.organisation())
        activity.participations.create(organisation=factories.organisation(), person=factories.person())
        activity.agreements.add(factories.agreement())


def _relations(number: int) -> None:
    for _ in range(number):
        factories.agreement(relation=factories.relation())


def _organisations(number: int) -> None:
    for each in range(number):
        factories.organisation().identifiers.create(scheme="kvk", value=f"{10_000_000 + each}")


def _people(number: int) -> None:
    for _ in range(number):
        factories.person().posts.create(organisation=factories.organisation(), title="Director")


def _receipts(number: int) -> None:
    for _ in range(number):
        Receipt.objects.create(
            request=factories.request(),
            framework="example",
            version=date(2024, 1, 1),
            outcome="take-up",
            is_final=True,
            content={"facts": []},
            content_hash="0" * 64,
        )


def _claims(number: int) -> None:
    for _ in range(number):
        relation = factories.relation(since=date(2015, 1, 1), provenance="stated", source_document="Evaluation")
        propose(relation, {"since": date(2013, 1, 1)}, Source("document", "Agenda"), None)


def _evaluations(number: int) -> None:
    for _ in range(number):
        factories.evaluation()


def _initiatives(number: int) -> None:
    for _ in range(number):
        factories.initiative()


def _events(number: int) -> None:
    for _ in range(number):
        record("organisation.created", by=None, subject=factories.organisation())


LISTS: dict[str, Callable[[int], None]] = {
    "requests": _requests,
    "activities": _activities,
    "organisations": _organisations,
    "people": _people,
    "relations": _relations,
    "agreements": _relations,
    "advice-receipts": _receipts,
    "claims": _claims,
    "contradictions": _claims,
    "evaluations": _evaluations,
    "initiatives": _initiatives,
    "log-events": _events,
}


@pytest.fixture(params=LISTS)
def path(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture
def calls(path: str) -> ApiClient:
    made = client(Role.AUDITOR if path == "log-events" else Role.COORDINATOR)
    assert made.get(path).status_code == 200  # the first call also notes that the token was used
    return made


def pages(calls: ApiClient, path: str, size: int) -> Iterator[list[dict[str, Any]]]:
    """The results of each page, by following the links."""
    number = 1
    while True:
        answer = calls.get(path, page=number, pageSize=size).json()
        yield answer["results"]
        if answer["links"]["next"] is None:
            return
        number += 1


def test_every_list_that_the_document_names_is_tried_here() -> None:
    lists = {
        found for found, ways in document()["paths"].items() if "pageSize" in str(ways.get("get")) and "{" not in found
    }
    assert {found.removeprefix(BASE).strip("/") for found in lists} == set(LISTS)


def test_a_list_asks_the_database_as_often_for_many_rows_as_for_few(path: str, calls: ApiClient) -> None:
    asked = []
    for number in (2, 6):
        LISTS[path](number)
        with CaptureQueriesContext(connection) as queries:
            assert len(calls.get(path, pageSize=100).json()["results"]) >= number
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_the_pages_together_are_the_list_whatever_their_size(path: str, calls: ApiClient) -> None:
    LISTS[path](5)
    whole = calls.get(path, pageSize=100).json()
    assert len(whole["results"]) == whole["count"] >= 5
    for size in (1, 2, 3, 4):
        assert [each for page in pages(calls, path, size) for each in page] == whole["results"]


def test_a_page_behind_the_last_is_empty(path: str, calls: ApiClient) -> None:
    LISTS[path](2)
    assert calls.get(path, page=1000).json()["results"] == []


def test_a_record_stands_in_the_list_as_it_does_on_its_own(path: str, calls: ApiClient) -> None:
    if path == "contradictions":
        pytest.skip("a contradiction has no address of its own")
    LISTS[path](1)
    listed = calls.get(path).json()["results"][0]
    alone = calls.get(f"{path}/{listed['id']}")
    assert alone.json() == listed
