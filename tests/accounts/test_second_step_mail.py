"""Whoever changes how somebody signs in cannot do so unseen: she gets mail about it."""

from __future__ import annotations

import smtplib
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from hanze.accounts import second_step
from hanze.accounts.models import Role, User
from tests import factories
from tests.accounts.test_second_step import again, officer, protected, sign_in  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(protected: Any, mailoutbox: list[Any]) -> list[Any]:  # noqa: F811
    """The mail after the app was set up; that about the setting up itself is left out."""
    mailoutbox.clear()
    return mailoutbox


def through_a_recovery_code(user: User, codes: list[str]) -> Client:
    client = sign_in(user)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    return client


def test_setting_up_an_app_is_told_once_without_the_secret_or_a_code(
    officer: User,  # noqa: F811
    protected: tuple[str, list[str]],  # noqa: F811
) -> None:
    [told] = mail.outbox
    assert told.to == [officer.email]
    assert "Er is een app met codes toegevoegd als tweede stap." in told.body
    assert officer.name in told.body
    assert not any(secret in told.body for secret in [protected[0], *protected[1]])


def test_mail_is_in_her_own_language(
    officer: User,  # noqa: F811
    sent: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    officer.language = "en"
    officer.save()
    with django_capture_on_commit_callbacks(execute=True):
        second_step.reset(officer, by=None, because="She called")
    [told] = sent
    assert told.subject == "How you sign in to Hanze has changed"
    assert "An administrator removed your second step" in told.body


def test_a_recovery_code_that_is_used_is_told_with_how_many_are_left(
    officer: User,  # noqa: F811
    protected: tuple[str, list[str]],  # noqa: F811
    sent: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        through_a_recovery_code(officer, protected[1])
    [told] = sent
    assert "9 herstelcodes" in told.body


def test_removing_and_new_codes_are_told(
    officer: User,  # noqa: F811
    protected: tuple[str, list[str]],  # noqa: F811
    sent: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = through_a_recovery_code(officer, protected[1])
    again(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_deactivate_totp"))
    told = "\n".join(each.body for each in sent)
    assert "Er zijn nieuwe herstelcodes gemaakt" in told
    assert "De app met codes is verwijderd als tweede stap." in told
    assert len(sent) == 2


def test_a_second_step_that_an_administrator_removed_is_told_after_it_is_certain(
    officer: User,  # noqa: F811
    sent: list[Any],
    django_capture_on_commit_callbacks: Any,
) -> None:
    administrator = factories.user(Role.ADMINISTRATOR)
    with django_capture_on_commit_callbacks(execute=False) as waiting:
        second_step.reset(officer, by=administrator, because="Telephone lost")
    assert sent == []
    for callback in waiting:
        callback()
    [told] = sent
    assert told.to == [officer.email]
    assert "Telephone lost" not in told.body


def test_a_mail_server_that_is_away_stops_nobody(
    officer: User,  # noqa: F811
    protected: tuple[str, list[str]],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def away(*_arguments: Any, **_options: Any) -> None:
        raise smtplib.SMTPServerDisconnected("away")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    with django_capture_on_commit_callbacks(execute=True):
        client = through_a_recovery_code(officer, protected[1])
    assert client.get(reverse("web:today")).status_code == 200
