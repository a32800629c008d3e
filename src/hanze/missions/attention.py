"""What activities ask of their people on the Today page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanze.accounts.attention import Attention
from hanze.accounts.models import Role, User
from hanze.missions.models import Activity, Measure, Moment, PartyMeasure
from hanze.missions.operations.measures import AFTERCARE

NEAR = timedelta(days=28)
COMING = timedelta(days=60)
AHEAD = (Activity.State.PLANNED, Activity.State.CONFIRMED)
State = Measure.State


def attention(reader: User, today: date) -> list[Attention]:
    """Open measures, activities to record as held or to close, reports to publish; and what is coming up."""
    if not reader.has_perm("missions.list_activities"):
        return []
    items = list(_coming(reader, today))
    if reader.has_role(Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE):
        items += _measures(reader, today)
    if reader.has_role(Role.COORDINATOR, Role.POLICY_OFFICER):
        items += _to_record(reader, today)
    if reader.has_role(Role.COMMUNICATIONS):
        items += _to_publish(reader)
    return sorted(items, key=lambda item: (item.day, item.title))


def _measures(reader: User, today: date) -> Iterator[Attention]:
    """Measures that are late, or asked before an activity that is near; one line for all parties together."""
    soon = Q(moment=Moment.BEFORE, activity__starts_on__lte=today + NEAR, activity__state__in=AHEAD)
    waiting = Measure.objects.filter(
        Q(due_on__lt=today) | soon,
        state=State.OPEN,
        activity__in=Activity.objects.visible_to(reader).exclude(state__in=("closed", "cancelled")),
    )
    if not reader.has_role(Role.COORDINATOR):
        waiting = waiting.filter(Q(owner=reader) | Q(owner=None, activity__responsible=reader))
    rows = waiting.select_related("activity").order_by("activity_id", "code", "due_on")
    per = _per_party(rows)
    for (activity, code), same in groupby(rows, key=lambda row: (row.activity, row.code)):
        measures = list(same)
        day = min(row.due_on or activity.starts_on for row in measures)
        late = day < today
        yield Attention(
            day=day,
            title=_title(measures[0], len(measures), per.get((activity.pk, code))),
            url=f"{activity.get_absolute_url()}#measures",
            detail=_("%(activity)s, %(moment)s") % {"activity": activity, "moment": _moment(measures[0])},
            state=_("Late") if late else _("Open"),
            tone="stop" if late else "care",
        )


def _per_party(rows: QuerySet[Measure]) -> dict[tuple[int, str], tuple[str, int]]:
    """For each measure that is asked per party: of which parties, and of how many."""
    asked = PartyMeasure.objects.filter(activity__in=rows.values("activity")).values_list("activity", "code", "per")
    counted = Measure.objects.filter(activity__in=rows.values("activity"), lapsed=False, organisation__isnull=False)
    totals = {
        (activity, code): total
        for activity, code, total in counted.order_by().values_list("activity", "code").annotate(Count("pk"))
    }
    return {(activity, code): (per, totals.get((activity, code), 0)) for activity, code, per in asked}


def _title(measure: Measure, count: int, party: tuple[str, int] | None) -> str:
    if party is None:
        return measure.label
    per, total = party
    words = {"measure": measure.label, "count": count, "total": total}
    if per == PartyMeasure.Per.COMPANY:
        return (
            ngettext(
                "%(measure)s: still open for %(count)s of %(total)s company",
                "%(measure)s: still open for %(count)s of %(total)s companies",
                total,
            )
            % words
        )
    return (
        ngettext(
            "%(measure)s: still open for %(count)s of %(total)s organisation",
            "%(measure)s: still open for %(count)s of %(total)s organisations",
            total,
        )
        % words
    )


def _moment(measure: Measure) -> str:
    return {
        Moment.BEFORE: _("measure before the start"),
        Moment.DURING: _("measure during the activity"),
        Moment.AFTER: _("measure afterwards"),
    }[Moment(measure.moment)]


def _to_record(reader: User, today: date) -> Iterator[Attention]:
    """Activities that are over: to be recorded as held, or held and to be closed."""
    over = Activity.objects.visible_to(reader).filter(ends_on__lt=today, state__in=(*AHEAD, Activity.State.HELD))
    if not reader.has_role(Role.COORDINATOR):
        over = over.filter(responsible=reader)
    for activity in over:
        held = activity.state == Activity.State.HELD
        due = activity.ends_on + AFTERCARE if held else activity.ends_on
        yield Attention(
            day=due,
            title=str(activity),
            url=activity.get_absolute_url(),
            detail=_("Held; round it off and close it") if held else _("It is over: record that it was held"),
            state=activity.get_state_display(),
            tone="stop" if due < today and held else "care",
        )


def _to_publish(reader: User) -> Iterator[Attention]:
    reports = Activity.objects.visible_to(reader).filter(
        publication=Activity.Publication.TO_PUBLISH, state__in=(Activity.State.HELD, Activity.State.CLOSED)
    )
    for activity in reports:
        yield Attention(
            day=activity.ends_on + AFTERCARE,
            title=str(activity),
            url=f"{activity.get_absolute_url()}#report",
            detail=_("Public report to be published"),
            state=activity.get_publication_display(),
        )


def _coming(reader: User, today: date) -> Iterator[Attention]:
    coming = Activity.objects.visible_to(reader).filter(
        starts_on__gte=today, starts_on__lte=today + COMING, state__in=AHEAD
    )
    for activity in coming.select_related("country", "leader"):
        where = f"{activity.get_kind_display()}, {activity.country}"
        led = _("%(where)s, led by %(leader)s") % {"where": where, "leader": activity.leader}
        yield Attention(
            day=activity.starts_on,
            title=str(activity),
            url=activity.get_absolute_url(),
            detail=led if activity.leader else where,
            state=activity.get_state_display(),
            tone="unknown" if activity.state == Activity.State.PLANNED else "go",
            needs_action=False,
        )
