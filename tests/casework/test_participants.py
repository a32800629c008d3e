"""Participants of a request and their screening."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.audit.registry import sentence
from hanze.casework import operations as ops
from hanze.casework.models import Request, RequestParticipant
from tests import factories

pytestmark = pytest.mark.django_db
Screening = RequestParticipant.Screening
FOUND = [Screening.OPEN_FINDING, Screening.RESOLVED, Screening.CONFIRMED]


@pytest.fixture
def officer(people):
    return people[Role.POLICY_OFFICER]


def participant(screening: str = Screening.NOT_DONE, **fields) -> RequestParticipant:
    request = fields.pop("request", None) or factories.request()
    return RequestParticipant.objects.create(
        request=request, **{"name_text": "Bureau", "screening": screening, **fields}
    )


def test_screening_says_who_did_it_and_when(officer):
    screened = ops.set_screening(participant(), by=officer, screening="clear", on=date(2024, 2, 20))
    screened.refresh_from_db()
    assert (screened.screening, screened.screened_by, screened.screened_on) == ("clear", officer, date(2024, 2, 20))


@pytest.mark.parametrize("finding", FOUND)
def test_a_finding_needs_a_note(officer, finding):
    with pytest.raises(ValidationError) as caught:
        ops.set_screening(participant(), by=officer, screening=finding, note=" ")
    assert "note" in caught.value.message_dict


@pytest.mark.parametrize("finding", FOUND)
@pytest.mark.parametrize("harmless", [Screening.CLEAR, Screening.NOT_DONE])
def test_a_finding_never_becomes_nothing_found(officer, finding, harmless):
    found = participant(finding, screening_note="Listed name")
    with pytest.raises(ValidationError):
        ops.set_screening(found, by=officer, screening=harmless, note="Never mind")
    assert RequestParticipant.objects.get().screening == finding


@pytest.mark.parametrize("finding", FOUND)
def test_a_participant_with_a_finding_stays(officer, finding):
    with pytest.raises(ValidationError):
        ops.remove_participant(participant(finding), by=officer)
    assert RequestParticipant.objects.exists()


def test_a_finding_that_came_in_meanwhile_keeps_the_participant(officer):
    old_copy = participant()
    RequestParticipant.objects.update(screening=Screening.OPEN_FINDING)
    with pytest.raises(ValidationError):
        ops.remove_participant(old_copy, by=officer)


def test_a_finding_after_the_decision_can_still_be_recorded(officer):
    late = participant(request=factories.request(state="decided"))
    ops.set_screening(late, by=officer, screening="open-finding", note="Listed since yesterday")
    assert late.request.state == Request.State.DECIDED


@pytest.mark.parametrize("state", ["withdrawn", "closed"])
def test_what_is_over_is_not_screened(officer, state):
    with pytest.raises(ValidationError):
        ops.set_screening(participant(request=factories.request(state=state)), by=officer, screening="clear")


@pytest.mark.parametrize("state", ["decided", "withdrawn", "closed"])
def test_who_takes_part_stays_after_the_decision(officer, state):
    request = factories.request(state=state)
    with pytest.raises(ValidationError):
        ops.add_participant(request, by=officer, name_text="Somebody")
    with pytest.raises(ValidationError):
        ops.remove_participant(participant(request=request), by=officer)


def test_new_facts_take_an_advised_request_back_into_assessment(officer):
    for change in (
        lambda request: ops.add_participant(request, by=officer, name_text="Somebody"),
        lambda request: ops.set_screening(participant(request=request), by=officer, screening="clear"),
        lambda request: ops.remove_participant(participant(request=request), by=officer),
    ):
        request = factories.request(state="advised")
        change(request)
        request.refresh_from_db()
        assert request.state == Request.State.IN_ASSESSMENT


def test_only_officers_screen(people):
    for role in set(Role) - {Role.COORDINATOR, Role.POLICY_OFFICER}:
        with pytest.raises(PermissionDenied):
            ops.set_screening(participant(), by=people[role], screening="clear")


def test_the_log_says_what_was_found_in_the_readers_language(officer):
    from django.utils.translation import override

    ops.set_screening(participant(), by=officer, screening="open-finding", note="Listed name")
    event = Event.objects.get(name="request.screened")
    with override("en"):
        assert sentence(event) == f"{officer} recorded the screening of Bureau: Finding under review"
    assert event.data["before"] == "not-done"


def test_the_log_does_not_name_a_party_that_is_more_closed_than_the_request(officer, people):
    secret = factories.organisation(name="Unnamed Works", classification="confidential")
    ops.add_participant(factories.request(), by=people[Role.COORDINATOR], organisation=secret)
    assert "Unnamed Works" not in str(Event.objects.get().data) + sentence(Event.objects.get())
