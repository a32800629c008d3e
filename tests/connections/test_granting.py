"""Nobody hands on more than she may do herself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.connections import operations
from tests import factories
from tests.connections.making import application

pytestmark = pytest.mark.django_db
NEXT_MONTH = timezone.localdate() + timedelta(days=30)
FIELDS = {"name": "Dashboard", "purpose": "Figures", "contact": "it@region.example"}


@pytest.mark.parametrize(
    ("creator", "role", "ceiling", "allowed"),
    [
        ({Role.ADMINISTRATOR}, "policy-officer", "internal", True),
        ({Role.ADMINISTRATOR}, "auditor", "internal", True),
        ({Role.ADMINISTRATOR}, "coordinator", "confidential", False),
        ({Role.ADMINISTRATOR}, "auditor", "restricted", False),
        ({Role.ADMINISTRATOR}, "policy-officer", "restricted", True),
        ({Role.ADMINISTRATOR, Role.COORDINATOR}, "coordinator", "confidential", True),
        ({Role.ADMINISTRATOR, Role.COORDINATOR}, "auditor", "restricted", False),
        ({Role.ADMINISTRATOR, Role.AUDITOR}, "auditor", "restricted", True),
    ],
)
def test_an_application_reads_no_class_that_its_maker_does_not(
    creator: set[Role], role: str, ceiling: str, allowed: bool
) -> None:
    by = factories.user(*creator)
    if allowed:
        assert operations.create_application(by=by, role=role, ceiling=ceiling, **FIELDS).ceiling == ceiling
        return
    with pytest.raises(ValidationError) as refused:
        operations.create_application(by=by, role=role, ceiling=ceiling, **FIELDS)
    assert set(refused.value.message_dict) == {"ceiling"}


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_lets_applications_in(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        operations.create_application(by=factories.user(role), role="council", ceiling="public", **FIELDS)


@pytest.mark.parametrize("role", ["administrator", "executive", "requester", "king"])
def test_an_application_is_no_administrator_executive_or_requester(role: str) -> None:
    with pytest.raises(ValidationError) as refused:
        operations.create_application(by=None, role=role, ceiling="public", **FIELDS)
    assert "role" in refused.value.message_dict


def test_writing_is_handed_on_only_by_who_may_write() -> None:
    made = application("policy-officer", "internal")
    only, both = factories.user(Role.ADMINISTRATOR), factories.user(Role.ADMINISTRATOR, Role.POLICY_OFFICER)
    wanted = {"label": "Server", "scopes": ["write:requests"], "expires_on": NEXT_MONTH}
    with pytest.raises(ValidationError) as refused:
        operations.create_token(made, by=only, **wanted)
    assert "scopes" in refused.value.message_dict
    assert operations.create_token(made, by=both, **wanted)[0].scopes == ["write:requests"]


@pytest.mark.parametrize("scope", ["write:requests", "read:advice-receipts", "read:log-events", "read:everything"])
def test_a_token_has_no_scope_that_its_role_cannot_use(scope: str) -> None:
    with pytest.raises(ValidationError):
        operations.create_token(application("council"), by=None, label="x", scopes=[scope], expires_on=NEXT_MONTH)


@pytest.mark.parametrize("days", [-1, 367, 4000])
def test_a_token_ends_within_a_year(days: int) -> None:
    until = timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValidationError) as refused:
        operations.create_token(application(), by=None, label="x", scopes=["read:people"], expires_on=until)
    assert "expires_on" in refused.value.message_dict


def test_the_log_says_who_made_a_token_and_for_what() -> None:
    by = factories.user(Role.ADMINISTRATOR)
    made = application("council", "public")
    operations.create_token(made, by=by, label="x", scopes=["read:people"], expires_on=NEXT_MONTH)
    event = Event.objects.get(name="token.created")
    assert (event.actor, event.subject_label, event.data["scopes"]) == (by, made.name, ["read:people"])
