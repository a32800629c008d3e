"""The second step of signing in: an app with codes, recovery codes, who needs one, and losing it."""

from __future__ import annotations

import json
import re
import time
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

import hanze.web
from hanze.accounts import second_step
from hanze.accounts.adapter import SecondStepAdapter
from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from tests import factories

PASSWORD = "a-long-password-1"
MADE_UP = (
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": '
    '{"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "userHandle": "MQ"}}'
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return factories.user(Role.POLICY_OFFICER, email="officer@region.example", password=PASSWORD)


def sign_in(user: User) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("web:today")).status_code == 200


def again(client: Client) -> None:
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def code_of(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def set_up_an_app(client: Client, capture: Any) -> tuple[str, list[str]]:
    """The secret of the app, and the recovery codes."""
    again(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert secret is not None
    with capture(execute=True):
        answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret[1])})
    codes = re.findall(r"<code>(\d{8})</code>", client.get(answer["Location"]).content.decode())
    return secret[1], codes


@pytest.fixture
def protected(officer: User, django_capture_on_commit_callbacks: Any) -> tuple[str, list[str]]:
    return set_up_an_app(sign_in(officer), django_capture_on_commit_callbacks)


def later() -> Any:
    """Half a minute and more: each code is good once."""
    return time_machine.travel(timezone.now() + timezone.timedelta(seconds=31))


def test_with_an_app_the_password_alone_opens_nothing(officer: User, protected: tuple[str, list[str]]) -> None:
    client = sign_in(officer)
    assert not is_in(client)
    with later():
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert not is_in(client)
        client.post(reverse("mfa_authenticate"), {"code": code_of(protected[0])})
        assert is_in(client)
    assert Event.objects.filter(name="account.second-step-failed", subject_id=str(officer.pk)).count() == 1


def test_a_code_is_good_once(officer: User, protected: tuple[str, list[str]]) -> None:
    with later():
        code = code_of(protected[0])
        first, second = sign_in(officer), sign_in(officer)
        first.post(reverse("mfa_authenticate"), {"code": code})
        second.post(reverse("mfa_authenticate"), {"code": code})
        assert [is_in(first), is_in(second)] == [True, False]


def test_ten_recovery_codes_are_shown_once_and_each_lets_in_once(
    officer: User, protected: tuple[str, list[str]]
) -> None:
    codes = protected[1]
    assert len(set(codes)) == 10
    first, second = sign_in(officer), sign_in(officer)
    first.post(reverse("mfa_authenticate"), {"code": codes[0]})
    second.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert [is_in(first), is_in(second)] == [True, False]
    again(first)
    page = first.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert not any(code in page for code in codes)


@pytest.mark.django_db(transaction=True)
def test_who_has_no_password_sees_her_recovery_codes_at_once_too(officer: User) -> None:
    officer.set_unusable_password()
    officer.save()
    client = Client()
    client.force_login(officer, backend="allauth.account.auth_backends.AuthenticationBackend")
    _secret, codes = set_up_an_app(client, lambda execute: nullcontext())
    assert len(codes) == 10


def test_codes_cannot_be_tried_without_end(officer: User, protected: tuple[str, list[str]]) -> None:
    client = sign_in(officer)
    for attempt in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{attempt}"})
    with later():
        page = client.post(reverse("mfa_authenticate"), {"code": code_of(protected[0])}).content.decode()
    assert "Too many attempts" in page
    assert not is_in(client)


def test_what_is_kept_does_not_show_the_secret(officer: User, protected: tuple[str, list[str]]) -> None:
    secret, codes = protected
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    assert not any(code in kept for code in codes)
    assert secret not in str(list(Event.objects.values()))


def test_with_another_secret_key_no_code_is_right_until_the_one_before_is_named_too() -> None:
    adapter = SecondStepAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
    with override_settings(SECRET_KEY="another"):
        assert adapter.decrypt(kept) != "JBSWY3DPEHPK3PXP"
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=["only-for-tests"]):
        assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_who_finds_an_open_session_cannot_change_how_one_signs_in(name: str, officer: User) -> None:
    client = sign_in(officer)
    assert client.get(reverse(name))["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert client.get(reverse(name)).status_code == 302
    again(client)
    assert client.get(reverse(name)).status_code == 200


def test_nobody_touches_the_passkey_of_another(officer: User) -> None:
    key = Authenticator.objects.create(
        user=factories.user(), type=Authenticator.Type.WEBAUTHN, data={"name": "Hers", "credential": {}}
    )
    client = sign_in(officer)
    again(client)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, args=[key.pk]), {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Hers"


@pytest.mark.parametrize("credential", ["", "{", "[]", "{}", '{"id": 1}', '"x"', '{"response": null}', "null", MADE_UP])
def test_a_made_up_passkey_opens_nothing_and_breaks_nothing(credential: str, officer: User) -> None:
    client = Client()
    client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert answer.status_code == 302
    assert not is_in(client)


@pytest.mark.parametrize("response", [{}, {"attestationObject": "AAAA"}, {"attestationObject": "%%%"}])
def test_a_passkey_that_cannot_be_read_is_refused_at_the_form(response: dict[str, str], officer: User) -> None:
    client = sign_in(officer)
    again(client)
    client.get(reverse("mfa_add_webauthn"))
    made_up = json.dumps(
        {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30"} | response}
    )
    page = client.post(reverse("mfa_add_webauthn"), {"credential": made_up, "name": "x"})
    assert "This passkey is not right" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_after_the_second_step_one_stays_on_this_site(officer: User, protected: tuple[str, list[str]]) -> None:
    client = Client()
    address = reverse("account_login") + "?next=https://elsewhere.example/"
    client.post(
        address, {"login": officer.email, "password": PASSWORD, "next": "https://elsewhere.example/"}, follow=True
    )
    answer = client.post(
        reverse("mfa_authenticate") + "?next=https://elsewhere.example/",
        {"code": protected[1][0], "next": "https://elsewhere.example/"},
    )
    assert "elsewhere" not in answer["Location"]
    assert is_in(client)


class TestRoles:
    """Roles that need a second step."""

    @pytest.fixture(autouse=True)
    def administrators_need_one(self, settings: Any) -> None:
        settings.SECOND_STEP_ROLES = ["administrator", "coordinator"]

    def test_who_has_none_is_led_to_set_it_up_before_anything_else(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        coordinator = factories.user(Role.COORDINATOR, password=PASSWORD)
        client = sign_in(coordinator)
        for name in ("web:today", "casework:request-list", "account_sessions", "account_change_password"):
            assert client.get(reverse(name))["Location"] == reverse("mfa_index")
        assert client.post(reverse("casework:request-create")).status_code == 302
        assert "Your role asks for a second step" in client.get(reverse("mfa_index")).content.decode()
        set_up_an_app(client, django_capture_on_commit_callbacks)
        assert is_in(client)

    def test_she_can_still_sign_out_and_read_public_pages(self) -> None:
        client = sign_in(factories.user(Role.ADMINISTRATOR, password=PASSWORD))
        assert client.get(reverse("web:accessibility")).status_code == 200
        client.post(reverse("account_logout"))
        assert client.get(reverse("web:today"))["Location"].startswith(reverse("account_login"))

    def test_others_go_on_without(self, officer: User) -> None:
        assert is_in(sign_in(officer))

    def test_recovery_codes_alone_are_no_second_step(self) -> None:
        administrator = factories.user(Role.ADMINISTRATOR, password=PASSWORD)
        Authenticator.objects.create(user=administrator, type=Authenticator.Type.RECOVERY_CODES, data={})
        assert not is_in(sign_in(administrator))


def test_an_administrator_removes_the_second_step_of_somebody_who_lost_it(
    officer: User, protected: tuple[str, list[str]]
) -> None:
    before = sign_in(officer)
    before.post(reverse("mfa_authenticate"), {"code": protected[1][0]})
    administrator = sign_in(factories.user(Role.ADMINISTRATOR, password=PASSWORD))
    address = reverse("people:second-step-reset", args=[officer.pk])
    assert address in administrator.get(reverse("people:account-edit", args=[officer.pk])).content.decode()
    assert administrator.post(address, {"because": " "}).status_code == 200
    assert second_step.has_second_step(officer)
    administrator.post(address, {"because": "Telephone lost, called her back"})
    assert not is_in(before)
    assert is_in(sign_in(officer))
    event = Event.objects.get(name="account.second-step-reset")
    assert (event.subject_id, event.reason) == (str(officer.pk), "Telephone lost, called her back")


def test_nobody_removes_her_own_second_step_without_it(protected: tuple[str, list[str]], officer: User) -> None:
    administrator = factories.user(Role.ADMINISTRATOR)
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(PermissionDenied):
        second_step.reset(administrator, by=administrator, because="I like it easy")
    with pytest.raises(PermissionDenied):
        second_step.reset(officer, by=factories.user(Role.COORDINATOR), because="She asked")
    with pytest.raises(ValidationError):
        second_step.reset(factories.user(), by=administrator, because="She has none")


def test_setting_up_and_removing_stand_in_the_log(
    officer: User, protected: tuple[str, list[str]], django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(officer)
    client.post(reverse("mfa_authenticate"), {"code": protected[1][0]})
    again(client)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_generate_recovery_codes"))
        client.post(reverse("mfa_deactivate_totp"))
    names = list(Event.objects.filter(name__contains="second-step").values_list("name", "data__kind"))
    assert ("account.second-step-added", "totp") in names
    assert ("account.second-step-removed", "totp") in names
    assert Event.objects.filter(name="account.recovery-codes-renewed", actor=officer).exists()
    assert not Authenticator.objects.exists()


def test_no_page_of_another_library_is_left() -> None:
    from allauth.account.views import ReauthenticateView
    from allauth.mfa.base import views as base
    from allauth.mfa.recovery_codes import views as codes
    from allauth.mfa.totp import views as app
    from allauth.mfa.webauthn import views as passkeys

    ours = Path(hanze.web.__file__).parent / "templates"
    used: list[Any] = [ReauthenticateView, base.IndexView, base.AuthenticateView, base.ReauthenticateView]
    used += [app.ActivateTOTPView, app.DeactivateTOTPView, codes.ViewRecoveryCodesView, codes.GenerateRecoveryCodesView]
    used += [passkeys.AddWebAuthnView, passkeys.EditWebAuthnView, passkeys.RemoveWebAuthnView]
    used += [passkeys.ReauthenticateWebAuthnView]
    assert [view.template_name for view in used if not (ours / view.template_name).exists()] == []
