"""What casework puts on the Today page, and in search."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hanze.accounts.models import Role
from hanze.casework.attention import attention
from hanze.casework.models import RequestParticipant
from hanze.casework.search import SOURCES
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2024, 3, 6)


def titles(reader) -> list[str]:
    return [item.title for item in attention(reader, TODAY)]


def due_in(days: int, **fields):
    return factories.request(received_on=date(2024, 1, 2), due_on=TODAY + timedelta(days=days), **fields)


def test_an_officer_is_told_of_her_own_requests_that_fall_due_within_two_weeks(people):
    officer = people[Role.POLICY_OFFICER]
    due_in(14, title="In two weeks", responsible=officer)
    due_in(-2, title="Late", responsible=officer)
    due_in(15, title="Later", responsible=officer)
    due_in(3, title="A colleague's", responsible=factories.user(Role.POLICY_OFFICER))
    due_in(1, title="Gone", responsible=officer, state="withdrawn")
    assert titles(officer) == ["Late", "In two weeks"]


def test_a_coordinator_is_told_of_everybodys_and_of_those_without_anybody(people):
    due_in(3, title="A colleague's", responsible=people[Role.POLICY_OFFICER])
    due_in(60, title="Nobody's")
    assert titles(people[Role.COORDINATOR]) == ["Nobody's", "A colleague's"]


def test_an_executive_is_told_what_waits_for_a_decision(people):
    due_in(40, title="Advised", state="advised", responsible=people[Role.POLICY_OFFICER])
    due_in(1, title="Still weighed", state="in-assessment", responsible=people[Role.POLICY_OFFICER])
    assert titles(people[Role.EXECUTIVE]) == ["Advised"]


def test_an_open_finding_asks_for_attention_until_it_is_settled(people):
    request = due_in(60, responsible=people[Role.POLICY_OFFICER])
    found = RequestParticipant.objects.create(request=request, name_text="X", screening="open-finding")
    assert len(titles(people[Role.POLICY_OFFICER])) == len(titles(people[Role.COORDINATOR])) == 1
    RequestParticipant.objects.filter(pk=found.pk).update(screening="resolved")
    assert titles(people[Role.POLICY_OFFICER]) == titles(people[Role.COORDINATOR]) == []


def test_nobody_is_told_of_what_she_may_not_see(people):
    due_in(1, title="Quiet", classification="restricted", responsible=factories.user(Role.COORDINATOR))
    due_in(1, title="Quiet too", classification="restricted")
    for role in Role:
        assert titles(people[role]) == []


def test_search_knows_a_request_by_its_own_words_and_not_by_those_of_other_records():
    hidden = factories.organisation(name="Unnamed Works", classification="restricted")
    request = factories.request(title="Roadshow", asked_by=hidden, asked_by_text="", technology="Greenhouses")
    source = SOURCES[0]
    words = f"{source.title(request)} {source.text(request)}"
    assert request.reference in words
    assert "Roadshow" in words
    assert "Greenhouses" in words
    assert "Unnamed Works" not in words
