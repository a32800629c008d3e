"""Dates as lists write them: partial, about, between."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from hanze.screening.entries import PartialDate

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january januari", "feb february februari", "mar march maart mrt", "apr april", "may mei",
            "jun june juni", "jul july juli", "aug august augustus", "sep sept september", "oct october oktober okt",
            "nov november", "dec december",
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
ABOUT = re.compile(r"^(?:circa|approximately|approx\.?|about|around|c\.|ca\.?|omstreeks|ongeveer)\s+", re.I)
BETWEEN = re.compile(r"^(?:between|tussen|from)\s+(.+?)\s+(?:and|en|to)\s+(.+)$", re.I)
RANGE = re.compile(r"^(.+?)\s+(?:to|and|tot|-)\s+(.+)$|^(\d{4})\s*[-/]\s*(\d{4})$", re.I)
ISO = re.compile(r"^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ]\d\d:\d\d.*)?$")
DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
IN_WORDS = re.compile(r"^(?:(\d{1,2})(?:st|nd|rd|th)?\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})$")
MONTH_FIRST = re.compile(r"^([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
LONGEST = 60
DAYS_OF = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@lru_cache(maxsize=20_000)
def parse_birth_date(text: str) -> PartialDate | None:
    """The date, as far as the text knows it: `08 Sep 1966`, `1966-09`, `00/00/1966` (day first), `circa 1951`,
    `01 Jan 1962 to 31 Dec 1965`, `between 1973 and 1974`. None when it holds no date."""
    text = text.strip().rstrip(".;,")
    if len(text) > LONGEST:
        return None
    if match := ABOUT.match(text):
        found = parse_birth_date(text[match.end() :])
        return found and PartialDate(found.year, found.month, found.day, True, found.last_year)
    if match := BETWEEN.match(text):
        return _range(match[1], match[2])
    if (match := RANGE.match(text)) and (found := _range(match[1] or match[3], match[2] or match[4])):
        return found
    return _one(text)


def parse_day(text: str | None) -> date | None:
    """The day that the text names in full (day before month where both are numbers), or None."""
    found = _one(text.strip()) if text else None
    if found is None or found.month is None or found.day is None:
        return None
    try:
        return date(found.year, found.month, found.day)
    except ValueError:
        return None


def parse_american_day(text: str | None) -> date | None:
    """The day in `09/16/2026`, the form in which OFAC dates its files; else as `parse_day`."""
    match = DAY_FIRST.match(text.strip()) if text else None
    return parse_day(f"{match[2]}/{match[1]}/{match[3]}") if match else parse_day(text)


def _range(first: str, last: str) -> PartialDate | None:
    start, end = parse_birth_date(first), parse_birth_date(last)
    if start is None or end is None:
        return None
    circa = start.circa or end.circa
    if start.year == end.year:
        return PartialDate(start.year, start.month if start.month == end.month else None, circa=circa)
    if start.year > end.year:
        return None
    return PartialDate(start.year, circa=circa, last_year=end.year)


def _one(text: str) -> PartialDate | None:
    if match := ISO.match(text):
        return _checked(match[1], match[2], match[3])
    if match := DAY_FIRST.match(text):
        return _checked(match[3], match[2], match[1])
    if match := IN_WORDS.match(text):
        month = MONTHS.get(match[2].casefold())
        return _checked(match[3], str(month), match[1]) if month else None
    if match := MONTH_FIRST.match(text):
        month = MONTHS.get(match[1].casefold())
        return _checked(match[3], str(month), match[2]) if month else None
    return None


def _checked(year: str, month: str | None, day: str | None) -> PartialDate | None:
    """The date without the parts that cannot be (lists write 0 for unknown)."""
    number, month_number, day_number = int(year), int(month or 0), int(day or 0)
    if not 1000 <= number <= 2100:
        return None
    if not 1 <= month_number <= 12:
        return PartialDate(number)
    if not 1 <= day_number <= DAYS_OF[month_number - 1]:
        return PartialDate(number, month_number)
    return PartialDate(number, month_number, day_number)
