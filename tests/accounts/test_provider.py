"""Signing in through the organisation's provider, against a real one on this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from hanze.accounts import provider
from hanze.accounts.models import Role, User
from hanze.audit.models import Event
from tests import factories

mock = pytest.importorskip("oidc_provider_mock", reason="the provider for tests (oidc-provider-mock) is not installed")
pytestmark = pytest.mark.django_db
HER = "noor@region.example"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def through(address: str, settings: Any) -> None:
    settings.OIDC_URL = address
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = "hanze", "a-secret"
    settings.OIDC_NAME = "Our own sign-in"
    settings.OIDC_ROLES = [
        ("CN=Officers,OU=Abroad", "policy-officer"),
        ("Heads", "coordinator"),
        ("IT", "administrator"),
    ]


def known(address: str, sub: str = "noor", **claims: Any) -> None:
    """What the provider says of somebody from now on."""
    requests.put(f"{address}/users/{sub}", json={"email": HER, "name": "Noor de Wit", **claims}, timeout=5)


def come_in(sub: str = "noor", client: Client | None = None, **asked: str) -> tuple[Client, Any]:
    """Through the provider and back; the client and what the way back answered."""
    client = client or Client(headers={"accept-language": "en"})
    there = client.get(reverse("openid_connect_login"), asked)
    back = requests.post(there["Location"], data={"sub": sub}, allow_redirects=False, timeout=5)
    return client, client.get(re.sub(r"^http://testserver", "", back.headers["Location"]))


def is_in(client: Client) -> bool:
    return client.get(reverse("web:today")).status_code == 200


def test_the_sign_in_page_has_a_button_only_when_there_is_a_provider(settings: Any) -> None:
    page = Client(headers={"accept-language": "en"}).get(reverse("account_login")).content.decode()
    assert "Sign in with Our own sign-in" in page
    settings.OIDC_URL = ""
    assert reverse("openid_connect_login") not in Client().get(reverse("account_login")).content.decode()
    assert Client().get(reverse("openid_connect_login")).status_code == 404


def test_the_first_time_makes_an_account_with_the_roles_of_her_groups_only(address: str) -> None:
    known(address, groups=["CN=Officers,OU=Abroad", "Everybody"])
    client, _answer = come_in()
    assert is_in(client)
    user = User.objects.get(email=HER)
    assert (user.name, user.roles) == ("Noor de Wit", {Role.POLICY_OFFICER})
    assert not user.has_usable_password()
    assert set(Event.objects.filter(subject_id=str(user.pk)).values_list("name", flat=True)) == {
        "account.created",
        "account.linked",
        "account.signed-in",
    }


@pytest.mark.parametrize("groups", [[], ["Everybody"], "IT-not", None, 7, [["IT"]]])
def test_without_a_group_that_has_a_role_a_plain_page_says_so_and_nothing_is_made(address: str, groups: Any) -> None:
    known(address, groups=groups)
    client, answer = come_in()
    assert answer.status_code == 403
    assert "none of your groups has a role" in answer.content.decode()
    assert not is_in(client)
    assert not User.objects.exists()


def test_roles_follow_the_groups_at_each_sign_in_and_the_log_says_so(address: str) -> None:
    known(address, groups=["CN=Officers,OU=Abroad"])
    come_in()
    known(address, groups=["Heads"])
    come_in()
    user = User.objects.get(email=HER)
    assert user.roles == {Role.COORDINATOR}
    assert "coordinator" in str(Event.objects.get(name="account.changed").data)
    known(address, groups=[])
    client, answer = come_in()
    assert answer.status_code == 403
    assert not is_in(client)
    assert not User.objects.get(email=HER).roles


def test_the_last_administrator_stays_one(address: str) -> None:
    known(address, groups=["IT"])
    come_in()
    known(address, groups=["Heads"])
    come_in()
    assert User.objects.get(email=HER).roles == {Role.ADMINISTRATOR, Role.COORDINATOR}


def test_a_closed_account_stays_closed(address: str) -> None:
    known(address, groups=["Heads"])
    come_in()
    User.objects.update(is_active=False)
    client, _answer = come_in()
    assert not is_in(client)


@pytest.mark.parametrize(
    ("setting", "verified", "lets_in"),
    [(False, True, False), (True, False, False), (True, None, False), (True, "true", False), (True, True, True)],
)
def test_an_account_that_is_there_is_linked_only_when_a_setting_and_the_provider_say_so(
    setting: bool, verified: Any, lets_in: bool, address: str, settings: Any
) -> None:
    settings.OIDC_LINK_VERIFIED = setting
    hers = factories.user(Role.EXECUTIVE, email=HER)
    known(address, groups=["Heads"], email_verified=verified)
    client, answer = come_in()
    assert is_in(client) is lets_in
    assert (answer.status_code == 403) is not lets_in
    assert SocialAccount.objects.filter(user=hers).exists() is lets_in
    assert User.objects.get(pk=hers.pk).roles == ({Role.COORDINATOR} if lets_in else {Role.EXECUTIVE})


@pytest.mark.parametrize("email", ["", "no address", "program@applications.invalid"])
def test_without_a_usable_address_nobody_gets_in(email: str, address: str, settings: Any) -> None:
    settings.OIDC_LINK_VERIFIED = True
    factories.user(Role.COORDINATOR, email="program@applications.invalid")
    known(address, groups=["Heads"], email=email, email_verified=True)
    client, answer = come_in()
    assert answer.status_code == 403
    assert not is_in(client)


def test_what_the_provider_says_of_her_is_not_kept(address: str) -> None:
    known(address, groups=["Heads"], birthdate="1970-01-01")
    come_in()
    come_in()
    assert [each.extra_data for each in SocialAccount.objects.all()] == [{}]


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(address: str) -> None:
    known(address, groups=["Heads"])
    mine, hers = Client(), Client()
    there = mine.get(reverse("openid_connect_login"))
    back = requests.post(there["Location"], data={"sub": "noor"}, allow_redirects=False, timeout=5)
    path = re.sub(r"^http://testserver", "", back.headers["Location"])
    hers.get(path)
    assert not is_in(hers)
    hers.get(re.sub(r"state=[^&]*", "state=made-up", path))
    hers.get(re.sub(r"&?state=[^&]*", "", path))
    assert not is_in(hers)
    mine.get(path)
    assert is_in(mine)
    mine.post(reverse("account_logout"))
    mine.get(path)
    assert not is_in(mine), "an answer is good once"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"])
def test_after_signing_in_one_stays_on_this_site(elsewhere: str, address: str) -> None:
    known(address, groups=["Heads"])
    client, answer = come_in(next=elsewhere)
    assert "elsewhere" not in answer["Location"]
    assert "javascript" not in answer["Location"]
    assert is_in(client)


def test_one_goes_on_to_the_page_that_was_asked_for(address: str) -> None:
    known(address, groups=["Heads"])
    _client, answer = come_in(next=reverse("casework:request-list"))
    assert answer["Location"] == reverse("casework:request-list")


def test_nobody_can_have_another_identity_tied_to_the_account_that_is_signed_in(address: str, client_for: Any) -> None:
    client = client_for(Role.ADMINISTRATOR)
    assert client.get(reverse("openid_connect_login"), {"process": "connect"}).status_code == 404
    assert not SocialAccount.objects.exists()


def test_breaking_off_and_a_provider_that_is_away_end_on_a_page_of_ours(address: str, settings: Any) -> None:
    client = Client(headers={"accept-language": "en"})
    there = client.get(reverse("openid_connect_login"))
    back = requests.post(there["Location"], data={"action": "deny"}, allow_redirects=False, timeout=5)
    path = re.sub(r"^http://testserver", "", back.headers["Location"])
    [state] = re.findall(r"state=[^&]*", there["Location"])  # the provider for tests forgets it here
    answer = client.get(f"{path}&{state}", follow=True)
    assert "was broken off" in answer.content.decode()
    settings.OIDC_URL = "http://localhost:9"
    page = client.get(reverse("openid_connect_login"))
    assert "Signing in did not work" in page.content.decode()
    assert 'class="masthead"' in page.content.decode()


def test_unlinking_is_for_herself_when_she_has_a_password_and_for_an_administrator(address: str) -> None:
    known(address, groups=["Heads"])
    client, _answer = come_in()
    user = User.objects.get(email=HER)
    client.post(reverse("account_provider_unlink"))
    assert provider.linked(user), "without a password she could never sign in again"
    with pytest.raises(PermissionDenied):
        provider.unlink(user, by=factories.user(Role.COORDINATOR))
    provider.unlink(user, by=factories.user(Role.ADMINISTRATOR))
    assert not provider.linked(user)
    assert Event.objects.filter(name="account.unlinked", subject_id=str(user.pk)).count() == 1


def test_her_own_second_step_is_asked_for_after_the_provider_too(address: str) -> None:
    from allauth.mfa.models import Authenticator

    known(address, groups=["Heads"])
    come_in()
    Authenticator.objects.create(user=User.objects.get(email=HER), type="totp", data={"secret": "x"})
    client, answer = come_in()
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)


class TestSecondStepThere:
    """A second step that somebody took at the provider."""

    @pytest.fixture(autouse=True)
    def counts(self, settings: Any) -> None:
        settings.SECOND_STEP_ROLES = ["coordinator"]
        settings.OIDC_SECOND_STEP = [("amr", "mfa"), ("acr", "level=high")]

    @pytest.mark.parametrize("said", [{"amr": ["pwd", "mfa"]}, {"acr": "level=high"}, {"amr": "mfa"}])
    def test_counts_here_where_the_settings_say_so(self, said: dict[str, Any], address: str) -> None:
        known(address, groups=["Heads"], **said)
        client, _answer = come_in()
        assert is_in(client)

    @pytest.mark.parametrize(
        "said",
        [{}, {"amr": ["pwd"]}, {"amr": "mfa pwd"}, {"acr": "mfa"}, {"amr": [["mfa"]]}, {"amr": {"mfa": True}}],
    )
    def test_does_not_count_when_it_says_anything_else(self, said: dict[str, Any], address: str) -> None:
        known(address, groups=["Heads"], **said)
        client, _answer = come_in()
        assert client.get(reverse("web:today"))["Location"] == reverse("mfa_index")

    def test_does_not_count_where_no_setting_says_so(self, address: str, settings: Any) -> None:
        settings.OIDC_SECOND_STEP = []
        known(address, groups=["Heads"], amr=["mfa"])
        client, _answer = come_in()
        assert not is_in(client)

    def test_spares_her_the_one_here_too(self, address: str) -> None:
        from allauth.mfa.models import Authenticator

        known(address, groups=["Heads"], amr=["mfa"])
        come_in()
        Authenticator.objects.create(user=User.objects.get(email=HER), type="totp", data={"secret": "x"})
        client, _answer = come_in()
        assert is_in(client)
        known(address, groups=["Heads"], amr=["pwd"])
        client, answer = come_in(client=client)
        assert answer["Location"] == reverse("mfa_authenticate")
        assert not is_in(client)

    def test_holds_for_that_session_only(self, address: str) -> None:
        known(address, groups=["Heads"], amr=["mfa"])
        come_in()
        her = User.objects.get(email=HER)
        her.set_password("a-long-password-1")
        her.save()
        elsewhere = Client()
        elsewhere.post(reverse("account_login"), {"login": HER, "password": "a-long-password-1"})
        assert elsewhere.get(reverse("web:today"))["Location"] == reverse("mfa_index")

    def test_of_a_token_about_somebody_else_does_not_count(self) -> None:
        token = {"sub": "noor", "amr": ["mfa"]}
        assert provider.had_second_step(token, {"sub": "noor"})
        assert not provider.had_second_step(token, {"sub": "another"})
        assert not provider.had_second_step({"amr": ["mfa"]}, {})
