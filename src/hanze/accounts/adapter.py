"""How allauth behaves in Hanze: accounts are made by an administrator, nobody signs up; secrets are kept encrypted."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from hanze.accounts.provider import PROVIDER, RefusedError, admit, follow, take_second_step, without_role
from hanze.audit.log import record


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ask your administrator."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "enter_current_password": _("This is not your password now."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """There are no user names: people sign in with their e-mail address."""

    def get_login_stages(self) -> list[str]:
        own = {"allauth.mfa.stages.AuthenticateStage": "hanze.accounts.second_step.OwnSecondStep"}
        return [own.get(stage, stage) for stage in super().get_login_stages()]

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("web:start")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        words = {
            "reauthenticate": gettext("With your password"),
            "mfa_reauthenticate": gettext("With a code"),
            "mfa_reauthenticate:webauthn": gettext("With a passkey"),
        }
        return [method | {"description": words[method["id"]]} for method in super().get_reauthentication_methods(user)]


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right, or no longer. Take the newest one."),
        "cannot_generate_recovery_codes": _("Set up an app or a passkey first."),
    }

    def encrypt(self, text: str) -> str:
        """A secret as it is kept: whoever reads the database or a backup cannot make codes with it."""
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; another one, with which no code is right, when HANZE_SECRET_KEY is no longer the same."""
        try:
            return _keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, as a part of the page: our policy loads no picture out of an address."""
        picture = qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode")
        return picture if isinstance(picture, str) else picture.decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}


class ProviderAdapter(DefaultSocialAccountAdapter):
    """One provider, out of the settings; the roles of who comes from it follow her groups at each sign-in."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        if not settings.OIDC_URL:
            return []
        scope = ["openid", "profile", "email", *settings.OIDC_SCOPES]
        app = SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER,
            name=settings.OIDC_NAME,
            client_id=settings.OIDC_CLIENT_ID,
            secret=settings.OIDC_CLIENT_SECRET,
            settings={"server_url": settings.OIDC_URL, "oauth_pkce_enabled": True, "scope": scope},
        )
        return [app] if provider in (None, app.provider, app.provider_id) else []

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Make or find the account, and let its roles follow the groups; else a page says why she is not let in."""
        claims = _claims(sociallogin)
        take_second_step(request, sociallogin.account.extra_data.get("id_token") or {}, claims)
        # What the provider says of somebody is used here and not kept.
        sociallogin.account.extra_data = {}
        try:
            if not sociallogin.is_existing:
                admitted = admit(claims)
                sociallogin.connect(request, admitted)
                record("account.linked", by=None, subject=admitted, provider=settings.OIDC_NAME)
            else:
                sociallogin.account.save(update_fields=["extra_data"])
            user: Any = sociallogin.user
            follow(user, claims)
            if user.is_active and not user.roles:
                raise RefusedError(without_role())
            # allauth may keep the account in the session until the second step: without the roles that were asked for.
            user.__dict__.pop("roles", None)
        except RefusedError as refused:
            page = render(request, "accounts/provider_refused.html", {"why": refused}, status=403)
            raise ImmediateHttpResponse(page) from refused


def _claims(sociallogin: SocialLogin) -> dict[str, Any]:
    """What the provider says: both in the token and on asking, the latter going before."""
    said = sociallogin.account.extra_data
    return {**(said.get("id_token") or {}), **(said.get("userinfo") or {})}


def _keys() -> MultiFernet:
    """What secrets are encrypted with: made from the secret key, and read with those before it too."""
    made = (hashlib.sha256(f"hanze.accounts.second-step{key}".encode()).digest() for key in _secret_keys())
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])


def _secret_keys() -> list[str]:
    return [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
