"""What the engine says is wrong, in the language in force.

The engine writes its sentences in English. Those that an officer meets while editing are known here by their form and
said again in her language; any other is shown as it is, marked as English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext, gettext_noop, pgettext_lazy

SENTENCES = (
    # what is wrong
    gettext_noop("The cell of {fact}: {sentence}"),
    gettext_noop("The value of {fact}: {sentence}"),
    gettext_noop("There is no choice {value}."),
    gettext_noop("{fact} has no choice “{value}”."),
    gettext_noop("There is no list “{value}”."),
    gettext_noop("There is no function “{value}”."),
    gettext_noop("There is no {kind} “{value}”."),
    gettext_noop("There is nothing called “{value}”."),
    gettext_noop("The list {list} holds {item}, which is no choice of {fact}."),
    gettext_noop("“{sign}” has no meaning in a cell."),
    gettext_noop("A text is not closed."),
    gettext_noop("The cell is empty."),
    gettext_noop("The cell is longer than {number} characters."),
    gettext_noop("A test cannot begin with “{sign}”."),
    gettext_noop("{word} stands after the end of the test."),
    gettext_noop("{word} stands after the end of the expression."),
    gettext_noop("Here a value is expected, not {word}."),
    gettext_noop("Here “{sign}” is expected, not {word}."),
    gettext_noop("Only numbers, dates and durations have an order."),
    gettext_noop("Only a text or a choice can stand on a list."),
    gettext_noop("A rule cannot test for {word}."),
    gettext_noop("“{word}” is not a number."),
    gettext_noop("“{word}” is not a yes or a no."),
    gettext_noop("“{word}” is not a date."),
    gettext_noop("“{word}” is not a day."),
    gettext_noop("“-” means any value and stands alone in its cell."),
    gettext_noop("The interval holds no value."),
    gettext_noop("{part}: {key} is not a date."),
    gettext_noop("{part}: {key} is not a whole number."),
    gettext_noop("{part}: {key} cannot be “{value}”."),
    gettext_noop("{part} has no {key}."),
    gettext_noop("{part} has no key “{key}”."),
    gettext_noop("{part}: type and choices do not agree."),
    gettext_noop("{part} comes from nowhere."),
    gettext_noop("{part}: maximum is less than minimum."),
    gettext_noop("{part} is no number, but has {key}."),
    gettext_noop("The rule id “{rule}” is taken."),
    gettext_noop("The rule {rule} gives nothing."),
    gettext_noop("The rule {rule}: advice and ground do not agree."),
    gettext_noop("The rules {one} and {other} of the unique table {table} can hold at once."),
    gettext_noop("There are cases for which no rule gives an advice."),
    gettext_noop("otherwise is never reached: the rules give an advice in every case."),
    gettext_noop("in_force ends before it begins."),
    gettext_noop("“{value}” cannot be a name."),
    gettext_noop("The fact {fact} comes from “{path}”, which does not exist."),
    gettext_noop("The fact {fact} is a {type}; {path} gives a {other}."),
    # how a scenario went otherwise
    gettext_noop("The outcome is {got}, not {wanted}."),
    gettext_noop("It is decided by {got}, not by {wanted}."),
    gettext_noop("{expected}: missing {names}."),
    gettext_noop("{expected}: not expected {names}."),
    gettext_noop("The rule {rule} fires, and should not."),
    gettext_noop("The rule {rule} is undecided, and should not."),
    gettext_noop("The framework does not apply as expected ({expected})."),
    # small changes that no scenario notices; the particular ones first
    gettext_noop("in rule {rule} the advice becomes {value}"),
    gettext_noop("in rule {rule} the advice is left out"),
    gettext_noop("in rule {rule} the ground becomes {value}"),
    gettext_noop("in rule {rule} the ground is left out"),
    gettext_noop("in rule {rule} the measure {value} is left out"),
    gettext_noop("in rule {rule} where is left out"),
    gettext_noop("in rule {rule} where becomes {value}"),
    gettext_noop("in rule {rule} {fact} becomes {value}"),
    gettext_noop("rule {rule} is left out"),
    gettext_noop("in applies_to {fact} becomes {value}"),
    gettext_noop("{item} leaves the list {list}"),
    gettext_noop("otherwise the advice becomes {value}"),
    gettext_noop("{value} is decided by {decider}"),
    gettext_noop("{fact} has no value from {day}"),
    gettext_noop("in {fact} the expression becomes {value}"),
    # a change of the text that cannot be made
    gettext_noop("What is to be moved is not there any more."),
    gettext_noop("This is written on one line with what is around it; move it in the source text."),
    gettext_noop("A single value stands where several are to come; change it in the source text."),
    gettext_noop("What is to be changed is not there any more."),
    gettext_noop("This cannot be changed here; change it in the source text."),
    gettext_noop("Here no key can be added; change it in the source text."),
    # what to write instead
    gettext_noop("Did you mean {value}?"),
    gettext_noop("Write one of: {values}."),
    gettext_noop("None is declared in this framework."),
    gettext_noop("Put a text between double quotes: “…”."),
    gettext_noop('Put a text between double quotes: "…".'),
    gettext_noop('Close it with ": "some words".'),
    gettext_noop("Put the values in a list."),
    gettext_noop("Write - (between quotes) for “any value”, or leave the fact out of the rule."),
    gettext_noop("Write a comma between alternatives; begin a new fact on a line of its own."),
    gettext_noop("Close not( with a parenthesis: not(horticulture, maritime)."),
    gettext_noop("Leave the = out: a value on its own means “equal to”."),
    gettext_noop("Write ( for a bound that is not included: (1..5]."),
    gettext_noop(
        "Leave the fact out of this rule: a rule on an unknown fact is itself unknown, "
        "so that a missing fact can never count as harmless."
    ),
    gettext_noop("This fact is a {type}: write {example}."),
    gettext_noop("Write {example}."),
    gettext_noop("Write it as {example}."),
    gettext_noop("Write digits only: {number}."),
    gettext_noop("Add: {key}: …"),
    gettext_noop("Add from: (a path in the case) or ask: (a question)."),
    gettext_noop("Let until be on or after from."),
    gettext_noop("Let maximum be at least minimum."),
    gettext_noop("Use letters, digits, - and _ only."),
    gettext_noop("Give each rule an id of its own."),
    gettext_noop("Give it another id or remove it."),
    gettext_noop("Write advice: …, measures: […], or both."),
    gettext_noop("Write ground: … with an advice to refer or refuse, and only then: the letter names it."),
    gettext_noop("Give a choice fact its choices (id: {choices}); other types have none."),
    gettext_noop("Make their cells exclude each other, or write hit: collect."),
    gettext_noop("Add otherwise: with the advice for such a case."),
    gettext_noop("Leave it out."),
    gettext_noop("Write type: {type}."),
)
WORDS = (
    gettext_noop("a text"),
    gettext_noop("a number"),
    gettext_noop("a number such as 5 or 2.5"),
    gettext_noop("true or false (yes or no)"),
    gettext_noop("a date such as 2024-09-11"),
    gettext_noop('"a text" or one word'),
    gettext_noop("the id of one of the fact's choices"),
    gettext_noop("the end of the cell"),
    gettext_noop("text"),
    gettext_noop("choice"),
    gettext_noop("outcome"),
    gettext_noop("measure"),
    gettext_noop("fact"),
    gettext_noop("ground"),
    gettext_noop("table"),
    gettext_noop("decider"),
    gettext_noop("source document"),
    gettext_noop("The framework"),
    gettext_noop("The rule"),
    gettext_noop("The table"),
    gettext_noop("The outcome"),
    gettext_noop("because"),
    gettext_noop("fired"),
    gettext_noop("undecided"),
    gettext_noop("questions"),
    gettext_noop("possible"),
    gettext_noop("measures"),
    gettext_noop("grounds"),
    gettext_noop("yes"),
    gettext_noop("no"),
    gettext_noop("unknown"),
)
_OF_VALUES = {"number": pgettext_lazy("kind of value", "number")}
# Gaps with words of the engine in them; in the others stands what somebody wrote.
_OF_THE_ENGINE = {"sentence", "kind", "type", "other", "example", "word", "part", "expected"}
_THINGS = (
    gettext_noop("The fact {name}"),
    gettext_noop("The list {name}"),
    gettext_noop("The measure {name}"),
    gettext_noop("The source {name}"),
    gettext_noop("The rule: {name}"),
    gettext_noop("The table: {name}"),
)


@dataclass(frozen=True)
class Said:
    """A sentence as a reader sees it, and the language that it is in."""

    text: str
    language: str


def said(sentence: str, language: str) -> Said:
    """A sentence of the engine in this language; in English where it is not known."""
    if language.startswith("en"):
        return Said(sentence, "en")
    found = _translated(sentence)
    return Said(sentence, "en") if found is None else Said(found, language)


def _translated(sentence: str) -> str | None:
    for template, form in _forms():
        match = form.fullmatch(sentence)
        if match is None:
            continue
        gaps = {name: _gap(name, value) for name, value in match.groupdict().items()}
        if None not in gaps.values():
            return gettext(template).format(**gaps)
    return None


def _gap(name: str, value: str) -> str | None:
    """What stands in a gap: translated when it is of the engine. None when that is not possible."""
    if name not in _OF_THE_ENGINE:
        return value
    if name == "sentence":
        return _translated(value)
    if value in _OF_VALUES:
        return str(_OF_VALUES[value])
    if value in WORDS:
        return gettext(value)
    for template in _THINGS if name == "part" else ():
        if match := _form(template).fullmatch(value):
            return gettext(template).format(name=match["name"])
    return value


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((template, _form(template)) for template in SENTENCES)


@cache
def _form(template: str) -> re.Pattern[str]:
    return re.compile("".join(_pieces(template)), re.DOTALL)


def _pieces(template: str) -> Iterator[str]:
    for piece in re.split(r"(\{\w+\})", template):
        yield f"(?P<{piece[1:-1]}>.+?)" if piece.startswith("{") else re.escape(piece)
