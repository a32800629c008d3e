"""Values in words: “12 april 2024 om 10:00”, “2 dagen en 12 uur”, “meer dan 5”."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hanze.policy.cells import Operator, Scalar, number_text
from hanze.policy.expressions import Months
from hanze.policy.framework import Text

_MONTHS_NL = "januari februari maart april mei juni juli augustus september oktober november december"
_MONTHS_EN = "January February March April May June July August September October November December"

YES, NO = Text("ja", "yes"), Text("nee", "no")
UNKNOWN = Text("onbekend", "unknown")
NOTHING = Text("niets", "nothing")

ORDER: dict[Operator, Text] = {
    "<": Text("minder dan {}", "less than {}"),
    "<=": Text("hoogstens {}", "at most {}"),
    ">": Text("meer dan {}", "more than {}"),
    ">=": Text("minstens {}", "at least {}"),
}
ORDER_IN_TIME: dict[Operator, Text] = {
    "<": Text("vóór {}", "before {}"),
    "<=": Text("uiterlijk op {}", "on or before {}"),
    ">": Text("na {}", "after {}"),
    ">=": Text("vanaf {}", "on or after {}"),
}


def filled(template: Text, *texts: Text) -> Text:
    """A sentence in both languages with its gaps filled."""
    return Text(template.nl.format(*(each.nl for each in texts)), template.en.format(*(each.en for each in texts)))


def joined(texts: Iterable[Text], between: Text) -> Text:
    """Texts in a row with something between each two."""
    kept = list(texts)
    return Text(between.nl.join(each.nl for each in kept), between.en.join(each.en for each in kept))


def enumerated(texts: list[Text], last: Text) -> Text:
    """“a, b en c”; `last` is what stands before the last one."""
    if len(texts) == 1:
        return texts[0]
    return joined([joined(texts[:-1], Text(", ", ", ")), texts[-1]], last)


def value_in_words(value: Scalar) -> Text:
    """One value in words."""
    match value:
        case bool():
            return YES if value else NO
        case Decimal():
            text = number_text(value)
            return Text(text.replace(".", ","), text)
        case datetime():
            clock = _clock(value.time())
            day = value_in_words(value.date())
            return Text(f"{day.nl} om {clock}", f"{day.en} at {clock}")
        case date():
            return Text(
                f"{value.day} {_MONTHS_NL.split()[value.month - 1]} {value.year}",
                f"{value.day} {_MONTHS_EN.split()[value.month - 1]} {value.year}",
            )
        case time():
            return Text(_clock(value), _clock(value))
        case timedelta():
            return _duration(value)
        case Months(months=months):
            years, rest = divmod(abs(months), 12)
            return _parts(months < 0, [(years, _YEAR), (rest, _MONTH)], _MONTH)
        case str():
            return Text(value, value)


def _clock(clock: time) -> str:
    return clock.isoformat("minutes" if not (clock.second or clock.microsecond) else "auto")


_Unit = tuple[str, str, str, str]
"""One and several of a unit, in Dutch and English."""

_YEAR: _Unit = ("jaar", "jaar", "year", "years")
_MONTH: _Unit = ("maand", "maanden", "month", "months")
_DAY: _Unit = ("dag", "dagen", "day", "days")
_HOUR: _Unit = ("uur", "uur", "hour", "hours")
_MINUTE: _Unit = ("minuut", "minuten", "minute", "minutes")
_SECOND: _Unit = ("seconde", "seconden", "second", "seconds")


def _duration(duration: timedelta) -> Text:
    length = abs(duration)
    hours, minutes = divmod(length.seconds // 60, 60)
    seconds = Decimal(length.seconds % 60) + Decimal(length.microseconds) / 1_000_000
    counts: list[tuple[int | Decimal, _Unit]] = [
        *((length.days, _DAY), (hours, _HOUR)),
        *((minutes, _MINUTE), (seconds, _SECOND)),
    ]
    return _parts(duration < timedelta(0), counts, _DAY)


def _parts(is_negative: bool, counts: Iterable[tuple[int | Decimal, _Unit]], smallest: _Unit) -> Text:
    texts = [_counted(Decimal(count), unit) for count, unit in counts if count]
    text = enumerated(texts, Text(" en ", " and ")) if texts else _counted(Decimal(0), smallest)
    return filled(Text("min {}", "minus {}"), text) if is_negative else text


def _counted(count: Decimal, unit: _Unit) -> Text:
    number = value_in_words(count)
    one = count == 1
    return Text(f"{number.nl} {unit[0 if one else 1]}", f"{number.en} {unit[2 if one else 3]}")
