"""The second step of signing in: who needs it, being led to it, and removing it for who lost it.

allauth does the step itself (codes of an app, passkeys, recovery codes); its pages are in `web/templates/mfa`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from hanze.accounts import mails, provider, sessions
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record

STEPS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
ON_THE_WAY = frozenset(
    {
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "account_reauthenticate",
        "account_logout",
        "set-language",
    }
)
"""Names of the addresses that somebody gets who still has to set up her second step."""


class SecondStepFirst:
    """Leads who holds one of SECOND_STEP_ROLES and has no second step to the page where she sets it up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        match = request.resolver_match
        if not getattr(view, "login_required", True) or (match and match.url_name in ON_THE_WAY):
            return None
        return redirect("mfa_index") if still_to_set_up(request) else None


def needed_by(user: Any) -> bool:
    """Whether one of this person's roles asks for a second step."""
    return bool(settings.SECOND_STEP_ROLES) and user.has_role(*settings.SECOND_STEP_ROLES)


def has_second_step(user: Any) -> bool:
    """Whether an app or a passkey is set up; recovery codes alone are none."""
    return is_mfa_enabled(user, STEPS)


def still_to_set_up(request: HttpRequest) -> bool:
    """Whether who is signed in has to set up a second step before anything else: it was not taken at the provider."""
    user = request.user
    if not user.is_authenticated or provider.second_step_noted(request):
        return False
    return needed_by(user) and not has_second_step(user)


class OwnSecondStep(AuthenticateStage):
    """The second step here, which is not asked of who just took one at the provider."""

    def handle(self) -> tuple[Any, bool]:
        return (None, True) if provider.second_step_taken(self.request) else super().handle()


@transaction.atomic
def reset(user: User, *, by: User | None, because: str) -> None:
    """Remove the second step of somebody else who lost it; her sessions end. Raises PermissionDenied, ValidationError.

    Nobody does so for herself: who took over an open session would be rid of the second step for good.
    """
    require(by, "accounts.administer")
    if by == user:
        raise PermissionDenied("accounts.administer")
    if not because.strip():
        raise ValidationError({"because": _("Say why the second step is removed.")})
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    if not removed:
        raise ValidationError({"because": _("This account has no second step.")})
    record("account.second-step-reset", by=by, subject=user, reason=because)
    mails.tell(user, mails.RESET)
    sessions.end_sessions(user, by=by)
