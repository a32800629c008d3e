"""Measures come from the decision, follow the parties, and are settled with evidence or waived with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.casework.advice import MeasureBrought
from hanze.missions.models import Activity, Measure
from hanze.missions.operations import (
    add_measure,
    add_participation,
    assign_measure,
    change_activity,
    plan_activity,
    remove_participation,
    reopen_measure,
    return_participation,
    settle_measure,
    waive_measure,
    withdraw_participation,
)
from hanze.missions.queries import measure_progress
from tests import factories
from tests.missions.conftest import company, taken_up

People = dict[Role, User]


def rows(activity: Activity, code: str) -> list[Measure]:
    return list(activity.measures.filter(code=code).order_by("pk"))


def test_an_activity_from_a_request_brings_the_measures_of_the_decision_with_framework_and_version(mission: Activity):
    assert (mission.framework, mission.framework_version) == ("relation", date(2024, 1, 1))
    assert sorted(mission.measures.values_list("code", flat=True)) == ["briefing", "report", "topics"]
    assert sorted(mission.party_measures.values_list("code", "per")) == [
        ("analysed", "organisation"),
        ("self-scan", "company"),
    ]


def test_an_activity_on_its_own_gets_no_measures_until_they_are_added(people: People):
    made = plan_activity(
        by=people[Role.POLICY_OFFICER],
        title="Gesprek",
        kind="talk",
        country=factories.country(),
        sector="general",
        starts_on=date(2024, 11, 6),
        ends_on=date(2024, 11, 6),
        framework="relation",
    )
    assert not made.measures.exists()
    add_measure(
        made,
        by=people[Role.POLICY_OFFICER],
        measure=MeasureBrought("brief", "e1", "Voorlichting", "Briefing", "before", "activity"),
    )
    assert made.measures.get().label_nl == "Voorlichting"


def test_only_a_request_that_was_taken_up_leads_to_an_activity(people: People):
    refused = taken_up(people[Role.EXECUTIVE], outcome="refuse")
    with pytest.raises(ValidationError) as error:
        plan_activity(by=people[Role.COORDINATOR], request=refused)
    assert "request" in error.value.message_dict
    with pytest.raises(ValidationError):
        plan_activity(by=people[Role.COORDINATOR], request=factories.request(state="advised"))


def test_measures_are_due_a_week_before_at_the_end_and_thirty_days_after(mission: Activity):
    due = dict(mission.measures.values_list("moment", "due_on"))
    assert due == {"before": date(2024, 5, 16), "during": date(2024, 5, 28), "after": date(2024, 6, 27)}


def test_due_dates_move_with_the_activity_except_those_that_were_set_by_hand(mission: Activity, people: People):
    briefing, topics = rows(mission, "briefing")[0], rows(mission, "topics")[0]
    assign_measure(briefing, by=people[Role.COORDINATOR], owner=None, due_on=date(2024, 4, 1))
    change_activity(mission, by=people[Role.COORDINATOR], starts_on=date(2024, 6, 1), ends_on=date(2024, 6, 5))
    briefing.refresh_from_db()
    topics.refresh_from_db()
    assert (briefing.due_on, topics.due_on) == (date(2024, 4, 1), date(2024, 6, 5))


def test_each_company_from_the_own_region_gets_its_own_row_when_it_joins(mission: Activity, people: People):
    first, second = company(), company()
    for organisation in (first, second, factories.organisation(), company(kind="knowledge")):
        add_participation(mission, by=people[Role.COORDINATOR], organisation=organisation)
    assert {row.organisation for row in rows(mission, "self-scan")} == {first, second}


def test_two_people_of_one_company_share_one_row(mission: Activity, people: People):
    same = company()
    for _ in range(2):
        add_participation(mission, by=people[Role.COORDINATOR], organisation=same, person=factories.person())
    assert len(rows(mission, "self-scan")) == 1


def test_organisations_from_abroad_and_partners_are_analysed_and_our_own_organisation_is_not(
    mission: Activity, people: People
):
    guest, partner = factories.organisation(), factories.organisation(kind="government")
    add_participation(mission, by=people[Role.COORDINATOR], organisation=guest, role="delegate")
    add_participation(mission, by=people[Role.COORDINATOR], organisation=factories.home())
    change_activity(mission, by=people[Role.COORDINATOR], partners=[partner])
    assert {row.organisation for row in rows(mission, "analysed")} == {guest, partner}


def test_withdrawing_keeps_the_row_and_lets_its_measure_lapse_with_the_same_reason(mission: Activity, people: People):
    gone = add_participation(mission, by=people[Role.COORDINATOR], organisation=company())
    add_participation(mission, by=people[Role.COORDINATOR], organisation=company())
    before = measure_progress(mission).total
    withdraw_participation(gone, by=people[Role.COORDINATOR], because="No capacity", on=date(2024, 5, 1))
    row = mission.measures.get(code="self-scan", organisation=gone.organisation)
    assert (row.state, row.lapsed, row.waived_because) == ("waived", True, "No capacity")
    assert row.settled_on == date(2024, 5, 1)
    assert mission.participations.get(pk=gone.pk).withdrew_because == "No capacity"
    assert measure_progress(mission).total == before - 1


def test_a_measure_that_was_done_stays_done_when_its_party_withdraws(mission: Activity, people: People):
    gone = add_participation(mission, by=people[Role.COORDINATOR], organisation=company())
    scan = mission.measures.get(code="self-scan")
    settle_measure(scan, by=people[Role.POLICY_OFFICER], evidence="Scan received")
    withdraw_participation(gone, by=people[Role.COORDINATOR], because="No capacity")
    scan.refresh_from_db()
    assert (scan.state, scan.evidence) == ("done", "Scan received")


def test_a_party_that_returns_finds_its_measure_open_again(mission: Activity, people: People):
    party = add_participation(mission, by=people[Role.COORDINATOR], organisation=company())
    withdraw_participation(party, by=people[Role.COORDINATOR], because="Ill")
    return_participation(party, by=people[Role.COORDINATOR])
    row = mission.measures.get(code="self-scan")
    assert (row.state, row.lapsed, row.waived_because) == ("open", False, "")


def test_who_was_entered_by_mistake_goes_with_its_untouched_measures_and_the_log_tells(
    mission: Activity, people: People
):
    party = add_participation(mission, by=people[Role.COORDINATOR], organisation=company("Mistaken"))
    remove_participation(party, by=people[Role.COORDINATOR], because="Wrong company")
    assert not mission.participations.exists()
    assert not rows(mission, "self-scan")
    event = Event.objects.get(name="participation.removed")
    assert (event.subject_label, event.data["measures"], event.reason) == ("Mistaken", ["self-scan"], "Wrong company")


def test_a_party_whose_measure_was_settled_is_not_removed_as_a_mistake(mission: Activity, people: People):
    party = add_participation(mission, by=people[Role.COORDINATOR], organisation=company())
    settle_measure(mission.measures.get(code="self-scan"), by=people[Role.COORDINATOR], evidence="Scan")
    with pytest.raises(ValidationError):
        remove_participation(party, by=people[Role.COORDINATOR], because="Wrong")
    assert mission.participations.exists()


def test_settling_needs_evidence_and_a_day_that_is_not_to_come(mission: Activity, people: People):
    briefing = rows(mission, "briefing")[0]
    with pytest.raises(ValidationError) as error:
        settle_measure(briefing, by=people[Role.POLICY_OFFICER], evidence="  ")
    assert "evidence" in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        settle_measure(briefing, by=people[Role.POLICY_OFFICER], evidence="Held", on=date(2999, 1, 1))
    assert "on" in error.value.message_dict


def test_what_one_person_settled_another_does_not_settle_over_it(mission: Activity, people: People):
    mine, theirs = rows(mission, "briefing")[0], rows(mission, "briefing")[0]
    settle_measure(theirs, by=people[Role.COORDINATOR], evidence="Held on Monday")
    with pytest.raises(ValidationError):
        settle_measure(mine, by=people[Role.POLICY_OFFICER], evidence="Something else")
    assert rows(mission, "briefing")[0].evidence == "Held on Monday"


def test_waiving_is_for_a_coordinator_and_needs_a_reason(mission: Activity, people: People):
    briefing = rows(mission, "briefing")[0]
    with pytest.raises(PermissionDenied):
        waive_measure(briefing, by=people[Role.POLICY_OFFICER], because="All have been before")
    with pytest.raises(ValidationError) as error:
        waive_measure(briefing, by=people[Role.COORDINATOR], because=" ")
    assert "because" in error.value.message_dict
    waive_measure(briefing, by=people[Role.COORDINATOR], because="All have been before")
    assert rows(mission, "briefing")[0].state == "waived"


def test_reopening_a_measure_keeps_in_the_log_what_was_said(mission: Activity, people: People):
    briefing = rows(mission, "briefing")[0]
    settle_measure(briefing, by=people[Role.COORDINATOR], evidence="Held")
    reopen_measure(briefing, by=people[Role.COORDINATOR], because="It was another group")
    assert rows(mission, "briefing")[0].state == "open"
    assert Event.objects.get(name="measure.reopened").data["before"]["evidence"] == "Held"


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.COMMUNICATIONS, Role.COUNCIL, Role.AUDITOR, Role.REQUESTER])
def test_only_officers_settle_measures(mission: Activity, people: People, role: Role):
    with pytest.raises(PermissionDenied):
        settle_measure(rows(mission, "briefing")[0], by=people[role], evidence="Held")
