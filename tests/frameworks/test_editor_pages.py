"""The pages of the editor: what is kept of what is filled in, and what is said of it."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from hanze.accounts.models import Role, User
from hanze.frameworks import operations
from hanze.frameworks.models import Draft
from hanze.policy.editing import value_at
from tests.frameworks import drafting
from tests.frameworks.pages import SignIn, edit, now, page

pytestmark = pytest.mark.django_db
SECTOR = "tables/0/rules/1/when/sector"


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
