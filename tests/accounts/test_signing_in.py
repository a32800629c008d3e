"""Signing in, out, and getting in again after forgetting the password."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

import hanze.web
from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from tests import factories

PASSWORD = "a-long-password-1"
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user(Role.POLICY_OFFICER, email="officer@region.example", password=PASSWORD)


def sign_in(password: str = PASSWORD, email: str = "officer@region.example", client: Client | None = None) -> Client:
    client = client or Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("web:today")).status_code == 200


def test_the_right_password_opens_the_start_page_and_is_logged(officer: User) -> None:
    assert is_in(sign_in())
    assert Event.objects.get(name="account.signed-in").actor == officer


def test_the_address_may_be_typed_in_capitals(officer: User) -> None:
    assert is_in(sign_in(email="Officer@Region.EXAMPLE"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_wrong_password_says_so_at_the_form_without_telling_whether_the_account_exists(
    language: str, officer: User
) -> None:
    client = Client(headers={"accept-language": language})
    pages = [
        client.post(reverse("account_login"), {"login": email, "password": "wrong"}).content.decode()
        for email in ("officer@region.example", "nobody@region.example")
    ]
    words = {"nl": "Het e-mailadres of het wachtwoord klopt niet", "en": "or the password is not right"}[language]
    assert all(words in page for page in pages)


def test_a_failed_attempt_on_an_account_is_logged_and_what_strangers_type_is_not(officer: User) -> None:
    sign_in("wrong")
    sign_in("wrong", email="stranger@elsewhere.example")
    failed = Event.objects.get(name="account.sign-in-failed")
    assert failed.subject_id == str(officer.pk)
    assert "stranger" not in str(list(Event.objects.values()))


def test_after_five_failed_attempts_even_the_right_password_waits(officer: User) -> None:
    client = Client()
    for _attempt in range(5):
        sign_in("wrong", client=client)
    assert not is_in(sign_in(client=client))


def test_attempts_are_counted_where_every_process_sees_them(officer: User) -> None:
    """The counters lie in the database: a cache in the memory of one process would give each worker its own."""
    sign_in("wrong")
    assert settings.CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert cache._table == "hanze_cache"  # type: ignore[attr-defined]


def test_signing_out_asks_for_a_button_and_ends_the_session(officer: User) -> None:
    client = sign_in()
    client.get(reverse("account_logout"))
    assert is_in(client)
    client.post(reverse("account_logout"))
    assert not is_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_confirm_email"])
def test_nobody_signs_up_or_manages_addresses(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
    for path in ("signup/", "email/", "confirm-email/"):
        assert Client().get(f"/accounts/{path}").status_code in (302, 404)
    assert "signup" not in Client().get(reverse("account_login")).content.decode().lower()


def test_forgetting_the_password_sends_a_link_with_which_a_new_one_is_chosen(officer: User) -> None:
    client = Client(headers={"accept-language": "nl"})
    client.post(reverse("account_reset_password"), {"email": "officer@region.example"})
    [message] = mail.outbox
    assert message.to == ["officer@region.example"]
    assert message.subject == "Kies een nieuw wachtwoord voor Hanze"
    found = re.search(r"http://testserver(/\S+)", message.body)
    assert found is not None
    form = client.get(found[1], follow=True)
    address = form.redirect_chain[-1][0]
    new = {"password1": "another-long-word-2", "password2": "another-long-word-2"}
    assert client.post(address, new, follow=True).status_code == 200
    assert is_in(sign_in("another-long-word-2"))
    assert not is_in(sign_in(PASSWORD))
    again = Client().get(found[1], follow=True).content.decode()
    assert "password1" not in again


def test_an_unknown_address_gets_the_same_answer_and_no_mail(officer: User) -> None:
    answers = [
        Client().post(reverse("account_reset_password"), {"email": email})["Location"]
        for email in ("officer@region.example", "nobody@region.example")
    ]
    assert answers[0] == answers[1]
    assert [message.to for message in mail.outbox] == [["officer@region.example"]]


def test_an_account_without_a_password_gets_in_by_the_link_only(officer: User) -> None:
    officer.set_unusable_password()
    officer.save()
    assert not is_in(sign_in(""))
    Client().post(reverse("account_reset_password"), {"email": officer.email})
    assert len(mail.outbox) == 1


def test_a_new_password_needs_the_present_one_and_twelve_characters(
    officer: User, client_for: Callable[[Role], Client]
) -> None:
    client = sign_in()
    address = reverse("account_change_password")
    short = {"oldpassword": PASSWORD, "password1": "short", "password2": "short"}
    assert client.post(address, short).status_code == 200
    wrong = {"oldpassword": "wrong", "password1": "another-long-word-2", "password2": "another-long-word-2"}
    assert client.post(address, wrong).status_code == 200
    assert client.post(address, {**wrong, "oldpassword": PASSWORD}).status_code == 302
    assert is_in(client)
    assert is_in(sign_in("another-long-word-2"))


def test_every_page_of_signing_in_stands_in_our_frame_and_speaks_dutch() -> None:
    client = Client(headers={"accept-language": "nl"})
    for name in ("account_login", "account_reset_password", "account_reset_password_done", "account_inactive"):
        page = client.get(reverse(name)).content.decode()
        assert 'class="masthead"' in page
        assert 'lang="nl"' in page
        assert not re.search(r"\b(je|jij|jouw)\b", re.sub(r"<[^>]+>", " ", page)), name


def test_no_page_of_another_library_is_left() -> None:
    """Every template that the sign-in views of allauth use is ours."""
    from allauth.account import views

    ours = Path(hanze.web.__file__).parent / "templates"
    used = [views.LoginView, views.LogoutView, views.PasswordChangeView, views.PasswordSetView]
    used += [views.PasswordResetView, views.PasswordResetDoneView, views.PasswordResetFromKeyView]
    used += [views.PasswordResetFromKeyDoneView, views.AccountInactiveView]
    assert [view.template_name for view in used if not (ours / view.template_name).exists()] == []


def test_what_is_said_after_a_new_password_is_ours(officer: User) -> None:
    client = sign_in()
    new = {"oldpassword": PASSWORD, "password1": "another-long-word-2", "password2": "another-long-word-2"}
    page = client.post(reverse("account_change_password"), new, follow=True, headers={"accept-language": "nl"})
    assert [str(message) for message in page.context["messages"]] == ["Uw wachtwoord is gewijzigd."]
