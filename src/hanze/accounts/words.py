"""Dates, periods and amounts as readers of the language write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

from babel.dates import format_date, format_time
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

Precision: TypeAlias = Literal["day", "month", "year"]
Urgency: TypeAlias = Literal["late", "soon", ""]

LOCALES = {"nl": "nl_NL", "en": "en_GB"}
WHOLE_AMOUNT = {"nl_NL": "¤\u00a0#,##0;¤\u00a0-#,##0", "en_GB": "¤#,##0;-¤#,##0"}
SOON_DAYS = 3


def locale() -> str:
    """The locale of the language in use."""
    return LOCALES.get((get_language() or "nl").split("-")[0], "nl_NL")


def as_day(moment: date | datetime) -> date:
    """The day of `moment` on the reader's calendar."""
    if isinstance(moment, datetime):
        return timezone.localtime(moment).date() if timezone.is_aware(moment) else moment.date()
    return moment


def long_date(moment: date | datetime, precision: Precision = "day") -> str:
    """ "28 mei 2024" / "28 May 2024"; "mei 2024" with month precision; "2024" with year precision."""
    pattern = {"day": "d MMMM y", "month": "MMMM y", "year": "y"}[precision]
    return _date(as_day(moment), pattern, locale())


@lru_cache(maxsize=4096)
def _date(day: date, pattern: str, in_locale: str) -> str:
    return format_date(day, pattern, locale=in_locale)


def short_day(moment: date | datetime, today: date) -> str:
    """ "do 23 mei" / "Thu 23 May", with the year when it is not this year's."""
    day = as_day(moment)
    pattern = "EEE d MMM" if day.year == today.year else "EEE d MMM y"
    return _date(day, pattern, locale()).replace(".", "")


def long_moment(moment: datetime) -> str:
    """ "28 mei 2024 om 10.42 uur" / "28 May 2024 at 10:42"."""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    pattern = "HH.mm" if locale().startswith("nl") else "HH:mm"
    return _("%(date)s at %(time)s") % {
        "date": long_date(local),
        "time": format_time(local.time(), pattern, locale=locale()),
    }


def period(start: date | None, end: date | None = None, precision: Precision = "day") -> str:
    """ "23 t/m 28 mei 2024" / "23–28 May 2024": what both ends share is written once.

    An open end is written as "from …" or "until …"; no dates at all as an empty text.
    """
    if start is None and end is None:
        return ""
    if start is None or end is None:
        text = _("from %(date)s") if end is None and precision == "day" else "%(date)s"
        if start is None:
            text = _("until %(date)s")
        return text % {"date": long_date(start or end, precision)}  # type: ignore[arg-type]
    first, last = as_day(start), as_day(end)
    ending = long_date(last, precision)
    if long_date(first, precision) == ending:
        return ending
    return _join(_opening(first, last, precision), ending)


def _opening(first: date, last: date, precision: Precision) -> str:
    """The first date without the parts that it shares with the last."""
    if first.year != last.year or precision == "year":
        return long_date(first, precision)
    if precision == "month":
        return _date(first, "MMMM", locale())
    return _date(first, "d" if first.month == last.month else "d MMMM", locale())


def _join(opening: str, ending: str) -> str:
    if locale().startswith("nl"):
        return f"{opening} t/m {ending}"
    return f"{opening}–{ending}" if opening.isdigit() else f"{opening} – {ending}"


def due(moment: date | datetime, today: date) -> tuple[str, Urgency]:
    """How far off a term is, in words, and how pressing: ("nog 9 dagen", "")."""
    days = (as_day(moment) - today).days
    if days < 0:
        return _late(-days), "late"
    if days == 0:
        return _("today"), "soon"
    if days == 1:
        return _("tomorrow"), "soon"
    return _left(days), "soon" if days <= SOON_DAYS else ""


def _left(days: int) -> str:
    if days <= 20:
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
    if days <= 26 * 7:
        return ngettext("%(count)s week left", "%(count)s weeks left", days // 7) % {"count": days // 7}
    months = round(days / 30.44)
    return ngettext("%(count)s month left", "%(count)s months left", months) % {"count": months}


def _late(days: int) -> str:
    if days <= 20:
        return ngettext("%(count)s day late", "%(count)s days late", days) % {"count": days}
    if days <= 26 * 7:
        return ngettext("%(count)s week late", "%(count)s weeks late", days // 7) % {"count": days // 7}
    months = round(days / 30.44)
    return ngettext("%(count)s month late", "%(count)s months late", months) % {"count": months}


def money(amount: Decimal | int | float, currency: str = "EUR") -> str:
    """ "€ 10.000" / "€10,000"; cents only where there are any."""
    value = Decimal(str(amount))
    whole = value == value.to_integral_value()
    pattern = WHOLE_AMOUNT[locale()] if whole else None
    return format_currency(value, currency, pattern, locale=locale(), currency_digits=not whole)


def number(value: Decimal | int | float) -> str:
    """ "1.234,5" / "1,234.5"."""
    return format_decimal(value, locale=locale())
