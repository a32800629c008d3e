"""What an evaluation is about: a period and, when narrowed down, a country, a region or a framework."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.evaluation.models import Evaluation, RecordedYear
from hanze.register.models import Country, Region

PERIOD_HELP = gettext_lazy(
    "Write a year (2024), a quarter (2024-Q2), a month (2024-05) or two days (2024-01-01..2024-06-30)."
)


class PeriodError(ValueError):
    """A period that cannot be read; its text says what to write instead."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A period, first and last day included, and what it is narrowed down to. `framework` is a framework's id."""

    start: date
    end: date
    country: Country | None = None
    region: Region | None = None
    framework: str = ""

    @classmethod
    def of(cls, evaluation: Evaluation) -> Scope:
        """The scope that the evaluation was made for."""
        return cls(
            evaluation.period_start,
            evaluation.period_end,
            evaluation.country,
            evaluation.region,
            evaluation.framework,
        )

    @property
    def year(self) -> int:
        """The year that the evaluation belongs to: the one in which its period ends."""
        return self.end.year

    @property
    def years(self) -> range:
        """Every calendar year that the period touches."""
        return range(self.start.year, self.end.year + 1)

    def in_year(self, year: int) -> Scope:
        """The same scope over the same days of another year, `year` being the one in which the period ends."""
        shift = year - self.end.year
        return replace(self, start=_moved(self.start, shift), end=_moved(self.end, shift))

    def is_recorded(self) -> bool:
        """Whether the register covers every year of the period."""
        years = set(self.years)
        return RecordedYear.objects.filter(year__in=years).count() == len(years)


def parse_period(text: str) -> tuple[date, date]:
    """The first and last day of a period: 2024, 2024-Q2, 2024-05 or 2024-01-01..2024-06-30.

    Raises PeriodError.
    """
    text = text.strip()
    try:
        if match := re.fullmatch(r"(\d{4})", text):
            return _months(int(match[1]), 1, 12)
        if match := re.fullmatch(r"(\d{4})-?[qQkK]([1-4])", text):
            last = 3 * int(match[2])
            return _months(int(match[1]), last - 2, last)
        if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
            return _months(int(match[1]), int(match[2]), int(match[2]))
        if ".." in text:
            start, end = (date.fromisoformat(part.strip()) for part in text.split("..", 1))
            return _in_order(start, end)
    except (ValueError, calendar.IllegalMonthError) as error:
        if isinstance(error, PeriodError):
            raise
        raise _unreadable(text) from error
    raise _unreadable(text)


def _unreadable(text: str) -> PeriodError:
    return PeriodError(f"{_('“%(text)s” is not a period.') % {'text': text}} {PERIOD_HELP}")


def _in_order(start: date, end: date) -> tuple[date, date]:
    if end < start:
        raise PeriodError(_("The end lies before the start."))
    return start, end


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


def _moved(day: date, years: int) -> date:
    """The same day in another year; the last day of a month stays the last."""
    if (day + timedelta(days=1)).day == 1:
        return date(day.year + years, day.month, calendar.monthrange(day.year + years, day.month)[1])
    return day.replace(year=day.year + years)
