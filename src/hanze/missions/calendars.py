"""The days of a month or a week with the activities on them."""

from __future__ import annotations

from calendar import Calendar, monthrange
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hanze.missions.models import Activity, ProgrammeItem

TONES = {
    Activity.State.PLANNED: "unknown",
    Activity.State.CONFIRMED: "",
    Activity.State.HELD: "go",
    Activity.State.CLOSED: "go",
    Activity.State.CANCELLED: "stop",
}


@dataclass(frozen=True)
class Entry:
    """An activity on one of its days; `continues` from the second day on."""

    activity: Activity
    continues: bool

    @property
    def tone(self) -> str:
        return TONES[Activity.State(self.activity.state)]


@dataclass
class Day:
    day: date
    is_outside: bool = False
    entries: list[Entry] = field(default_factory=list)
    items: list[ProgrammeItem] = field(default_factory=list)


def month_bounds(day: date) -> tuple[date, date]:
    """The first and last day of the month of `day`."""
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def week_bounds(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week of `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def step_month(day: date, months: int) -> date:
    """The first day of the month that lies `months` further."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1)


def month_weeks(day: date, activities: Iterable[Activity]) -> list[list[Day]]:
    """The weeks of a month from Monday, filled up with the days around it, with what is on each day."""
    weeks = [
        [Day(each, is_outside=each.month != day.month) for each in week]
        for week in Calendar().monthdatescalendar(day.year, day.month)
    ]
    _place([each for week in weeks for each in week], activities)
    return weeks


def week_days(day: date, activities: Iterable[Activity], items: Iterable[ProgrammeItem]) -> list[Day]:
    """The days of a week with their activities and programme items."""
    monday, _sunday = week_bounds(day)
    days = [Day(monday + timedelta(days=offset)) for offset in range(7)]
    _place(days, activities)
    by_day = {each.day: each for each in days}
    for item in items:
        if item.day in by_day:
            by_day[item.day].items.append(item)
    return days


def known_to_the_day(activities: Iterable[Activity]) -> tuple[list[Activity], list[Activity]]:
    """The activities with a day, and those of which only the month or the year is known."""
    both = list(activities)
    return [each for each in both if each.date_precision == "day"], [
        each for each in both if each.date_precision != "day"
    ]


def _place(days: list[Day], activities: Iterable[Activity]) -> None:
    for activity in activities:
        for each in days:
            if activity.starts_on <= each.day <= activity.ends_on:
                each.entries.append(Entry(activity, continues=each.day > activity.starts_on))
