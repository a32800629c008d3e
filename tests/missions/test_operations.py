"""The life of an activity, and what hangs on it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.missions import operations as ops
from hanze.missions.models import Activity, Measure
from hanze.missions.queries import activities_between, own_region_attendances, withdrawals
from tests import factories
from tests.missions.conftest import company, taken_up

People = dict[Role, User]

MOVES = {
    "confirm": (ops.confirm_activity, {}, {"planned": "confirmed"}),
    "hold": (ops.hold_activity, {}, {"planned": "held", "confirmed": "held"}),
    "close": (ops.close_activity, {}, {"held": "closed"}),
    "cancel": (ops.cancel_activity, {"because": "No visa"}, {"planned": "cancelled", "confirmed": "cancelled"}),
    "reopen": (
        ops.reopen_activity,
        {"because": "Too early"},
        {"closed": "held", "held": "confirmed", "cancelled": "planned"},
    ),
}


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves=st.lists(st.sampled_from(sorted(MOVES)), max_size=8))
def test_only_the_moves_that_make_sense_exist_and_each_leaves_an_event(people: People, moves: list[str]):
    activity = factories.activity()
    expected = "planned"
    for name in moves:
        operation, extra, allowed = MOVES[name]
        before = Event.objects.about(activity).count()
        if expected in allowed:
            operation(activity, by=people[Role.COORDINATOR], **extra)
            expected = allowed[expected]
            assert Event.objects.about(activity).count() == before + 1
        else:
            with pytest.raises(ValidationError):
                operation(activity, by=people[Role.COORDINATOR], **extra)
        assert Activity.objects.get(pk=activity.pk).state == activity.state == expected


def test_closing_is_refused_while_a_measure_is_open_and_names_it(mission: Activity, people: People):
    ops.add_participation(mission, by=people[Role.COORDINATOR], organisation=company("Secret Seeds"))
    ops.add_participation(mission, by=people[Role.COORDINATOR], organisation=factories.organisation(name="Abroad"))
    ops.hold_activity(mission, by=people[Role.COORDINATOR])
    with pytest.raises(ValidationError) as error, translation.override("nl"):
        ops.close_activity(mission, by=people[Role.COORDINATOR])
    assert "Zelfscan IMVO" in str(error.value)
    assert "Secret Seeds" not in str(error.value)
    for measure in mission.measures.filter(state=Measure.State.OPEN):
        ops.settle_measure(measure, by=people[Role.COORDINATOR], evidence="Shown")
    assert ops.close_activity(mission, by=people[Role.COORDINATOR]).state == "closed"


def test_closing_is_refused_while_a_measure_for_each_foreign_organisation_has_none_to_be_about(
    mission: Activity, people: People
):
    ops.hold_activity(mission, by=people[Role.COORDINATOR])
    for measure in mission.measures.filter(state=Measure.State.OPEN):
        ops.settle_measure(measure, by=people[Role.COORDINATOR], evidence="Shown")
    with pytest.raises(ValidationError) as error, translation.override("en"):
        ops.close_activity(mission, by=people[Role.COORDINATOR])
    assert "Organisation analysed" in str(error.value)


def test_what_has_not_begun_was_not_held(people: People):
    tomorrow = date.today() + timedelta(days=2)
    activity = factories.activity(starts_on=tomorrow, ends_on=tomorrow)
    with pytest.raises(ValidationError):
        ops.hold_activity(activity, by=people[Role.COORDINATOR])


def test_who_was_registered_took_part_when_it_was_held(mission: Activity, people: People):
    came = ops.add_participation(mission, by=people[Role.COORDINATOR], organisation=company())
    gone = ops.add_participation(mission, by=people[Role.COORDINATOR], organisation=company())
    ops.withdraw_participation(gone, by=people[Role.COORDINATOR], because="Ill")
    ops.hold_activity(mission, by=people[Role.COORDINATOR])
    states = dict(mission.participations.values_list("pk", "state"))
    assert states == {came.pk: "attended", gone.pk: "withdrew"}


def test_a_closed_activity_is_not_changed_until_it_is_reopened(people: People):
    activity = factories.activity(state=Activity.State.CLOSED)
    with pytest.raises(ValidationError):
        ops.change_activity(activity, by=people[Role.COORDINATOR], aim="Other")
    with pytest.raises(ValidationError):
        ops.add_participation(activity, by=people[Role.COORDINATOR], organisation=company())
    ops.reopen_activity(activity, by=people[Role.COORDINATOR], because="A cost was forgotten")
    ops.add_cost(activity, by=people[Role.COORDINATOR], category="travel", amount=Decimal("10"))


def test_two_people_saving_at_once_do_not_overwrite_each_other(people: People):
    activity = factories.activity()
    seen = activity.updated_at
    ops.change_activity(Activity.objects.get(), by=people[Role.COORDINATOR], seen=seen, aim="Hers")
    with pytest.raises(ValidationError) as error:
        ops.change_activity(activity, by=people[Role.POLICY_OFFICER], seen=seen, aim="His")
    assert error.value.code == "changed"
    assert Activity.objects.get().aim == "Hers"


@pytest.mark.parametrize("amount", [Decimal("-0.01"), Decimal("-500")])
def test_a_cost_is_never_negative(people: People, amount: Decimal):
    with pytest.raises(ValidationError):
        ops.add_cost(factories.activity(), by=people[Role.COORDINATOR], category="travel", amount=amount)


def test_an_end_before_the_start_is_refused(people: People):
    with pytest.raises(ValidationError):
        ops.change_activity(factories.activity(), by=people[Role.COORDINATOR], ends_on=date(2024, 1, 1))


def test_an_activity_is_as_closed_as_its_request_until_somebody_opens_it(people: People):
    request = taken_up(people[Role.EXECUTIVE], classification="confidential")
    made = ops.plan_activity(by=people[Role.COORDINATOR], request=request)
    assert made.classification == "confidential"
    assert ops.change_activity(made, by=people[Role.COORDINATOR], classification="public").classification == "public"


def test_who_plans_leads_or_runs_a_restricted_activity_is_on_the_case(people: People):
    request = taken_up(people[Role.EXECUTIVE], classification="restricted")
    request.team.add(people[Role.COORDINATOR])
    made = ops.plan_activity(by=people[Role.COORDINATOR], request=request, leader=people[Role.EXECUTIVE])
    assert set(made.team.all()) == {people[Role.COORDINATOR], people[Role.EXECUTIVE]}


def test_the_participants_of_the_request_come_along_when_asked(people: People):
    request = taken_up(people[Role.EXECUTIVE])
    firm = company()
    request.participants.create(organisation=firm, role="company")
    request.participants.create(name_text="Somebody without a record")
    made = ops.plan_activity(by=people[Role.COORDINATOR], request=request, with_participants=True)
    assert [party.organisation for party in made.participations.all()] == [firm]
    assert made.measures.filter(code="self-scan", organisation=firm).exists()


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.COORDINATOR, Role.POLICY_OFFICER)])
def test_only_officers_plan_and_change(people: People, role: Role):
    activity = factories.activity()
    with pytest.raises(PermissionDenied):
        ops.change_activity(activity, by=people[role], aim="Mine")
    with pytest.raises(PermissionDenied):
        ops.plan_activity(by=people[role], title="Mine", kind="talk")


def test_an_officer_does_not_change_what_she_may_not_see(people: People):
    activity = factories.activity(classification="restricted")
    with pytest.raises(PermissionDenied):
        ops.change_activity(activity, by=people[Role.POLICY_OFFICER], aim="Mine")
    activity.team.add(people[Role.POLICY_OFFICER])
    assert ops.change_activity(activity, by=people[Role.POLICY_OFFICER], aim="Mine").aim == "Mine"


def test_a_signed_agreement_is_made_in_one_go_or_taken_from_the_register(people: People):
    activity = factories.activity()
    parties = [factories.organisation(), factories.organisation()]
    made = ops.add_agreement(activity, by=people[Role.COORDINATOR], title="MoU", kind="mou", parties=parties)
    known = ops.add_agreement(activity, by=people[Role.COORDINATOR], agreement=factories.agreement())
    assert set(activity.agreements.all()) == {made, known}
    assert made.signed_on == activity.starts_on


def test_changing_and_removing_a_part_is_in_the_log_with_what_it_said(people: People):
    activity = factories.activity()
    topic = ops.raise_topic(activity, by=people[Role.COORDINATOR], subject="Water", message="Together")
    ops.change_part(topic, by=people[Role.COORDINATOR], message="Carefully")
    ops.remove_part(topic, by=people[Role.COORDINATOR])
    events = {event.name: event.data for event in Event.objects.about(activity)}
    assert events["topic.changed"]["changes"] == {"message": ["Together", "Carefully"]}
    assert events["topic.removed"]["was"]["message"] == "Carefully"


class TestPublishing:
    def held(self, **fields: object) -> Activity:
        return factories.activity(state=Activity.State.HELD, **{"classification": "public", **fields})

    def test_communications_publishes_the_report_of_a_public_activity_that_was_held(self, people: People):
        activity = ops.publish_report(self.held(), by=people[Role.COMMUNICATIONS], text="Verslag", text_en="Report")
        assert (activity.publication, activity.public_report_en) == ("published", "Report")

    @pytest.mark.parametrize("fields", [{"classification": "internal"}, {"state": "planned"}])
    def test_nothing_else_is_published(self, people: People, fields: dict[str, str]):
        with pytest.raises(ValidationError):
            ops.publish_report(factories.activity(**{"classification": "public", "state": "held", **fields}),
                               by=people[Role.COORDINATOR], text="Verslag")  # fmt: skip

    def test_an_officer_does_not_publish(self, people: People):
        with pytest.raises(PermissionDenied):
            ops.publish_report(self.held(), by=people[Role.POLICY_OFFICER], text="Verslag")

    def test_a_published_activity_stays_public_until_its_report_is_taken_back(self, people: People):
        activity = ops.publish_report(self.held(), by=people[Role.COORDINATOR], text="Verslag")
        with pytest.raises(ValidationError) as error:
            ops.change_activity(activity, by=people[Role.COORDINATOR], classification="internal")
        assert "classification" in error.value.message_dict
        activity.refresh_from_db()
        ops.withdraw_report(activity, by=people[Role.COORDINATOR], because="A name was wrong")
        assert ops.change_activity(activity, by=people[Role.COORDINATOR], classification="internal")


class TestQueries:
    def test_attendances_count_an_organisation_once_an_activity_and_leave_out_who_withdrew(self, people: People):
        first, second = factories.activity(), factories.activity()
        firm, other = company(), company()
        by = people[Role.COORDINATOR]
        for person in (factories.person(), factories.person()):
            ops.add_participation(first, by=by, organisation=firm, person=person)
        ops.add_participation(second, by=by, organisation=firm)
        gone = ops.add_participation(second, by=by, organisation=other)
        ops.withdraw_participation(gone, by=by, because="Ill")
        ops.add_participation(second, by=by, organisation=factories.organisation())
        ops.add_participation(second, by=by, organisation=factories.home())
        attendances = own_region_attendances([first, second])
        assert [(row.activity, row.organisation) for row in attendances] == [(first, firm), (second, firm)]
        assert [row.organisation for row in withdrawals([first, second])] == [other]

    def test_activities_between_two_days_are_those_that_touch_the_period_and_that_the_reader_may_see(
        self, people: People
    ):
        inside = factories.activity()
        across = factories.activity(starts_on=date(2023, 12, 30), ends_on=date(2024, 1, 2))
        secret = factories.activity(classification="restricted")
        factories.activity(starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 1))
        year = (date(2024, 1, 1), date(2024, 12, 31))
        assert list(activities_between(*year)) == [across, inside, secret]
        assert list(activities_between(*year, reader=people[Role.COORDINATOR])) == [across, inside]
