"""The pages of versions and drafts: what they show to whom, and what is kept of what is filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hanze.accounts.models import Role, User
from hanze.frameworks import library, operations
from hanze.frameworks.models import Draft
from hanze.policy.editing import plain, value_at
from tests import factories
from tests.casework.weighing import advised
from tests.frameworks import drafting

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
SECTOR = "tables/0/rules/1/when/sector"


def page(client: Client, name: str, status: int = 200, **args: Any) -> str:
    answer = client.get(reverse(f"frameworks:{name}", kwargs=args), headers={"accept-language": "en"})
    assert answer.status_code == status
    return unescape(answer.content.decode())


def edit(client: Client, draft: Draft, section: str = "tables", script: bool = False, **fields: Any) -> Any:
    """Fill in fields of a page of the editor; `a__b` stands for `a:b`."""
    data = {"revision": str(draft.revision), **{name.replace("__", ":"): value for name, value in fields.items()}}
    headers = {"accept-language": "en", **({"Hanze-Editor": "1"} if script else {})}
    return client.post(reverse("frameworks:draft-edit", args=[draft.pk, section]), data, headers=headers)


def now(draft: Draft) -> Any:
    draft.refresh_from_db()
    return plain(draft.text)


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


@pytest.fixture
def draft() -> Draft:
    return drafting.draft()


@pytest.fixture
def officer(client_for: SignIn) -> Client:
    return client_for(Role.POLICY_OFFICER)


class TestEditing:
    def test_every_page_shows_every_value_of_the_text(self, draft: Draft, officer: Client) -> None:
        sections = ("tables", "facts", "lists", "measures", "sources", "head")
        shown = " ".join(page(officer, "draft-edit", pk=draft.pk, section=section) for section in sections)

        def values(data: Any) -> list[str]:
            if isinstance(data, str):
                return [data]
            return [each for value in (data.values() if isinstance(data, dict) else data) for each in values(value)]

        missing = {value for value in values(now(draft)) if value not in shown and value != "zh-china"}
        assert missing == set()

    def test_only_what_was_filled_in_otherwise_changes(self, draft: Draft, officer: Client) -> None:
        before = draft.text.splitlines()
        answer = edit(officer, draft, **{f"value__{SECTOR}": "not(in_list(high_risk_sectors), culture)"})
        assert answer.status_code == 302
        draft.refresh_from_db()
        changed = [new for old, new in zip(before, draft.text.splitlines(), strict=True) if old != new]
        assert [line.strip() for line in changed] == [
            'when: {fits_national_policy: no, sector: "not(in_list(high_risk_sectors), culture)"}'
        ]

    def test_a_whole_form_that_says_the_same_changes_nothing(self, draft: Draft, officer: Client) -> None:
        data = now(draft)
        rule = data["tables"][0]["rules"][1]
        fields = {"value__title/en": data["title"]["en"], f"value__{SECTOR}": rule["when"]["sector"]}
        edit(officer, draft, **fields, **{"list__tables/0/rules/1/then/measures": ""})
        assert now(draft) == data
        assert draft.at_step == 0

    def test_an_emptied_cell_goes(self, draft: Draft, officer: Client) -> None:
        edit(officer, draft, **{f"value__{SECTOR}": ""})
        assert "sector" not in now(draft)["tables"][0]["rules"][1]["when"]

    def test_measures_are_chosen_from_those_that_are_declared(self, draft: Draft, officer: Client) -> None:
        chosen = ["", "screen-investment", "consult-national-government"]
        edit(officer, draft, **{"list__tables/0/rules/0/then/measures": chosen})
        assert now(draft)["tables"][0]["rules"][0]["then"]["measures"] == chosen[1:]

    def test_a_script_gets_the_state_with_what_is_wrong_and_where(self, draft: Draft, officer: Client) -> None:
        answer = edit(officer, draft, script=True, **{f"value__{SECTOR}": "nowhere"})
        html = unescape(answer.content.decode())
        assert answer.status_code == 200
        assert f'data-pointer="{SECTOR}"' in html
        assert 'data-revision="2"' in html
        assert "no choice" in html

    def test_rules_come_move_and_go(self, draft: Draft, officer: Client) -> None:
        def rules() -> list[str]:
            return [rule["id"] for rule in now(draft)["tables"][0]["rules"]]

        first, second = rules()
        edit(officer, draft, do="add:tables/0/rules")
        assert rules()[:2] == [first, second]
        assert len(rules()) == 3
        edit(officer, draft, do="up:tables/0/rules/1")
        assert rules()[:2] == [second, first]
        edit(officer, draft, do="remove:tables/0/rules/2")
        assert rules() == [second, first]

    @pytest.mark.parametrize("part", ["facts", "lists", "measures", "sources", "deciders", "grounds"])
    def test_whatever_a_framework_declares_can_be_added_and_removed(
        self, part: str, draft: Draft, officer: Client
    ) -> None:
        before = now(draft)
        edit(officer, draft, **{"do": f"add:{part}", f"name__{part}": "newcomer"})
        assert "newcomer" in now(draft)[part]
        edit(officer, draft, do=f"remove:{part}/newcomer")
        assert now(draft) == before

    def test_what_is_new_needs_a_name_that_is_free(self, draft: Draft, officer: Client) -> None:
        for name in ("", "country"):
            answer = edit(officer, draft, **{"do": "add:facts", "name__facts": name}, section="facts")
            assert answer.status_code == 422
        assert draft.at_step == 0

    def test_a_fact_without_a_rule_can_be_given_a_column(self, draft: Draft, officer: Client) -> None:
        table = now(draft)["tables"][0]["id"]
        address = reverse("frameworks:draft-edit", args=[draft.pk, "tables"])
        html = officer.get(address, {table: "dual_use"}).content.decode()
        assert "tables/0/rules/0/when/dual_use" in html

    def test_the_second_of_two_keeps_her_text(self, draft: Draft, officer: Client, people: dict[Role, User]) -> None:
        drafting.change(draft, ("title", "en"), "Somebody else's", by=people[Role.COORDINATOR])
        for script in (False, True):
            answer = edit(officer, draft, section="head", script=script, **{"value__title/en": "What I wrote"})
            html = unescape(answer.content.decode())
            assert answer.status_code == 409
            assert "What I wrote" in html
            assert "Somebody else's" in html
            assert people[Role.COORDINATOR].name in html
        assert now(draft)["title"]["en"] == "Somebody else's"

    def test_the_whole_text_and_the_scenarios_can_be_edited(self, draft: Draft, officer: Client) -> None:
        edit(officer, draft, section="source", text=draft.text.replace("precedence: 30", "precedence: 31"))
        assert now(draft)["precedence"] == "31"
        edit(officer, draft, section="scenarios", **{"file__rules.yaml": "", "new-file": "more"})
        draft.refresh_from_db()
        assert "rules.yaml" not in draft.scenarios
        assert "more.yaml" in draft.scenarios
        assert page(officer, "draft-edit", pk=draft.pk, section="scenarios")

    def test_a_text_that_is_no_yaml_is_mended_where_it_stands(self, draft: Draft, officer: Client) -> None:
        edit(officer, draft, section="source", text="framework: [")
        draft.refresh_from_db()
        address = reverse("frameworks:draft-edit", args=[draft.pk, "tables"])
        assert officer.get(address)["Location"] == reverse("frameworks:draft-edit", args=[draft.pk, "source"])
        assert "framework: [" in page(officer, "draft-edit", pk=draft.pk, section="source")
        assert page(officer, "draft-detail", pk=draft.pk)
        assert officer.get(reverse("frameworks:draft-read", args=[draft.pk])).status_code == 302

    def test_keys_that_the_editor_does_not_know_stay(self, draft: Draft, officer: Client) -> None:
        text = draft.text.replace("precedence: 30", "precedence: 30\nsomething_new: {a: [1, 2], b: text}")
        edit(officer, draft, section="source", text=text)
        draft.refresh_from_db()
        edit(officer, draft, section="head", **{"value__title/en": "New"})
        assert now(draft)["something_new"] == {"a": ["1", "2"], "b": "text"}

    def test_an_auditor_reads_and_changes_nothing(self, draft: Draft, client_for: SignIn) -> None:
        auditor = client_for(Role.AUDITOR)
        html = page(auditor, "draft-edit", pk=draft.pk, section="tables")
        assert "Add a rule" not in html
        assert edit(auditor, draft, **{"value__title/en": "Mine"}).status_code == 404


class TestACellWhileItIsTyped:
    def tried(self, client: Client, draft: Draft, value: str, path: str = SECTOR) -> str:
        address = reverse("frameworks:draft-cell", args=[draft.pk])
        answer = client.get(address, {"path": path, "value": value}, headers={"accept-language": "en"})
        assert answer.status_code == 200
        return unescape(answer.content.decode())

    def test_says_what_it_means(self, draft: Draft, officer: Client) -> None:
        assert "horticulture or water" in self.tried(officer, draft, "horticulture, water")

    def test_says_what_is_wrong_what_to_write_and_where(self, draft: Draft, officer: Client) -> None:
        said = self.tried(officer, draft, "horticulture, wter")
        assert "no choice" in said
        assert "water" in said
        assert "(at sign 15)" in said

    def test_keeps_nothing(self, draft: Draft, officer: Client) -> None:
        before = draft.text
        self.tried(officer, draft, "water")
        draft.refresh_from_db()
        assert (draft.text, draft.revision) == (before, 1)

    @pytest.mark.parametrize("value", ["in_list(nothing)", "> 5", "[1..", '"open', "a" * 3000, "{", "- x", "'", "#"])
    def test_whatever_is_typed_is_answered(self, value: str, draft: Draft, officer: Client) -> None:
        assert "mistake" in self.tried(officer, draft, value)

    def test_any_field_is_checked_by_the_engine(self, draft: Draft, officer: Client) -> None:
        assert "not a date" in self.tried(officer, draft, "tomorrow", "in_force/until")
        assert "mistake" not in self.tried(officer, draft, "2099-01-01", "in_force/until")


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


def test_a_rule_that_can_never_count_is_named_and_stands_in_the_way(draft: Draft, officer: Client) -> None:
    path = drafting.rule(draft.text, "E1-list")
    table = value_at(now(draft), path[:2])
    changed = drafting.change(draft, (*path[:2], "hit"), "first")
    again = {**table["rules"][0], "id": "E1-again"}
    rules = [table["rules"][0], again, *table["rules"][1:]]
    changed = drafting.change(changed, (*path[:3],), rules)
    html = page(officer, "draft-edit", pk=changed.pk, section="tables")
    assert "E1-again" in html
    with override("en"):
        assert any("never count" in each for each in operations.obstacles(changed))


class TestTheWholeLanguage:
    """Conditions over several facts, facts that follow from others, and amounts that change with time."""

    ADDED = """
dated_by: starts_on
parameters:
  ceiling:
    label: {nl: plafond, en: ceiling}
    type: number
    values:
      - {from: 2024-01-01, value: 2.5, source: {document: SOURCE, section: "5"}, status: stated}
derived:
  burden:
    label: {nl: last, en: burden}
    type: number
    is: "own_region_parties + 1"
    source: {document: SOURCE, section: "6"}
    status: inferred
""".replace("SOURCE", "zuid-holland-china-evaluation-2024")
    FACT = """facts:
  starts_on:
    label: {nl: Begin, en: Start}
    type: date
    ask: {nl: Wanneer begint het?, en: When does it start?}
"""

    @pytest.fixture
    def rich(self) -> Draft:
        draft = drafting.draft()
        text = draft.text.replace("\nfacts:\n", f"\n{self.FACT}", 1) + self.ADDED
        path = drafting.rule(text, "E1-list")
        return drafting.change(self.with_text(draft, text), (*path, "where"), "burden > ceiling")

    def with_text(self, draft: Draft, text: str) -> Draft:
        def edited(kept: Draft) -> operations.Edited:
            return operations.Edited(text, kept.scenarios, "")

        return operations.change_draft(draft, by=None, revision=draft.revision, edit=edited)

    def test_is_read_in_words(self, rich: Draft, officer: Client) -> None:
        html = page(officer, "draft-read", pk=rich.pk)
        assert "Facts that follow from others" in html
        assert "Amounts and terms" in html
        assert "2.5" in html
        row = html[html.index('<tr id="E1-list">') :].split("</tr>")[0]
        assert "burden" in row
        assert "ceiling" in row

    def test_is_edited(self, rich: Draft, officer: Client) -> None:
        tables = page(officer, "draft-edit", pk=rich.pk, section="tables")
        assert "burden &gt; ceiling" in tables or "burden > ceiling" in tables
        edit(officer, rich, section="facts", **{"value__derived/burden/is": "own_region_parties * 2"})
        rich.refresh_from_db()
        edit(officer, rich, section="facts", **{"value__parameters/ceiling/values/0/value": "3"})
        rich.refresh_from_db()
        said = now(rich)
        assert said["derived"]["burden"]["is"] == "own_region_parties * 2"
        assert said["parameters"]["ceiling"]["values"][0]["value"] == "3"

    def test_grows_by_amounts_and_by_facts_that_follow(self, rich: Draft, officer: Client) -> None:
        steps = [
            {"do": "add:parameters/ceiling/values", "name__parameters/ceiling/values": "2025-01-01"},
            {"do": "add:parameters", "name__parameters": "term"},
            {"do": "add:derived", "name__derived": "sum"},
        ]
        for step in steps:
            assert edit(officer, rich, section="facts", **step).status_code == 302
            rich.refresh_from_db()
        said = now(rich)
        assert [value["from"] for value in said["parameters"]["ceiling"]["values"]] == ["2024-01-01", "2025-01-01"]
        assert {"ceiling", "term"} == set(said["parameters"])
        assert set(said["derived"]) == {"burden", "sum"}

    def test_the_table_of_a_derived_fact_is_a_grid(self, rich: Draft, officer: Client) -> None:
        text = rich.text.replace(
            'is: "own_region_parties + 1"',
            "table: {hit: first, default: 1, rules: [{id: B-many, when: {own_region_parties: 5}, then: 2}]}",
        )
        draft = self.with_text(rich, text)
        pointer = "derived/burden/table/rules/0/when/own_region_parties"
        assert pointer in page(officer, "draft-edit", pk=draft.pk, section="facts")
        edit(officer, draft, section="facts", **{f"value__{pointer}": "> 5"})
        draft.refresh_from_db()
        edit(officer, draft, section="facts", do="add:derived/burden/table/rules")
        rules = now(draft)["derived"]["burden"]["table"]["rules"]
        assert [rule["when"] for rule in rules] == [{"own_region_parties": "> 5"}, {}]

    def test_is_compared(self, rich: Draft, client_for: SignIn) -> None:
        html = page(client_for(Role.EXECUTIVE), "draft-compare", pk=rich.pk)
        assert "burden" in html
        assert "ceiling" in html
