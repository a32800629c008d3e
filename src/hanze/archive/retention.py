"""Terms of closed records, and disposals: one person proposes, another approves, the worker carries out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.archive.dossiers import KINDS, HeldError, destroy, reference_of
from hanze.archive.erasing import shredded
from hanze.archive.models import Archiving, Disposal, DisposalItem
from hanze.archive.names import NOTHING
from hanze.archive.terms import closed_on, kind_of, terms, years_after
from hanze.audit.log import changes, record
from hanze.audit.models import Event
from hanze.audit.personal import ERASED
from hanze.audit.shredding import shred

OPEN = (Disposal.State.PROPOSED, Disposal.State.APPROVED)


def follow(closed: models.Model) -> Archiving | None:
    """Compute the term of a closed record anew, drop it when the record is open again; what a person set stays."""
    mark = {"record_type": closed._meta.label_lower, "record_id": str(closed.pk)}
    kept = Archiving.objects.filter(**mark).first()
    if kept is not None and kept.set_by_id is not None:
        return kept
    term, begun = terms().get(kind_of(closed) or ""), closed_on(closed)
    if term is None or begun is None:
        if kept is not None and not kept.disposals.exists():
            kept.delete()
        return None
    values: dict[str, Any] = {
        "kind": term.kind,
        "nomination": term.nomination,
        "years": term.years,
        "begun_on": begun,
        "action_on": term.action_on(begun),
    }
    return Archiving.objects.update_or_create(
        record_type=mark["record_type"], record_id=mark["record_id"], defaults=values
    )[0]


@transaction.atomic
def change_term(archiving: Archiving, *, by: User | None, nomination: str, years: int, reason: str) -> Archiving:
    """Keep a record longer, shorter or for ever, for a reason. Raises PermissionDenied, ValidationError."""
    subject = _subject(archiving)
    require(by, "archive.manage", subject)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    _not_in_an_open_disposal(archiving)
    before = {"nomination": archiving.nomination, "years": archiving.years}
    archiving.nomination, archiving.years, archiving.reason, archiving.set_by = nomination, years, reason.strip(), by
    archiving.full_clean(exclude=["set_by", "done_on"])
    archiving.action_on = years_after(archiving.begun_on, years)
    archiving.save()
    after = {"nomination": nomination, "years": years}
    record("archiving.changed", by=by, subject=subject, reason=reason.strip(), changes=changes(before, after))
    return archiving


@transaction.atomic
def propose(archivings: Iterable[Archiving], *, by: User, action: str) -> Disposal:
    """Propose to destroy or transfer records whose action date has come. Raises PermissionDenied, ValidationError."""
    chosen = list(archivings)
    if not chosen:
        raise ValidationError(_("Choose at least one record."))
    nomination = Archiving.Nomination.DESTROY if action == Disposal.Action.DESTROY else Archiving.Nomination.KEEP
    disposal = Disposal.objects.create(action=action, proposed_by=by)
    for each in chosen:
        subject = _subject(each)
        require(by, "archive.manage", subject)
        _not_in_an_open_disposal(each)
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
    from hanze.archive.tasks import carry_out_disposal

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


def carry_out(disposal: Disposal) -> Disposal:
    """Do what was approved, record by record, each wholly or not; may be repeated after it was broken off."""
    if disposal.state != Disposal.State.APPROVED:
        return disposal
    for item in disposal.items.filter(done_at=None).select_related("archiving"):
        _carry_out_one(disposal, item)
    with transaction.atomic():
        disposal.state, disposal.done_at = Disposal.State.DONE, timezone.now()
        disposal.save()
        done = [item.reference for item in disposal.items.exclude(done_at=None)]
        record("disposal.done", by=disposal.decided_by, subject=disposal, numbers=done)
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


def _carry_out_one(disposal: Disposal, item: DisposalItem) -> None:
    try:
        with transaction.atomic():
            subject = item.archiving.record
            if subject is not None and disposal.action == Disposal.Action.DESTROY:
                item.rows = _destroy(subject, f"disposal {disposal.pk}")
            item.done_at, item.problem = timezone.now(), ""
            item.archiving.done_on = timezone.localdate()
            item.archiving.save()
            item.save()
    except HeldError as held:
        item.problem = " ".join(held.messages)[:250]
        item.save(update_fields=["problem"])


def _destroy(subject: models.Model, cause: str) -> int:
    """Remove a record with its rows and files, and its words from the log; return how many rows went."""
    for event in Event.objects.about(subject):
        shred(event, cause=cause, subject_label=ERASED, reason="", data={})
    gone = destroy(subject)
    shredded.send(Disposal, rows=gone, pattern=NOTHING)
    return len(gone)


def _decide(disposal: Disposal, by: User, state: Disposal.State) -> None:
    require(by, "archive.manage")
    locked = Disposal.objects.select_for_update().get(pk=disposal.pk)
    if locked.state != Disposal.State.PROPOSED:
        raise ValidationError(_("This was decided before."))
    if state == Disposal.State.APPROVED and by.pk == disposal.proposed_by_id:
        raise ValidationError(_("Somebody else than who proposed it approves."))
    for item in disposal.items.select_related("archiving"):
        require(by, "archive.manage", _subject(item.archiving))
    disposal.state, disposal.decided_by, disposal.decided_at = state, by, timezone.now()
    disposal.save()


def _not_in_an_open_disposal(archiving: Archiving) -> None:
    if archiving.done_on or archiving.disposals.filter(disposal__state__in=OPEN).exists():
        raise ValidationError(_("%(number)s is in a disposal already.") % {"number": reference_of(_subject(archiving))})


def _subject(archiving: Archiving) -> models.Model:
    subject = archiving.record
    if subject is None:
        raise ValidationError(_("This record is no longer there."))
    return subject


def follow_everything() -> int:
    """Compute the term of every closed record, such as those of before there were terms; return how many have one."""
    return sum(follow(each) is not None for model in KINDS.values() for each in model._default_manager.iterator())
