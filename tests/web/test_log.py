"""The log: everything that happened, for those who check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hanze.accounts import operations as accounts
from hanze.accounts.models import Role, User
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.goals import operations as goals
from hanze.register import operations as register
from tests import factories

ClientFor = Callable[[Role], Client]


def lines(client: Client, **asked: str) -> list[Event]:
    return list(client.get(reverse("web:log"), asked).context["page_obj"].object_list)


@pytest.fixture
def history(people: dict[Role, User]) -> None:
    coordinator, administrator = people[Role.COORDINATOR], people[Role.ADMINISTRATOR]
    organisation = register.create_organisation(by=coordinator, name="Port of Nowhere", kind="business")
    register.change_organisation(organisation, by=coordinator, name="Port of Somewhere")
    goals.create_theme(by=administrator, code="water", name_nl="Water", name_en="Water")
    accounts.close_account(people[Role.COUNCIL], by=administrator, because="Left the council")


def test_an_auditor_reads_everything_newest_first(client_for: ClientFor, history: None) -> None:
    events = lines(client_for(Role.AUDITOR))
    assert events == list(Event.objects.order_by("-at", "-pk"))
    assert {"organisation.created", "theme.created", "account.closed"} <= {event.name for event in events}


def test_an_administrator_reads_of_administration_only(client_for: ClientFor, history: None) -> None:
    names = {event.name.partition(".")[0] for event in lines(client_for(Role.ADMINISTRATOR))}
    assert {"account", "theme"} <= names
    assert "organisation" not in names
    assert "Port of" not in client_for(Role.ADMINISTRATOR).get(reverse("web:log")).content.decode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("nl", "heeft het account van"), ("en", "closed the account of")],
)
def test_each_event_is_a_sentence_with_its_reason(
    language: str, sentence: str, client_for: ClientFor, history: None
) -> None:
    page = client_for(Role.AUDITOR).get(reverse("web:log"), headers={"accept-language": language}).content.decode()
    assert sentence in page
    assert "Left the council" in page


def test_it_can_be_narrowed_to_a_record_a_person_and_a_time(
    client_for: ClientFor, people: dict[Role, User], history: None
) -> None:
    auditor = client_for(Role.AUDITOR)
    assert {event.name for event in lines(auditor, q="somewhere")} == {"organisation.changed"}
    by = lines(auditor, who=str(people[Role.ADMINISTRATOR].pk))
    assert {event.actor for event in by} == {people[Role.ADMINISTRATOR]}
    long_ago = timezone.make_aware(datetime(2020, 5, 1, 12))
    record("organisation.created", by=None, subject=factories.organisation(name="Long ago"), at=long_ago)
    assert [event.subject_label for event in lines(auditor, since="2020-05-01", until="2020-05-01")] == ["Long ago"]
    assert lines(auditor, until="2020-04-30") == []


def test_a_wrong_date_is_said_at_the_field_and_the_page_still_opens(client_for: ClientFor, history: None) -> None:
    answer = client_for(Role.AUDITOR).get(reverse("web:log"), {"since": "yesterday", "q": "port"})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"since"}
    assert 'value="port"' in answer.content.decode()


def test_a_long_log_comes_fifty_at_a_time(client_for: ClientFor) -> None:
    subject = factories.organisation()
    for _number in range(60):
        record("organisation.created", by=None, subject=subject)
    auditor = client_for(Role.AUDITOR)
    assert len(lines(auditor)) == 50
    assert len(lines(auditor, page="2")) >= 10
    assert len(lines(auditor, page="x")) == 50


def test_reading_what_is_confidential_is_in_the_log(client_for: ClientFor, people: dict[Role, User]) -> None:
    secret = factories.organisation(name="Hidden works", classification="confidential")
    client_for(Role.COORDINATOR).get(reverse("register:organisation-detail", args=[secret.pk]))
    read = Event.objects.get(name="record.read")
    assert (read.actor, read.subject_label) == (people[Role.COORDINATOR], "Hidden works")


READ = {
    "organisation": ("register:organisation-detail", factories.organisation),
    "person": ("register:person-detail", factories.person),
    "relation": ("register:relation-detail", factories.relation),
    "agreement": ("register:agreement-detail", factories.agreement),
    "request": ("casework:request-detail", factories.request),
    "contact": ("casework:contact-detail", factories.contact_moment),
    "activity": ("missions:activity-detail", factories.activity),
    "briefing": ("missions:briefing", factories.activity),
    "evaluation": ("evaluation:evaluation-detail", factories.evaluation),
}


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize(("classification", "times"), [("internal", 0), ("confidential", 1), ("restricted", 1)])
def test_opening_a_record_is_logged_when_its_class_asks_for_it(
    kind: str, classification: str, times: int, client_for: ClientFor
) -> None:
    door, make = READ[kind]
    opened = make(classification=classification)
    assert client_for(Role.AUDITOR).get(reverse(door, args=[opened.pk])).status_code == 200
    assert Event.objects.filter(name="record.read", subject_id=str(opened.pk)).count() == times
