"""What people write in cells, read as values: days, numbers, yes and no. Each raises UnreadableError."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal

from django.utils.translation import gettext as _

from hanze.screening.lists.dates import MONTHS
from hanze.sheets.reading.cells import ERRORS, NOT_CALCULATED, Cell, shown

Precision = Literal["day", "month", "year"]
EARLIEST, LATEST = 1200, 2200
# Below 1900 a number is a year, above 18,000 (1949) it is a day as Excel counts them.
FIRST_SERIAL, LAST_SERIAL = 18_000, 80_000
EXCEL_ZERO = date(1899, 12, 30)
PIVOT = 60
"""Of a year in two digits: up to 60 it is of this century."""

YES = frozenset(["ja", "j", "yes", "y", "true", "waar", "x", "v", "✓", "✔", "1", "wel", "si", "oui"])
NO = frozenset(["nee", "neen", "n", "no", "false", "onwaar", "0", "-", "–", "geen", "niet"])
NOTHING = frozenset(
    [
        "",
        "-",
        "–",
        "—",
        "?",
        "n.v.t.",
        "n.v.t",
        "nvt",
        "n/a",
        "na",
        "n.n.b.",
        "nnb",
        "onbekend",
        "unknown",
        "geen",
        "none",
        "tbd",
        ".",
    ]
)
WEEKDAYS = (
    "maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|ma|di|wo|do|vr|za|zo|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri"
)
SEASONS = {
    "voorjaar": 3,
    "lente": 3,
    "zomer": 6,
    "najaar": 9,
    "herfst": 9,
    "winter": 12,
    "spring": 3,
    "summer": 6,
    "autumn": 9,
}


class UnreadableError(ValueError):
    """A cell that cannot be read as what its column holds; the message says what to write instead."""


@dataclass(frozen=True)
class Day:
    """A day as far as it is known: of a month the first day, of a year 1 January."""

    day: date
    precision: Precision = "day"

    @property
    def last(self) -> date:
        """The last day that it can be."""
        if self.precision == "day":
            return self.day
        if self.precision == "year":
            return self.day.replace(month=12, day=31)
        return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])


def says_nothing(cell: Cell) -> bool:
    """Whether a cell is empty, or says in words that there is nothing in it."""
    return cell is None or (isinstance(cell, str) and cell.strip().casefold() in NOTHING)


def text_of(cell: Cell) -> str:
    """The text of a cell. Raises UnreadableError for the error of a formula, and for a formula in a text file."""
    text = shown(cell).strip()
    if text == NOT_CALCULATED:
        raise UnreadableError(_("The file does not hold the outcome of this formula. Open it in Excel and save it."))
    if text in ERRORS:
        raise UnreadableError(_("The spreadsheet shows an error here: %(error)s.") % {"error": text})
    if re.match(r"^[=@]\s*[A-Za-z_+\-(']", text) and "(" in text:
        raise UnreadableError(_("This is a formula, not its outcome. Write the value itself."))
    return text


def number_of(cell: Cell) -> Decimal:
    """A number as Dutch and English people write it: `1.234,50`, `1,234.50`, `€ 10.000,-`, `1 234`."""
    if isinstance(cell, bool):
        raise UnreadableError(_("Write a number."))
    if isinstance(cell, int | float):
        return Decimal(repr(cell))
    text = re.sub(r"[€$£\s\u202f']|EUR|euro", "", text_of(cell), flags=re.I)
    text = re.sub(r",(-+|–|—)$", "", text)
    try:
        return Decimal(_with_a_point(text))
    except InvalidOperation:
        raise UnreadableError(
            _("“%(text)s” is no number. Write it as 1.234,50.") % {"text": shown(cell)[:60]}
        ) from None


def _with_a_point(text: str) -> str:
    """A number with a point before its decimals and nothing between its thousands."""
    if not re.fullmatch(r"-?[\d.,]{1,30}", text):
        return "no number"
    if "," in text and "." in text:
        thousands, point = (".", ",") if text.rindex(",") > text.rindex(".") else (",", ".")
        return text.replace(thousands, "").replace(point, ".")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+", text) or re.fullmatch(r"-?\d{1,3}(,\d{3}){2,}", text):
        return text.replace(".", "").replace(",", "")
    return text.replace(",", ".")


def yes_no_of(cell: Cell) -> bool:
    """Yes or no in Dutch or English, a cross or tick, 1 or 0."""
    text = text_of(cell).casefold().strip(" .!")
    if text in YES:
        return True
    if text in NO:
        return False
    raise UnreadableError(_("Write yes or no instead of “%(text)s”.") % {"text": shown(cell)[:60]})


def day_of(cell: Cell) -> Day:
    """A day, month or year: `3 mei 2024`, `03-05-'24`, `2024-05-03`, `mei 2024`, `2008`, Excel's 45415."""
    if isinstance(cell, bool):
        raise UnreadableError(_("Write a day, such as 3-5-2024."))
    if isinstance(cell, float) or (isinstance(cell, int) and FIRST_SERIAL <= cell <= LAST_SERIAL):
        return _serial(cell)
    text = text_of(cell)
    if text.isascii() and text.isdigit() and len(text) == 5 and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return _serial(int(text))
    found = _written(text)
    if found is None:
        raise UnreadableError(
            _("“%(text)s” is no day that can be read. Write it as 3-5-2024, or only a year.") % {"text": text[:60]}
        )
    return found


def with_year(cell: Cell, year: int | None) -> Cell:
    """A cell that names a day or month without its year, such as `23 t/m 28 mei`, with the year of the sheet."""
    if year is None or not isinstance(cell, str) or re.search(r"\d{4}|'\d{2}", cell) or not MONTH_LAST.search(cell):
        return cell
    return f"{cell.strip(' .,')} {year}"


def period_of(cell: Cell) -> tuple[Day, Day]:
    """First and last day: `23 t/m 28 mei 2024`, `30 mei - 2 juni 2024`, `mei 2024`; of one day it is twice that."""
    if not isinstance(cell, str):
        day = day_of(cell)
        return day, day
    text = _plain(text_of(cell))
    if (single := _written(text)) is not None:
        return single, single
    text = re.sub(r"^(?:van|from|between|tussen) ", "", text)
    for between in BETWEEN.finditer(text):
        last = _written(text[between.end() :])
        first = _first_of(text[: between.start()].strip(), last) if last is not None else None
        if first is not None and last is not None and first.day <= last.last:
            return first, last
    day = day_of(cell)
    return day, day


BETWEEN = re.compile(r"\s*(?:t/m|tot en met|\btot\b|\buntil\b|\bto\b|\ben\b|\band\b|–|—| - )\s*|[-/]")


def _first_of(text: str, last: Day) -> Day | None:
    """The beginning of a period, completed with what only its end says."""
    if (whole := _written(text)) is not None and not (text.isdigit() and len(text) < 4):
        return whole
    year, month = last.day.year, last.day.month
    number = re.fullmatch(r"(?:\w{2,9}\s+)?(\d{1,2})(?:e|st|nd|rd|th)?", text)
    if number:
        return _made(year, month, int(number[1]))
    return _written(f"{text} {year}") or _written(f"{text}-{year}")


def _plain(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("‘", "'").casefold().split())


def _written(text: str) -> Day | None:
    text = _plain(text).strip(" .,;")
    text = re.sub(
        r"^(?:(?:circa|ca\.?|ongeveer|omstreeks|approx\.?|about|sinds|since|vanaf|per|medio|begin|eind|in|op|on)\s+)+",
        "",
        text,
    )
    text = re.sub(rf"^(?:{WEEKDAYS})\.?,?\s+(?=\d)", "", text)
    text = re.sub(r"[t ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?(z|\+\d\d:\d\d)?$", "", text)
    for pattern, order in NUMERIC:
        if match := re.fullmatch(pattern, text):
            parts = dict(zip(order, match.groups(), strict=True))
            return _made(_year(parts["y"]), int(parts.get("m") or 0), int(parts.get("d") or 0))
    return _in_words(text)


MONTH_LAST = re.compile(rf"(?:^|[\s\d/])(?:{'|'.join(MONTHS)})\.?,?\s*$", re.I)
NUMERIC = (
    (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", "ymd"),
    (r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+('?\d{2}|\d{4})", "dmy"),
    (r"(\d{4})(\d{2})(\d{2})", "ymd"),
    (r"(\d{4})[-/](\d{1,2})", "ym"),
    (r"(\d{1,2})[-/](\d{4})", "my"),
    (r"(\d{4})", "y"),
    (r"('\d{2})", "y"),
)


def _in_words(text: str) -> Day | None:
    if match := re.fullmatch(
        r"(?:(\d{1,2})(?:e|de|ste|st|nd|rd|th|\.)?[\s\-/]+)?([a-z]{3,10})\.?,?[\s\-/]+('?\d{2}|\d{4})", text
    ):
        return _month(match[3], match[2], match[1])
    if match := re.fullmatch(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", text):
        return _month(match[3], match[1], match[2])
    if match := re.fullmatch(r"(\d{4})\s+([a-z]{3,9})", text):
        return _month(match[1], match[2], None)
    if match := re.fullmatch(r"q([1-4])[ -/]*(\d{4})", text):
        return _made(int(match[2]), 3 * int(match[1]) - 2, 0)
    return None


def _month(year: str, word: str, day: str | None) -> Day | None:
    if number := MONTHS.get(word):
        return _made(_year(year), number, int(day or 0))
    return _made(_year(year), SEASONS[word], 0) if word in SEASONS and not day else None


def _year(text: str) -> int:
    digits = text.strip("'")
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (2000 if int(digits) <= PIVOT else 1900)


def _made(year: int, month: int, day: int) -> Day | None:
    if not EARLIEST <= year <= LATEST:
        return None
    if not month:
        return Day(date(year, 1, 1), "year")
    try:
        return Day(date(year, month, day or 1), "day" if day else "month")
    except ValueError:
        return None


def _serial(number: float) -> Day:
    if number == int(number) and EARLIEST <= number <= LATEST:
        return Day(date(int(number), 1, 1), "year")
    if not FIRST_SERIAL <= number <= LAST_SERIAL:
        raise UnreadableError(
            _("“%(text)s” is no day that can be read. Write it as 3-5-2024, or only a year.") % {"text": number}
        )
    return Day(EXCEL_ZERO + timedelta(days=int(number)))


def several(text: str) -> list[str]:
    """The names in one cell: one a line, or between semicolons, or bullets."""
    parts = re.split(r"[\n;•|]+", text)
    return [part.strip(" \t-–*·,") for part in parts if part.strip(" \t-–*·,")]
