"""Working on an activity in the browser: planning, changing, the checklist, participants, parts, the report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from hanze.missions import operations as ops
from hanze.missions.models import Activity
from tests import factories
from tests.missions.conftest import company, taken_up

People = dict[Role, User]
ClientFor = Callable[[Role], Client]
BASICS = {
    "title": "Bezoek",
    "kind": "incoming-delegation",
    "starts_on": "2024-05-23",
    "ends_on": "2024-05-28",
    "date_precision": "day",
    "country": "CN",
    "sector": "water",
}


def planned(**fields: str) -> dict[str, str]:
    return {**BASICS, "classification": "internal", **fields}


class TestPlanning:
    def test_an_officer_plans_an_activity_on_its_own(self, client_for: ClientFor):
        factories.country()
        answer = client_for(Role.POLICY_OFFICER).post(reverse("missions:activity-new"), planned())
        made = Activity.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())

    def test_from_a_request_the_form_is_filled_and_the_measures_come_along(self, people: People, client_for: ClientFor):
        case = taken_up(people[Role.EXECUTIVE])
        case.participants.create(organisation=company(), role="company")
        address = f"{reverse('missions:activity-new')}?request={case.pk}"
        client = client_for(Role.COORDINATOR)
        assert case.title in client.get(address).content.decode()
        client.post(address, planned(with_participants="on"))
        made = Activity.objects.get()
        assert made.request == case
        assert made.measures.filter(code="self-scan").count() == 1

    def test_a_request_that_she_may_not_see_is_not_there(self, people: People, client_for: ClientFor):
        case = taken_up(people[Role.EXECUTIVE], classification="restricted")
        address = f"{reverse('missions:activity-new')}?request={case.pk}"
        assert client_for(Role.POLICY_OFFICER).get(address).status_code == 404

    def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(self, client_for: ClientFor):
        factories.country()
        answer = client_for(Role.COORDINATOR).post(
            reverse("missions:activity-new"), planned(ends_on="2024-01-01", title="Kept title")
        )
        assert answer.status_code == 422
        assert "Kept title" in answer.content.decode()
        assert not Activity.objects.exists()


class TestChanging:
    def test_the_second_of_two_writers_is_told_and_keeps_her_words(self, people: People, client_for: ClientFor):
        activity = factories.activity()
        address = reverse("missions:activity-change", args=[activity.pk, "aim"])
        client = client_for(Role.POLICY_OFFICER)
        opened = client.get(address).context["form"]["opened"].value()
        ops.change_activity(activity, by=people[Role.COORDINATOR], aim="Hers")
        answer = client.post(address, {"opened": opened, "aim": "His"})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "His" in text
        assert "Hers" in text
        assert Activity.objects.get().aim == "Hers"
        again = {"opened": answer.context["form"]["opened"].value(), "aim": "His", "keep-aim": "mine"}
        assert (client.post(address, again).status_code, Activity.objects.get().aim) == (302, "His")

    def test_a_section_changes_only_its_own_fields(self, client_for: ClientFor):
        activity = factories.activity(aim="Kept")
        address = reverse("missions:activity-change", args=[activity.pk, "results"])
        client_for(Role.POLICY_OFFICER).post(
            address,
            {"results": "Good", "aim": "Lost", "classification": "public"},
        )
        activity.refresh_from_db()
        assert (activity.results, activity.aim, activity.classification) == ("Good", "Kept", "internal")

    def test_an_activity_of_its_own_can_be_put_under_a_framework_and_one_from_a_request_cannot(
        self, mission: Activity, client_for: ClientFor
    ):
        own, client = factories.activity(), client_for(Role.COORDINATOR)
        of_own = client.get(reverse("missions:activity-change", args=[own.pk, "basics"])).context["form"]
        of_request = client.get(reverse("missions:activity-change", args=[mission.pk, "basics"])).context["form"]
        assert "framework" not in of_request.fields
        key = next(choice for choice, _label in of_own.fields["framework"].choices if choice)
        sent = {**BASICS, "framework": key}
        client.post(reverse("missions:activity-change", args=[own.pk, "basics"]), sent)
        own.refresh_from_db()
        assert own.framework == key
        assert own.framework_version is not None


class TestMoves:
    def test_closing_with_an_open_measure_is_refused_and_says_which(self, mission: Activity, client_for: ClientFor):
        ops.hold_activity(mission, by=None)
        address = reverse("missions:activity-move", args=[mission.pk, "close"])
        answer = client_for(Role.COORDINATOR).post(address, headers={"Accept-Language": "en"})
        assert answer.status_code == 422
        assert "Briefing held" in answer.content.decode()
        mission.refresh_from_db()
        assert mission.state == "held"

    def test_cancelling_needs_a_reason(self, client_for: ClientFor):
        activity = factories.activity()
        address = reverse("missions:activity-move", args=[activity.pk, "cancel"])
        client = client_for(Role.POLICY_OFFICER)
        assert client.post(address, {"because": " "}).status_code == 422
        assert client.post(address, {"because": "No visa"}).status_code == 302
        activity.refresh_from_db()
        assert (activity.state, activity.cancelled_because) == ("cancelled", "No visa")

    def test_an_unknown_step_is_not_there(self, client_for: ClientFor):
        address = reverse("missions:activity-move", args=[factories.activity().pk, "celebrate"])
        assert client_for(Role.COORDINATOR).post(address).status_code == 404


class TestChecklist:
    def address(self, mission: Activity, key: str, code: str = "briefing") -> str:
        return reverse("missions:measure-action", args=[mission.pk, mission.measures.get(code=code).pk, key])

    def test_a_measure_is_settled_in_place_with_its_evidence(self, mission: Activity, client_for: ClientFor):
        address = self.address(mission, "settle")
        client = client_for(Role.POLICY_OFFICER)
        asked = client.get(address, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in asked
        answer = client.post(
            address, {"on": "2024-05-20", "evidence": "Minutes of 20 May"}, headers={"HX-Request": "true"}
        )
        assert answer["HX-Retarget"] == "#measures"
        assert "Minutes of 20 May" in answer.content.decode()
        assert mission.measures.get(code="briefing").settled_on == date(2024, 5, 20)

    def test_without_javascript_it_is_a_page_and_a_way_back(self, mission: Activity, client_for: ClientFor):
        address = self.address(mission, "settle")
        client = client_for(Role.POLICY_OFFICER)
        assert "<html" in client.get(address).content.decode()
        answer = client.post(address, {"on": "2024-05-20", "evidence": "Minutes"})
        assert answer["Location"] == f"{mission.get_absolute_url()}#measures"

    def test_without_evidence_the_form_comes_back_with_the_error(self, mission: Activity, client_for: ClientFor):
        answer = client_for(Role.POLICY_OFFICER).post(
            self.address(mission, "settle"), {"on": "2024-05-20"}, headers={"HX-Request": "true"}
        )
        assert answer.status_code == 422
        assert answer.context["form"].errors["evidence"]

    def test_a_measure_of_another_activity_is_not_there(self, mission: Activity, client_for: ClientFor):
        other = factories.activity()
        address = reverse("missions:measure-action", args=[other.pk, mission.measures.all()[0].pk, "settle"])
        assert client_for(Role.COORDINATOR).get(address).status_code == 404

    def test_a_measure_in_ones_own_words_comes_on_the_list_and_follows_the_companies(
        self, mission: Activity, client_for: ClientFor
    ):
        ops.add_participation(mission, by=None, organisation=company())
        words = {
            "code": "own",
            "label_nl": "Telefoons leeg",
            "label_en": "Empty phones",
            "moment": "before",
            "per": "company",
        }
        answer = client_for(Role.POLICY_OFFICER).post(reverse("missions:measure-add", args=[mission.pk]), words)
        assert answer.status_code == 302
        assert mission.measures.get(code="own-1").organisation is not None

    def test_a_measure_per_company_is_settled_for_several_in_one_go(self, mission: Activity, client_for: ClientFor):
        for _ in range(3):
            ops.add_participation(mission, by=None, organisation=company())
        address = reverse("missions:measure-group", args=[mission.pk, "self-scan"])
        scans = list(mission.measures.filter(code="self-scan").values_list("pk", flat=True))
        client = client_for(Role.POLICY_OFFICER)
        other = mission.measures.get(code="briefing").pk
        assert client.post(address, {"measures": [other], "on": "2024-05-01", "evidence": "x"}).status_code == 422
        client.post(address, {"measures": scans[:2], "on": "2024-05-01", "evidence": "Scans received"})
        states = dict(mission.measures.filter(code="self-scan").values_list("pk", "state"))
        assert states == {scans[0]: "done", scans[1]: "done", scans[2]: "open"}


class TestParticipants:
    def test_an_organisation_is_added_withdrawn_and_back(self, mission: Activity, client_for: ClientFor):
        client, firm = client_for(Role.POLICY_OFFICER), company()
        client.post(
            reverse("missions:participation-add", args=[mission.pk]), {"organisation": firm.pk, "role": "participant"}
        )
        row = mission.participations.get()
        client.post(
            reverse("missions:participation-withdraw", args=[mission.pk, row.pk]),
            {"on": "2024-05-01", "because": "Ill"},
        )
        row.refresh_from_db()
        assert (row.state, row.withdrew_because) == ("withdrew", "Ill")
        client.post(reverse("missions:participation-return", args=[mission.pk, row.pk]))
        row.refresh_from_db()
        assert row.state == "registered"

    def test_the_same_party_in_the_same_role_is_refused_in_plain_words(self, mission: Activity, client_for: ClientFor):
        firm = company()
        ops.add_participation(mission, by=None, organisation=firm)
        answer = client_for(Role.POLICY_OFFICER).post(
            reverse("missions:participation-add", args=[mission.pk]),
            {"organisation": firm.pk, "role": "participant"},
            headers={"Accept-Language": "en"},
        )
        assert answer.status_code == 422
        assert "already takes part" in answer.content.decode()

    def test_a_party_that_she_may_not_see_cannot_be_chosen_or_changed(self, mission: Activity, client_for: ClientFor):
        hidden = company("Hidden Seeds", classification="restricted")
        client = client_for(Role.POLICY_OFFICER)
        address = reverse("missions:participation-add", args=[mission.pk])
        assert client.post(address, {"organisation": hidden.pk, "role": "participant"}).status_code == 422
        row = ops.add_participation(mission, by=None, organisation=hidden)
        for name in ("participation-change", "participation-withdraw", "participation-remove"):
            answer = client.get(reverse(f"missions:{name}", args=[mission.pk, row.pk]))
            assert answer.status_code == 404


class TestParts:
    @pytest.mark.parametrize(
        ("key", "sent", "wrong"),
        [
            ("programme", {"day": "2024-05-24", "title": "Meeting"}, {"day": "", "title": "Meeting"}),
            ("topics", {"subject": "Water", "message": "Together"}, {"subject": ""}),
            ("costs", {"category": "travel", "amount": "12.50"}, {"category": "travel", "amount": "-1"}),
            ("places", {"country": "CN", "venue": "Town hall", "order": "0"}, {"country": "", "order": "0"}),
        ],
    )
    def test_a_part_is_added_changed_and_removed(
        self, client_for: ClientFor, key: str, sent: dict[str, str], wrong: dict[str, str]
    ):
        activity, client = factories.activity(), client_for(Role.POLICY_OFFICER)
        parts = getattr(activity, key)
        add = reverse("missions:part-add", args=[activity.pk, key])
        assert client.post(add, wrong).status_code == 422
        assert not parts.exists()
        assert client.post(add, sent)["Location"] == f"{activity.get_absolute_url()}#{key}"
        change = reverse("missions:part-change", args=[activity.pk, key, parts.get().pk])
        assert client.get(change).status_code == 200
        assert client.post(change, sent).status_code == 302
        client.post(reverse("missions:part-remove", args=[activity.pk, key, parts.get().pk]))
        assert not parts.exists()

    def test_a_part_of_another_activity_is_not_there(self, client_for: ClientFor):
        cost = ops.add_cost(factories.activity(), by=None, category="travel", amount=1)
        address = reverse("missions:part-change", args=[factories.activity().pk, "costs", cost.pk])
        assert client_for(Role.COORDINATOR).get(address).status_code == 404

    def test_an_agreement_is_recorded_new_or_from_the_register(self, client_for: ClientFor):
        activity, client = factories.activity(), client_for(Role.COORDINATOR)
        address = reverse("missions:agreement-add", args=[activity.pk])
        known = factories.agreement()
        assert client.post(address, {"known": known.pk}).status_code == 302
        parties = [factories.organisation().pk, factories.organisation().pk]
        new = {
            "title": "MoU",
            "kind": "mou",
            "parties": parties,
            "signed_on": "2024-05-24",
            "classification": "internal",
        }
        assert client.post(address, {**new, "parties": parties[:1]}).status_code == 422
        assert client.post(address, new).status_code == 302
        assert sorted(activity.agreements.values_list("title", flat=True)) == sorted([known.title, "MoU"])

    def test_a_document_is_kept_and_handed_out_to_readers_of_the_activity(self, client_for: ClientFor):
        activity = factories.activity()
        file = SimpleUploadedFile("report.pdf", b"%PDF-1.7 report")
        client_for(Role.POLICY_OFFICER).post(
            reverse("missions:document-add", args=[activity.pk]), {"title": "Report", "file": file}
        )
        address = reverse("missions:document-download", args=[activity.pk, activity.documents.get().pk])
        assert b"".join(client_for(Role.EXECUTIVE).get(address).streaming_content) == b"%PDF-1.7 report"
        assert client_for(Role.COUNCIL).get(address).status_code == 404

    def test_a_contact_moment_is_linked_and_unlinked(self, client_for: ClientFor):
        activity, contact = factories.activity(), factories.contact_moment()
        client = client_for(Role.POLICY_OFFICER)
        client.post(reverse("missions:contact-add", args=[activity.pk]), {"contact": contact.pk})
        assert list(activity.contact_moments.all()) == [contact]
        client.post(reverse("missions:contact-remove", args=[activity.pk, contact.pk]))
        assert not activity.contact_moments.exists()


class TestReport:
    def test_communications_writes_publishes_and_takes_back(self, client_for: ClientFor):
        activity = factories.activity(state="held", classification="public")
        client = client_for(Role.COMMUNICATIONS)
        address = reverse("missions:activity-report", args=[activity.pk])
        client.post(address, {"publication": "to-publish", "text": "Draft"})
        activity.refresh_from_db()
        assert (activity.publication, activity.public_report) == ("to-publish", "Draft")
        client.post(address, {"publication": "published", "text": "## Result\n\nGood"})
        public = Client().get(reverse("publication:item", args=["activities", activity.pk]))
        assert "Result</h2>" in public.content.decode()
        client.post(reverse("missions:report-withdraw", args=[activity.pk]), {"because": "A name"})
        assert Client().get(reverse("publication:item", args=["activities", activity.pk])).status_code == 410

    def test_the_public_sees_only_published_reports_of_public_activities(self, db: None):
        written = {"state": "held", "public_report": "Verslag"}
        factories.activity(title="Openbaar", classification="public", publication="published", **written)
        factories.activity(title="Intern", classification="internal", publication="published", **written)
        factories.activity(title="Concept", classification="public", publication="to-publish", **written)
        text = Client().get(reverse("publication:home"), headers={"Accept-Language": "nl"}).content.decode()
        assert "Openbaar" in text
        assert "Intern<" not in text
        assert "Concept" not in text

    def test_a_report_cannot_carry_script(self, db: None):
        activity = factories.activity(
            classification="public", state="held", publication="published",
            public_report="<script>alert(1)</script>[x](javascript:alert(1))",
        )  # fmt: skip
        text = Client().get(reverse("publication:item", args=["activities", activity.pk])).content.decode()
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
