"""The syntax tree of a cell: what a condition on one fact can say.

One parse (`parsing.parse_test`) gives one of these trees; every executor, the reading view and the content hash
start from it. The language is the unary tests of S-FEEL (OMG DMN 1.3, chapter 9); `docs/grammar.md` is its grammar.
A cell of constants divides the values of its fact exactly; `Related` and `RelatedInterval` compare with an expression.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal as OneOf

from hanze.policy.expressions import (
    Arithmetic,
    Call,
    Compare,
    ComparisonOperator,
    Constant,
    Expression,
    Field,
    Items,
    Logical,
    Matches,
    Months,
    Name,
    Negative,
    Not,
    Scalar,
    Span,
)

Value = Scalar | tuple[Scalar, ...]
"""What a fact can be: one value, or a list of them for a fact with `many`."""

Ordered = Decimal | date | datetime | time | timedelta | Months
"""The values that have an order."""

FactType = OneOf["text", "number", "boolean", "date", "date-time", "duration", "choice"]
Operator = OneOf["<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Anything:
    """`-`: true for every value, an unknown one included."""

    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """`5`, `"text"`, `horticulture`: the fact equals the value."""

    value: Scalar
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`< 5`: the fact stands in this order to the value."""

    operator: Operator
    value: Ordered
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """`[1..5)`: the fact lies between two bounds; a bracket includes its bound, a parenthesis does not."""

    low: Ordered
    low_included: bool
    high: Ordered
    high_included: bool
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Membership:
    """`in_list(high_risk)`: the fact is a code of a named list of the framework."""

    list_id: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Related:
    """`> fund_ceiling`, `<= 2 * budget`: the fact compared with something that is not constant.

    In a model from DMN `= null` is one too: the fact is null.
    """

    operator: ComparisonOperator
    expression: Expression
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class RelatedInterval:
    """`[floor..ceiling)`: the fact lies between two bounds of which at least one is not constant."""

    low: Expression
    low_included: bool
    high: Expression
    high_included: bool
    span: Span = field(compare=False)


Simple = Literal | Comparison | Interval | Membership | Related | RelatedInterval


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


Test = Anything | Literal | Comparison | Interval | Membership | Related | RelatedInterval | Alternatives | Negation


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


def values_in(test: Test) -> Iterator[Scalar]:
    """Every constant that is written in a cell, bounds included."""
    for simple in simple_tests(test):
        match simple:
            case Literal(value=value) | Comparison(value=value):
                yield value
            case Interval(low=low, high=high):
                yield low
                yield high
            case Membership() | Related() | RelatedInterval():
                pass


def number_text(number: Decimal) -> str:
    """A number without exponent and without trailing zeros, so that equal numbers read the same."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def duration_text(duration: timedelta) -> str:
    """A duration of days and time as ISO 8601 writes it: `P1DT2H30M`."""
    sign = "-" if duration < timedelta(0) else ""
    duration = abs(duration)
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    whole = number_text(seconds + Decimal(duration.microseconds) / 1_000_000)
    days = f"{duration.days}D" if duration.days else ""
    clock = "".join(
        f"{count}{unit}" for count, unit in ((hours, "H"), (minutes, "M"), (whole, "S")) if count not in (0, "0")
    )
    return f"{sign}P{days}T{clock}" if clock else f"{sign}P{days or '0D'}"


def months_text(duration: Months) -> str:
    """A duration of years and months as ISO 8601 writes it: `P1Y6M`."""
    years, months = divmod(abs(duration.months), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
    return f"{'-' if duration.months < 0 else ''}P{text}"


def quoted(text: str) -> str:
    """A text between double quotes, as a cell and an expression write it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def value_text(value: Value) -> str:
    """A value as it is written in a cell."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return number_text(value)
        case datetime():
            return f'date and time("{value.isoformat()}")'
        case date():
            return value.isoformat()
        case time():
            return f'time("{value.isoformat()}")'
        case timedelta():
            return f'duration("{duration_text(value)}")'
        case Months():
            return f'duration("{months_text(value)}")'
        case str():
            return quoted(value)
        case tuple():
            return f"[{', '.join(value_text(each) for each in value)}]"


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
            return _interval(test.low_included, value_text(test.low), value_text(test.high), test.high_included)
        case Membership(list_id=list_id):
            return f"in_list({list_id})"
        case Related(operator=operator, expression=expression):
            text = unparse_expression(expression, _SUM)
            return text if operator == "=" else f"{operator} {text}"
        case RelatedInterval():
            low, high = unparse_expression(test.low, _SUM), unparse_expression(test.high, _SUM)
            return _interval(test.low_included, low, high, test.high_included)
        case Alternatives(tests=tests):
            return ", ".join(unparse(each) for each in tests)
        case Negation(test=inner):
            return f"not({unparse(inner)})"


def _interval(low_included: bool, low: str, high: str, high_included: bool) -> str:
    return f"{'[' if low_included else '('}{low}..{high}{']' if high_included else ')'}"


_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _SIGN, _PRIMARY = range(1, 9)
_STRENGTHS = {"or": _OR, "and": _AND, "+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}


def unparse_expression(expression: Expression, strength: int = _OR) -> str:
    """The one canonical text of an expression; parsing it in the same scope gives the same tree.

    `strength` is how strongly its surroundings bind: what binds weaker stands between parentheses.
    """
    text, own = _unparsed(expression)
    return text if own >= strength else f"({text})"


def _unparsed(expression: Expression) -> tuple[str, int]:
    match expression:
        case Constant(value=value):
            return _constant(value)
        case Name(name=name):
            return name, _PRIMARY
        case Field(base=base, name=name):
            return f"{unparse_expression(base, _PRIMARY)}.{name}", _PRIMARY
        case Negative(operand=operand):
            return f"-{unparse_expression(operand, _PRIMARY)}", _SIGN
        case Arithmetic(operator=operator, left=left, right=right):
            own = _STRENGTHS[operator]
            return f"{unparse_expression(left, own)} {operator} {unparse_expression(right, own + 1)}", own
        case Compare(operator=operator, left=left, right=right):
            return f"{unparse_expression(left, _SUM)} {operator} {unparse_expression(right, _SUM)}", _COMPARISON
        case Logical(operator=operator, operands=operands):
            own = _STRENGTHS[operator]
            return f" {operator} ".join(unparse_expression(each, own + 1) for each in operands), own
        case Not(operand=operand):
            return f"not({unparse_expression(operand)})", _PRIMARY
        case Matches(value=value, test=test):
            return f"{unparse_expression(value, _SUM)} in ({unparse(test)})", _COMPARISON
        case Items(items=items):
            return f"[{', '.join(unparse_expression(each) for each in items)}]", _PRIMARY
        case Call(function=function, arguments=arguments, names=names):
            texts = [unparse_expression(each) for each in arguments]
            named = [f"{name}: {text}" for name, text in zip(names, texts, strict=True)] if names else texts
            return f"{function}({', '.join(named)})", _PRIMARY


def _constant(value: Scalar | None) -> tuple[str, int]:
    if value is None:
        return "null", _PRIMARY
    if isinstance(value, Decimal) and value < 0:
        return number_text(value), _SIGN
    if isinstance(value, date) and not isinstance(value, datetime):
        return f'date("{value.isoformat()}")', _PRIMARY
    return value_text(value), _PRIMARY
