"""Constants as they are written: numbers, days, times and durations."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hanze.policy.cells import FactType
from hanze.policy.expressions import Months, Scalar, Span
from hanze.policy.tokens import CellError

_NUMBER = re.compile(r"-?(?:[0-9]{1,18}(?:\.[0-9]{1,10})?|\.[0-9]{1,10})")
_LONG_NUMBER = re.compile(r"-?(?:[0-9]{1,34}(?:\.[0-9]{1,34})?|\.[0-9]{1,34})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?")
_DAYS = re.compile(
    r"(?P<sign>-?)P(?:(?P<days>[0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:(?P<hours>[0-9]{1,9})H)?(?:(?P<minutes>[0-9]{1,9})M)?(?:(?P<seconds>[0-9]{1,9}(?:\.[0-9]{1,6})?)S)?)?"
)
_MONTHS = re.compile(r"(?P<sign>-?)P(?=[0-9])(?:(?P<years>[0-9]{1,6})Y)?(?:(?P<months>[0-9]{1,6})M)?")
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}

EXAMPLES: dict[str, str] = {
    "text": '"a text" or one word',
    "number": "a number such as 5 or 2.5",
    "boolean": "true or false (yes or no)",
    "date": "a date such as 2024-09-11",
    "date-time": 'a day and time such as date and time("2024-09-11T10:00:00")',
    "time": 'a time such as time("10:00:00")',
    "duration": 'a duration such as duration("P2DT12H")',
    "days-duration": 'a duration such as duration("P2DT12H")',
    "months-duration": 'a duration such as duration("P1Y6M")',
    "choice": "the id of one of the fact's choices",
}


def read_number(text: str, span: Span, dmn: bool = False) -> Decimal:
    """An exact decimal: at most 18 digits before the point and 10 after it (34 in DMN). Raises CellError."""
    if not (_LONG_NUMBER if dmn else _NUMBER).fullmatch(text):
        hint = f"Write {EXAMPLES['number']}: at most 18 digits before the point and 10 after it."
        raise CellError(f"“{text}” is not a number.", hint, span)
    return Decimal(text)


def read_boolean(text: str, span: Span) -> bool:
    """Yes or no, true or false. Raises CellError."""
    if text.lower() not in _BOOLEANS:
        raise CellError(f"“{text}” is not a yes or a no.", f"Write {EXAMPLES['boolean']}.", span)
    return _BOOLEANS[text.lower()]


def read_date(text: str, span: Span) -> date:
    """A day as 2024-09-11. Raises CellError."""
    try:
        return _checked_date(text)
    except ValueError:
        raise CellError(f"“{text}” is not a date.", f"Write {EXAMPLES['date']}.", span) from None


def _checked_date(text: str) -> date:
    if not _DATE.fullmatch(text):
        raise ValueError
    return date.fromisoformat(text)


def read_time(text: str, span: Span) -> time:
    """A time as 10:00:00, with perhaps a zone (+01:00, Z). Raises CellError."""
    try:
        return _checked_time(text)
    except ValueError:
        raise CellError(f"“{text}” is not a time.", f"Write {EXAMPLES['time']}.", span) from None


def _checked_time(text: str) -> time:
    if not _TIME.fullmatch(text):
        raise ValueError
    return time.fromisoformat(text)


def read_date_time(text: str, span: Span, dmn: bool = False) -> datetime:
    """A day and time as 2024-09-11T10:00:00; a zone only in DMN. Raises CellError."""
    day, _, clock = text.partition("T")
    try:
        read = datetime.combine(_checked_date(day), _checked_time(clock) if clock else time())
    except ValueError:
        message = f"“{text}” is not a day and time."
        raise CellError(message, f"Write {EXAMPLES['date-time']}.", span) from None
    if read.tzinfo is not None and not dmn:
        hint = "Leave the zone out: times are those of the place where the framework is used."
        raise CellError(f"“{text}” has a time zone.", hint, span)
    return read


def read_days(text: str, span: Span) -> timedelta:
    """A duration of days and time as P2DT12H. Raises CellError."""
    found = _DAYS.fullmatch(text)
    if found is None or not text.strip("-P"):
        raise CellError(f"“{text}” is not a duration of days and time.", f"Write {EXAMPLES['duration']}.", span)
    parts = {key: Decimal(found[key] or 0) for key in ("days", "hours", "minutes", "seconds")}
    seconds = ((parts["days"] * 24 + parts["hours"]) * 60 + parts["minutes"]) * 60 + parts["seconds"]
    try:
        length = timedelta(microseconds=int(seconds * 1_000_000))
        return -length if found["sign"] else length
    except OverflowError:
        raise CellError(f"“{text}” is too long a duration.", "Write at most 999999999 days.", span) from None


def read_duration(text: str, span: Span) -> timedelta | Months:
    """A duration of days and time (P2DT12H) or of years and months (P1Y6M). Raises CellError."""
    found = _MONTHS.fullmatch(text)
    if found is None:
        return read_days(text, span)
    months = int(found["years"] or 0) * 12 + int(found["months"] or 0)
    return Months(-months if found["sign"] else months)


def read_literal(text: str, span: Span) -> Scalar:
    """What stands between quotes after an @, as its form says. Raises CellError."""
    for read in (_checked_date, _checked_time):
        try:
            return read(text)
        except ValueError:
            continue
    return read_duration(text, span) if "P" in text[:2] else read_date_time(text, span, dmn=True)


_READERS: dict[FactType, Callable[[str, Span], Scalar]] = {
    "text": lambda text, span: text,
    "choice": lambda text, span: text,
    "number": read_number,
    "boolean": read_boolean,
    "date": read_date,
    "date-time": read_date_time,
    "duration": read_days,
}


def parse_value(text: str, fact_type: FactType) -> Scalar:
    """Read one value of this type, as a scenario or a form gives it; raises CellError.

    A text is taken as it stands; the other types are written without quotes and without a function around them.
    """
    whole = Span(0, len(text))
    if fact_type in ("text", "choice"):
        return text
    text = text.strip()
    if text in ("null", "unknown"):
        raise CellError(f"A value cannot be {text}.", f"Write {EXAMPLES[fact_type]}.", whole)
    return _READERS[fact_type](text, whole)


def parse_word(text: str, fact_type: FactType, span: Span) -> Scalar:
    """Read the one word that stands for a value of this type in a cell; raises CellError."""
    return _READERS[fact_type](text, span)
