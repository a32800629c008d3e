"""Terms of closed records: how long each is kept, and what becomes of it then."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.archive.dossiers import KINDS, reference_of
from hanze.archive.models import Archiving, Disposal
from hanze.archive.terms import closed_on, kind_of, terms, years_after
from hanze.audit.log import changes, record

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


def follow_everything() -> int:
    """Compute the term of every closed record, such as those of before there were terms; return how many have one."""
    return sum(follow(each) is not None for model in KINDS.values() for each in model._default_manager.iterator())


@transaction.atomic
def change_term(archiving: Archiving, *, by: User | None, nomination: str, years: int, reason: str) -> Archiving:
    """Keep a record longer, shorter or for ever, for a reason. Raises PermissionDenied, ValidationError."""
    subject = subject_of(archiving)
    require(by, "archive.manage", subject)
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    check_in_no_disposal(archiving)
    before = {"nomination": archiving.nomination, "years": archiving.years}
    archiving.nomination, archiving.years, archiving.reason, archiving.set_by = nomination, years, reason.strip(), by
    archiving.full_clean(exclude=["set_by", "done_on"])
    archiving.action_on = years_after(archiving.begun_on, years)
    archiving.save()
    after = {"nomination": nomination, "years": years}
    record("archiving.changed", by=by, subject=subject, reason=reason.strip(), changes=changes(before, after))
    return archiving


def check_in_no_disposal(archiving: Archiving) -> None:
    """Raise ValidationError when the record is in an open disposal, or was disposed of."""
    if archiving.done_on or archiving.disposals.filter(disposal__state__in=OPEN).exists():
        raise ValidationError(
            _("%(number)s is in a disposal already.") % {"number": reference_of(subject_of(archiving))}
        )


def subject_of(archiving: Archiving) -> models.Model:
    """The closed record itself. Raises ValidationError when it is gone."""
    subject = archiving.record
    if subject is None:
        raise ValidationError(_("This record is no longer there."))
    return subject
