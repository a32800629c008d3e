"""A regional meeting is planned, the answers are recorded there, and what follows is kept until it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas.models import Answer, FollowUp, Initiative, Meeting, Stance, WillingParty
from hanze.areas.operations.changing import change
from hanze.audit.log import record

CHANGE = "areas.change_initiative"


@dataclass(frozen=True, slots=True)
class Given:
    """What a party answered: `answer` is a stance; `said` its words, or its conditions."""

    present: bool = False
    answer: str = Stance.SILENT
    said: str = ""


@transaction.atomic
def plan_meeting(initiative: Initiative, *, by: User | None, **fields: Any) -> Meeting:
    """Plan a meeting from the model's fields. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, initiative)
    meeting = Meeting(initiative=initiative, **fields)
    _check(meeting)
    meeting.save()
    record("meeting.planned", by=by, subject=meeting, case=initiative, on=meeting.on.isoformat())
    return meeting


@transaction.atomic
def change_meeting(meeting: Meeting, *, by: User | None, **fields: Any) -> Meeting:
    """Change a meeting, or write down what was concluded. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, meeting.initiative)
    changed = change(meeting, fields, _check)
    record("meeting.changed", by=by, subject=meeting, case=meeting.initiative, changes=changed)
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, by: User | None) -> None:
    """Take away a meeting that does not take place. Raises PermissionDenied, ValidationError (answers were given)."""
    require(by, CHANGE, meeting.initiative)
    if meeting.answers.exists():
        raise ValidationError(_("Answers were given at this meeting; it stays."))
    record("meeting.cancelled", by=by, subject=meeting, case=meeting.initiative)
    meeting.delete()


@transaction.atomic
def record_answers(meeting: Meeting, *, by: User | None, given: Mapping[int, Given]) -> Meeting:
    """Record what each party answered, by its key; a party that was not there and said nothing has no answer.

    A party stands as it answered last. Raises PermissionDenied, ValidationError
    (`said-<key>` without conditions, a party of another initiative).
    """
    require(by, CHANGE, meeting.initiative)
    parties = {party.pk: party for party in meeting.initiative.parties.select_for_update()}
    if not set(given) <= set(parties):
        raise ValidationError(_("One of these parties was taken away. Look again."))
    unsaid = [pk for pk, one in given.items() if one.answer == Stance.CONDITIONAL and not one.said.strip()]
    if unsaid:
        raise ValidationError({f"said-{pk}": _("Say on what conditions.") for pk in unsaid})
    kept = {pk: one for pk, one in given.items() if one.present or one.said.strip() or one.answer != Stance.SILENT}
    meeting.answers.filter(party__in=given).delete()
    rows = [
        Answer(meeting=meeting, party=parties[pk], present=one.present, answer=one.answer, said=one.said.strip())
        for pk, one in kept.items()
    ]
    for row in rows:
        row.full_clean()
    Answer.objects.bulk_create(rows)
    for row in rows:
        _stands(row.party, row, meeting.on)
    told = {row.party.name: row.answer for row in rows}
    record("meeting.answered", by=by, subject=meeting, case=meeting.initiative, answers=told)
    return meeting


def _stands(party: WillingParty, row: Answer, on: date) -> None:
    is_older = party.stance != Stance.ASKED and on < party.since
    if row.answer == Stance.SILENT or is_older:
        return
    conditions = row.said if row.answer == Stance.CONDITIONAL else party.conditions
    WillingParty.objects.filter(pk=party.pk).update(stance=row.answer, since=on, conditions=conditions)


@transaction.atomic
def add_follow_up(meeting: Meeting, *, by: User | None, **fields: Any) -> FollowUp:
    """Note what is to be done after a meeting. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, meeting.initiative)
    follow_up = FollowUp(meeting=meeting, **fields)
    follow_up.full_clean()
    follow_up.save()
    record("follow-up.added", by=by, subject=follow_up, case=meeting.initiative)
    return follow_up


@transaction.atomic
def change_follow_up(follow_up: FollowUp, *, by: User | None, **fields: Any) -> FollowUp:
    """Change what is to be done; a day in `done_on` says that it was. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, follow_up.meeting.initiative)
    changed = change(follow_up, fields)
    record("follow-up.changed", by=by, subject=follow_up, case=follow_up.meeting.initiative, changes=changed)
    return follow_up


def _check(meeting: Meeting) -> None:
    for name in ("plan", "conclusion"):
        found = getattr(meeting, name)
        if found is not None and found.initiative_id != meeting.initiative_id:
            raise ValidationError({name: _("Choose one of this initiative.")})
    if meeting.starts_at and meeting.ends_at and meeting.ends_at <= meeting.starts_at:
        raise ValidationError({"ends_at": _("The end comes after the beginning.")})
    meeting.full_clean()
