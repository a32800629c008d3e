"""The syntax tree of a cell: what a condition on one fact can say.

One parse (`parsing.parse_cell`) gives one of these trees; every executor, the reading view and the content hash
start from it. The language is the unary tests of S-FEEL (OMG DMN 1.3, chapter 9), without null.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal as OneOf

Value = str | Decimal | bool | date
FactType = OneOf["text", "number", "boolean", "date", "choice"]
Operator = OneOf["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stands in the text of its cell: offsets from 0, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Anything:
    """`-`: true for every value, an unknown one included."""

    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """`5`, `"text"`, `horticulture`: the fact equals the value."""

    value: Value
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`< 5`: the fact stands in this order to the value."""

    operator: Operator
    value: Decimal | date
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """`[1..5)`: the fact lies between two bounds; a bracket includes its bound, a parenthesis does not."""

    low: Decimal | date
    low_included: bool
    high: Decimal | date
    high_included: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """`in_list(high_risk)`: the fact is a code of a named list of the framework."""

    list_id: str
    span: Span = field(compare=False)


Simple = Literal | Comparison | Interval | Membership


@dataclass(frozen=True, slots=True)
class Alternatives:
    """`horticulture, maritime`: at least one of the tests is true."""

    tests: tuple[Simple, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Negation:
    """`not(horticulture, maritime)`: none of the tests is true."""

    test: Simple | Alternatives
    span: Span = field(compare=False)


Test = Anything | Literal | Comparison | Interval | Membership | Alternatives | Negation


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it was written and as it was understood. Two cells are equal when they mean the same."""

    text: str = field(compare=False)
    tree: Test


def simple_tests(test: Test) -> tuple[Simple, ...]:
    """The tests that a cell is built from, in the order of the text; none for `-`."""
    match test:
        case Anything():
            return ()
        case Alternatives(tests=tests):
            return tests
        case Negation(test=inner):
            return simple_tests(inner)
        case _:
            return (test,)


def values_in(test: Test) -> Iterator[Value]:
    """Every value that is written in a cell, bounds included."""
    for simple in simple_tests(test):
        match simple:
            case Literal(value=value) | Comparison(value=value):
                yield value
            case Interval(low=low, high=high):
                yield low
                yield high
            case Membership():
                pass


def number_text(number: Decimal) -> str:
    """A number without exponent and without trailing zeros, so that equal numbers read the same."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def value_text(value: Value) -> str:
    """A value as it is written in a cell."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case date():
            return value.isoformat()
        case str():
            return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unparse(test: Test) -> str:
    """The one canonical text of a tree; parsing it gives the same tree."""
    match test:
        case Anything():
            return "-"
        case Literal(value=value):
            return value_text(value)
        case Comparison(operator=operator, value=value):
            return f"{operator} {value_text(value)}"
        case Interval():
            opening, closing = "[" if test.low_included else "(", "]" if test.high_included else ")"
            return f"{opening}{value_text(test.low)}..{value_text(test.high)}{closing}"
        case Membership(list_id=list_id):
            return f"in_list({list_id})"
        case Alternatives(tests=tests):
            return ", ".join(unparse(each) for each in tests)
        case Negation(test=inner):
            return f"not({unparse(inner)})"
