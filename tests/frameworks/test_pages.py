"""The pages of versions and drafts: what they show to whom, and how a draft is started and moved on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.frameworks import library, operations
from hanze.frameworks.models import Draft
from tests import factories
from tests.casework.weighing import advised
from tests.frameworks import drafting
from tests.frameworks.pages import SignIn, edit, page

pytestmark = pytest.mark.django_db
SECTOR = "tables/0/rules/1/when/sector"


class TestVersions:
    def test_each_version_says_whether_it_is_in_force_and_who_approved_it(
        self, client_for: SignIn, people: dict[Role, User]
    ) -> None:
        drafting.published(by=people[Role.EXECUTIVE])
        html = page(client_for(Role.COUNCIL), "framework-versions", framework="zh-china")
        assert html.index("In force") < html.index("Not in force any more")
        assert f"Approved in Hanze by {people[Role.EXECUTIVE].name}" in html
        assert "Installed as a file." in html

    def test_a_version_shows_the_requests_whose_advice_rests_on_it(
        self, client_for: SignIn, people: dict[Role, User]
    ) -> None:
        request = advised(people[Role.COORDINATOR])
        html = page(client_for(Role.COORDINATOR), "framework-versions", framework=request.receipts.last().framework)
        assert request.title in html
        assert "The advice on 1 request rests on it" in html

    def test_a_request_that_a_reader_may_not_see_is_neither_named_nor_counted(
        self, client_for: SignIn, people: dict[Role, User]
    ) -> None:
        request = advised(people[Role.COORDINATOR])
        html = page(client_for(Role.COUNCIL), "framework-versions", framework=request.receipts.last().framework)
        assert request.title not in html
        assert "rests on it" in html
        assert "1 request" not in html

    def test_drafts_are_for_who_makes_policy(self, client_for: SignIn) -> None:
        drafting.draft(title="A secret thought")
        for role in Role:
            client = client_for(role)
            for address in (reverse("frameworks:framework-list"), "/frameworks/zh-china/"):
                seen = "A secret thought" in client.get(address).content.decode()
                allowed = role in (Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE, Role.AUDITOR)
                assert seen == allowed, (role, address)

    def test_the_text_of_a_version_can_be_taken_along(self, client_for: SignIn) -> None:
        address = reverse("frameworks:framework-download", args=drafting.CHINA)
        answer = client_for(Role.AUDITOR).get(address)
        assert answer.content.decode() == library.source_of(drafting.base())[0]
        assert "zh-china-2022-12-14.yaml" in answer["Content-Disposition"]

    def test_a_framework_that_is_not_there_is_not_found(self, client_for: SignIn) -> None:
        page(client_for(Role.AUDITOR), "framework-versions", 404, framework="nothing")
        page(client_for(Role.AUDITOR), "framework-compare", 404, framework="zh-china", one="x", other="2022-12-14")


class TestComparing:
    @pytest.fixture
    def changed(self) -> Draft:
        draft = drafting.draft()
        path = drafting.rule(draft.text, "E1-list")
        draft = drafting.change(draft, (*path, "when", "dual_use"), "yes")
        draft = drafting.change(draft, (*path, "because", "en"), "The sector is on the low-risk list.")
        return drafting.change(draft, ("measures", "screen-investment", "moment"), "after")

    def test_shows_what_changed_in_the_row_with_the_words_marked(self, changed: Draft, client_for: SignIn) -> None:
        html = page(client_for(Role.EXECUTIVE), "draft-compare", pk=changed.pk)
        assert "Rule E1-list" in html
        assert "<del>high</del>" in html or "<del>high" in html
        assert "<ins>low" in html
        assert "Have the investment screened" in html
        assert "Afterwards" in html
        assert "E2-security" not in html, "what is the same is not shown"

    def test_a_change_in_the_other_language_only_is_shown_in_that_one(self, changed: Draft, client_for: SignIn) -> None:
        address = reverse("frameworks:draft-compare", args=[changed.pk])
        html = client_for(Role.EXECUTIVE).get(address, headers={"accept-language": "nl"}).content.decode()
        assert "<ins>low" in html

    def test_two_installed_versions_stand_side_by_side(self, client_for: SignIn) -> None:
        version = drafting.published()
        html = page(
            client_for(Role.COUNCIL),
            "framework-compare",
            framework="zh-china",
            one="2022-12-14",
            other=version.version.isoformat(),
        )
        assert "In force from" in html

    def test_another_version_can_be_chosen_to_compare_with(self, client_for: SignIn) -> None:
        address = reverse("frameworks:framework-compare", args=["zh-china", "2022-12-14", "2022-12-14"])
        client = client_for(Role.COUNCIL)
        assert client.get(address, {"with": "2022-12-14"}).status_code == 302
        assert client.get(address, {"with": "//elsewhere.example/"}).status_code == 404


class TestStarting:
    def test_leads_to_the_editor(self, client_for: SignIn) -> None:
        client = client_for(Role.POLICY_OFFICER)
        today = timezone.localdate()
        data = {"title": "Stricter", "why": "Asked for", "version": today, "in_force_from": today}
        answer = client.post(reverse("frameworks:draft-start", args=drafting.CHINA), data)
        draft = Draft.objects.get()
        assert answer["Location"] == reverse("frameworks:draft-edit", args=[draft.pk, "tables"])

    def test_says_at_the_field_that_a_date_is_taken(self, client_for: SignIn) -> None:
        data = {"title": "Again", "why": "Asked for", "version": "2022-12-14", "in_force_from": "2099-01-01"}
        address = reverse("frameworks:draft-start", args=drafting.CHINA)
        answer = client_for(Role.COORDINATOR).post(address, data, headers={"accept-language": "en"})
        assert answer.status_code == 422
        assert "There is a version of this date already" in answer.content.decode()


class TestMoves:
    def test_an_offer_shows_what_no_scenario_would_notice(self, draft: Draft, officer: Client) -> None:
        draft.scenarios = {name: text for name, text in draft.scenarios.items() if name == "rules.yaml"}
        draft.save()
        html = page(officer, "draft-move", pk=draft.pk, key="offer")
        assert "would go unnoticed" in html
        assert "this is advice and stops nothing" in html

    def test_what_stands_in_the_way_is_named_and_there_is_no_button(self, draft: Draft, officer: Client) -> None:
        edit(officer, draft, **{f"value__{SECTOR}": "nowhere"})
        html = page(officer, "draft-move", pk=draft.pk, key="offer")
        assert "Something is wrong in the text of the framework." in html
        assert 'class="button" type="submit"' not in html

    def test_who_worked_on_a_draft_is_told_that_somebody_else_approves_it(self, client_for: SignIn) -> None:
        coordinator = client_for(Role.COORDINATOR)
        draft = drafting.draft()
        edit(coordinator, draft, section="head", **{"value__title/en": "Mine"})
        draft.refresh_from_db()
        operations.offer_draft(draft, by=None)
        assert "somebody else approves it" in page(coordinator, "draft-detail", pk=draft.pk)
        page(coordinator, "draft-move", 404, pk=draft.pk, key="approve")

    def test_an_approved_version_weighs_requests_from_its_first_day(self, client_for: SignIn) -> None:
        draft = drafting.offered()
        answer = client_for(Role.EXECUTIVE).post(reverse("frameworks:draft-move", args=[draft.pk, "approve"]))
        assert answer.status_code == 302
        from hanze.casework import frameworks

        today = timezone.localdate()
        china = factories.country("CN")
        assert frameworks.for_request(factories.request(country=china, received_on=today)).version == draft.version
        earlier = factories.request(country=china, received_on=today - timedelta(days=1))
        assert frameworks.for_request(earlier).version == drafting.base().version
