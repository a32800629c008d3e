"""A passkey as the second step after a password, and in place of one."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role, User
from tests import factories
from tests.accounts.passkey import HOST, Passkey

PASSWORD = "a-long-password-1"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user(Role.POLICY_OFFICER, email="officer@region.example", password=PASSWORD)


def at_home() -> Client:
    return Client(headers={"host": HOST, "accept-language": "en"})


def with_password(user: User) -> tuple[Client, Any]:
    client = at_home()
    return client, client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})


def options_on(page: Any) -> dict[str, Any]:
    """What the page asks of the browser."""
    found = re.search(r'<script id="passkey-options"[^>]*>(.*?)</script>', page.content.decode(), re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def is_in(client: Client) -> bool:
    return client.get(reverse("web:today")).status_code == 200


@pytest.fixture
def key(officer: User) -> Passkey:
    """A passkey of the officer, who set it up herself."""
    client, _answer = with_password(officer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    made = Passkey()
    page = client.get(reverse("mfa_add_webauthn"))
    answer = client.post(
        reverse("mfa_add_webauthn"),
        {"name": "Stick", "passwordless": "on", "credential": made.made(options_on(page))},
    )
    assert answer.status_code == 302, answer.content.decode()
    return made


def test_after_the_password_the_passkey_is_asked_for_and_lets_in(officer: User, key: Passkey) -> None:
    client, answer = with_password(officer)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    client.post(reverse("mfa_authenticate"), {"credential": key.used_for(asked, officer.pk)})
    assert is_in(client)
    assert Authenticator.objects.get(type="webauthn").last_used_at is not None


def test_the_passkey_of_another_does_not_let_in_after_her_password(officer: User, key: Passkey) -> None:
    client, _answer = with_password(officer)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    for other in (Passkey(), Passkey(name=b"another-name")):
        client.post(reverse("mfa_authenticate"), {"credential": other.used_for(asked, officer.pk)})
        assert not is_in(client)


def test_what_the_passkey_said_before_does_not_let_in_again(officer: User, key: Passkey) -> None:
    client, _answer = with_password(officer)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    said = key.used_for(asked, officer.pk)
    client.post(reverse("mfa_authenticate"), {"credential": said})
    assert is_in(client)
    thief, _answer = with_password(officer)
    thief.get(reverse("mfa_authenticate"))
    thief.post(reverse("mfa_authenticate"), {"credential": said})
    assert not is_in(thief)


def test_what_the_passkey_said_on_a_false_page_does_not_let_in(officer: User, key: Passkey) -> None:
    client, _answer = with_password(officer)
    asked = options_on(client.get(reverse("mfa_authenticate")))
    key.origin = "https://localhost.elsewhere.example"
    client.post(reverse("mfa_authenticate"), {"credential": key.used_for(asked, officer.pk)})
    assert not is_in(client)


def test_a_passkey_stands_in_for_the_password(officer: User, key: Passkey) -> None:
    client = at_home()
    asked = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    credential = key.used_for(asked["request_options"], officer.pk)
    client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert is_in(client)


def test_a_closed_account_is_not_opened_by_its_passkey(officer: User, key: Passkey) -> None:
    User.objects.update(is_active=False)
    client = at_home()
    asked = client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    client.post(reverse("mfa_login_webauthn"), {"credential": key.used_for(asked["request_options"], officer.pk)})
    assert not is_in(client)
