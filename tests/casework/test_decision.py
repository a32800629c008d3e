"""Deciding on an advised request, by the one whom the framework names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.casework import operations
from hanze.casework.models import Decision, Request
from hanze.casework.models.assessments import KeptError
from tests import factories
from tests.casework.weighing import advised, visit

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]


@pytest.fixture(autouse=True)
def in_march() -> Iterator[None]:
    with time_machine.travel("2024-03-06 10:42:00+01:00", tick=False):
        yield


@pytest.fixture
def officer(people: dict[Role, User]) -> User:
    return people[Role.POLICY_OFFICER]


@pytest.fixture
def executive(client_for: SignIn) -> Client:
    return client_for(Role.EXECUTIVE)


def address(request: Request) -> str:
    return reverse("casework:decision", args=[request.pk])


def post(client: Client, request: Request, confirmed: bool = True, **fields: Any) -> Any:
    data = {"decided_on": "2024-03-06", **fields, **({"confirmed": "yes"} if confirmed else {})}
    return client.post(address(request), data, headers={"accept-language": "en"})


@pytest.mark.parametrize(
    ("language", "weighed", "decided"), [("nl", "Weigeren", "Geweigerd"), ("en", "Refuse", "Refused")]
)
def test_a_request_goes_from_received_to_decided(client_for: SignIn, language: str, weighed: str, decided: str) -> None:
    request = visit(language=language)
    officer, executive = client_for(Role.POLICY_OFFICER), client_for(Role.EXECUTIVE)
    headers = {"accept-language": language}
    officer.post(reverse("casework:assessment-start", args=[request.pk]))
    answer = reverse("casework:assessment-answer", args=[request.pk, "integral_possible"])
    officer.post(answer, {"answer": "no"})
    html = officer.get(reverse("casework:assessment", args=[request.pk]), headers=headers).content.decode()
    assert weighed in html
    officer.post(reverse("casework:assessment-present", args=[request.pk]))
    form = executive.get(address(request), headers=headers).content.decode()
    assert weighed in form
    assert post(executive, request, outcome="refuse", ground="human-rights").status_code == 302
    request.refresh_from_db()
    assert request.state == Request.State.DECIDED
    html = executive.get(address(request), headers=headers).content.decode()
    assert weighed in html
    assert decided in html
    letter = executive.get(reverse("casework:decision-letter", args=[request.pk]))
    assert letter["Content-Disposition"] == f'attachment; filename="{request.reference}-{language}.docx"'


def test_what_follows_is_shown_before_anything_is_recorded(executive: Client, officer: User) -> None:
    request = advised(officer)
    html = post(executive, request, confirmed=False, outcome="take-up-with-measures").content.decode()
    assert "Take this decision?" in html
    measures = len(request.receipts.first().content["measures"])
    assert f"gets {measures} measures on its checklist." in html
    assert "The decision cannot be corrected or withdrawn." in html
    assert not Decision.objects.exists()
    post(executive, request, outcome="take-up-with-measures")
    decision = Decision.objects.get()
    assert (decision.outcome, decision.differs) == ("take-up-with-measures", False)
    assert decision.receipt == request.receipts.first()


def test_one_can_go_back_from_the_confirmation_with_the_text_kept(executive: Client, officer: User) -> None:
    request = advised(officer)
    html = post(executive, request, False, outcome="take-up", motivation="No risk here.", change="yes").content.decode()
    assert "No risk here." in html
    assert "Take this decision?" not in html
    assert not Decision.objects.exists()


def test_differing_from_the_advice_needs_a_motivation(executive: Client, officer: User) -> None:
    request = advised(officer)
    response = post(executive, request, outcome="refuse", ground="capacity")
    assert response.status_code == 422
    html = response.content.decode()
    assert "This differs from the advice. Say why." in html
    assert '<option value="capacity" selected' in html
    assert not Decision.objects.exists()
    post(executive, request, outcome="refuse", ground="capacity", motivation="No officer is free in May.")
    assert Decision.objects.get().differs is True
    event = Event.objects.about(request).get(name="request.decided")
    assert event.reason == "No officer is free in May."


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"outcome": "refuse"}, "Choose the ground; the letter names it."),
        ({"outcome": "refer", "ground": "not-ours"}, "Say to whom the request is referred"),
        ({"outcome": "take-up", "decided_on": "2024-03-07"}, "A decision cannot be dated in the future."),
        ({"outcome": "take-up", "decided_on": "2024-01-01"}, "The request had not been received yet on that day."),
        ({"outcome": ""}, "This field is required."),
        ({"outcome": "escalate"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    executive: Client, officer: User, fields: dict[str, str], message: str
) -> None:
    request = advised(officer)
    response = post(executive, request, **{"motivation": "Because of this.", **fields})
    assert response.status_code == 422
    html = response.content.decode()
    assert message in html
    assert "Because of this." in html
    assert not Decision.objects.exists()


def test_deciding_is_for_the_role_that_the_framework_names(client_for: SignIn, officer: User) -> None:
    for_executive, for_coordinator = advised(officer), advised(officer, within_remit=False)
    assert for_coordinator.receipts.first().content["decided_by"] == "coordinator"
    for role in set(Role) - {Role.EXECUTIVE, Role.COORDINATOR}:
        client = client_for(role)
        for request in (for_executive, for_coordinator):
            assert client.get(address(request)).status_code == 404
            assert post(client, request, outcome="take-up").status_code == 404
    coordinator = client_for(Role.COORDINATOR)
    assert coordinator.get(address(for_executive)).status_code == 404
    assert coordinator.get(address(for_coordinator)).status_code == 200
    assert client_for(Role.EXECUTIVE).get(address(for_coordinator)).status_code == 200


def test_only_the_executive_decides_otherwise_than_the_advice(client_for: SignIn, officer: User) -> None:
    request = advised(officer, within_remit=False)
    coordinator = client_for(Role.COORDINATOR)
    response = post(coordinator, request, outcome="take-up", motivation="We want it.")
    assert "Only the executive can decide otherwise than the advice." in response.content.decode()
    assert post(coordinator, request, outcome="refer", ground="not-ours", referred_to="The city").status_code == 302


def test_after_an_advice_to_consult_the_state_is_spoken_to_first(executive: Client, officer: User) -> None:
    request = advised(officer, dual_use=True)
    assert request.receipts.first().outcome == "escalate"
    words = {"outcome": "take-up-with-measures", "motivation": "The desk sees no objection."}
    assert "The advice is to consult the State first." in post(executive, request, **words).content.decode()
    factories.contact_moment(request=request, counterpart="civil-society")
    assert post(executive, request, **words).status_code == 422
    factories.contact_moment(request=request, counterpart="ministry")
    assert "Say what the State advised" in post(executive, request, outcome="take-up").content.decode()
    assert post(executive, request, **words).status_code == 302
    assert Decision.objects.get().differs is False


def test_taking_up_with_open_questions_needs_a_motivation(executive: Client, officer: User) -> None:
    request = advised(officer, dual_use=None)
    assert request.receipts.first().is_final is False
    response = post(executive, request, outcome="take-up-with-measures")
    assert "Questions are still open, and unknown is not harmless." in response.content.decode()
    assert not Decision.objects.exists()
    post(executive, request, outcome="take-up-with-measures", motivation="It is about cut flowers.")
    assert Decision.objects.get().differs is False


def test_nothing_is_decided_on_facts_that_are_no_longer_so(executive: Client, officer: User) -> None:
    request = advised(officer)
    Request.objects.filter(pk=request.pk).update(sector="high-tech")
    response = post(executive, request, outcome="take-up-with-measures")
    assert "The facts are no longer those of the advice." in response.content.decode()
    assert not Decision.objects.exists()


def test_a_request_that_is_not_advised_cannot_be_decided(executive: Client, people: dict[Role, User]) -> None:
    request = visit()
    assert executive.get(address(request)).status_code == 404
    operations.assess(request, by=people[Role.POLICY_OFFICER])
    with pytest.raises(ValidationError) as refused:
        operations.decide(request, by=people[Role.EXECUTIVE], outcome="take-up")
    assert refused.value.code == "state"


def test_a_decision_is_taken_once(executive: Client, officer: User, people: dict[Role, User]) -> None:
    request = advised(officer)
    post(executive, request, outcome="take-up-with-measures")
    response = executive.post(address(request), {"outcome": "refuse"}, headers={"accept-language": "en"}, follow=True)
    assert "does not change any more" in response.content.decode()
    with pytest.raises(ValidationError):
        operations.decide(request, by=people[Role.EXECUTIVE], outcome="refuse", ground="other", motivation="No.")
    decision = Decision.objects.get()
    decision.outcome = "refuse"
    for attempt in (decision.save, decision.delete):
        with pytest.raises(KeptError):
            attempt()
    assert Decision.objects.get().outcome == "take-up-with-measures"


def test_everybody_inside_reads_the_decision_and_nobody_outside(
    client_for: SignIn, people: dict[Role, User], officer: User
) -> None:
    request = advised(officer)
    operations.decide(request, by=people[Role.EXECUTIVE], outcome="take-up-with-measures")
    letter = reverse("casework:decision-letter", args=[request.pk])
    inside = {Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE, Role.COMMUNICATIONS, Role.AUDITOR}
    for role in Role:
        expected = 200 if role in inside else 404
        assert client_for(role).get(address(request)).status_code == expected, role
        assert client_for(role).get(letter).status_code == expected, role
    assert client_for(Role.EXECUTIVE).get(letter + "?language=de").status_code == 404


def test_the_ground_of_the_advice_is_proposed(executive: Client, officer: User) -> None:
    request = advised(officer, within_remit=False)
    html = executive.get(address(request)).content.decode()
    assert '<option value="not-ours" selected' in html


def test_a_decision_of_an_earlier_day_rests_on_the_facts_of_that_day(people: dict[Role, User], officer: User) -> None:
    request = advised(officer)
    factories.contact_moment(country=request.country, fits_national_policy=False, held_on=date(2024, 3, 6))
    decision = operations.decide(
        request, by=people[Role.EXECUTIVE], outcome="take-up-with-measures", decided_on=date(2024, 3, 5)
    )
    assert decision.decided_on == date(2024, 3, 5)
