"""Who takes part; and who withdrew, which stays on record."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.audit.log import changes, record
from hanze.missions.models import Activity, Measure, Participation
from hanze.missions.operations.guards import may_change, party_of, plain, reason_given
from hanze.missions.operations.measures import follow_parties
from hanze.missions.screenings import screen_participation

HELD_STATES = (Activity.State.HELD, Activity.State.CLOSED)
FIELDS = ("organisation", "person", "role", "state", "note")


@transaction.atomic
def add_participation(activity: Activity, *, by: User | None, **fields: Any) -> Participation:
    """Add a party to the activity, with the measures that come with it.

    Once the activity is held, a party that is added took part unless `state` says otherwise.
    Raises PermissionDenied, ValidationError (closed; no party; already there in this role).
    """
    may_change(activity, by)
    if activity.state in HELD_STATES:
        fields.setdefault("state", Participation.State.ATTENDED)
    if fields.get("state") == Participation.State.WITHDREW:
        reason_given(fields.get("withdrew_because", ""), "withdrew_because")
    participation = Participation(activity=activity, **fields)
    participation.full_clean()
    participation.save()
    screen_participation(participation)
    follow_parties(activity)
    record("participation.added", by=by, subject=participation, case=activity, **party_of(participation))
    return participation


@transaction.atomic
def change_participation(participation: Participation, *, by: User | None, **fields: Any) -> Participation:
    """Change who takes part or how. Withdrawing and returning are operations of their own.

    Raises PermissionDenied, ValidationError (closed; no party; twice in one role; a withdrawal).
    """
    may_change(participation.activity, by)
    stored = Participation.objects.get(pk=participation.pk)
    if fields.get("state", stored.state) != stored.state and Participation.State.WITHDREW in (
        fields["state"],
        stored.state,
    ):
        raise ValidationError({"state": _("Record a withdrawal, or a return, with its reason instead.")})
    for field, value in fields.items():
        setattr(participation, field, value)
    participation.full_clean()
    participation.save()
    screen_participation(participation)
    follow_parties(participation.activity)
    changed = changes(plain(stored, *FIELDS), plain(participation, *FIELDS))
    data = {**party_of(participation), "changes": changed}
    record("participation.changed", by=by, subject=participation, case=participation.activity, **data)
    return participation


@transaction.atomic
def withdraw_participation(
    participation: Participation, *, by: User | None, because: str, on: date | None = None
) -> Participation:
    """Record that a party withdrew, and why. It stays in the list; its open measures lapse with the same reason.

    Raises PermissionDenied, ValidationError (because: no reason; on: in the future; withdrew before; closed).
    """
    may_change(participation.activity, by)
    participation.refresh_from_db(fields=["state"])
    if participation.state == Participation.State.WITHDREW:
        raise ValidationError(_("This party withdrew before."))
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come.")})
    participation.state = Participation.State.WITHDREW
    participation.withdrew_on, participation.withdrew_because = day, reason_given(because)
    participation.full_clean()
    participation.save()
    follow_parties(participation.activity)
    record(
        "participation.withdrew",
        by=by,
        subject=participation,
        case=participation.activity,
        reason=participation.withdrew_because,
        on=day,
        **party_of(participation),
    )
    return participation


@transaction.atomic
def return_participation(participation: Participation, *, by: User | None) -> Participation:
    """Record that a party that withdrew takes part after all; its lapsed measures open again.

    Raises PermissionDenied, ValidationError (it did not withdraw; closed).
    """
    may_change(participation.activity, by)
    participation.refresh_from_db(fields=["state"])
    if participation.state != Participation.State.WITHDREW:
        raise ValidationError(_("This party did not withdraw."))
    held = participation.activity.state in HELD_STATES
    participation.state = Participation.State.ATTENDED if held else Participation.State.REGISTERED
    participation.withdrew_on, participation.withdrew_because = None, ""
    participation.full_clean()
    participation.save()
    follow_parties(participation.activity)
    record(
        "participation.returned", by=by, subject=participation, case=participation.activity, **party_of(participation)
    )
    return participation


@transaction.atomic
def remove_participation(participation: Participation, *, by: User | None, because: str) -> None:
    """Take a party off the activity that was entered by mistake; who withdrew is withdrawn instead.

    Its untouched measures go with it, named in the log. Raises PermissionDenied, ValidationError (because: no
    reason; a measure of this party was settled; closed).
    """
    activity = participation.activity
    may_change(activity, by)
    reason = reason_given(because)
    last = not activity.participations.filter(organisation=participation.organisation).exclude(pk=participation.pk)
    measures = Measure.objects.none()
    if participation.organisation and last:
        measures = activity.measures.filter(organisation=participation.organisation)
    if measures.exclude(state=Measure.State.OPEN).exclude(lapsed=True).exists():
        raise ValidationError(
            _("A measure for this party was settled, so it is no mistake. Record a withdrawal instead.")
        )
    codes = list(measures.values_list("code", flat=True))
    data = {**party_of(participation), "measures": codes}
    record("participation.removed", by=by, subject=participation, case=activity, reason=reason, **data)
    measures.delete()
    participation.delete()
    follow_parties(activity)
