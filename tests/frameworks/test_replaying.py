"""What a draft would have said about earlier requests: counted at once, over what the reader may see."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from html import unescape
from typing import Any, ClassVar

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from hanze.accounts.models import Role, User
from hanze.casework.models import Receipt
from hanze.frameworks import library, operations, prepared
from hanze.frameworks.history import WeighedCase
from hanze.frameworks.models import Draft
from hanze.frameworks.prepared import MakingUp, made_up_cases, recorded_cases
from hanze.frameworks.recorded import NOTHING
from hanze.frameworks.replaying import replay
from hanze.frameworks.words import logic_in_words
from hanze.policy import assess
from hanze.policy.decisions import DecisionTable
from tests.casework.weighing import advised, answer_all, visit
from tests.frameworks import drafting

pytestmark = pytest.mark.django_db
SignIn = Callable[[Role], Client]
RULE = "E1-list"
ONE_SCENARIO = """framework: zh-china
scenarios:
  - {name: Fits, why: Precondition 1, facts: {fits_national_policy: yes},
     expect: {outcome: take-up, because: [P1-fits]}}
"""


def get(client: Client, draft: Draft, form: str = "", status: int = 200, beside: bool = False, **given: Any) -> str:
    name, args = ("draft-replay-download", [draft.pk, form]) if form else ("draft-replay", [draft.pk])
    headers = {"accept-language": "en", **({"HX-Request": "true"} if beside else {})}
    answer = client.get(reverse(f"frameworks:{name}", args=args), given, headers=headers)
    assert answer.status_code == status
    return answer.content.decode("utf-8-sig") if form else unescape(answer.content.decode())


def pointer(draft: Draft, *more: str) -> str:
    return "/".join(map(str, (*drafting.rule(draft.text, RULE), *more)))


@pytest.fixture
def stricter(people: dict[Role, User]) -> tuple[Any, Draft]:
    """A request with its advice, and a draft under which it would get another one."""
    request = advised(people[Role.COORDINATOR])
    draft = drafting.draft()
    path = drafting.rule(draft.text, RULE)
    draft = drafting.change(draft, (*path, "when"), {"sector": request.sector})
    return request, drafting.change(draft, (*path, "then"), {"advice": "refuse", "ground": "high-risk-sector"})


class TestTheRequestsThatChange:
    def test_are_named_with_both_outcomes_and_the_reasons_for_each(
        self, stricter: tuple[Any, Draft], client_for: SignIn
    ) -> None:
        request, draft = stricter
        before = request.receipts.count()
        html = get(client_for(Role.COORDINATOR), draft)
        assert "1 of 1 recorded requests would get another advice" in html
        assert request.title in html
        verdicts = html.split('class="verdict"')
        assert RULE not in verdicts[1]
        assert RULE in verdicts[2]
        assert "The sector is on the high-risk list." in verdicts[2]
        assert "This is a what-if" in html
        assert request.receipts.count() == before, "what was weighed stays as it was"

    def test_are_counted_by_the_rules_because_of_which_they_change(
        self, stricter: tuple[Any, Draft], client_for: SignIn
    ) -> None:
        _request, draft = stricter
        found = json.loads(get(client_for(Role.COORDINATOR), draft, "json"))
        assert [(cause["rule"], cause["cases"]) for cause in found["causes"]] == [(RULE, 1)]
        assert found["changed"] == found["cases"] == 1
        assert [shift["new"]["id"] for shift in found["shifts"]] == ["refuse"]

    def test_are_none_where_nothing_changes(self, people: dict[Role, User], client_for: SignIn) -> None:
        advised(people[Role.COORDINATOR])
        html = get(client_for(Role.COORDINATOR), drafting.draft())
        assert "The 1 recorded request keeps its advice." in html

    def test_get_what_assessing_them_one_by_one_gives(self, people: dict[Role, User]) -> None:
        reader = people[Role.COORDINATOR]
        for at, sector in enumerate(("horticulture", "high-tech", "culture", "energy")):
            answer_all(visit(sector=sector), reader, dual_use=at % 2 == 0)
        draft = drafting.draft()
        draft = drafting.change(draft, (*drafting.rule(draft.text, RULE), "when"), {"sector": "horticulture, culture"})
        base, tried = drafting.base(), library.read(draft.text, draft.name)
        cases = recorded_cases(base, reader)
        found = replay(cases, tried, reader)
        differing = 0
        for row in cases.cases.drop("case").iter_rows(named=True):
            one, other = assess(base, row).outcome, assess(tried, row).outcome
            differing += (one and one.id) != (other and other.id)
        assert found.cases == 4
        assert found.changed == differing > 0
        assert len(found.some(10)) == differing

    def test_keep_a_value_that_the_draft_knows_no_more_as_unknown(
        self, stricter: tuple[Any, Draft], client_for: SignIn
    ) -> None:
        request, draft = stricter
        draft = drafting.change(draft, (*drafting.rule(draft.text, RULE), "when"), {"sector": "culture"})
        choices = [choice.code for choice in drafting.base().fact("sector").choices if choice.code != request.sector]
        text = draft.text
        assert request.sector in text
        tried = library.read(_without_choice(text, request.sector), draft.name)
        assert [choice.code for choice in tried.fact("sector").choices] == choices
        reader = request.receipts.last().computed_by
        found = replay(recorded_cases(drafting.base(), reader), tried, reader)
        row = {**recorded_cases(drafting.base(), reader).cases.drop("case").row(0, named=True), "sector": None}
        after = assess(tried, row).outcome
        assert found.cases == 1
        assert found.found is not None
        assert found.found.replay.crossings[0].new == (after and after.id)


def _without_choice(text: str, code: str) -> str:
    """The text in which nothing names a choice any more."""
    lines = [line for line in text.splitlines() if f"{code}:" not in line and f"code: {code}" not in line]
    return "\n".join(line.replace(f"{code}, ", "").replace(f", {code}", "") for line in lines) + "\n"


class TestWhileACellIsTyped:
    def test_what_is_typed_counts_and_nothing_is_kept(self, people: dict[Role, User], client_for: SignIn) -> None:
        request = advised(people[Role.COORDINATOR])
        draft = drafting.draft()
        html = get(
            client_for(Role.POLICY_OFFICER),
            draft,
            beside=True,
            path=pointer(draft, "when", "sector"),
            value=request.sector,
        )
        assert "1 of 1 recorded requests would get another advice" in html
        assert "not kept yet" in html
        assert "<html" not in html
        kept = draft.text
        draft.refresh_from_db()
        assert (draft.text, draft.revision) == (kept, 1)

    @pytest.mark.parametrize("typed", ["nowhere", "not(", '"'])
    def test_what_cannot_be_read_is_said_and_counts_nothing(
        self, typed: str, people: dict[Role, User], client_for: SignIn
    ) -> None:
        advised(people[Role.COORDINATOR])
        draft = drafting.draft()
        client = client_for(Role.COORDINATOR)
        html = get(client, draft, beside=True, path=pointer(draft, "when", "sector"), value=typed)
        assert "What you are typing cannot be read yet." in html
        get(client, draft, "csv", status=404, path=pointer(draft, "when", "sector"), value=typed)

    def test_a_place_that_is_not_there_counts_nothing(self, client_for: SignIn) -> None:
        html = get(client_for(Role.COORDINATOR), drafting.draft(), path="tables/99/rules/0/when/sector", value="water")
        assert "would get another advice" not in html


class TestRights:
    def test_a_request_that_the_reader_may_not_see_does_not_count(
        self, stricter: tuple[Any, Draft], client_for: SignIn
    ) -> None:
        request, draft = stricter
        officer, coordinator = client_for(Role.POLICY_OFFICER), client_for(Role.COORDINATOR)
        assert request.title in get(officer, draft)
        request.classification = "confidential"
        request.save()
        request.team.clear()
        for form in ("", "csv", "json"):
            assert request.reference not in get(officer, draft, form)
            assert request.title not in get(officer, draft, form)
        assert "No request has been weighed by this framework yet." in get(officer, draft)
        assert json.loads(get(officer, draft, "json"))["cases"] == 0
        assert request.title in get(coordinator, draft), "who may see it still counts it"

    def test_made_up_cases_like_the_history_are_drawn_from_what_the_reader_may_see(
        self, people: dict[Role, User]
    ) -> None:
        one = answer_all(visit(sector="horticulture"), people[Role.COORDINATOR]).request
        other = answer_all(visit(sector="high-tech"), people[Role.COORDINATOR]).request
        other.classification = "confidential"
        other.save()
        other.team.clear()
        asked = MakingUp(1_000, 1, like_history=True)
        seen = {
            role: set(made_up_cases(drafting.base(), asked, people[role]).cases["sector"].to_list())
            for role in (Role.POLICY_OFFICER, Role.COORDINATOR)
        }
        assert seen == {Role.POLICY_OFFICER: {one.sector}, Role.COORDINATOR: {one.sector, other.sector}}

    def test_what_is_kept_at_the_offer_counts_what_everybody_may_see_who_sees_drafts(
        self, people: dict[Role, User], client_for: SignIn
    ) -> None:
        reader = people[Role.COORDINATOR]
        open_to_all, hidden = (answer_all(visit(sector="culture"), reader).request for _ in range(2))
        hidden.classification = "confidential"
        hidden.save()
        draft = drafting.draft()
        path = (*drafting.rule(draft.text, RULE), "when", "sector")
        draft = drafting.change(draft, path, "in_list(high_risk_sectors), culture")
        assert json.loads(get(client_for(Role.COORDINATOR), draft, "json"))["changed"] == 2
        draft.scenarios = {"one.yaml": ONE_SCENARIO}
        draft.save()
        offered = operations.offer_draft(draft, by=reader)
        assert (offered.replayed["cases"], offered.replayed["changed"]) == (1, 1)
        written = json.dumps(offered.replayed)
        assert open_to_all.reference not in written
        assert hidden.reference not in written
        html = unescape(
            client_for(Role.EXECUTIVE)
            .get(reverse("frameworks:draft-detail", args=[draft.pk]), headers={"accept-language": "en"})
            .content.decode()
        )
        assert "What it would have changed when it was offered" in html
        assert "1 of 1 recorded requests would get another advice" in html
        assert RULE in html


class TestUpToDate:
    def test_a_new_advice_counts_at_once(self, stricter: tuple[Any, Draft], people: dict[Role, User]) -> None:
        _request, draft = stricter
        reader = people[Role.COORDINATOR]
        tried = library.read(draft.text, draft.name)
        assert replay(recorded_cases(drafting.base(), reader), tried, reader).changed == 1
        answer_all(visit(), reader)
        again = replay(recorded_cases(drafting.base(), reader), tried, reader)
        assert (again.cases, again.changed) == (2, 2)
        last = Receipt.objects.order_by("-pk").first()
        assert last is not None
        assert again.until == last.computed_at

    def test_only_the_latest_advice_on_a_request_counts(self, people: dict[Role, User]) -> None:
        reader = people[Role.COORDINATOR]
        request = visit()
        answer_all(request, reader, dual_use=True)
        assert recorded_cases(drafting.base(), reader).cases["dual_use"].to_list() == [True]
        answer_all(request, reader, dual_use=False)
        assert recorded_cases(drafting.base(), reader).cases["dual_use"].to_list() == [False]

    def test_nothing_is_prepared_again_while_nothing_changed(self, people: dict[Role, User]) -> None:
        reader, executive = people[Role.COORDINATOR], people[Role.EXECUTIVE]
        advised(reader)
        first = recorded_cases(drafting.base(), reader)
        assert recorded_cases(drafting.base(), reader) is first
        assert recorded_cases(drafting.base(), executive) is first, "who sees the same shares what is prepared"

    def test_memory_is_bounded(self, people: dict[Role, User], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(prepared, "MOST_CASES", 2_500)
        for seed in range(5):
            made_up_cases(drafting.base(), MakingUp(1_000, seed), people[Role.COORDINATOR])
        assert sum(each.cases.height for each in prepared._prepared.values()) <= 2_500

    def test_a_case_that_another_framework_weighs_now_goes(self) -> None:
        facts = {"sector": "water", "themes": ["a", "b"], "many": True, "one": 1}
        known = NOTHING.renewed([WeighedCase(1, "a", facts), WeighedCase(2, "a", {"sector": "culture"})], "a")
        assert known.keys.tolist() == [1, 2]
        again = known.renewed([WeighedCase(1, "b", facts), WeighedCase(3, "a", {"late": "x"})], "a")
        assert again.keys.tolist() == [2, 3]
        values = {name: [column.values[code] for code in column.codes] for name, column in again.columns.items()}
        assert values["sector"] == ["culture", None]
        assert values["late"] == [None, "x"]


class TestMadeUpCases:
    GIVEN: ClassVar[dict[str, Any]] = {"cases": "made-up", "number": "1000", "seed": "7", "like": "domains"}

    def test_are_replayed_and_marked_as_made_up(self, stricter: tuple[Any, Draft], client_for: SignIn) -> None:
        request, draft = stricter
        html = get(client_for(Role.COORDINATOR), draft, **self.GIVEN)
        assert "of 1,000 made-up cases would get another advice" in html or "of 1000 made-up cases" in html
        assert "These cases are made up" in html
        assert "Made-up case" in html
        assert RULE in html
        assert request.title not in html

    def test_open_with_their_facts_and_both_outcomes(
        self, stricter: tuple[Any, Draft], people: dict[Role, User]
    ) -> None:
        _request, draft = stricter
        reader = people[Role.COORDINATOR]
        tried = library.read(draft.text, draft.name)
        found = replay(made_up_cases(drafting.base(), MakingUp(1_000, 7), reader), tried, reader)
        case = found.some(1)[0]
        assert case.named is None
        assert len(case.facts) == len(drafting.base().facts)
        assert all(words for _label, words in case.facts)
        assert case.before.outcome != case.after.outcome
        assert case.after.reasons

    def test_are_the_same_for_the_same_seed(self, stricter: tuple[Any, Draft], client_for: SignIn) -> None:
        _request, draft = stricter
        client = client_for(Role.COORDINATOR)
        one, same, other = (get(client, draft, "csv", **{**self.GIVEN, "seed": seed}) for seed in ("7", "7", "8"))
        assert one == same != other
        assert one.splitlines()[0].startswith("made-up case")

    @pytest.mark.parametrize("number", ["0", "999", "100001", "many", ""])
    def test_are_as_many_as_the_form_allows(self, number: str, client_for: SignIn) -> None:
        html = get(client_for(Role.COORDINATOR), drafting.draft(), **{**self.GIVEN, "number": number})
        assert "made-up cases" not in html.split("<form", 1)[0]
        assert 'aria-invalid="true"' in html


class TestDownloads:
    def test_every_changed_request_is_a_row(self, stricter: tuple[Any, Draft], client_for: SignIn) -> None:
        request, draft = stricter
        request.title = "=HYPERLINK(1)"
        request.save()
        rows = list(csv.reader(io.StringIO(get(client_for(Role.COORDINATOR), draft, "csv"))))
        assert len(rows) == 2
        assert rows[1][0] == request.reference
        assert rows[1][1] == "'=HYPERLINK(1)", "a spreadsheet does not take it for a formula"
        assert RULE in rows[1][5]

    def test_another_form_is_not_there(self, client_for: SignIn) -> None:
        get(client_for(Role.COORDINATOR), drafting.draft(), "exe", status=404)


def test_a_draft_that_is_given_back_is_counted_again_when_it_is_offered_again(people: dict[Role, User]) -> None:
    draft = drafting.offered()
    assert draft.replayed["cases"] == 0
    advised(people[Role.COORDINATOR])
    draft = operations.return_draft(draft, by=None, because="Look again.")
    assert operations.offer_draft(draft, by=None).replayed["cases"] == 1
    assert timezone.now().isoformat()[:10] in draft.replayed["at"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "“Themes” contains sustainable economic development"),
        ("nl", "“Thema's” bevat duurzame economische ontwikkeling"),
    ],
)
def test_a_condition_of_a_derived_fact_reads_as_a_sentence(language: str, words: str) -> None:
    framework = library.get("almere-international-agenda", "2020-08-01")
    assert framework is not None
    [table] = [each.logic for each in framework.derived if isinstance(each.logic, DecisionTable)]
    with override(language):
        assert logic_in_words(table, framework) == f"{words} → “economic-department”"


def test_a_version_and_a_draft_can_be_taken_along_as_dmn(people: dict[Role, User], client_for: SignIn) -> None:
    client = client_for(Role.POLICY_OFFICER)
    draft = drafting.draft()
    for address in (
        reverse("frameworks:framework-dmn", args=drafting.CHINA),
        reverse("frameworks:draft-dmn", args=[draft.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Disposition"].endswith('.dmn"')
        assert b"<definitions" in answer.content or b":definitions" in answer.content
        assert RULE.encode() in answer.content


def test_a_draft_with_a_mistake_is_no_dmn(people: dict[Role, User], client_for: SignIn) -> None:
    draft = drafting.draft()
    draft.text += "nonsense: 1\n"
    draft.save()
    answer = client_for(Role.COORDINATOR).get(reverse("frameworks:draft-dmn", args=[draft.pk]))
    assert answer.status_code == 404
