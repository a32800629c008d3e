"""The list and the page of an activity, as an owner, a colleague, a council member and a stranger see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.casework.models import Request
from hanze.missions import operations as ops
from hanze.missions.models import Activity
from tests import factories
from tests.missions.conftest import company

People = dict[Role, User]
ClientFor = Callable[[Role], Client]
LIST = "/missions/"


def page(client: Client, activity: Activity, language: str = "en") -> str:
    answer = client.get(activity.get_absolute_url(), headers={"Accept-Language": language})
    assert answer.status_code == 200
    return answer.content.decode()


class TestList:
    def test_a_reader_finds_only_what_she_may_see_and_the_count_says_so(self, client_for: ClientFor):
        factories.activity(title_en="Open visit", classification="public")
        factories.activity(title_en="Internal visit")
        factories.activity(title_en="Secret visit", classification="restricted")
        council = client_for(Role.COUNCIL).get(LIST, headers={"Accept-Language": "en"}).content.decode()
        officer = client_for(Role.POLICY_OFFICER).get(LIST, headers={"Accept-Language": "en"}).content.decode()
        assert "Open visit" in council
        assert "Internal visit" not in council
        assert "1 activity" in council
        assert "Internal visit" in officer
        assert "Secret visit" not in officer
        assert "2 activities" in officer

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=talk", "Talk"),
            ("state=cancelled", "Talk"),
            ("country=FR", "Talk"),
            ("sector=water", "Talk"),
            ("year=2023", "Talk"),
            ("text=ambassador", "Talk"),
            ("kind=incoming-delegation", "Visit"),
            ("year=2024", "Visit"),
        ],
    )
    def test_each_filter_narrows_the_list(self, client_for: ClientFor, query: str, found: str):
        day = date(2023, 4, 5)
        factories.activity(
            title_en="Talk",
            kind="talk",
            state="cancelled",
            country=factories.country("FR"),
            sector="water",
            starts_on=day,
            ends_on=day,
            aim="Meet the ambassador",
        )
        factories.activity(title_en="Visit")
        answer = client_for(Role.COORDINATOR).get(f"{LIST}?{query}", headers={"Accept-Language": "en"})
        assert [activity.title_en for activity in answer.context["page_obj"]] == [found]

    def test_the_number_of_queries_does_not_grow_with_the_list(self, client_for: ClientFor, people: People):
        client = client_for(Role.COORDINATOR)

        def queries(more: int) -> int:
            for _ in range(more):
                made = factories.activity(leader=people[Role.EXECUTIVE], responsible=people[Role.COORDINATOR])
                made.measures.create(code="x", label_nl="x", label_en="x", moment="before")
            with CaptureQueriesContext(connection) as captured:
                client.get(LIST)
            return len(captured)

        queries(1)
        assert queries(2) == queries(60)

    def test_fifty_stand_on_a_page_each_with_its_open_measures(self, client_for: ClientFor):
        for _ in range(51):
            factories.activity().measures.create(code="x", label_nl="x", label_en="x", moment="before")
        page_obj = client_for(Role.COORDINATOR).get(LIST).context["page_obj"]
        assert (len(page_obj), page_obj.paginator.num_pages) == (50, 2)
        assert {activity.open_measures for activity in page_obj} == {1}

    def test_the_newest_come_first(self, client_for: ClientFor):
        old = factories.activity(starts_on=date(2023, 1, 1), ends_on=date(2023, 1, 1))
        new = factories.activity()
        assert list(client_for(Role.COORDINATOR).get(LIST).context["page_obj"]) == [new, old]

    def test_an_empty_list_says_what_to_do(self, client_for: ClientFor):
        text = client_for(Role.COORDINATOR).get(LIST, headers={"Accept-Language": "en"}).content.decode()
        assert "No activities yet" in text
        assert reverse("missions:activity-new") in text


class TestNames:
    def test_the_name_of_a_hidden_party_is_nowhere_on_the_page_or_the_briefing(
        self, mission: Activity, people: People, client_for: ClientFor
    ):
        by = people[Role.COORDINATOR]
        hidden = company("Hidden Seeds", classification="restricted")
        partner = factories.organisation(name="Hidden Bureau", classification="restricted")
        nobody = factories.person(name="Hidden Person", classification="restricted")
        gone = company("Hidden Gone", classification="restricted")
        ops.add_participation(mission, by=None, organisation=hidden, person=nobody)
        withdrawn = ops.add_participation(mission, by=None, organisation=gone)
        ops.withdraw_participation(withdrawn, by=None, because="Ill")
        ops.change_activity(mission, by=by, partners=[partner])
        ops.add_agreement(
            mission, by=None, agreement=factories.agreement(title="Hidden MoU", classification="restricted")
        )
        ops.link_contact(mission, factories.contact_moment(organisation=partner), by=None)
        for address in (mission.get_absolute_url(), reverse("missions:briefing", args=[mission.pk])):
            text = client_for(Role.COORDINATOR).get(address).content.decode()
            assert "Hidden" not in text
            auditor = client_for(Role.AUDITOR).get(address).content.decode()
            assert "Hidden Seeds" in auditor

    def test_changing_an_activity_keeps_the_partners_that_the_writer_may_not_see(
        self, people: People, client_for: ClientFor
    ):
        activity = factories.activity()
        hidden, seen = factories.organisation(classification="restricted"), factories.organisation()
        activity.partners.set([hidden])
        address = reverse("missions:activity-change", args=[activity.pk, "basics"])
        answer = client_for(Role.POLICY_OFFICER).post(
            address,
            {
                "title": "Nieuw",
                "kind": "talk",
                "starts_on": "2024-05-23",
                "ends_on": "2024-05-28",
                "date_precision": "day",
                "country": "CN",
                "sector": "water",
                "partners": [seen.pk],
            },
        )
        assert answer.status_code == 302
        assert set(activity.partners.all()) == {hidden, seen}

    def test_the_request_behind_it_is_named_only_to_who_may_see_that(self, mission: Activity, client_for: ClientFor):
        assert mission.request is not None
        assert mission.request.reference in page(client_for(Role.COORDINATOR), mission)
        Request.objects.update(classification="restricted")
        assert mission.request.reference not in page(client_for(Role.COORDINATOR), mission)


class TestPage:
    def test_contact_about_the_request_behind_it_stands_on_the_page(self, mission: Activity, client_for: ClientFor):
        factories.contact_moment(request=mission.request, subject="Line of the ministry")
        factories.contact_moment(subject="Something else")
        text = page(client_for(Role.COORDINATOR), mission)
        assert "Line of the ministry" in text
        assert "Something else" not in text

    def test_reading_a_confidential_activity_is_logged(self, client_for: ClientFor):
        activity = factories.activity(classification="confidential")
        page(client_for(Role.EXECUTIVE), activity)
        assert Event.objects.filter(name="record.read", subject_id=str(activity.pk)).count() == 1

    def test_who_withdrew_stays_on_the_page_with_the_reason(self, mission: Activity, client_for: ClientFor):
        gone = ops.add_participation(mission, by=None, organisation=company("Greenhouse Nine"))
        ops.withdraw_participation(gone, by=None, because="Too little staff")
        text = page(client_for(Role.EXECUTIVE), mission)
        assert "Greenhouse Nine" in text
        assert "Too little staff" in text
        assert "1 withdrew" in text

    def test_the_checklist_counts_per_company_and_in_all(
        self, mission: Activity, people: People, client_for: ClientFor
    ):
        for _ in range(3):
            ops.add_participation(mission, by=None, organisation=company())
        scan = mission.measures.filter(code="self-scan").first()
        assert scan is not None
        ops.settle_measure(scan, by=people[Role.COORDINATOR], evidence="Scan")
        text = page(client_for(Role.COORDINATOR), mission)
        assert "1 of 3" in text
        assert "1 of 6" in text

    def test_a_reader_sees_no_door_that_does_not_open_for_her(self, mission: Activity, client_for: ClientFor):
        reader, officer = page(client_for(Role.EXECUTIVE), mission), page(client_for(Role.POLICY_OFFICER), mission)
        for name in ("participation-add", "measure-add", "document-add"):
            address = reverse(f"missions:{name}", args=[mission.pk])
            assert address in officer
            assert address not in reader
        assert "/waive/" not in officer
        assert "/waive/" in page(client_for(Role.COORDINATOR), mission)

    def test_costs_come_with_their_total(self, client_for: ClientFor):
        activity = factories.activity()
        ops.add_cost(activity, by=None, category="travel", amount=Decimal("1200"))
        ops.add_cost(activity, by=None, category="gifts", amount=Decimal("34.50"))
        assert "€1,234.50" in page(client_for(Role.COORDINATOR), activity)

    def test_the_page_is_dutch_for_who_reads_dutch(self, mission: Activity, client_for: ClientFor):
        assert "Deelnemers" in page(client_for(Role.COORDINATOR), mission, "nl")

    def test_the_queries_of_the_page_do_not_grow_with_the_participants(self, mission: Activity, client_for: ClientFor):
        client = client_for(Role.COORDINATOR)

        def queries(more: int) -> int:
            for _ in range(more):
                ops.add_participation(mission, by=None, organisation=company())
            with CaptureQueriesContext(connection) as captured:
                page(client, mission)
            return len(captured)

        queries(1)
        assert queries(2) == queries(30)

    def test_the_briefing_holds_programme_participants_topics_and_measures(
        self, mission: Activity, client_for: ClientFor
    ):
        ops.add_participation(mission, by=None, organisation=company("Greenhouse One"))
        ops.add_programme_item(mission, by=None, day=date(2024, 5, 24), title="Meeting the governor")
        ops.raise_topic(mission, by=None, subject="Intellectueel eigendom", message="Protect it", line="none")
        address = reverse("missions:briefing", args=[mission.pk])
        text = client_for(Role.EXECUTIVE).get(address, headers={"Accept-Language": "en"}).content.decode()
        for part in ("Greenhouse One", "Meeting the governor", "Protect it", "Self-scan on responsible business"):
            assert part in text
