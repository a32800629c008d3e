"""The regional meeting: what each party answers there counts from then on, and what follows is not forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.areas import operations
from hanze.areas.attention import attention
from hanze.areas.models import Initiative, Meeting, Stance
from hanze.areas.operations import Given
from hanze.connections.operations import create_feed
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2024, 5, 23)


@pytest.fixture
def initiative() -> Initiative:
    made = factories.initiative(title="Boeren bij elkaar")
    for name in ("Een", "Twee", "Drie"):
        operations.add_party(made, by=None, name=name, since=date(2024, 1, 1))
    return made


@pytest.fixture
def meeting(initiative: Initiative) -> Meeting:
    return operations.plan_meeting(initiative, by=None, title="Streekbijeenkomst", on=DAY, place="Dorpshuis")


def answered(meeting: Meeting, **given: Given) -> None:
    keys = dict(meeting.initiative.parties.values_list("name", "pk"))
    operations.record_answers(meeting, by=None, given={keys[name]: one for name, one in given.items()})


def stances(initiative: Initiative) -> dict[str, str]:
    return dict(initiative.parties.values_list("name", "stance"))


def test_what_a_party_answers_is_how_it_stands_from_then_on(initiative: Initiative, meeting: Meeting) -> None:
    answered(
        meeting,
        Een=Given(True, Stance.WILLING),
        Twee=Given(True, Stance.CONDITIONAL, "als de prijs klopt"),
        Drie=Given(present=True),
    )
    assert stances(initiative) == {"Een": "willing", "Twee": "conditional", "Drie": "asked"}
    two = initiative.parties.get(name="Twee")
    assert (two.conditions, two.since) == ("als de prijs klopt", DAY)


def test_an_earlier_meeting_does_not_undo_a_later_answer(initiative: Initiative, meeting: Meeting) -> None:
    answered(meeting, Een=Given(True, Stance.WILLING))
    earlier = operations.plan_meeting(initiative, by=None, title="Eerder", on=DAY - timedelta(days=30))
    answered(earlier, Een=Given(True, Stance.DECLINED))
    assert stances(initiative)["Een"] == "willing"
    assert earlier.answers.get().answer == "declined"


def test_the_first_answer_counts_also_of_a_party_that_was_named_after_the_meeting(
    initiative: Initiative, meeting: Meeting
) -> None:
    operations.add_party(initiative, by=None, name="Later", since=DAY + timedelta(days=9))
    answered(meeting, Later=Given(True, Stance.WILLING))
    assert stances(initiative)["Later"] == "willing"


def test_who_was_not_there_and_said_nothing_has_no_answer(meeting: Meeting) -> None:
    answered(meeting, Een=Given(True, Stance.WILLING), Twee=Given())
    assert [each.party.name for each in meeting.answers.all()] == ["Een"]


def test_answers_can_be_recorded_again(meeting: Meeting) -> None:
    answered(meeting, Een=Given(True, Stance.WILLING))
    answered(meeting, Een=Given(True, Stance.DECLINED))
    assert meeting.answers.get().answer == "declined"


def test_willing_under_conditions_says_which_at_its_field(initiative: Initiative, meeting: Meeting) -> None:
    with pytest.raises(ValidationError) as wrong:
        answered(meeting, Een=Given(True, Stance.CONDITIONAL))
    assert set(wrong.value.message_dict) == {f"said-{initiative.parties.get(name='Een').pk}"}
    assert not meeting.answers.exists()


def test_a_meeting_and_a_party_with_answers_stay(initiative: Initiative, meeting: Meeting) -> None:
    answered(meeting, Een=Given(True, Stance.WILLING))
    with pytest.raises(ValidationError):
        operations.cancel_meeting(meeting, by=None)
    with pytest.raises(ValidationError):
        operations.remove_party(initiative.parties.get(name="Een"), by=None)


def test_what_is_on_the_table_is_of_the_same_initiative(meeting: Meeting) -> None:
    other = factories.initiative()
    area = operations.name_area(other, by=None, code="a", name="A")
    conclusion = operations.conclude(other, by=None, area=area, because="Zo", method="topsis")
    with pytest.raises(ValidationError):
        operations.change_meeting(meeting, by=None, conclusion=conclusion)


def test_today_tells_of_late_work_of_meetings_without_answers_and_of_those_that_come(
    initiative: Initiative, meeting: Meeting, people: dict[Role, User]
) -> None:
    officer = people[Role.POLICY_OFFICER]
    operations.add_follow_up(meeting, by=None, what="Kadaster bellen", owner=officer, due_on=DAY)
    today = DAY + timedelta(days=3)
    told = {(item.title, item.state) for item in attention(officer, today)}
    assert told == {("Kadaster bellen", "Te laat"), ("Streekbijeenkomst", "Open")}
    assert {item.title for item in attention(officer, DAY - timedelta(days=7))} == {
        "Streekbijeenkomst",
        "Kadaster bellen",
    }
    assert [item.title for item in attention(people[Role.COORDINATOR], today)] == ["Streekbijeenkomst"]


def test_today_tells_nobody_of_what_she_may_not_see(meeting: Meeting, people: dict[Role, User]) -> None:
    Initiative.objects.update(classification="restricted")
    follow_up = operations.add_follow_up(meeting, by=None, what="Bellen", owner=people[Role.POLICY_OFFICER], due_on=DAY)
    assert follow_up.owner == people[Role.POLICY_OFFICER]
    assert attention(people[Role.POLICY_OFFICER], DAY) == []


def test_done_work_is_told_no_more(meeting: Meeting, people: dict[Role, User]) -> None:
    officer = people[Role.POLICY_OFFICER]
    follow_up = operations.add_follow_up(meeting, by=None, what="Bellen", owner=officer, due_on=DAY)
    operations.change_follow_up(follow_up, by=None, done_on=DAY)
    assert [item.title for item in attention(officer, DAY)] == ["Streekbijeenkomst"]


def test_a_meeting_stands_in_the_calendar_feed_of_who_may_see_it(
    initiative: Initiative, people: dict[Role, User], client: Client
) -> None:
    soon = timezone.localdate() + timedelta(days=7)
    operations.plan_meeting(initiative, by=None, title="Streekavond", on=soon, starts_at=time(19, 30))
    secret = factories.initiative(classification="restricted")
    operations.plan_meeting(secret, by=None, title="Geheim beraad", on=soon)
    _feed, key = create_feed(
        by=people[Role.POLICY_OFFICER], name="Agenda", content="all", role="", ceiling="confidential"
    )
    text = client.get(reverse("missions:feed", args=[key])).content.decode()
    assert "Streekavond" in text
    assert "T193000" in text
    assert "Geheim beraad" not in text


def test_an_officer_plans_a_meeting_records_answers_and_what_follows(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    client, at = client_for(Role.POLICY_OFFICER), [initiative.pk]
    sent = {"title": "Streekavond", "on": "2024-05-23", "provenance": "recorded"}
    page = client.post(reverse("areas:meeting-add", args=at), sent)["Location"]
    meeting = initiative.meetings.get()
    one = initiative.parties.get(name="Een")
    form = client.get(reverse("areas:meeting-answers", args=[*at, meeting.pk])).context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    given |= {f"present-{one.pk}": "on", f"answer-{one.pk}": "willing", f"said-{one.pk}": "Doe mee"}
    assert client.post(reverse("areas:meeting-answers", args=[*at, meeting.pk]), given).status_code == 302
    client.post(reverse("areas:follow-up-add", args=[*at, meeting.pk]), {"what": "Bellen", "due_on": "2024-06-01"})
    shown = client.get(page).content.decode()
    assert "Doe mee" in shown
    assert "Bellen" in shown
    assert "1 partij was er" in shown


def test_missing_conditions_are_told_at_their_field_and_nothing_is_lost(
    initiative: Initiative, meeting: Meeting, client_for: Callable[[Role], Client]
) -> None:
    one = initiative.parties.get(name="Een")
    others = {f"answer-{each.pk}": "silent" for each in initiative.parties.all()}
    sent = {**others, f"answer-{one.pk}": "conditional"}
    answer = client_for(Role.POLICY_OFFICER).post(
        reverse("areas:meeting-answers", args=[initiative.pk, meeting.pk]), sent
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {f"said-{one.pk}"}
