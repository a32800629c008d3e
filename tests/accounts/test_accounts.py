"""The administrator looks after accounts; each change is an operation with its event."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from hanze.accounts import operations
from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from tests import factories
from tests.leaks.conftest import client_of

ClientFor = Callable[[Role], Client]
NEW = {"name": "Noor de Boer", "email": "Noor@Region.example", "roles": ["policy-officer"], "language": "nl"}


def change(client: Client, account: User, **fields: Any) -> Any:
    kept = {"name": account.name, "email": account.email, "roles": sorted(account.roles), "language": ""}
    return client.post(reverse("people:account-edit", args=[account.pk]), {**kept, **fields})


def test_a_new_account_has_its_roles_and_no_password(client_for: ClientFor) -> None:
    answer = client_for(Role.ADMINISTRATOR).post(reverse("people:account-add"), NEW)
    assert answer.status_code == 302
    made = User.objects.get(email="noor@region.example")
    assert made.roles == {"policy-officer"}
    assert not made.has_usable_password()
    assert Event.objects.get(name="account.created").data["roles"] == ["policy-officer"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"roles": []}, "roles"),
        ({"name": ""}, "name"),
        ({"roles": ["king"]}, "roles"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    wrong: dict[str, Any], field: str, client_for: ClientFor
) -> None:
    answer = client_for(Role.ADMINISTRATOR).post(reverse("people:account-add"), {**NEW, **wrong})
    form = answer.context["form"]
    assert set(form.errors) == {field}
    kept = {"name": NEW["name"], "email": NEW["email"]} | {k: v for k, v in wrong.items() if k in ("name", "email")}
    assert all(form[name].value() == value for name, value in kept.items())
    assert not User.objects.filter(name=NEW["name"]).exists()


def test_an_address_that_has_an_account_is_refused_at_the_field(
    client_for: ClientFor, people: dict[Role, User]
) -> None:
    taken = people[Role.COUNCIL].email.upper()
    answer = client_for(Role.ADMINISTRATOR).post(reverse("people:account-add"), {**NEW, "email": taken})
    assert set(answer.context["form"].errors) == {"email"}


def test_roles_change_and_the_log_says_from_what_to_what(client_for: ClientFor, people: dict[Role, User]) -> None:
    officer = people[Role.POLICY_OFFICER]
    change(client_for(Role.ADMINISTRATOR), officer, roles=["coordinator", "communications"])
    assert User.objects.get(pk=officer.pk).roles == {"coordinator", "communications"}
    changed = Event.objects.get(name="account.changed").data["changes"]
    assert changed == {"roles": [["policy-officer"], ["communications", "coordinator"]]}


def test_saving_without_a_change_leaves_no_event(client_for: ClientFor, people: dict[Role, User]) -> None:
    change(client_for(Role.ADMINISTRATOR), people[Role.COUNCIL])
    assert not Event.objects.filter(name="account.changed").exists()


def test_a_new_role_counts_at_the_next_page(client_for: ClientFor, people: dict[Role, User]) -> None:
    requester = client_for(Role.REQUESTER)
    assert requester.get(reverse("web:today")).status_code == 404
    change(client_for(Role.ADMINISTRATOR), people[Role.REQUESTER], roles=["policy-officer"])
    assert requester.get(reverse("web:today")).status_code == 200


@pytest.mark.parametrize("how", ["change", "close"])
def test_the_last_administrator_stays(how: str, client_for: ClientFor, people: dict[Role, User]) -> None:
    last, client = people[Role.ADMINISTRATOR], client_for(Role.ADMINISTRATOR)
    if how == "change":
        answer = change(client, last, roles=["coordinator"])
    else:
        answer = client.post(reverse("people:account-close", args=[last.pk]), {"because": "Gone"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert User.objects.get(pk=last.pk).roles == {"administrator"}


def test_an_administrator_who_is_closed_does_not_count_as_another_one(people: dict[Role, User]) -> None:
    factories.user(Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(ValidationError):
        operations.close_account(people[Role.ADMINISTRATOR], by=None, because="Gone")


def test_closing_needs_a_reason(client_for: ClientFor, people: dict[Role, User]) -> None:
    address = reverse("people:account-close", args=[people[Role.COUNCIL].pk])
    assert client_for(Role.ADMINISTRATOR).post(address, {"because": " "}).context["form"].errors
    assert User.objects.get(pk=people[Role.COUNCIL].pk).is_active


def test_a_closed_account_is_out_at_once_and_cannot_sign_in(client_for: ClientFor, people: dict[Role, User]) -> None:
    member, open_session = people[Role.COUNCIL], client_for(Role.COUNCIL)
    assert open_session.get(reverse("web:today")).status_code == 200
    client_for(Role.ADMINISTRATOR).post(
        reverse("people:account-close", args=[member.pk]), {"because": "Left the council"}
    )
    assert open_session.get(reverse("web:today")).status_code == 302
    fresh = Client()
    fresh.post(reverse("account_login"), {"login": member.email, "password": "a-long-password-1"})
    assert fresh.get(reverse("web:today")).status_code == 302
    assert Event.objects.get(name="account.closed").reason == "Left the council"


def test_a_closed_account_gets_no_link_for_a_new_password(mailoutbox: list[Any], people: dict[Role, User]) -> None:
    operations.close_account(people[Role.COUNCIL], by=None, because="Left")
    Client().post(reverse("account_reset_password"), {"email": people[Role.COUNCIL].email})
    assert mailoutbox == []


def test_a_reopened_account_gets_in_again_with_the_same_roles(client_for: ClientFor, people: dict[Role, User]) -> None:
    member = people[Role.COUNCIL]
    operations.close_account(member, by=None, because="Left")
    client_for(Role.ADMINISTRATOR).post(reverse("people:account-reopen", args=[member.pk]))
    client = client_of(User.objects.get(pk=member.pk))
    assert client.get(reverse("web:today")).status_code == 200
    assert Event.objects.filter(name="account.reopened").exists()


def test_asking_for_the_address_of_reopening_changes_nothing(client_for: ClientFor) -> None:
    closed = factories.user(Role.COUNCIL, is_active=False)
    client_for(Role.ADMINISTRATOR).get(reverse("people:account-reopen", args=[closed.pk]))
    assert not User.objects.get(pk=closed.pk).is_active


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_changes_accounts(role: Role, people: dict[Role, User]) -> None:
    by, someone = people[role], people[Role.COUNCIL]
    with pytest.raises(PermissionDenied):
        operations.create_user(by=by, roles={Role.COUNCIL}, name="X", email="x@region.example")
    with pytest.raises(PermissionDenied):
        operations.change_user(someone, by=by, roles={Role.AUDITOR})
    with pytest.raises(PermissionDenied):
        operations.close_account(someone, by=by, because="Because")
    with pytest.raises(PermissionDenied):
        operations.reopen_account(someone, by=by)


def test_a_weak_password_is_refused(db: None) -> None:
    with pytest.raises(ValidationError):
        operations.create_user(by=None, roles=set(), name="X", email="x@region.example", password="short")
