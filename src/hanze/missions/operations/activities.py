"""The life of an activity: planned, confirmed, held, closed; or cancelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.casework.advice import measures_of
from hanze.casework.models import Decision, Request, RequestParticipant
from hanze.missions.models import Activity, ActivityPlace, Measure, Participation, PartyMeasure
from hanze.missions.operations.guards import lock, may_change, plain, reason_given
from hanze.missions.operations.measures import bring_measures, follow_parties, move_due_dates
from hanze.missions.operations.participations import add_participation

State = Activity.State
MANY = ("partners", "themes", "goals", "team")
TAKEN_UP = (Decision.Outcome.TAKE_UP, Decision.Outcome.WITH_MEASURES)
KIND_OF_REQUEST = {
    Request.Kind.INCOMING_VISIT: Activity.Kind.INCOMING_DELEGATION,
    Request.Kind.OUTGOING_MISSION: Activity.Kind.OUTGOING_MISSION,
    Request.Kind.EVENT: Activity.Kind.EVENT,
    Request.Kind.TALK: Activity.Kind.TALK,
    Request.Kind.INVESTMENT_SUPPORT: Activity.Kind.TALK,
    Request.Kind.OTHER: Activity.Kind.WORKING_VISIT,
}
ROLE_OF_PARTICIPANT = {
    RequestParticipant.Role.HOST: Participation.Role.HOST,
    RequestParticipant.Role.DELEGATE: Participation.Role.DELEGATE,
    RequestParticipant.Role.COMPANY: Participation.Role.PARTICIPANT,
    RequestParticipant.Role.OTHER: Participation.Role.PARTICIPANT,
}


def from_request(request: Request) -> dict[str, Any]:
    """What a request already says of the activity that carries it out, as fields of an activity."""
    return {
        "title": request.title,
        "title_en": request.title_en,
        "kind": KIND_OF_REQUEST[Request.Kind(request.kind)],
        "country": request.country,
        "sector": request.sector,
        "starts_on": request.period_start,
        "ends_on": request.period_end or request.period_start,
        "responsible": request.responsible,
        "classification": request.classification,
        "for_council": request.for_council,
        "themes": list(request.themes.all()),
        "goals": list(request.goals.all()),
        "team": list(request.team.all()),
    }


@transaction.atomic
def plan_activity(
    *,
    by: User | None,
    request: Request | None = None,
    places: Iterable[Mapping[str, Any]] = (),
    with_participants: bool = False,
    **fields: Any,
) -> Activity:
    """Plan an activity on its own, or from a request that was decided to be taken up.

    From a request it takes the framework of the decision's advice with the measures, and what `fields` do not say.
    `places` are fields of places, in order. `with_participants` takes over the request's registered participants.
    Raises PermissionDenied, ValidationError (request: not taken up; the activity's own fields).
    """
    require(by, "missions.add_activity", request)
    if request is not None:
        fields = {**from_request(request), **_framework_of(_taken_up(request)), **fields, "request": request}
    many = {name: fields.pop(name, ()) for name in MANY}
    activity = Activity(**fields)
    _check(activity)
    activity.save()
    for name, values in many.items():
        getattr(activity, name).set(values)
    keep_in_sight(activity, by)
    for order, place in enumerate(places):
        _save_place(ActivityPlace(**{"activity": activity, "order": order, **place}))
    if request is not None:
        bring_measures(activity, measures_of(request.decision.receipt))
    record("activity.planned", by=by, subject=activity, request=activity.request_id, framework=activity.framework)
    if request is not None and with_participants:
        _take_over_participants(activity, request, by)
    return activity


@transaction.atomic
def change_activity(activity: Activity, *, by: User | None, seen: datetime | None = None, **fields: Any) -> Activity:
    """Change the activity's own fields; measures follow its dates and partners.

    `seen` is the `updated_at` that the writer had before her: somebody else's later change is not overwritten.
    Raises PermissionDenied, ValidationError (closed; changed meanwhile; the fields).
    """
    may_change(activity, by)
    if seen is not None and activity.updated_at != seen:
        raise ValidationError(
            _("Somebody else changed this activity while you were writing. Compare, and save again."), code="changed"
        )
    stored = Activity.objects.get(pk=activity.pk)
    before = plain(stored, *fields)
    many = {name: fields.pop(name) for name in MANY if name in fields}
    for field, value in fields.items():
        setattr(activity, field, value)
    _check(activity)
    activity.save()
    for name, values in many.items():
        getattr(activity, name).set(values)
    keep_in_sight(activity, by)
    move_due_dates(activity, stored.starts_on, stored.ends_on)
    follow_parties(activity)
    changed = changes(before, plain(activity, *fields, *many))
    record("activity.changed", by=by, subject=activity, changes=changed)
    return activity


def confirm_activity(activity: Activity, *, by: User | None) -> Activity:
    """It is certain that it takes place. Raises PermissionDenied, ValidationError (not planned)."""
    return _move(activity, by, "activity.confirmed", State.CONFIRMED, (State.PLANNED,))


@transaction.atomic
def hold_activity(activity: Activity, *, by: User | None) -> Activity:
    """It took place; who was registered took part.

    Raises PermissionDenied, ValidationError (neither planned nor confirmed; still to begin).
    """
    if activity.starts_on > timezone.localdate():
        raise ValidationError(_("It has not begun yet."))
    _move(activity, by, "activity.held", State.HELD, (State.PLANNED, State.CONFIRMED))
    registered = activity.participations.filter(state=Participation.State.REGISTERED)
    registered.update(state=Participation.State.ATTENDED)
    return activity


@transaction.atomic
def close_activity(activity: Activity, *, by: User | None) -> Activity:
    """Close what was held, when each measure was done or waived with a reason.

    Raises PermissionDenied, ValidationError (not held; measures open, which it names; a measure is asked for each
    foreign organisation and none is registered).
    """
    require(by, "missions.close_activity", activity)
    lock(activity)
    if activity.state == State.HELD:
        _nothing_waits(activity)
    return _move(activity, by, "activity.closed", State.CLOSED, (State.HELD,), "missions.close_activity")


def _nothing_waits(activity: Activity) -> None:
    waiting = activity.measures.filter(state=Measure.State.OPEN)
    if waiting:
        names = "; ".join(_counted(measure.label for measure in waiting))
        raise ValidationError(
            _("These measures are still open: %(measures)s") % {"measures": names}, code="open-measures"
        )
    settled = activity.measures.values("code")
    asked = activity.party_measures.filter(per=PartyMeasure.Per.ORGANISATION).exclude(code__in=settled)
    if asked:
        names = "; ".join(measure.label for measure in asked)
        raise ValidationError(
            _("Add the foreign organisations that took part first; this is asked for each of them: %(measures)s")
            % {"measures": names},
            code="open-measures",
        )


@transaction.atomic
def cancel_activity(activity: Activity, *, by: User | None, because: str) -> Activity:
    """It does not take place, and why. Raises PermissionDenied, ValidationError (because; held or closed)."""
    require(by, "missions.change_activity", activity)
    activity.cancelled_because = reason_given(because)
    moves = (State.PLANNED, State.CONFIRMED)
    return _move(activity, by, "activity.cancelled", State.CANCELLED, moves, because=activity.cancelled_because)


@transaction.atomic
def reopen_activity(activity: Activity, *, by: User | None, because: str) -> Activity:
    """Go back from closed to held, from held to confirmed, or plan again what was cancelled.

    Raises PermissionDenied, ValidationError (because; nothing to reopen).
    """
    require(by, "missions.close_activity", activity)
    lock(activity)
    before = State(activity.state)
    to = {State.CLOSED: State.HELD, State.HELD: State.CONFIRMED, State.CANCELLED: State.PLANNED}.get(before)
    if to is None:
        raise ValidationError(_("This activity is open."))
    activity.cancelled_because = ""
    return _move(activity, by, "activity.reopened", to, (before,), because=reason_given(because))


@transaction.atomic
def _move(
    activity: Activity,
    by: User | None,
    event: str,
    to: State,
    origins: tuple[State, ...],
    permission: str = "missions.change_activity",
    because: str = "",
) -> Activity:
    require(by, permission, activity)
    lock(activity)
    before = activity.state
    if before not in origins:
        raise ValidationError(
            _("This activity is %(state)s; that cannot be done now.") % {"state": activity.get_state_display().lower()}
        )
    activity.state = to
    activity.full_clean()
    activity.save()
    record(event, by=by, subject=activity, reason=because, before=before)
    return activity


def keep_in_sight(activity: Activity, by: User | None) -> None:
    """Put the writer, the leader and the responsible officer on the case where its class would shut them out."""
    for person in {each for each in (by, activity.leader, activity.responsible) if each is not None}:
        if not Activity.objects.visible_to(person).filter(pk=activity.pk).exists():
            activity.team.add(person)


def _check(activity: Activity) -> None:
    activity.full_clean()
    public = activity.publication == Activity.Publication.PUBLISHED
    if public and activity.classification != Classification.PUBLIC:
        raise ValidationError({"classification": _("Its report is public. Take that back first.")})


def _counted(labels: Iterable[str]) -> list[str]:
    """Each label once, with how often when more than once; no names of parties, which may be hidden."""
    return [f"{label} ({count})" if count > 1 else label for label, count in Counter(labels).items()]


def _taken_up(request: Request) -> Decision:
    decision = Decision.objects.filter(request=request).select_related("receipt").first()
    if decision is None or request.state != Request.State.DECIDED or decision.outcome not in TAKEN_UP:
        raise ValidationError({"request": _("An activity follows from a request that was taken up.")})
    return decision


def _framework_of(decision: Decision) -> dict[str, Any]:
    return {"framework": decision.receipt.framework, "framework_version": decision.receipt.version}


def _save_place(place: ActivityPlace) -> None:
    place.full_clean()
    place.save()


def _take_over_participants(activity: Activity, request: Request, by: User | None) -> None:
    parties = set()
    for participant in request.participants.select_related("organisation", "person"):
        role = ROLE_OF_PARTICIPANT[RequestParticipant.Role(participant.role)]
        party = (participant.organisation_id, participant.person_id, role)
        if party in parties or not (participant.organisation_id or participant.person_id):
            continue
        parties.add(party)
        add_participation(activity, by=by, organisation=participant.organisation, person=participant.person, role=role)
