"""Who would take part in a request, and what the screening of each of them found."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.casework.models import Request, RequestParticipant
from hanze.casework.screenings import screen_participants, standings
from hanze.casework.states import facts_changed, lock

Screening = RequestParticipant.Screening

# Once something was found it can be settled, but it never becomes "nothing found" again.
FINDINGS = frozenset({Screening.OPEN_FINDING, Screening.RESOLVED, Screening.CONFIRMED})


@transaction.atomic
def add_participant(request: Request, *, by: User | None, **fields: Any) -> RequestParticipant:
    """Add a participant: an organisation, a person, or a name as it was written; it is screened at once.

    Raises PermissionDenied; ValidationError (fields), and when the request is no longer open.
    """
    require(by, "casework.change_request", request)
    _must_be_open(request)
    participant = RequestParticipant(request=request, **fields)
    participant.full_clean()
    participant.save()
    screen_participants([participant])
    record("request.participant-added", by=by, subject=request, participant=_name_for_log(participant))
    facts_changed(request, by=by)
    return participant


@transaction.atomic
def remove_participant(participant: RequestParticipant, *, by: User | None) -> None:
    """Take a participant off a request, unless something was found: a finding does not disappear.

    Raises PermissionDenied; ValidationError with a finding, and when the request is no longer open.
    """
    request = participant.request
    require(by, "casework.change_request", request)
    _must_be_open(request)
    stored = RequestParticipant.objects.select_for_update().get(pk=participant.pk)
    if standings([stored])[stored.pk] in FINDINGS:
        raise ValidationError(_("Something was found about this participant. The finding stays with the request."))
    record("request.participant-removed", by=by, subject=request, participant=_name_for_log(participant))
    participant.delete()
    facts_changed(request, by=by)


@transaction.atomic
def set_screening(
    participant: RequestParticipant, *, by: User | None, screening: str, note: str = "", on: date | None = None
) -> RequestParticipant:
    """Record what people found about a participant in other sources than the lists, by whom and when.

    A finding needs a note, and is settled as resolved or confirmed; it never becomes "nothing found". Raises
    PermissionDenied; ValidationError for these rules, and when the request is withdrawn or closed.
    """
    request = participant.request
    require(by, "casework.screen_participant", request)
    lock(request)
    if request.state in (Request.State.WITHDRAWN, Request.State.CLOSED):
        raise ValidationError(_("This request is withdrawn or closed; it does not change any more."), code="state")
    stored = RequestParticipant.objects.select_for_update().get(pk=participant.pk)
    _check_screening(stored.screening, screening, note)
    participant.screening, participant.screening_note = screening, note.strip()
    participant.screened_by, participant.screened_on = by, on or timezone.localdate()
    participant.full_clean(exclude=["screened_by"])
    participant.save()
    record(
        "request.screened",
        by=by,
        subject=request,
        reason=note.strip(),
        participant=_name_for_log(participant),
        before=stored.screening,
        result=str(screening),
    )
    if stored.screening != screening:
        facts_changed(request, by=by)
    return participant


def _name_for_log(participant: RequestParticipant) -> str:
    """Its name, without those of records that are more closed than the request in whose history it would stand."""
    openness = Classification.values
    limit = openness.index(participant.request.classification)
    linked = [each for each in (participant.person, participant.organisation) if each is not None]
    shown = [str(each) for each in linked if openness.index(each.classification) <= limit]
    return ", ".join(shown) if linked else participant.name_text


def _check_screening(before: str, after: str, note: str) -> None:
    if before in FINDINGS and after not in FINDINGS:
        raise ValidationError(
            {"screening": _("Something was found. Record the finding as resolved or confirmed, with a note.")}
        )
    if after in FINDINGS and not note.strip():
        raise ValidationError({"note": _("Say what was found and what was decided about it.")})


def _must_be_open(request: Request) -> None:
    lock(request)
    if not request.is_open:
        raise ValidationError(_("This request is no longer open; its participants stay as they were."), code="state")
