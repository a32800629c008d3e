"""What activities put on the Today page, and on the pages of others; what search finds."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from hanze.accounts.models import Role, User
from hanze.missions import operations as ops
from hanze.missions.attention import attention
from hanze.missions.models import Activity
from hanze.missions.panels import of_organisation, of_relation, of_request
from hanze.missions.search import SOURCES
from tests import factories
from tests.missions.conftest import company

People = dict[Role, User]
BEFORE = date(2024, 5, 1)


@pytest.fixture(autouse=True)
def _dutch():
    with translation.override("nl"):
        yield


def titles(reader: User, today: date, needs_action: bool = True) -> list[str]:
    return [item.title for item in attention(reader, today) if item.needs_action == needs_action]


def test_open_measures_before_a_start_that_is_near_stand_there_with_how_many_companies(
    mission: Activity, people: People
):
    for _ in range(3):
        ops.add_participation(mission, by=None, organisation=company())
    scan = mission.measures.filter(code="self-scan").first()
    assert scan is not None
    ops.settle_measure(scan, by=None, evidence="Scan")
    assert "Zelfscan IMVO: nog open bij 2 van 3 bedrijven" in titles(people[Role.COORDINATOR], BEFORE)
    assert not titles(people[Role.COORDINATOR], date(2024, 4, 1))


def test_a_measure_that_is_late_stands_there_whatever_its_moment(mission: Activity, people: People):
    late = [item for item in attention(people[Role.COORDINATOR], date(2024, 6, 28)) if item.title == "Openbaar verslag"]
    assert [(item.day, item.tone) for item in late] == [(date(2024, 6, 27), "stop")]


def test_measures_are_for_their_owner_else_for_who_is_responsible(mission: Activity, people: People):
    officer = people[Role.POLICY_OFFICER]
    assert titles(officer, BEFORE) == []
    ops.assign_measure(mission.measures.get(code="briefing"), by=None, owner=officer, due_on=date(2024, 5, 10))
    assert titles(officer, BEFORE) == ["Voorlichting gehouden"]
    ops.change_activity(mission, by=None, responsible=officer)
    assert "Voorlichting gehouden" in titles(officer, BEFORE)


def test_what_was_held_asks_to_be_closed_and_what_is_over_to_be_recorded(people: People):
    held = factories.activity(state="held", title="Gehouden", responsible=people[Role.POLICY_OFFICER])
    over = factories.activity(title="Voorbij", responsible=people[Role.POLICY_OFFICER])
    factories.activity(state="closed")
    assert set(titles(people[Role.POLICY_OFFICER], date(2024, 7, 1))) == {held.title, over.title}
    assert titles(people[Role.EXECUTIVE], date(2024, 7, 1)) == []


def test_what_is_coming_is_shown_to_everybody_who_may_see_it_and_asks_nothing(people: People):
    factories.activity(title="Bezoek", classification="public")
    factories.activity(title="Geheim bezoek", classification="restricted")
    for role in (Role.COUNCIL, Role.EXECUTIVE, Role.COMMUNICATIONS):
        assert titles(people[role], BEFORE, needs_action=False) == ["Bezoek"]
    assert attention(people[Role.REQUESTER], BEFORE) == []


def test_a_report_to_be_published_is_for_communications(people: People):
    factories.activity(title="Bezoek", state="held", publication="to-publish")
    assert titles(people[Role.COMMUNICATIONS], date(2024, 6, 1)) == ["Bezoek"]


def test_measures_of_what_the_reader_may_not_see_are_not_counted(mission: Activity, people: People):
    ops.change_activity(mission, by=None, classification="restricted")
    mission.team.clear()
    assert titles(people[Role.COORDINATOR], BEFORE) == []


class TestPanels:
    def test_a_request_shows_its_activities_and_offers_to_plan_one(self, mission: Activity, people: People):
        shown = of_request(mission.request, people[Role.COORDINATOR])
        assert shown == {"activities": [mission], "may_plan": True}
        assert of_request(factories.request(), people[Role.COORDINATOR]) is None

    def test_a_party_shows_where_it_took_part_and_from_what_it_withdrew(self, people: People):
        firm, activity = company(), factories.activity()
        row = ops.add_participation(activity, by=None, organisation=firm)
        ops.withdraw_participation(row, by=None, because="Ill")
        assert of_organisation(firm, people[Role.COORDINATOR]) == {"activities": [activity], "withdrawn": {activity.pk}}
        Activity.objects.update(classification="restricted")
        assert of_organisation(firm, people[Role.COORDINATOR]) is None

    def test_a_relation_shows_the_activities_with_its_partner(self, people: People):
        relation, activity = factories.relation(), factories.activity()
        activity.partners.add(relation.partner)
        shown = of_relation(relation, people[Role.COORDINATOR])
        assert shown is not None
        assert shown["activities"] == [activity]


def test_search_finds_an_activity_by_aim_topic_and_place_but_never_by_a_party(mission: Activity):
    ops.add_participation(mission, by=None, organisation=company("Hidden Seeds"))
    ops.raise_topic(mission, by=None, subject="Waterbeheer")
    words = SOURCES[0].text(ops.change_activity(mission, by=None, aim="Kennis delen"))
    assert "Kennis delen" in words
    assert "Waterbeheer" in words
    assert "China" in words
    assert "Hidden Seeds" not in words
