"""A draft from its start to the version that comes of it: step by step, by two people, and never twice the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from hanze.audit.registry import sentence
from hanze.frameworks import library, operations
from hanze.frameworks.models import Draft, KeptError, PublishedVersion
from hanze.policy.editing import plain
from tests.frameworks import drafting

pytestmark = pytest.mark.django_db
People = dict[Role, User]
EDITORS = {Role.COORDINATOR, Role.POLICY_OFFICER}


def events(draft: Draft) -> list[str]:
    return [event.name for event in Event.objects.about(draft).order_by("pk")]


class TestStarting:
    def test_a_draft_is_the_version_it_starts_from_under_its_own_dates(self) -> None:
        draft = drafting.draft()
        said = plain(draft.text)
        assert said["version"] == draft.version.isoformat()
        assert said["in_force"]["from"] == draft.in_force_from.isoformat()
        before = library.source_of(drafting.base())[0]
        assert sum(one != other for one, other in zip(before.splitlines(), draft.text.splitlines(), strict=True)) == 2
        assert set(draft.scenarios) == {"activities-2024.yaml", "one-rule.yaml", "rules.yaml", "unknown.yaml"}

    def test_nothing_changes_for_requests(self) -> None:
        before = library.installed()
        drafting.draft()
        assert library.installed() == before

    def test_the_date_of_an_installed_version_is_taken(self) -> None:
        with pytest.raises(ValidationError) as refused:
            drafting.draft(version=drafting.base().version)
        assert set(refused.value.message_dict) == {"version"}

    def test_the_date_of_another_draft_is_taken_until_that_is_withdrawn(self) -> None:
        draft = drafting.draft()
        with pytest.raises(ValidationError):
            drafting.draft()
        operations.withdraw_draft(draft, by=None, because="Another way.")
        drafting.draft()

    def test_a_draft_needs_a_title_and_a_reason(self) -> None:
        with pytest.raises(ValidationError) as refused:
            drafting.draft(title=" ", why=" ")
        assert set(refused.value.message_dict) == {"title", "why"}


class TestEditing:
    def test_each_change_is_a_step_that_can_be_taken_back_and_done_again(self) -> None:
        first = drafting.draft()
        second = drafting.change(first, ("title", "en"), "Another title")
        third = drafting.change(second, ("title", "nl"), "Een andere titel")
        back = operations.step_draft(third, by=None, revision=third.revision)
        assert back.text == second.text
        assert operations.step_draft(back, by=None, revision=back.revision).text == first.text
        back.refresh_from_db()
        again = operations.step_draft(back, by=None, revision=back.revision, forward=True)
        assert again.text == second.text

    def test_before_the_first_step_and_after_the_last_there_is_nothing(self) -> None:
        draft = drafting.draft()
        assert operations.step_draft(draft, by=None, revision=draft.revision).text == draft.text
        assert operations.step_draft(draft, by=None, revision=draft.revision, forward=True).text == draft.text

    def test_a_new_change_ends_what_was_taken_back(self) -> None:
        changed = drafting.change(drafting.draft(), ("title", "en"), "One")
        back = operations.step_draft(changed, by=None, revision=changed.revision)
        other = drafting.change(back, ("title", "en"), "Two")
        assert operations.step_draft(other, by=None, revision=other.revision, forward=True).text == other.text

    def test_the_second_of_two_is_told_and_overwrites_nothing(self, people: People) -> None:
        draft = drafting.draft()
        drafting.change(draft, ("title", "en"), "Hers", by=people[Role.COORDINATOR])
        with pytest.raises(ValidationError) as refused:
            drafting.change(draft, ("title", "en"), "Mine", by=people[Role.POLICY_OFFICER], revision=draft.revision)
        assert refused.value.code == operations.CONFLICT
        assert people[Role.COORDINATOR].name in refused.value.messages[0]
        draft.refresh_from_db()
        assert plain(draft.text)["title"]["en"] == "Hers"

    def test_the_dates_follow_the_text(self) -> None:
        day = timezone.localdate() + timedelta(days=40)
        draft = drafting.change(drafting.draft(), ("version",), day.isoformat())
        assert draft.version == day

    def test_the_log_says_what_was_changed_by_its_name(self, people: People) -> None:
        draft = drafting.draft()
        path = drafting.rule(draft.text, "E1-list")
        drafting.change(draft, (*path, "when", "sector"), "culture", by=people[Role.POLICY_OFFICER])
        event = Event.objects.about(draft).get(name="framework-draft.changed")
        assert event.data["place"] == "E1-list, sector"
        assert "E1-list, sector" in sentence(event)

    def test_a_change_that_changes_nothing_is_no_step(self) -> None:
        draft = drafting.draft()
        assert drafting.change(draft, ("title", "en"), plain(draft.text)["title"]["en"]).revision == draft.revision

    def test_an_offered_draft_stands_still(self) -> None:
        offered = drafting.offered()
        with pytest.raises(ValidationError):
            drafting.change(offered, ("title", "en"), "Too late")


class TestOffering:
    def test_is_refused_while_something_is_wrong(self) -> None:
        draft = drafting.change(drafting.draft(), ("tables", 0, "kind"), "nonsense")
        with pytest.raises(ValidationError):
            operations.offer_draft(draft, by=None)

    def test_is_refused_while_a_scenario_fails(self) -> None:
        draft = drafting.draft()
        path = drafting.rule(draft.text, "E1-list")
        draft = drafting.change(draft, (*path, "then", "advice"), "take-up")
        assert operations.obstacles(draft)
        with pytest.raises(ValidationError):
            operations.offer_draft(draft, by=None)

    def test_is_refused_without_scenarios(self) -> None:
        draft = drafting.draft()
        draft.scenarios = {}
        draft.save()
        with pytest.raises(ValidationError):
            operations.offer_draft(draft, by=None)

    def test_is_refused_for_a_day_that_has_passed(self) -> None:
        draft = drafting.draft(in_force_from=timezone.localdate() - timedelta(days=1))
        with pytest.raises(ValidationError):
            operations.offer_draft(draft, by=None)

    def test_is_refused_when_the_text_became_another_framework(self) -> None:
        draft = drafting.change(drafting.draft(), ("framework",), "something-else")
        with pytest.raises(ValidationError):
            operations.offer_draft(draft, by=None)

    def test_a_returned_draft_can_be_edited_and_offered_again(self) -> None:
        draft = operations.return_draft(drafting.offered(), by=None, because="Make it clearer.")
        draft = drafting.change(draft, ("title", "en"), "Clearer")
        assert operations.offer_draft(draft, by=None).state == Draft.State.OFFERED
        assert events(draft) == [
            f"framework-draft.{name}" for name in ("started", "offered", "returned", "changed", "offered")
        ]

    def test_giving_back_and_withdrawing_need_a_reason(self) -> None:
        offered = drafting.offered()
        for operation in (operations.return_draft, operations.withdraw_draft):
            with pytest.raises(ValidationError) as refused:
                operation(offered, by=None, because=" ")
            assert set(refused.value.message_dict) == {"because"}


class TestApproving:
    def test_makes_a_version_that_is_installed_beside_the_files(self, people: People) -> None:
        version = drafting.published(by=people[Role.EXECUTIVE])
        installed = library.get(version.framework, version.version)
        assert installed is not None
        assert installed.content_hash == version.content_hash
        assert library.in_force(timezone.localdate())["zh-china"] is installed
        assert library.trial(installed).in_order
        assert library.source_of(installed) == (version.text, version.scenarios)
        assert version.approved_by == people[Role.EXECUTIVE]

    def test_the_version_before_stays_for_the_days_before(self) -> None:
        drafting.published()
        yesterday = timezone.localdate() - timedelta(days=1)
        assert library.in_force(yesterday)["zh-china"].version == drafting.base().version

    def test_a_version_in_the_future_waits_for_its_day(self) -> None:
        version = drafting.published(in_force_from=timezone.localdate() + timedelta(days=3))
        assert library.in_force(timezone.localdate())["zh-china"].version != version.version
        assert library.in_force(timezone.localdate() + timedelta(days=3))["zh-china"].version == version.version

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.EXECUTIVE])
    def test_never_by_who_worked_on_it(self, role: Role, people: People) -> None:
        draft = drafting.draft()
        draft.editors.add(people[role])
        operations.offer_draft(draft, by=None)
        with pytest.raises(PermissionDenied):
            operations.approve_draft(draft, by=people[role])

    def test_never_by_who_started_or_offered_it(self, people: People) -> None:
        started = drafting.offered(by=people[Role.COORDINATOR])
        with pytest.raises(PermissionDenied):
            operations.approve_draft(started, by=people[Role.COORDINATOR])
        other = drafting.draft(version=timezone.localdate() + timedelta(days=9))
        operations.offer_draft(other, by=people[Role.COORDINATOR])
        with pytest.raises(PermissionDenied):
            operations.approve_draft(other, by=people[Role.COORDINATOR])

    def test_only_what_was_offered(self) -> None:
        with pytest.raises(ValidationError):
            operations.approve_draft(drafting.draft(), by=None)

    def test_a_version_of_that_date_that_came_meanwhile_stands_in_the_way(self, tmp_path: Any, settings: Any) -> None:
        offered = drafting.offered()
        (tmp_path / "zh-china").mkdir()
        (tmp_path / "zh-china" / "other.yaml").write_text(offered.text)
        settings.FRAMEWORKS_DIR = tmp_path
        with pytest.raises(ValidationError):
            operations.approve_draft(offered, by=None)

    def test_a_published_version_is_never_changed_or_removed(self) -> None:
        version = drafting.published()
        for attempt in (
            version.save,
            version.delete,
            PublishedVersion.objects.all().delete,
            lambda: PublishedVersion.objects.update(text=""),
        ):
            with pytest.raises(KeptError):
                attempt()

    def test_a_file_of_the_same_version_does_not_replace_it(self, tmp_path: Any, settings: Any) -> None:
        version = drafting.published()
        (tmp_path / "zh-china").mkdir()
        (tmp_path / "zh-china" / "late.yaml").write_text(version.text.replace("precedence: 30", "precedence: 31"))
        settings.FRAMEWORKS_DIR = tmp_path
        installed = library.get(version.framework, version.version)
        assert installed is not None
        assert installed.precedence == 30
        assert any("published in Hanze already" in problem.message for problem in library.problems())


@pytest.mark.parametrize("role", list(Role))
class TestWhoMay:
    def test_start_and_edit(self, role: Role, people: People) -> None:
        user, draft = people[role], drafting.draft()
        later = timezone.localdate() + timedelta(days=30)
        self.only(EDITORS, role, lambda: drafting.draft(by=user, version=later))
        self.only(EDITORS, role, lambda: drafting.change(draft, ("title", "en"), "New", by=user))
        draft.refresh_from_db()
        self.only(EDITORS, role, lambda: operations.step_draft(draft, by=user, revision=draft.revision))
        self.only(EDITORS, role, lambda: operations.offer_draft(draft, by=user))

    def test_approve(self, role: Role, people: People) -> None:
        offered = drafting.offered()
        self.only({Role.COORDINATOR, Role.EXECUTIVE}, role, lambda: operations.approve_draft(offered, by=people[role]))

    def test_give_back_and_withdraw(self, role: Role, people: People) -> None:
        offered = drafting.offered()
        give_back = lambda: operations.return_draft(offered, by=people[role], because="Not yet.")  # noqa: E731
        self.only({*EDITORS, Role.EXECUTIVE}, role, give_back)
        self.only(EDITORS, role, lambda: operations.withdraw_draft(offered, by=people[role], because="Not at all."))

    def only(self, allowed: set[Role], role: Role, attempt: Callable[[], Any]) -> None:
        if role in allowed:
            attempt()
        else:
            with pytest.raises(PermissionDenied):
                attempt()
