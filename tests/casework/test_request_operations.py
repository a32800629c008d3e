"""Requests: what comes in, what may change, and which moves exist."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.casework import operations as ops
from hanze.casework import states
from hanze.casework.models import Request
from tests import factories

pytestmark = pytest.mark.django_db
State = Request.State


def fields(**given: object) -> dict:
    return {
        "title": "Ontvangst delegatie",
        "kind": "incoming-visit",
        "asked_by_text": "Somebody abroad",
        "country": factories.country(),
        "sector": "horticulture",
        **given,
    }


@pytest.fixture
def officer(people):
    return people[Role.POLICY_OFFICER]


def test_a_request_gets_the_next_reference_of_its_year_and_the_usual_term(officer, settings):
    settings.REQUEST_TERM_DAYS = 28
    first = ops.receive_request(by=officer, **fields(received_on=date(2024, 2, 12)))
    second = ops.receive_request(by=officer, **fields(received_on=date(2024, 2, 13)))
    other_year = ops.receive_request(by=officer, **fields(received_on=date(2023, 12, 31)))
    assert [first.reference, second.reference, other_year.reference] == ["2024-001", "2024-002", "2023-001"]
    assert first.due_on == date(2024, 3, 11)
    assert first.state == State.RECEIVED


def test_numbers_go_on_after_999(officer):
    factories.request(reference="2024-999", received_on=date(2024, 1, 1))
    factories.request(reference="2024-1000", received_on=date(2024, 1, 1))
    assert ops.receive_request(by=officer, **fields(received_on=date(2024, 5, 1))).reference == "2024-1001"


def test_a_refused_request_uses_no_number(officer):
    with pytest.raises(ValidationError):
        ops.receive_request(by=officer, **fields(received_on=date(2024, 1, 1), asked_by_text=""))
    assert ops.receive_request(by=officer, **fields(received_on=date(2024, 1, 2))).reference == "2024-001"


def test_whoever_takes_the_number_first_keeps_it_and_the_other_gets_the_next(officer, monkeypatch):
    from hanze.casework.operations import numbering

    factories.request(reference="2024-001", received_on=date(2024, 1, 1))
    answers = iter(["2024-001", "2024-002"])
    monkeypatch.setattr(numbering, "next_reference", lambda year: next(answers))
    assert ops.receive_request(by=officer, **fields(received_on=date(2024, 2, 1))).reference == "2024-002"


def test_participants_demand_and_goals_come_in_with_the_request(officer):
    wanting = factories.organisation(own_region=True)
    made = ops.receive_request(
        by=officer, participants=[{"name_text": "Bureau of trade", "role": "host"}], **fields(demand_from=[wanting])
    )
    assert [str(each) for each in made.participants.all()] == ["Bureau of trade"]
    assert list(made.demand_from.all()) == [wanting]


def test_a_participant_without_a_name_is_refused_and_nothing_is_kept(officer):
    with pytest.raises(ValidationError):
        ops.receive_request(by=officer, participants=[{"name_text": ""}], **fields())
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"asked_by_text": " "}, "asked_by_text"),
        ({"received_on": date(2024, 2, 1), "due_on": date(2024, 1, 1)}, "due_on"),
        ({"kind": "party"}, "kind"),
        ({"period_start": date(2024, 5, 2), "period_end": date(2024, 5, 1)}, "__all__"),
        ({"for_council": True, "classification": "confidential"}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(officer, wrong, field):
    with pytest.raises(ValidationError) as caught:
        ops.receive_request(by=officer, **fields(**wrong))
    assert field in caught.value.message_dict


def test_a_city_must_lie_in_the_country(officer):
    from hanze.register.models import City

    paris = City.objects.create(
        geoname=1, name_nl="Parijs", name_en="Paris", country=factories.country("FR"), latitude=0, longitude=0
    )
    with pytest.raises(ValidationError) as caught:
        ops.receive_request(by=officer, **fields(city=paris))
    assert "city" in caught.value.message_dict


def test_only_officers_can_be_responsible(officer, people):
    with pytest.raises(ValidationError) as caught:
        ops.receive_request(by=officer, **fields(responsible=people[Role.COUNCIL]))
    assert "responsible" in caught.value.message_dict


def test_who_registers_a_restricted_request_keeps_seeing_it(officer):
    made = ops.receive_request(by=officer, **fields(classification="restricted"))
    assert Request.objects.visible_to(officer).get() == made


def test_the_responsible_officer_is_on_the_case(officer, people):
    made = ops.receive_request(by=people[Role.COORDINATOR], **fields(classification="restricted", responsible=officer))
    assert Request.objects.visible_to(officer).get() == made


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.POLICY_OFFICER)])
def test_only_officers_register_and_change(people, role):
    with pytest.raises(PermissionDenied):
        ops.receive_request(by=people[role], **fields())
    with pytest.raises(PermissionDenied):
        ops.change_request(factories.request(), by=people[role], title="Other")


def test_what_comes_in_from_outside_is_internal_and_nobodys(people):
    made = ops.submit_request(by=people[Role.REQUESTER], **fields())
    assert (made.classification, made.channel, made.state) == ("internal", "public-form", State.RECEIVED)
    assert made.responsible is None
    assert made.submitted_by == people[Role.REQUESTER]
    assert Event.objects.about(made).get().name == "request.submitted"


def test_a_change_says_from_what_to_what(officer):
    request = factories.request(sector="horticulture")
    ops.change_request(request, by=officer, sector="maritime", title=request.title)
    assert Event.objects.about(request).get().data == {"changes": {"sector": ["horticulture", "maritime"]}}


def test_a_change_that_changes_nothing_is_no_event(officer):
    request = factories.request()
    ops.change_request(request, by=officer, title=request.title, goals=[])
    assert not Event.objects.exists()


def test_state_and_reference_cannot_be_changed_as_if_they_were_fields(officer):
    for name in ("state", "reference", "closed_on"):
        with pytest.raises(TypeError):
            ops.change_request(factories.request(), by=officer, **{name: "closed"})


def test_an_advised_request_goes_back_when_its_facts_change(officer):
    request = factories.request(state=State.ADVISED)
    ops.change_request(request, by=officer, sector="high-tech")
    request.refresh_from_db()
    assert request.state == State.IN_ASSESSMENT
    assert Event.objects.filter(name="request.reassessed").exists()


def test_an_advised_request_stays_advised_when_only_its_term_changes(officer):
    request = factories.request(state=State.ADVISED)
    ops.change_request(request, by=officer, due_on=date(2024, 4, 1))
    request.refresh_from_db()
    assert request.state == State.ADVISED


def test_after_the_decision_facts_stay_but_the_responsible_officer_may_change(officer):
    request = factories.request(state=State.DECIDED)
    ops.change_request(request, by=officer, responsible=officer)
    with pytest.raises(ValidationError) as caught:
        ops.change_request(request, by=officer, sector="high-tech")
    assert list(caught.value.message_dict) == ["sector"]


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.CLOSED])
def test_what_is_over_does_not_change(officer, state):
    with pytest.raises(ValidationError):
        ops.change_request(factories.request(state=state), by=officer, title="Other")


def test_withdrawing_needs_a_reason_and_a_day_after_receipt(officer):
    request = factories.request(received_on=date(2024, 2, 12))
    with pytest.raises(ValidationError) as caught:
        ops.withdraw_request(request, by=officer, because=" ", on=date(2024, 3, 1))
    assert "because" in caught.value.message_dict
    with pytest.raises(ValidationError) as caught:
        ops.withdraw_request(request, by=officer, because="No time", on=date(2024, 2, 11))
    assert "on" in caught.value.message_dict
    ops.withdraw_request(request, by=officer, because="No time", on=date(2024, 3, 1))
    request.refresh_from_db()
    assert (request.state, request.withdrawn_on) == (State.WITHDRAWN, date(2024, 3, 1))
    assert Event.objects.about(request).get().reason == "No time"


def test_requesters_withdraw_their_own_request_and_no_other(people):
    requester = people[Role.REQUESTER]
    own = ops.submit_request(by=requester, **fields())
    ops.withdraw_request(own, by=requester, because="Plans changed", on=own.received_on)
    with pytest.raises(PermissionDenied):
        ops.withdraw_request(factories.request(), by=requester, because="Plans changed", on=date(2024, 3, 1))


MOVES_BY_OPERATION = {
    "withdraw": (
        lambda request, by: ops.withdraw_request(request, by=by, because="x", on=date(2024, 3, 1)),
        State.WITHDRAWN,
    ),
    "close": (lambda request, by: ops.close_request(request, by=by), State.CLOSED),
    "change": (lambda request, by: ops.change_request(request, by=by, technology="drones"), State.IN_ASSESSMENT),
    "add": (lambda request, by: ops.add_participant(request, by=by, name_text="Someone"), State.IN_ASSESSMENT),
}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(State.values), steps=st.lists(st.sampled_from(sorted(MOVES_BY_OPERATION)), max_size=6))
def test_no_operation_makes_a_move_that_is_not_in_the_table(people, start, steps):
    officer = people[Role.POLICY_OFFICER]
    request = factories.request(state=start)
    for step in steps:
        before = Request.objects.get(pk=request.pk).state
        operate, _ = MOVES_BY_OPERATION[step]
        try:
            operate(Request.objects.get(pk=request.pk), officer)
        except ValidationError:
            assert Request.objects.get(pk=request.pk).state == before
        after = Request.objects.get(pk=request.pk).state
        assert after == before or after in states.MOVES[before]


@pytest.mark.parametrize("start", State.values)
@pytest.mark.parametrize("to", State.values)
def test_a_move_outside_the_table_is_refused_and_changes_nothing(start, to):
    sensible = {
        ("received", "in-assessment"),
        ("in-assessment", "advised"),
        ("advised", "in-assessment"),
        ("advised", "decided"),
        ("decided", "closed"),
        ("withdrawn", "closed"),
        ("received", "withdrawn"),
        ("in-assessment", "withdrawn"),
        ("advised", "withdrawn"),
    }
    request = factories.request(state=start)
    if (start, to) in sensible:
        assert states.move(request, to) == start
    else:
        with pytest.raises(ValidationError):
            states.move(request, to)
    assert Request.objects.get(pk=request.pk).state == (to if (start, to) in sensible else start)


def test_a_move_looks_at_the_stored_state_not_at_an_old_copy(officer):
    request = factories.request()
    old_copy = Request.objects.get(pk=request.pk)
    ops.withdraw_request(request, by=officer, because="x", on=request.received_on + timedelta(days=1))
    with pytest.raises(ValidationError):
        states.move(old_copy, State.IN_ASSESSMENT)
