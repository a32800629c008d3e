"""Cells and values in words, for the reading view and for questions: “tuinbouw of maritiem”, “meer dan 5”."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Cell,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Operator,
    Test,
    Value,
    number_text,
)
from hanze.policy.framework import Fact, Framework, Text

_MONTHS_NL = "januari februari maart april mei juni juli augustus september oktober november december"
_MONTHS_EN = "January February March April May June July August September October November December"
_ORDER: dict[Operator, Text] = {
    "<": Text("minder dan {}", "less than {}"),
    "<=": Text("hoogstens {}", "at most {}"),
    ">": Text("meer dan {}", "more than {}"),
    ">=": Text("minstens {}", "at least {}"),
}
_ORDER_IN_TIME: dict[Operator, Text] = {
    "<": Text("vóór {}", "before {}"),
    "<=": Text("uiterlijk op {}", "on or before {}"),
    ">": Text("na {}", "after {}"),
    ">=": Text("vanaf {}", "on or after {}"),
}
ANY_VALUE = Text("maakt niet uit", "any value")


def describe(cell: Cell, fact: Fact, framework: Framework, language: str) -> str:
    """What a cell asks of its fact, in words of this language (`nl` or `en`)."""
    return _describe(cell.tree, fact, framework).in_language(language)


def describe_value(value: Value | None, fact: Fact) -> Text:
    """A value of a fact in words; None is unknown."""
    match value:
        case None:
            return Text("onbekend", "unknown")
        case bool():
            return Text("ja", "yes") if value else Text("nee", "no")
        case Decimal():
            text = number_text(value)
            return Text(text.replace(".", ","), text)
        case date():
            return Text(
                f"{value.day} {_MONTHS_NL.split()[value.month - 1]} {value.year}",
                f"{value.day} {_MONTHS_EN.split()[value.month - 1]} {value.year}",
            )
        case str():
            labels = {choice.code: choice.label for choice in fact.choices}
            return labels.get(value, Text(value, value))


def describe_range(
    low: Decimal | date | None, low_included: bool, high: Decimal | date | None, high_included: bool, fact: Fact
) -> Text:
    """A range of numbers or dates in words; None is a range without that end."""
    if low is not None and low == high:
        return describe_value(low, fact)
    if fact.whole:
        low, low_included = _whole_bound(low, low_included, +1)
        high, high_included = _whole_bound(high, high_included, -1)
        if low is not None and low == high:
            return describe_value(low, fact)
    parts: list[Text] = []
    if low is not None:
        parts.append(_compared(">=" if low_included else ">", low, fact))
    if high is not None:
        parts.append(_compared("<=" if high_included else "<", high, fact))
    return _joined(parts, Text(" en ", " and ")) if parts else ANY_VALUE


def _whole_bound(bound: Decimal | date | None, included: bool, step: int) -> tuple[Decimal | date | None, bool]:
    if isinstance(bound, Decimal) and not included and bound == bound.to_integral_value():
        return bound + step, True
    return bound, included


def _describe(test: Test, fact: Fact, framework: Framework) -> Text:
    match test:
        case Anything():
            return ANY_VALUE
        case Literal(value=value):
            return describe_value(value, fact)
        case Comparison(operator=operator, value=bound):
            return _compared(operator, bound, fact)
        case Interval():
            return describe_range(test.low, test.low_included, test.high, test.high_included, fact)
        case Membership(list_id=list_id):
            title = framework.named_list(list_id).title
            return Text(f"op de lijst “{title.nl}”", f"on the list “{title.en}”")
        case Alternatives(tests=tests):
            described = [_describe(each, fact, framework) for each in tests]
            start = _joined(described[:-1], Text(", ", ", "))
            return _joined([start, described[-1]], Text(" of ", " or "))
        case Negation(test=inner):
            positive = _describe(inner, fact, framework)
            return Text(f"niet {positive.nl}", f"not {positive.en}")


def _compared(operator: Operator, bound: Decimal | date, fact: Fact) -> Text:
    words = (_ORDER if isinstance(bound, Decimal) else _ORDER_IN_TIME)[operator]
    value = describe_value(bound, fact)
    return Text(words.nl.format(value.nl), words.en.format(value.en))


def _joined(texts: list[Text], between: Text) -> Text:
    return Text(between.nl.join(text.nl for text in texts), between.en.join(text.en for text in texts))
