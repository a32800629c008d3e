"""What activities ask of their people on the Today page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanze.accounts.among import Among
from hanze.accounts.attention import MOST, Attention, Waiting, first_of, together
from hanze.accounts.models import Role, User
from hanze.missions.models import Activity, Measure, Moment, PartyMeasure
from hanze.missions.operations.measures import AFTERCARE

NEAR = timedelta(days=28)
COMING = timedelta(days=60)
AHEAD = (Activity.State.PLANNED, Activity.State.CONFIRMED)
State = Measure.State


def attention(reader: User, today: date) -> Waiting:
    """Open measures, activities to record as held or to close, reports to publish; and what is coming up."""
    if not reader.has_perm("missions.list_activities"):
        return Waiting()
    parts: list[Iterable[Attention]] = [_coming(reader, today)]
    if reader.has_role(Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE):
        parts.append(_measures(reader, today))
    if reader.has_role(Role.COORDINATOR, Role.POLICY_OFFICER):
        parts += [_to_record(reader, today), _to_close(reader, today)]
    if reader.has_role(Role.COMMUNICATIONS):
        parts.append(_to_publish(reader))
    return together(*parts)


def _measures(reader: User, today: date) -> Waiting:
    """Measures that are late, or asked before an activity that is near; one line for all parties together."""
    waiting = _waiting(reader, today)
    asked = waiting.order_by().values_list("activity", "code")
    groups = asked.annotate(
        day=Min(Coalesce("due_on", "activity__starts_on")), open_ones=Count("pk"), first=Min("pk")
    ).order_by("day", "activity", "code")
    shown = list(groups[:MOST])
    labels = Measure.objects.select_related("activity").in_bulk([first for *_known, first in shown])
    per = _per_party([activity for activity, *_known in shown])
    lines = (
        _measure(labels[first], day, count, per.get((activity, code)), today)
        for activity, code, day, count, first in shown
    )
    return Waiting(lines, groups.count() - MOST if len(shown) == MOST else 0)


def _waiting(reader: User, today: date) -> QuerySet[Measure]:
    soon = Q(moment=Moment.BEFORE, activity__starts_on__lte=today + NEAR, activity__state__in=AHEAD)
    waiting = Measure.objects.filter(
        Q(due_on__lt=today) | soon, Among(_under_way_for, reader, "activity"), state=State.OPEN
    )
    if reader.has_role(Role.COORDINATOR):
        return waiting
    return waiting.filter(Q(owner=reader) | Q(owner=None, activity__responsible=reader))


def _under_way_for(reader: Any) -> QuerySet[Activity]:
    return Activity.objects.visible_to(reader).exclude(state__in=("closed", "cancelled"))


def _measure(measure: Measure, day: date, count: int, party: tuple[str, int] | None, today: date) -> Attention:
    activity, late = measure.activity, day < today
    return Attention(
        day=day,
        title=_title(measure, count, party),
        url=f"{activity.get_absolute_url()}#measures",
        detail=_("%(activity)s, %(moment)s") % {"activity": activity, "moment": _moment(measure)},
        state=_("Late") if late else _("Open"),
        tone="stop" if late else "care",
    )


def _per_party(activities: list[int]) -> dict[tuple[int, str], tuple[str, int]]:
    """For each measure that is asked per party: of which parties, and of how many."""
    asked = PartyMeasure.objects.filter(activity__in=activities).values_list("activity", "code", "per")
    counted = Measure.objects.filter(activity__in=activities, lapsed=False, organisation__isnull=False)
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


def _over(reader: User, today: date, *states: str) -> QuerySet[Activity]:
    over = Activity.objects.visible_to(reader).filter(ends_on__lt=today, state__in=states)
    mine = over if reader.has_role(Role.COORDINATOR) else over.filter(responsible=reader)
    return mine.order_by("ends_on", "pk")


def _said() -> QuerySet[Activity]:
    """What a line about an activity says of it."""
    return Activity.objects.only("title", "title_en", "ends_on", "state", "publication")


def _to_record(reader: User, today: date) -> Waiting:
    """Activities that are over, to be recorded as held."""
    detail = _("It is over: record that it was held")
    return first_of(
        _over(reader, today, *AHEAD),
        _said(),
        lambda activity: _line(activity, day=activity.ends_on, detail=detail, tone="care"),
    )


def _to_close(reader: User, today: date) -> Waiting:
    """Activities that were held, to be rounded off and closed."""

    def tell(activity: Activity) -> Attention:
        due = activity.ends_on + AFTERCARE
        detail = _("Held; round it off and close it")
        return _line(activity, day=due, detail=detail, tone="stop" if due < today else "care")

    return first_of(_over(reader, today, Activity.State.HELD), _said(), tell)


def _line(activity: Activity, *, day: date, detail: str, tone: str) -> Attention:
    return Attention(
        day=day,
        title=str(activity),
        url=activity.get_absolute_url(),
        detail=detail,
        state=activity.get_state_display(),
        tone=tone,
    )


def _to_publish(reader: User) -> Waiting:
    reports = Activity.objects.visible_to(reader).filter(
        publication=Activity.Publication.TO_PUBLISH, state__in=(Activity.State.HELD, Activity.State.CLOSED)
    )
    return first_of(reports.order_by("ends_on", "pk"), _said(), _report)


def _report(activity: Activity) -> Attention:
    return Attention(
        day=activity.ends_on + AFTERCARE,
        title=str(activity),
        url=f"{activity.get_absolute_url()}#report",
        detail=_("Public report to be published"),
        state=activity.get_publication_display(),
    )


def _coming(reader: User, today: date) -> list[Attention]:
    """The first of what begins soon; what is further off can wait for another day."""
    coming = Activity.objects.visible_to(reader).filter(
        starts_on__gte=today, starts_on__lte=today + COMING, state__in=AHEAD
    )
    rows = coming.select_related("country", "leader").order_by("starts_on", "pk")
    return [_ahead(activity) for activity in rows[:MOST]]


def _ahead(activity: Activity) -> Attention:
    where = f"{activity.get_kind_display()}, {activity.country}"
    led = _("%(where)s, led by %(leader)s") % {"where": where, "leader": activity.leader}
    return Attention(
        day=activity.starts_on,
        title=str(activity),
        url=activity.get_absolute_url(),
        detail=led if activity.leader else where,
        state=activity.get_state_display(),
        tone="unknown" if activity.state == Activity.State.PLANNED else "go",
        needs_action=False,
    )
