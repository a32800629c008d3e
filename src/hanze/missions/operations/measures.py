"""Measures on an activity: brought by an advice or added by hand, settled, waived, and following the parties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.audit.log import record
from hanze.casework.advice import MeasureBrought
from hanze.missions.models import Activity, ActivityDocument, Measure, Moment, Participation, PartyMeasure
from hanze.missions.operations.guards import may_change, party_of, reason_given
from hanze.register.models import Organisation

PREPARATION = timedelta(days=7)
AFTERCARE = timedelta(days=30)


def due_date(moment: str, starts_on: date, ends_on: date) -> date:
    """When a measure is due if nobody says otherwise: a week before the start, at the end, or 30 days after it."""
    return {Moment.BEFORE: starts_on - PREPARATION, Moment.DURING: ends_on, Moment.AFTER: ends_on + AFTERCARE}[
        Moment(moment)
    ]


def bring_measures(activity: Activity, brought: Iterable[MeasureBrought]) -> None:
    """Put measures on the activity: one row, or one for each party that it concerns. What is there stays."""
    for measure in brought:
        words = {
            "framework": activity.framework,
            "line": measure.line,
            "label_nl": measure.label_nl,
            "label_en": measure.label_en,
            "moment": measure.moment,
        }
        if measure.per == "activity":
            words["due_on"] = due_date(measure.moment, activity.starts_on, activity.ends_on)
            Measure.objects.get_or_create(activity=activity, code=measure.code, organisation=None, defaults=words)
        else:
            words["per"] = measure.per
            PartyMeasure.objects.get_or_create(activity=activity, code=measure.code, defaults=words)
    follow_parties(activity)


def follow_parties(activity: Activity) -> None:
    """Give each party that a measure concerns its row, and let the open rows of parties that left lapse.

    Settled rows stay as they are; a row that lapsed opens again when its party is back.
    """
    for asked in activity.party_measures.all():
        parties = {organisation.pk: organisation for organisation in parties_concerned(activity, asked.per)}
        rows = {
            row.organisation_id: row for row in activity.measures.filter(code=asked.code).select_related("organisation")
        }
        for pk in parties.keys() - rows.keys():
            _add_row(asked, parties[pk])
        for pk, row in rows.items():
            if pk in parties and row.lapsed:
                row.state, row.lapsed, row.waived_because, row.settled_on = Measure.State.OPEN, False, "", None
                row.save()
            elif pk not in parties and row.state == Measure.State.OPEN:
                row.state, row.lapsed = Measure.State.WAIVED, True
                row.settled_on, row.waived_because = _gone(activity, row.organisation)
                row.save()


def parties_concerned(activity: Activity, per: str) -> list[Organisation]:
    """The companies of the own region, or the organisations from elsewhere, that take part and did not withdraw."""
    taking_part = activity.participations.exclude(state=Participation.State.WITHDREW).values("organisation")
    others = Organisation.objects.filter(is_home=False)
    if per == PartyMeasure.Per.COMPANY:
        return list(others.filter(pk__in=taking_part, own_region=True, kind=Organisation.Kind.BUSINESS))
    partners = activity.partners.values("pk")
    return list(others.filter(Q(pk__in=taking_part) | Q(pk__in=partners), own_region=False))


@transaction.atomic
def add_measure(activity: Activity, *, by: User | None, measure: MeasureBrought) -> None:
    """Add a measure by hand, as a framework words it or in one's own words.

    Raises PermissionDenied, ValidationError (closed; already there).
    """
    may_change(activity, by)
    rows = (activity.measures, activity.party_measures)
    if any(measures.filter(code=measure.code).exists() for measures in rows):
        raise ValidationError({"code": _("This measure is already on the activity.")})
    bring_measures(activity, [measure])
    # The measure per party, not one of its rows: those are named after a party that readers may not know.
    added = activity.party_measures.filter(code=measure.code).first() or activity.measures.get(code=measure.code)
    record("measure.added", by=by, subject=added, case=activity, code=measure.code, per=measure.per)


@transaction.atomic
def settle_measure(
    measure: Measure,
    *,
    by: User | None,
    on: date | None = None,
    evidence: str = "",
    document: ActivityDocument | None = None,
) -> Measure:
    """Record that a measure was done (today unless `on` says otherwise), with what shows it: words or a document.

    Raises PermissionDenied, ValidationError (on: in the future; evidence: none; document: of another activity;
    settled before).
    """
    _must_be_open(measure, by, "missions.settle_measure")
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise ValidationError({"on": _("This day is still to come.")})
    if not evidence.strip() and document is None:
        raise ValidationError({"evidence": _("Say what shows that it was done, or choose a document.")})
    if document is not None and document.activity_id != measure.activity_id:
        raise ValidationError({"document": _("This document belongs to another activity.")})
    measure.state, measure.settled_on, measure.settled_by = Measure.State.DONE, day, by
    measure.evidence, measure.evidence_document = evidence.strip(), document
    _save(measure)
    data = {**party_of(measure), "on": day, "evidence": measure.evidence}
    record("measure.settled", by=by, subject=measure, case=measure.activity, **data)
    return measure


@transaction.atomic
def waive_measure(measure: Measure, *, by: User | None, because: str, on: date | None = None) -> Measure:
    """Record that a measure is not carried out, and why. Only a coordinator may.

    Raises PermissionDenied, ValidationError (because: no reason; settled before).
    """
    _must_be_open(measure, by, "missions.waive_measure")
    measure.state, measure.waived_because = Measure.State.WAIVED, reason_given(because)
    measure.settled_on, measure.settled_by = on or timezone.localdate(), by
    _save(measure)
    reason = measure.waived_because
    record("measure.waived", by=by, subject=measure, case=measure.activity, reason=reason, **party_of(measure))
    return measure


@transaction.atomic
def reopen_measure(measure: Measure, *, by: User | None, because: str) -> Measure:
    """Open a measure again that was settled or waived by mistake; the log keeps what was said before.

    Raises PermissionDenied, ValidationError (because: no reason; its party no longer takes part).
    """
    may_change(measure.activity, by, "missions.settle_measure")
    if measure.lapsed:
        raise ValidationError(_("This party no longer takes part. Let it take part again instead."))
    before = {"state": measure.state, "evidence": measure.evidence, "waived_because": measure.waived_because}
    reason = reason_given(because)
    measure.state, measure.waived_because, measure.evidence = Measure.State.OPEN, "", ""
    measure.settled_on = measure.settled_by = measure.evidence_document = None
    _save(measure)
    data = {**party_of(measure), "before": before}
    record("measure.reopened", by=by, subject=measure, case=measure.activity, reason=reason, **data)
    return measure


@transaction.atomic
def assign_measure(measure: Measure, *, by: User | None, owner: User | None, due_on: date | None) -> Measure:
    """Say who takes care of a measure and when it is due. Raises PermissionDenied, ValidationError (closed)."""
    may_change(measure.activity, by, "missions.settle_measure")
    measure.owner, measure.due_on = owner, due_on
    _save(measure)
    data = {**party_of(measure), "owner": owner, "due_on": due_on}
    record("measure.assigned", by=by, subject=measure, case=measure.activity, **data)
    return measure


def move_due_dates(activity: Activity, starts_on: date, ends_on: date) -> None:
    """After the dates changed from `starts_on` and `ends_on`: move the due dates that nobody set by hand."""
    for moment in Moment.values:
        open_rows = activity.measures.filter(
            moment=moment, state=Measure.State.OPEN, due_on=due_date(moment, starts_on, ends_on)
        )
        open_rows.update(due_on=due_date(moment, activity.starts_on, activity.ends_on))


def _add_row(asked: PartyMeasure, organisation: Organisation) -> None:
    activity = asked.activity
    Measure.objects.create(
        activity=activity,
        organisation=organisation,
        code=asked.code,
        framework=asked.framework,
        line=asked.line,
        label_nl=asked.label_nl,
        label_en=asked.label_en,
        moment=asked.moment,
        due_on=due_date(asked.moment, activity.starts_on, activity.ends_on),
    )


def _gone(activity: Activity, organisation: Organisation | None) -> tuple[date, str]:
    """Since when and why a party does not take part any more."""
    rows = activity.participations.filter(organisation=organisation, state=Participation.State.WITHDREW)
    withdrawn = rows.order_by("-withdrew_on", "-pk").first()
    if withdrawn is None:
        return timezone.localdate(), _("No longer a party to this activity.")
    return withdrawn.withdrew_on or timezone.localdate(), withdrawn.withdrew_because


def _must_be_open(measure: Measure, by: User | None, permission: str) -> None:
    may_change(measure.activity, by, permission)
    measure.refresh_from_db(fields=["state", "lapsed"])
    if measure.state != Measure.State.OPEN:
        raise ValidationError(_("Somebody settled this measure before. Reopen it first if that is not right."))


def _save(measure: Measure) -> None:
    measure.full_clean()
    measure.save()
