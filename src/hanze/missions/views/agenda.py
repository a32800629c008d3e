"""The agenda: a month, a week or a year as a list."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hanze.accounts.exporting import export, wanted
from hanze.accounts.requests import reader_of
from hanze.missions import calendars
from hanze.missions.forms.filters import AgendaFilter
from hanze.missions.models import Activity, ProgrammeItem
from hanze.missions.views.helpers import allow
from hanze.missions.views.lists import COLUMNS

VIEWS = ("month", "week", "list")
FIRST_YEAR, LAST_YEAR = 1900, 2200


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """`?view=month|week|list&date=2024-05-01`, with the filters."""
    allow(request, "missions.list_activities")
    view = request.GET.get("view", "month")
    view = view if view in VIEWS else "month"
    today = timezone.localdate()
    day = _day(request.GET.get("date", ""), today)
    activities = Activity.objects.visible_to(reader_of(request)).select_related("country", "leader", "responsible")
    found = AgendaFilter(request.GET, queryset=activities.order_by("starts_on", "pk"), request=request)
    context = {"filter": found, "view": view, "views": VIEWS, "day": day, "today": today}
    context |= {"month": _month, "week": _week, "list": _list}[view](day, found.qs)
    if wanted(request):
        shown = _between(found.qs, context["start"], context["end"])
        return export(request, title=_("Agenda"), columns=COLUMNS, rows=shown, form=found.form)
    return render(request, "missions/agenda.html", context)


def _day(text: str, otherwise: date) -> date:
    """The day in the address (a month counts as its first day), else the other one."""
    try:
        day = date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        return otherwise
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else otherwise


def _month(day: date, activities: QuerySet[Activity]) -> dict[str, Any]:
    first, last = calendars.month_bounds(day)
    shown = _between(activities, first - timedelta(days=6), last + timedelta(days=6))
    with_day, without = calendars.known_to_the_day(shown)
    loose = [each for each in without if each.starts_on <= last and each.ends_on >= first]
    return {
        "weeks": calendars.month_weeks(day, with_day),
        "loose": loose,
        "is_empty": not loose and not any(each.starts_on <= last and each.ends_on >= first for each in with_day),
        "start": first,
        "end": last,
        "previous": calendars.step_month(day, -1),
        "next": calendars.step_month(day, 1),
    }


def _week(day: date, activities: QuerySet[Activity]) -> dict[str, Any]:
    monday, sunday = calendars.week_bounds(day)
    with_day, without = calendars.known_to_the_day(_between(activities, monday, sunday))
    items = ProgrammeItem.objects.filter(activity__in=with_day, day__range=(monday, sunday)).select_related("activity")
    return {
        "days": calendars.week_days(day, with_day, items),
        "loose": without,
        "is_empty": not with_day and not without,
        "start": monday,
        "end": sunday,
        "previous": monday - timedelta(days=7),
        "next": monday + timedelta(days=7),
    }


def _list(day: date, activities: QuerySet[Activity]) -> dict[str, Any]:
    first, last = date(day.year, 1, 1), date(day.year, 12, 31)
    shown = list(_between(activities, first, last))
    with_month = [each for each in shown if each.date_precision != "year"]
    months = groupby(with_month, key=lambda each: max(each.starts_on, first).replace(day=1))
    return {
        "months": [(month, list(of_month)) for month, of_month in months],
        "loose": [each for each in shown if each.date_precision == "year"],
        "is_empty": not shown,
        "start": first,
        "end": last,
        "previous": first.replace(year=day.year - 1),
        "next": first.replace(year=day.year + 1),
    }


def _between(activities: QuerySet[Activity], start: date, end: date) -> QuerySet[Activity]:
    return activities.filter(starts_on__lte=end, ends_on__gte=start)
