"""Letting an application in, giving it tokens, and shutting it out."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import APPLICATION_DOMAIN, User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.connections import keys
from hanze.connections.granting import check_reading, check_scopes
from hanze.connections.models import Application, Call, Subscription, Token

LONGEST = timedelta(days=366)


@transaction.atomic
def create_application(
    *, by: User | None, name: str, purpose: str, contact: str, role: str, ceiling: str
) -> Application:
    """Let an application in, with a closed account of its own to act under.

    Raises PermissionDenied; ValidationError (fields; ceiling: more than `by` reads herself).
    """
    require(by, "connections.administer")
    application = Application(name=name, purpose=purpose, contact=contact, role=role, ceiling=ceiling, created_by=by)
    application.full_clean(exclude=["account"])
    check_reading(by, role, ceiling)
    application.account = User.objects.create_user(
        f"{uuid.uuid4()}@{APPLICATION_DOMAIN}", None, name=application.name, is_active=False
    )
    application.save()
    record("application.created", by=by, subject=application, role=role, ceiling=ceiling)
    return application


@transaction.atomic
def create_token(
    application: Application, *, by: User | None, label: str, scopes: Collection[str], expires_on: date
) -> tuple[Token, str]:
    """A new token, and its text, which nothing keeps.

    Raises PermissionDenied; ValidationError (scopes; expires_on: past, or more than a year away; closed).
    """
    require(by, "connections.administer")
    if not application.is_open:
        raise ValidationError(_("This application is closed."))
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST:
        raise ValidationError({"expires_on": _("Choose a day from today, at most a year away.")})
    check_reading(by, application.role, application.ceiling)
    check_scopes(by, application, scopes)
    key = keys.new_key()
    token = Token(
        application=application,
        label=label,
        beginning=keys.beginning(key),
        fingerprint=keys.fingerprint(key),
        scopes=sorted(scopes),
        expires_on=expires_on,
        created_by=by,
    )
    token.full_clean(exclude=["created_by"])
    token.save()
    record("token.created", by=by, subject=application, token=token.beginning, scopes=token.scopes, until=expires_on)
    return token, key


@transaction.atomic
def revoke_token(token: Token, *, by: User | None) -> Token:
    """Let a token hold no longer, from this moment. Raises PermissionDenied."""
    require(by, "connections.administer")
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        token.save(update_fields=["revoked_at"])
        record("token.revoked", by=by, subject=token.application, token=token.beginning)
    return token


@transaction.atomic
def close_application(application: Application, *, by: User | None, because: str) -> Application:
    """Shut an application out: its tokens hold no longer and nothing is sent to it. What it did stays in the log.

    Raises PermissionDenied; ValidationError (because).
    """
    require(by, "connections.administer")
    if not because.strip():
        raise ValidationError({"because": _("Say why.")})
    application.closed_at = timezone.now()
    application.save(update_fields=["closed_at"])
    application.tokens.filter(revoked_at=None).update(revoked_at=application.closed_at)
    application.subscriptions.update(state=Subscription.State.OFF)
    record("application.closed", by=by, subject=application, reason=because.strip())
    return application


def forget_calls(before: date) -> int:
    """Remove the calls of before that day; how many. What was changed, and which confidential record was opened, stays
    in the log."""
    return Call.objects.filter(at__date__lt=before).delete()[0]
