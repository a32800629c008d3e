"""Agreements: signed, renewed, ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.register.models import Agreement, Organisation, Renewal
from hanze.register.saving import fill, snapshot


@transaction.atomic
def create_agreement(*, by: User | None, parties: Iterable[Organisation], **fields: Any) -> Agreement:
    """Record an agreement between at least two parties. Raises PermissionDenied, ValidationError."""
    require(by, "register.create_agreement")
    agreement = Agreement()
    fill(agreement, {**fields, "parties": _enough(parties)})
    record("agreement.created", by=by, subject=agreement)
    return agreement


@transaction.atomic
def change_agreement(agreement: Agreement, *, by: User | None, **fields: Any) -> Agreement:
    """Change the given fields. Raises PermissionDenied, ValidationError."""
    require(by, "register.change_agreement", agreement)
    before = snapshot(Agreement.objects.get(pk=agreement.pk))
    if "parties" in fields:
        fields = {**fields, "parties": _enough(fields["parties"])}
    fill(agreement, fields)
    if changed := changes(before, snapshot(agreement)):
        record("agreement.changed", by=by, subject=agreement, changes=changed)
    return agreement


@transaction.atomic
def renew_agreement(
    agreement: Agreement, *, by: User | None, renewed_on: date, valid_until: date | None, note: str = ""
) -> Renewal:
    """Extend an agreement to `valid_until` (None: without end), keeping what its term was. Raises
    PermissionDenied, ValidationError (it has ended, or the new term is not later)."""
    require(by, "register.change_agreement", agreement)
    _lock(agreement)
    if agreement.ended_on:
        raise ValidationError(_("This agreement was ended; record a new one."))
    if agreement.valid_until is None:
        raise ValidationError({"valid_until": _("This agreement has no end, so there is nothing to renew.")})
    if renewed_on < agreement.signed_on:
        raise ValidationError({"renewed_on": _("This day lies before the signing.")})
    if valid_until is not None and valid_until <= agreement.valid_until:
        raise ValidationError({"valid_until": _("Choose a day after the present end.")})
    renewal = Renewal(agreement=agreement, previous_until=agreement.valid_until)
    fill(renewal, {"renewed_on": renewed_on, "valid_until": valid_until, "note": note})
    before = snapshot(agreement)
    fill(agreement, {"valid_until": valid_until})
    changed = changes(before, snapshot(agreement))
    record("agreement.renewed", by=by, subject=agreement, reason=note, valid_until=valid_until, changes=changed)
    return renewal


@transaction.atomic
def end_agreement(agreement: Agreement, *, by: User | None, on: date, because: str) -> Agreement:
    """Record the day on which an agreement ends and why: early, or at its term without renewal. Raises
    PermissionDenied, ValidationError."""
    require(by, "register.change_agreement", agreement)
    _lock(agreement)
    if agreement.ended_on:
        raise ValidationError(_("The end of this agreement has been recorded already."))
    if on < agreement.signed_on:
        raise ValidationError({"on": _("This day lies before the signing.")})
    if not because.strip():
        raise ValidationError({"because": _("Say why it ends.")})
    before = snapshot(agreement)
    fill(agreement, {"ended_on": on, "ended_because": because.strip()})
    changed = changes(before, snapshot(agreement))
    record("agreement.ended", by=by, subject=agreement, reason=because.strip(), on=on, changes=changed)
    return agreement


def _lock(agreement: Agreement) -> None:
    """Wait for others who are changing it, and know what they made of it."""
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())


def _enough(parties: Iterable[Organisation]) -> list[Organisation]:
    chosen = list(parties)
    if len({party.pk for party in chosen}) < 2:
        raise ValidationError({"parties": _("An agreement has at least two parties.")})
    return chosen
