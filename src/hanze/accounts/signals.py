"""Signing in leaves a trace in the log."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as second_step
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.dispatch import receiver

from hanze.accounts import mails, provider
from hanze.accounts.models import User
from hanze.accounts.sessions import begin
from hanze.audit.log import record


@receiver(user_logged_in)
def signed_in(sender: Any, user: User, request: Any = None, **kwargs: Any) -> None:
    record("account.signed-in", by=user, subject=user)
    if request is not None:
        begin(request)
        provider.note_second_step(request)


@receiver(user_login_failed)
def sign_in_failed(sender: Any, credentials: dict[str, Any], **kwargs: Any) -> None:
    """Only for addresses that have an account: what strangers type is not kept."""
    user = User.objects.filter(email=str(credentials.get("email") or "").lower()).first()
    if user is not None:
        record("account.sign-in-failed", by=None, subject=user)


@receiver(second_step.authenticator_added)
def second_step_added(
    sender: Any, user: User, authenticator: Authenticator, request: Any = None, **kwargs: Any
) -> None:
    """Who just set it up has shown that it is her: without a password she would be asked again for her new codes."""
    record("account.second-step-added", by=user, subject=user, kind=authenticator.type)
    if authenticator.type in mails.ADDED:
        mails.tell(user, mails.ADDED[authenticator.type])
    if request is not None and not user.has_usable_password():
        record_authentication(request, user, "mfa", type=authenticator.type, id=authenticator.pk, reauthenticated=True)


@receiver(second_step.authenticator_removed)
def second_step_removed(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    record("account.second-step-removed", by=user, subject=user, kind=authenticator.type)
    if authenticator.type in mails.REMOVED:
        mails.tell(user, mails.REMOVED[authenticator.type])


@receiver(second_step.authenticator_used)
def recovery_code_used(sender: Any, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        return
    authenticator.refresh_from_db()  # allauth marks the code as used in another copy of it
    left = len(authenticator.wrap().get_unused_codes())
    record("account.recovery-code-used", by=user, subject=user, left=left)
    mails.tell(user, mails.CODE_USED, codes_left=left)


@receiver(second_step.authenticator_reset)
def recovery_codes_renewed(sender: Any, user: User, **kwargs: Any) -> None:
    record("account.recovery-codes-renewed", by=user, subject=user)
    mails.tell(user, mails.CODES_RENEWED)


@receiver(second_step.authentication_failed)
def second_step_failed(sender: Any, user: User, **kwargs: Any) -> None:
    record("account.second-step-failed", by=None, subject=user)
