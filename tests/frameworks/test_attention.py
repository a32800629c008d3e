"""What drafts put on the Today page, and for whom."""

from __future__ import annotations

import pytest
from django.utils import timezone

from hanze.accounts.models import Role, User
from hanze.frameworks import operations
from hanze.frameworks.attention import attention
from tests.frameworks import drafting

pytestmark = pytest.mark.django_db
People = dict[Role, User]


def told(people: People) -> set[Role]:
    return {role for role, user in people.items() if attention(user, timezone.localdate())}


def test_an_offered_draft_waits_for_who_may_approve_it(people: People) -> None:
    drafting.offered(by=people[Role.POLICY_OFFICER])
    assert told(people) == {Role.COORDINATOR, Role.EXECUTIVE}


def test_not_for_who_worked_on_it(people: People) -> None:
    drafting.offered(by=people[Role.COORDINATOR])
    assert told(people) == {Role.EXECUTIVE}


def test_a_draft_that_was_given_back_is_for_who_offered_it(people: People) -> None:
    offered = drafting.offered(by=people[Role.POLICY_OFFICER])
    operations.return_draft(offered, by=people[Role.EXECUTIVE], because="Make it clearer.")
    assert told(people) == {Role.POLICY_OFFICER}


def test_an_open_or_approved_draft_asks_nothing(people: People) -> None:
    drafting.draft(by=people[Role.POLICY_OFFICER])
    assert told(people) == set()
    operations.approve_draft(
        drafting.offered(version=timezone.localdate().replace(year=2099)), by=people[Role.EXECUTIVE]
    )
    assert told(people) == set()
