"""Disposals: one person proposes to destroy or transfer records, another approves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.archive.dossiers import reference_of
from hanze.archive.models import Archiving, Disposal, DisposalItem
from hanze.archive.retention import check_in_no_disposal, subject_of
from hanze.archive.tasks import carry_out_disposal
from hanze.archive.terms import terms
from hanze.audit.log import record


@transaction.atomic
def propose(archivings: Iterable[Archiving], *, by: User, action: str) -> Disposal:
    """Propose to destroy or transfer records whose action date has come. Raises PermissionDenied, ValidationError."""
    chosen = list(archivings)
    if not chosen:
        raise ValidationError(_("Choose at least one record."))
    nomination = Archiving.Nomination.DESTROY if action == Disposal.Action.DESTROY else Archiving.Nomination.KEEP
    disposal = Disposal.objects.create(action=action, proposed_by=by)
    for each in chosen:
        subject = subject_of(each)
        require(by, "archive.manage", subject)
        check_in_no_disposal(each)
        if each.nomination != nomination:
            raise ValidationError(_("%(number)s is nominated for something else.") % {"number": reference_of(subject)})
        if each.action_on > timezone.localdate():
            raise ValidationError(_("The term of %(number)s has not passed.") % {"number": reference_of(subject)})
        DisposalItem.objects.create(disposal=disposal, archiving=each, reference=reference_of(subject))
    record("disposal.proposed", by=by, subject=disposal, numbers=[item.reference for item in disposal.items.all()])
    return disposal


@transaction.atomic
def approve(disposal: Disposal, *, by: User) -> Disposal:
    """Let a disposal be carried out in the background; by somebody else than who proposed it, who sees every record.

    Raises PermissionDenied, ValidationError.
    """
    _decide(disposal, by, Disposal.State.APPROVED)
    record("disposal.approved", by=by, subject=disposal)
    transaction.on_commit(lambda: carry_out_disposal.enqueue(disposal.pk))
    return disposal


@transaction.atomic
def withdraw(disposal: Disposal, *, by: User, reason: str) -> Disposal:
    """Take back or refuse a disposal that was not approved. Raises PermissionDenied, ValidationError (reason)."""
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    disposal.reason = reason.strip()
    _decide(disposal, by, Disposal.State.WITHDRAWN)
    record("disposal.withdrawn", by=by, subject=disposal, reason=disposal.reason)
    return disposal


def declaration_of(disposal: Disposal) -> dict[str, Any]:
    """The declaration of destruction or transfer: what, on which ground, who proposed and decided, and when."""
    return {
        "action": disposal.action,
        "proposed_by": str(disposal.proposed_by),
        "proposed_at": disposal.proposed_at,
        "approved_by": str(disposal.decided_by) if disposal.decided_by else "",
        "approved_at": disposal.decided_at,
        "carried_out_at": disposal.done_at,
        "records": [_declared(item) for item in disposal.items.select_related("archiving")],
    }


def _declared(item: DisposalItem) -> dict[str, Any]:
    term = terms().get(item.archiving.kind)
    return {
        "number": item.reference,
        "kind": term.label if term else item.archiving.kind,
        "closed_on": item.archiving.begun_on,
        "term_in_years": item.archiving.years,
        "ground": f"{term.source_document}, {term.source_section}" if term else item.archiving.reason,
        "done_at": item.done_at,
        "rows": item.rows,
        "problem": item.problem,
    }


def _decide(disposal: Disposal, by: User, state: Disposal.State) -> None:
    require(by, "archive.manage")
    locked = Disposal.objects.select_for_update().get(pk=disposal.pk)
    if locked.state != Disposal.State.PROPOSED:
        raise ValidationError(_("This was decided before."))
    if state == Disposal.State.APPROVED and by.pk == disposal.proposed_by_id:
        raise ValidationError(_("Somebody else than who proposed it approves."))
    for item in disposal.items.select_related("archiving"):
        require(by, "archive.manage", subject_of(item.archiving))
    disposal.state, disposal.decided_by, disposal.decided_at = state, by, timezone.now()
    disposal.save()
