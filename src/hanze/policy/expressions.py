"""The syntax tree of an expression: what a derived fact, a condition over several facts or a DMN decision can say.

One parse gives one of these trees; the Python, polars and SQL executors all start from it. The language is S-FEEL (OMG
DMN 1.3, chapter 9) with lists and a fixed set of functions; `docs/grammar.md` is its grammar.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from typing import Literal as OneOf

if TYPE_CHECKING:
    from hanze.policy.cells import Test

ArithmeticOperator = OneOf["+", "-", "*", "/", "**"]
ComparisonOperator = OneOf["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True, order=True)
class Months:
    """A duration of years and months, in months; a duration of days and time is a `timedelta`."""

    months: int


Scalar = str | Decimal | bool | date | datetime | time | timedelta | Months
"""One value. Note that a datetime is a date in Python: look for the datetime first."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a node stands in its text: offsets from 0, the end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Constant:
    """`5`, `"text"`, `true`, `date("2024-09-11")`; None is `null`, which only a model from DMN may write."""

    value: Scalar | None
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A fact, a derived fact, a parameter, a decision or a variable; names may have spaces and accents."""

    name: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """`Loan.amount`: a field of a context, or `date.year` and the like."""

    base: Expression
    name: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Negative:
    """`-x`"""

    operand: Expression
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`a + b`; numbers are decimals, dates and durations follow DMN 1.3 table 45."""

    operator: ArithmeticOperator
    left: Expression
    right: Expression
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Compare:
    """`a <= b`"""

    operator: ComparisonOperator
    left: Expression
    right: Expression
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Logical:
    """`a and b and c`, `a or b`: Kleene's three-valued logic, in DMN too."""

    operator: OneOf["and", "or"]
    operands: tuple[Expression, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """`not(a)`"""

    operand: Expression
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Matches:
    """`x in (1, 2, [5..9])`, `x in_list high_risk`, `x between a and b`: a value passes the test of a cell."""

    value: Expression
    test: Test
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Items:
    """`[a, b, c]`: a list."""

    items: tuple[Expression, ...]
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Call:
    """`sum(a, b)`, `PMT(p, r, n)`: a function of the language, or a business knowledge model of a DMN model.

    `names` are the parameters that named arguments are for; empty when the arguments stand in order.
    """

    function: str
    arguments: tuple[Expression, ...]
    names: tuple[str, ...]
    span: Span = field(compare=False)


Expression = Constant | Name | Field | Negative | Arithmetic | Compare | Logical | Not | Matches | Items | Call
