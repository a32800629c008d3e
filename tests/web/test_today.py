"""Today: what needs the reader, what is coming, and how the year stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.casework.models import Request
from hanze.missions.models import Activity, Measure
from tests import factories
from tests.missions.conftest import taken_up

ClientFor = Callable[[Role], Client]


def today(client: Client, **headers: str) -> Any:
    return client.get(reverse("web:today"), headers=headers)


@pytest.mark.parametrize("role", list(Role))
def test_the_start_page_leads_everybody_to_where_her_work_begins(role: Role, client_for: ClientFor) -> None:
    answer = client_for(role).get(reverse("web:start"))
    own = reverse("casework:own-request-list") if role == Role.REQUESTER else reverse("web:today")
    assert answer["Location"] == own


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.REQUESTER])
def test_an_empty_house_gives_everybody_a_calm_page(role: Role, language: str, client_for: ClientFor) -> None:
    answer = today(client_for(role), accept_language=language)
    assert answer.status_code == 200
    assert answer.context["needed"] == answer.context["coming"] == []


def test_a_late_request_stands_before_one_that_is_due_and_what_is_coming_stands_apart(
    client_for: ClientFor, people: dict[Role, User]
) -> None:
    day, officer = timezone.localdate(), people[Role.POLICY_OFFICER]
    factories.request(title="Due soon", due_on=day + timedelta(days=3), responsible=officer)
    factories.request(title="Too late", due_on=day - timedelta(days=2), responsible=officer)
    factories.request(title="Much later", due_on=day + timedelta(days=90), responsible=officer)
    starts = day + timedelta(days=20)
    factories.activity(title="Mission ahead", title_en="", starts_on=starts, ends_on=starts)
    answer = today(client_for(Role.POLICY_OFFICER))
    assert [item.title for item in answer.context["needed"]] == ["Too late", "Due soon"]
    assert [item.title for item in answer.context["coming"]] == ["Mission ahead"]
    assert "Much later" not in answer.content.decode()


def test_each_line_opens_the_record_that_it_is_about(client_for: ClientFor, people: dict[Role, User]) -> None:
    request = factories.request(due_on=timezone.localdate(), responsible=people[Role.POLICY_OFFICER])
    page = today(client_for(Role.POLICY_OFFICER)).content.decode()
    assert f'href="{reverse("casework:request-detail", args=[request.pk])}"' in page


def test_somebody_elses_work_does_not_ask_for_an_officer(client_for: ClientFor, people: dict[Role, User]) -> None:
    factories.request(title="Of another", due_on=timezone.localdate(), responsible=people[Role.COORDINATOR])
    assert today(client_for(Role.POLICY_OFFICER)).context["needed"] == []
    assert [item.title for item in today(client_for(Role.COORDINATOR)).context["needed"]] == ["Of another"]


def test_an_executive_is_told_which_advice_waits(client_for: ClientFor) -> None:
    factories.request(title="To decide", state=Request.State.ADVISED)
    assert [item.title for item in today(client_for(Role.EXECUTIVE)).context["needed"]] == ["To decide"]


def test_only_the_most_urgent_things_stand_in_full(client_for: ClientFor, people: dict[Role, User]) -> None:
    officer = people[Role.POLICY_OFFICER]
    for number in range(53):
        due = timezone.localdate() + timedelta(days=-number)
        factories.request(title=f"Request {number}", responsible=officer, due_on=due)
    answer = today(client_for(Role.POLICY_OFFICER), accept_language="en")
    page = answer.content.decode()
    assert "Request 52" in page
    assert "Request 3<" in page
    assert "Request 2<" not in page
    assert "And 3 more things" in page


def test_how_much_waits_does_not_change_how_often_the_database_is_asked(
    client_for: ClientFor, people: dict[Role, User]
) -> None:
    client = client_for(Role.COORDINATOR)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            today(client)
        return len(seen)

    def advise(count: int) -> None:
        for number in range(count):
            due = timezone.localdate() + timedelta(days=number)
            request = factories.request(responsible=people[Role.POLICY_OFFICER], due_on=due)
            Request.objects.filter(pk=request.pk).update(state=Request.State.ADVISED)

    advise(1)
    asked()
    before = asked()
    advise(5)
    assert asked() == before


def test_a_report_to_publish_asks_for_communications_only(client_for: ClientFor) -> None:
    factories.activity(
        title="Report waits", title_en="", state=Activity.State.HELD, publication=Activity.Publication.TO_PUBLISH
    )
    assert [item.title for item in today(client_for(Role.COMMUNICATIONS)).context["needed"]] == ["Report waits"]
    assert today(client_for(Role.COUNCIL)).context["needed"] == []


def test_the_year_counts_what_was_received_in_it_by_what_became_of_it(
    client_for: ClientFor, people: dict[Role, User]
) -> None:
    this_year = date(timezone.localdate().year, 1, 5)
    executive = people[Role.EXECUTIVE]
    taken_up(executive, received_on=this_year)
    taken_up(executive, outcome="refuse", received_on=this_year)
    taken_up(executive, outcome="refer", received_on=this_year)
    factories.request(received_on=this_year)
    factories.request(received_on=this_year, classification="restricted")
    factories.request(received_on=this_year.replace(year=this_year.year - 1))
    year = today(client_for(Role.COORDINATOR)).context["year"]
    assert year == {
        "year": this_year.year,
        "total": 4,
        "taken_up": 1,
        "referred": 1,
        "refused": 1,
        "open": 1,
    }


def test_only_who_may_enter_a_request_is_offered_to(client_for: ClientFor) -> None:
    offered = {role for role in Role if role != Role.REQUESTER and today(client_for(role)).context["may_add_request"]}
    assert offered == {Role.COORDINATOR, Role.POLICY_OFFICER}


def test_what_is_not_told_in_full_is_counted_and_what_is_told_is_the_most_urgent(
    client_for: ClientFor, people: dict[Role, User]
) -> None:
    officer, day = people[Role.POLICY_OFFICER], timezone.localdate()
    for number in range(60):
        held = day - timedelta(days=100 + number)
        factories.activity(
            title=f"Held {number}", state=Activity.State.HELD, starts_on=held, ends_on=held, responsible=officer
        )
    factories.request(title="Later", responsible=officer, due_on=day)
    factories.request(title="Long ago", responsible=officer, due_on=day - timedelta(days=400))
    answer = today(client_for(Role.POLICY_OFFICER))
    titles = [item.title for item in answer.context["needed"]]
    assert titles == ["Long ago", *(f"Held {number}" for number in range(59, 10, -1))]
    assert answer.context["needed_beyond"] == 62 - 50


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE])
def test_what_waits_of_activities_does_not_change_how_often_the_database_is_asked(
    role: Role, client_for: ClientFor, people: dict[Role, User]
) -> None:
    client, day = client_for(role), timezone.localdate()

    def add(count: int) -> None:
        for number in range(count):
            over, ahead = day - timedelta(days=10 + number), day + timedelta(days=5 + number)
            for state, starts in (("held", over), ("planned", over), ("confirmed", ahead)):
                activity = factories.activity(
                    state=state, starts_on=starts, ends_on=starts, responsible=people[Role.POLICY_OFFICER]
                )
                Measure.objects.create(
                    activity=activity, code="scan", framework="f", label_nl="Scan", moment="before", due_on=over
                )

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            today(client)
        return len(seen)

    add(1)
    asked()
    before = asked()
    add(4)
    assert asked() == before
