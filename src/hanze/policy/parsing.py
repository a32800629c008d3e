"""From the text of a cell to its syntax tree: a recursive descent over S-FEEL unary tests.

The grammar stands in docs/frameworks.md. The type of the fact decides how a word is read, so that `NO` is a code
in a text fact and "no" in a boolean one. Whatever is not in the grammar is refused with a place and a sentence that
says what to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal as OneOf
from typing import NoReturn, cast

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Cell,
    Comparison,
    FactType,
    Interval,
    Literal,
    Membership,
    Negation,
    Simple,
    Span,
    Test,
    Value,
)

LONGEST_CELL = 2000

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"\\]|\\["\\])*")
  | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]))
  | (?P<number>-?[0-9]+(?:\.[0-9]+)?(?![\w-]))
  | (?P<word>\w[\w-]*)
  | (?P<sign><=|>=|!=|\.\.|[<>=()\[\],-])
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,10})?")
_BOOLEANS = {"true": True, "yes": True, "false": False, "no": False}
_UNTESTABLE = {"null", "unknown"}
_EXAMPLES: dict[FactType, str] = {
    "text": '"a text" or one word',
    "number": "a number such as 5 or 2.5",
    "boolean": "true or false (yes or no)",
    "date": "a date such as 2024-09-11",
    "choice": "the id of one of the fact's choices",
}

TokenKind = OneOf["text", "date", "number", "word", "sign", "end"]


class CellError(Exception):
    """A cell that is not in the grammar: what is wrong, what to write instead, and where in the cell's text."""

    def __init__(self, message: str, hint: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.span = span


@dataclass(frozen=True, slots=True)
class _Token:
    kind: TokenKind
    text: str
    span: Span


def parse_cell(text: str, fact_type: FactType) -> Cell:
    """Read a cell that tests a fact of this type; raises CellError."""
    if len(text) > LONGEST_CELL:
        span = Span(LONGEST_CELL, len(text))
        raise CellError(f"The cell is longer than {LONGEST_CELL} characters.", "Put the values in a list.", span)
    return Cell(text, _Parser(text, fact_type).cell())


def parse_value(text: str, fact_type: FactType) -> Value:
    """Read one value of this type, as a scenario or a form gives it; raises CellError.

    A text is taken as it stands; the other types are written as in a cell.
    """
    whole = Span(0, len(text))
    if fact_type in ("text", "choice"):
        return text
    return _literal_value(text.strip(), fact_type, whole)


class _Parser:
    def __init__(self, text: str, fact_type: FactType) -> None:
        self.text = text
        self.fact_type: FactType = fact_type
        self.tokens = _tokens(text)
        self.at = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def next(self) -> _Token:
        token = self.token
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def take(self, sign: str) -> bool:
        if self.token.kind == "sign" and self.token.text == sign:
            self.next()
            return True
        return False

    def expect(self, sign: str, hint: str) -> None:
        if not self.take(sign):
            raise CellError(f"Here “{sign}” is expected, not {_shown(self.token)}.", hint, self.token.span)

    def opens_call(self, name: str) -> bool:
        following = self.tokens[min(self.at + 1, len(self.tokens) - 1)]
        return self.token.kind == "word" and self.token.text == name and following.text == "("

    def since(self, start: int) -> Span:
        return Span(start, self.tokens[max(self.at - 1, 0)].span.end)

    def cell(self) -> Test:
        if self.token.kind == "end":
            hint = "Write - (between quotes) for “any value”, or leave the fact out of the rule."
            raise CellError("The cell is empty.", hint, self.token.span)
        test = self._whole()
        rest = self.next()
        if rest.kind != "end":
            hint = "Write a comma between alternatives; begin a new fact on a line of its own."
            raise CellError(f"{_shown(rest)} stands after the end of the test.", hint, rest.span)
        return test

    def _whole(self) -> Test:
        start = self.token.span.start
        if self.take("-"):
            return Anything(self.since(start))
        if not self.opens_call("not"):
            return self._tests()
        self.next()
        self.next()
        inner = self._tests()
        self.expect(")", "Close not( with a parenthesis: not(horticulture, maritime).")
        return Negation(inner, self.since(start))

    def _tests(self) -> Simple | Alternatives:
        start = self.token.span.start
        tests = [self._test()]
        while self.take(","):
            tests.append(self._test())
        return tests[0] if len(tests) == 1 else Alternatives(tuple(tests), self.since(start))

    def _test(self) -> Simple:
        start = self.token.span.start
        if self.token.kind == "sign":
            return self._signed_test(start)
        if self.opens_call("in_list"):
            return self._membership(start)
        if self.opens_call("not"):
            hint = "Put not around the whole cell: not(a, b)."
            raise CellError("not(...) stands inside another test.", hint, self.token.span)
        value = self._literal()
        return Literal(value, self.since(start))

    def _signed_test(self, start: int) -> Simple:
        sign = self.token
        if sign.text in ("<", "<=", ">", ">="):
            self.next()
            bound = self._bound()
            return Comparison(sign.text, bound, self.since(start))
        if sign.text in ("[", "("):
            return self._interval(start)
        hints = {
            "=": "Leave the = out: a value on its own means “equal to”.",
            "!=": "Write not(...) around the value.",
            "-": "“-” means any value and stands alone in its cell.",
            "]": "Write ( for a bound that is not included: (1..5].",
        }
        hint = hints.get(sign.text, f"Write {_EXAMPLES[self.fact_type]}, or - for any value.")
        raise CellError(f"A test cannot begin with “{sign.text}”.", hint, sign.span)

    def _interval(self, start: int) -> Interval:
        low_included = self.next().text == "["
        low = self._bound()
        self.expect("..", "Write an interval as [1..5], with two points between its bounds.")
        high = self._bound()
        closing = self.next()
        if closing.text not in ("]", ")"):
            hint = "Close the interval with ] (bound included) or ) (not included)."
            raise CellError(f"The interval is not closed: here stands {_shown(closing)}.", hint, closing.span)
        span = self.since(start)
        high_included = closing.text == "]"
        if _is_empty(low, low_included, high, high_included):
            raise CellError("No value lies in this interval.", "Write the lower bound first: [1..5].", span)
        return Interval(low, low_included, high, high_included, span)

    def _membership(self, start: int) -> Membership:
        self._only_for(("text", "choice"), "Only a text or a choice can stand on a list.")
        self.next()
        self.next()
        name = self.next()
        if name.kind != "word":
            hint = "Write the id of a list of this framework: in_list(high_risk_sectors)."
            raise CellError(f"in_list( is followed by {_shown(name)}.", hint, name.span)
        self.expect(")", "Close in_list( with a parenthesis.")
        return Membership(name.text, self.since(start))

    def _bound(self) -> Decimal | date:
        self._only_for(("number", "date"), "Only numbers and dates have an order.")
        value = self._literal()
        assert isinstance(value, Decimal | date)  # _only_for and _literal leave no other type
        return value

    def _only_for(self, types: tuple[FactType, ...], message: str) -> None:
        if self.fact_type not in types:
            hint = f"This fact is a {self.fact_type}: write {_EXAMPLES[self.fact_type]}."
            raise CellError(message, hint, self.token.span)

    def _literal(self) -> Value:
        if self.opens_call("date"):
            return self._date_call()
        token = self.next()
        if token.kind in ("sign", "end"):
            hint = f"Write {_EXAMPLES[self.fact_type]}."
            raise CellError(f"Here a value is expected, not {_shown(token)}.", hint, token.span)
        if token.kind == "text" and self.fact_type in ("text", "choice"):
            return re.sub(r"\\(.)", r"\1", token.text[1:-1])
        return _literal_value(token.text, self.fact_type, token.span)

    def _date_call(self) -> Value:
        self.next()
        self.next()
        token = self.next()
        if token.kind != "text":
            raise CellError("date( is followed by something else than a text.", 'Write date("2024-09-11").', token.span)
        self.expect(")", 'Close date( with a parenthesis: date("2024-09-11").')
        return _literal_value(token.text[1:-1], self.fact_type, token.span)


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            _refuse_character(text, at)
        kind = cast(TokenKind | OneOf["space"], found.lastgroup)
        if kind != "space":
            tokens.append(_Token(kind, found.group(), Span(at, found.end())))
        at = found.end()
    tokens.append(_Token("end", "", Span(at, at)))
    return tokens


def _refuse_character(text: str, at: int) -> NoReturn:
    span = Span(at, at + 1)
    if text[at] == '"':
        raise CellError("A text is not closed.", 'Close it with ": "some words".', span)
    raise CellError(f"“{text[at]}” has no meaning in a cell.", 'Put a text between double quotes: "…".', span)


def _shown(token: _Token) -> str:
    return "the end of the cell" if token.kind == "end" else f"“{token.text}”"


def _is_empty(low: Decimal | date, low_included: bool, high: Decimal | date, high_included: bool) -> bool:
    if low == high:
        return not (low_included and high_included)
    if isinstance(low, Decimal) and isinstance(high, Decimal):
        return low > high
    return isinstance(low, date) and isinstance(high, date) and low > high


def _literal_value(text: str, fact_type: FactType, span: Span) -> Value:
    if text in _UNTESTABLE:
        hint = (
            "Leave the fact out of this rule: a rule on an unknown fact is itself unknown, "
            "so that a missing fact can never count as harmless."
        )
        raise CellError(f"A rule cannot test for {text}.", hint, span)
    return _READERS[fact_type](text, span)


def _word(text: str, span: Span) -> Value:
    return text


def _number(text: str, span: Span) -> Value:
    if not _NUMBER.fullmatch(text):
        hint = f"Write {_EXAMPLES['number']}: at most 18 digits before the point and 10 after it."
        raise CellError(f"“{text}” is not a number.", hint, span)
    return Decimal(text)


def _boolean(text: str, span: Span) -> Value:
    if text.lower() not in _BOOLEANS:
        raise CellError(f"“{text}” is not a yes or a no.", f"Write {_EXAMPLES['boolean']}.", span)
    return _BOOLEANS[text.lower()]


def _date(text: str, span: Span) -> Value:
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise CellError(f"“{text}” is not a date.", f"Write {_EXAMPLES['date']}.", span) from None


_READERS: dict[FactType, Callable[[str, Span], Value]] = {
    "text": _word,
    "choice": _word,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}
