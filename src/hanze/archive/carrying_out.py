"""Carrying out a disposal that was approved: the worker destroys or marks as transferred, record by record."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone

from hanze.archive.dossiers import HeldError, destroy
from hanze.archive.erasing import shredded
from hanze.archive.models import Disposal, DisposalItem
from hanze.archive.names import NOTHING
from hanze.audit.log import record
from hanze.audit.models import Event
from hanze.audit.personal import ERASED
from hanze.audit.shredding import shred


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
