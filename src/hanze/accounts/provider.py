"""Signing in through the organisation's own provider (OpenID Connect): who gets in, as what, and unlinking.

allauth talks to the provider; what it says of a person comes here as claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hanze.accounts import operations
from hanze.accounts.models import APPLICATION_DOMAIN, Role, User
from hanze.accounts.permissions import require
from hanze.audit.log import record

PROVIDER = "organisation"
"""The name of the one provider, in addresses and in SocialAccount."""
SECOND_STEP_CLAIMS = ("amr", "acr")
"""How somebody signed in at the provider (RFC 8176), and to which level (OpenID Connect Core, 2)."""
TAKEN = "second_step_at_provider"


class RefusedError(Exception):
    """The provider knows this person, and Hanze does not let her in; says why in words for her."""


def is_configured() -> bool:
    """Whether people can sign in through a provider."""
    return bool(settings.OIDC_URL)


def roles_of(claims: Mapping[str, Any]) -> set[str]:
    """The roles that belong to the groups in `claims`."""
    given = claims.get(settings.OIDC_GROUPS_CLAIM)
    groups = {str(each) for each in given} if isinstance(given, list) else {given}
    return {role for group, role in settings.OIDC_ROLES if group in groups and role in Role.values}


@transaction.atomic
def follow(user: User, claims: Mapping[str, Any]) -> None:
    """Give `user` the roles of her groups and no others; without a mapping the roles are kept in Hanze itself.

    The last administrator keeps that role. Raises RefusedError when she holds no role any more.
    """
    if not settings.OIDC_ROLES or not user.is_active:
        return
    roles = roles_of(claims)
    if roles != user.roles:
        try:
            operations.change_user(user, by=None, roles=roles)
        except ValidationError:
            roles |= {Role.ADMINISTRATOR}
            operations.change_user(user, by=None, roles=roles)


@transaction.atomic
def admit(claims: Mapping[str, Any]) -> User:
    """The account of somebody who signs in for the first time: one with her address where that may be, else a new one.

    Raises RefusedError: no address, no role, or an account with her address that may not be linked.
    """
    email = _address(claims)
    known = User.objects.filter(email=email).first()
    if known is not None:
        if not (settings.OIDC_LINK_VERIFIED and claims.get("email_verified") is True):
            raise RefusedError(_("There is an account with your e-mail address already. Sign in with your password."))
        return known
    roles = roles_of(claims)
    if not roles:
        raise RefusedError(without_role())
    name = str(claims.get("name") or email)[:200]
    return operations.create_user(by=None, roles=roles, email=email, name=name)


def had_second_step(token: Mapping[str, Any], claims: Mapping[str, Any]) -> bool:
    """Whether the provider says in its signed `token` that she took a second step there, in words of OIDC_SECOND_STEP.

    Only when `claims`, of which her account was found, are about the same person as the token.
    """
    if not token.get("sub") or token["sub"] != claims.get("sub"):
        return False
    said = {(name, value) for name in SECOND_STEP_CLAIMS for value in _texts(token.get(name))}
    return not said.isdisjoint(settings.OIDC_SECOND_STEP)


def take_second_step(request: HttpRequest, token: Mapping[str, Any], claims: Mapping[str, Any]) -> None:
    """Remember for the rest of this request whether who signs in took a second step at the provider."""
    setattr(request, TAKEN, had_second_step(token, claims))


def second_step_taken(request: HttpRequest) -> bool:
    """Whether who signs in with this request took a second step at the provider."""
    return getattr(request, TAKEN, False)


def note_second_step(request: HttpRequest) -> None:
    """Keep in the session that began just now whether a second step was taken at the provider."""
    request.session[TAKEN] = second_step_taken(request)


def second_step_noted(request: HttpRequest) -> bool:
    """Whether this session began with a second step at the provider."""
    return bool(request.session.get(TAKEN))


def _texts(given: Any) -> list[str]:
    return [each for each in (given if isinstance(given, list) else [given]) if isinstance(each, str)]


def without_role() -> str:
    """What somebody reads who may not do anything here."""
    return _(
        "Your organisation knows you, but none of your groups has a role in Hanze. Ask your administrator for one."
    )


@transaction.atomic
def unlink(user: User, *, by: User | None) -> None:
    """Part an account from the provider. Raises PermissionDenied for another's, but to administrators; ValidationError.

    Who has no password cannot part her own: she could never sign in again.
    """
    if by != user:
        require(by, "accounts.administer")
    elif not user.has_usable_password():
        raise ValidationError(_("First choose a password, or you cannot sign in any more."))
    removed, _rows = SocialAccount.objects.filter(user=user).delete()
    if removed:
        record("account.unlinked", by=by, subject=user, provider=settings.OIDC_NAME)


def linked(user: User) -> bool:
    """Whether `user` signs in through the provider."""
    return SocialAccount.objects.filter(user=user, provider=PROVIDER).exists()


def _address(claims: Mapping[str, Any]) -> str:
    email = str(claims.get("email") or "").strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise RefusedError(_("Your provider gives no e-mail address of you, and Hanze needs one.")) from None
    if email.endswith(f"@{APPLICATION_DOMAIN}"):
        raise RefusedError(_("Your provider gives no e-mail address of you, and Hanze needs one."))
    return email
