"""The words and signs of a cell or an expression, each with its place; and the names that a text may use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal as OneOf
from typing import NoReturn, cast

from hanze.policy.decisions import Type
from hanze.policy.expressions import Span

_TOKEN = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\w-]))
  | (?P<number>[0-9]+(?:\.[0-9]+)?|(?<!\.)\.[0-9]+)
  | (?P<word>[^\W0-9][\w'’]*|\w[\w'’]*)
  | (?P<sign>\.\.|<=|>=|!=|\*\*|[<>=()\[\],:.+*/@-])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}

TokenKind = OneOf["text", "date", "number", "word", "sign", "end"]


class CellError(Exception):
    """A cell or an expression that is not in the grammar, or whose types do not agree.

    It says what is wrong, what to write instead, and where in the text.
    """

    def __init__(self, message: str, hint: str, span: Span) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.span = span


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign; `spaced` says that white space stands before it."""

    kind: TokenKind
    text: str
    span: Span
    spaced: bool


Words = tuple[tuple[str, bool], ...]
"""A name as the tokens that it is written with: the text of each, and whether white space stands before it."""


@dataclass(frozen=True)
class Scope:
    """The names that a text may use: with the type of each, functions with how many arguments they take, and lists.

    Where one name begins with another, the longest that stands there is meant.
    """

    names: Mapping[str, Type] = field(default_factory=dict[str, Type])
    functions: Mapping[str, int] = field(default_factory=dict[str, int])
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])

    @cached_property
    def name_words(self) -> Mapping[str, list[tuple[Words, str]]]:
        """The names by their first word, the longest first."""
        return by_first_word(self.names)

    @cached_property
    def function_words(self) -> Mapping[str, list[tuple[Words, str]]]:
        """The functions by their first word."""
        return by_first_word(self.functions)

    @cached_property
    def field_words(self) -> Mapping[str, list[tuple[Words, str]]]:
        """The fields of the contexts among the names."""
        return by_first_word(each for type_ in self.names.values() for each in _fields(type_))


NOWHERE = Scope()


def _fields(type_: Type) -> Iterator[str]:
    for name, inner in (type_.fields or {}).items():
        yield name
        yield from _fields(inner)


def by_first_word(names: Iterable[str]) -> Mapping[str, list[tuple[Words, str]]]:
    """Names by their first word, the longest first; a name that cannot be written is left out."""
    found: dict[str, list[tuple[Words, str]]] = {}
    for name in sorted(set(names), key=len, reverse=True):
        try:
            tokens = tokens_of(name, with_dates=False)[:-1]
        except CellError:
            continue
        if tokens:
            words = tuple((token.text, token.spaced) for token in tokens)
            found.setdefault(words[0][0], []).append((words, name))
    return found


def tokens_of(text: str, with_dates: bool = True) -> list[Token]:
    """The tokens of a text, an end after them; raises CellError for a character that has no meaning.

    Without `with_dates` 2024-09-11 is a subtraction, as in DMN.
    """
    tokens: list[Token] = []
    at, spaced = 0, False
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            _refuse_character(text, at)
        kind, end = cast("TokenKind | OneOf['space']", found.lastgroup), found.end()
        if kind == "date" and not with_dates:
            kind, end = "number", at + 4
        if kind != "space":
            tokens.append(Token(kind, text[at:end], Span(at, end), spaced))
        spaced, at = kind == "space", end
    tokens.append(Token("end", "", Span(at, at), spaced))
    return tokens


def _refuse_character(text: str, at: int) -> NoReturn:
    span = Span(at, at + 1)
    if text[at] == '"':
        raise CellError("A text is not closed.", 'Close it with ": "some words".', span)
    raise CellError(f"“{text[at]}” has no meaning in a cell.", 'Put a text between double quotes: "…".', span)


def unquoted(token: Token) -> str:
    """The text between the quotes of a token; raises CellError for a backslash before something it does not escape."""

    def escaped(found: re.Match[str]) -> str:
        sign = found.group(1)
        if len(sign) > 1:
            return chr(int(sign[1:], 16))
        if sign not in _ESCAPES:
            at = token.span.start + 1 + found.start()
            raise CellError(
                f"“\\{sign}” means nothing in a text.",
                r"Write \\ for a backslash and \" for a quote.",
                Span(at, at + 2),
            )
        return _ESCAPES[sign]

    return _ESCAPE.sub(escaped, token.text[1:-1])


def shown(token: Token) -> str:
    """A token in a sentence."""
    return "the end of the cell" if token.kind == "end" else f"“{token.text}”"


class Tokens:
    """A place in the tokens of a text."""

    def __init__(self, text: str, with_dates: bool) -> None:
        self.text = text
        self.tokens = tokens_of(text, with_dates)
        self.at = 0
        self.steps = 200 + 40 * len(self.tokens)

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, count: int) -> Token:
        return self.tokens[min(self.at + count, len(self.tokens) - 1)]

    def next(self) -> Token:
        """The token here, past which the reader then stands. Raises CellError when a text is read over and over."""
        token = self.token
        self.steps -= 1
        if self.steps < 0:
            raise CellError("This is too intricate.", "Divide it into derived facts.", token.span)
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def stands(self, *signs: str) -> bool:
        return self.token.kind == "sign" and self.token.text in signs

    def take(self, sign: str) -> bool:
        found = self.stands(sign)
        if found:
            self.next()
        return found

    def take_word(self, word: str) -> bool:
        found = self.token.kind == "word" and self.token.text == word
        if found:
            self.next()
        return found

    def expect(self, sign: str, hint: str) -> None:
        if not self.take(sign):
            raise CellError(f"Here “{sign}” is expected, not {shown(self.token)}.", hint, self.token.span)

    def opens_call(self, name: str) -> bool:
        return self.token.kind == "word" and self.token.text == name and self.ahead(1).text == "("

    def longest(self, names: Mapping[str, list[tuple[Words, str]]]) -> tuple[str, int] | None:
        """The longest of these names that stands here, and how many tokens it takes."""
        for words, name in names.get(self.token.text, ()):
            standing = (self.ahead(count) for count in range(len(words)))
            if all(
                token.text == word and (not place or token.spaced == spaced)
                for place, ((word, spaced), token) in enumerate(zip(words, standing, strict=True))
            ):
                return name, len(words)
        return None

    def run(self) -> Token:
        """The words, numbers and hyphens that stand here without white space between them, taken as one word."""
        first = self.next()
        last = first
        while not self.token.spaced and (self.token.kind in ("word", "number", "date") or self.stands("-")):
            last = self.next()
        span = Span(first.span.start, last.span.end)
        return Token("word", self.text[span.start : span.end], span, first.spaced) if last is not first else first

    def since(self, start: int) -> Span:
        return Span(start, self.tokens[max(self.at - 1, 0)].span.end)
