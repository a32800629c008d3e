"""What a backend must be able to do, so that `lowering` can say a syntax tree in it.

Truth is three-valued in every backend: null is unknown. A number is an exact decimal with `DECIMALS` after the point,
or a float64 where DMN mode leaves the exact numbers. A duration of days and time is whole microseconds where the
backend has no type for it; one of months is a whole number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, Protocol, TypeVar

from hanze.policy.decisions import Type
from hanze.policy.expressions import ArithmeticOperator, ComparisonOperator, Scalar

E = TypeVar("E")

DIGITS = 18
"""Digits before the point of a number."""
DECIMALS = 10
"""Digits after the point of a number."""
MOST_DIGITS = 38
"""The digits of the widest exact number that every backend has."""

TEXT, NUMBER, BOOLEAN, ANY = Type("text"), Type("number"), Type("boolean"), Type("any")
DATE, DATE_TIME, TIME = Type("date"), Type("date-time"), Type("time")
DAYS, MONTHS = Type("days-duration"), Type("months-duration")


class CannotExecuteError(Exception):
    """Something that a backend cannot do exactly: which one, what, and what can be done about it."""

    def __init__(self, backend: str, what: str, hint: str) -> None:
        super().__init__(f"{backend} cannot do this exactly: {what} {hint}".rstrip())
        self.backend = backend
        self.what = what
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Size:
    """At most so many digits before and after the point of a number."""

    digits: int = DIGITS
    decimals: int = DECIMALS

    @staticmethod
    def of(number: Decimal) -> Size:
        """The size of one number, without the zeros at its ends."""
        text = format(number.copy_abs(), "f")
        whole, _, rest = text.partition(".")
        return Size(len(whole.lstrip("0")), len(rest.rstrip("0")))

    def or_other(self, other: Size) -> Size:
        """The size of a number that has one of two sizes."""
        return Size(max(self.digits, other.digits), max(self.decimals, other.decimals))


@dataclass(frozen=True, slots=True)
class Term(Generic[E]):
    """A value of a backend: its code and type, and for an exact number its size (None: a float, or no number).

    `constant` says that the code is this one value.
    """

    code: E
    type: Type
    size: Size | None = None
    constant: Scalar | None = None


@dataclass(frozen=True, slots=True)
class Record(Generic[E]):
    """A context: a value for each field; `present` is false where the whole context is null (None: nowhere)."""

    fields: Mapping[str, Lowered[E]]
    present: E | None = None


Lowered = Term[E] | Record[E]


class Operations(Protocol[E]):
    """The operations of one backend. Conditions and null work as in Kleene's logic, except where it is said."""

    @property
    def name(self) -> str:
        """The name of the backend, for what it refuses."""
        ...

    def value(self, value: Scalar | None, type: Type) -> E:
        """One value; None is null of that type."""
        ...

    def both(self, conditions: Sequence[E]) -> E: ...

    def either(self, conditions: Sequence[E]) -> E: ...

    def negate(self, condition: E) -> E: ...

    def is_null(self, value: E) -> E: ...

    def is_true(self, condition: E) -> E:
        """Whether a condition is true; false where it is unknown."""
        ...

    def compare(self, operator: ComparisonOperator, left: E, right: E) -> E:
        """Two values of the same type; unknown where one is null."""
        ...

    def among(self, value: E, values: Sequence[Scalar], type: Type) -> E:
        """Whether a value is one of these; unknown where it is null, also when there are none."""
        ...

    def choose(self, cases: Sequence[tuple[E, E]], otherwise: E) -> E:
        """The value of the first case whose condition is true."""
        ...

    def arithmetic(self, operator: ArithmeticOperator, left: Term[E], right: Term[E], size: Size) -> E:
        """`+ - * /` of two exact numbers, rounded half-even to `DECIMALS`; null where it divides by zero.

        `size` is how large the result can be; where it has more than `DIGITS` before the point it is null.
        """
        ...

    def power(self, base: Term[E], exponent: int, size: Size) -> E:
        """A whole power (0, 1, 2, …) of an exact number, rounded once; null where it has too many digits."""
        ...

    def as_float(self, number: E) -> E: ...

    def float_arithmetic(self, operator: ArithmeticOperator, left: E, right: E) -> E:
        """`+ - * / **` of two float64 numbers; null where the result is not a number."""
        ...

    def join(self, texts: Sequence[E]) -> E:
        """The texts one after another; null where one is."""
        ...

    def move(self, start: Term[E], duration: Term[E], back: bool) -> E:
        """A day or moment so much later (or earlier, with `back`); null before year 1 and after 9999."""
        ...

    def elapsed(self, later: Term[E], earlier: Term[E]) -> E:
        """The days and time from one day or moment to a later one."""
        ...

    def part(self, value: Term[E], name: str) -> E:
        """A number: the year of a day, the hours of a duration, and the like."""
        ...

    def total(self, numbers: Sequence[E], size: Size) -> E:
        """The exact sum of exact numbers; null where one is, and where it has too many digits."""
        ...

    def native(self, function: str, arguments: Sequence[Term[E]]) -> E | None:
        """What a function of the language gives, by an exact function of the backend; None when it has none."""
        ...

    def python(
        self, what: str, function: Callable[[Sequence[Any]], object], arguments: Sequence[Term[E]], type: Type
    ) -> E:
        """What a Python function gives for known values, null where one is null; SQL refuses it by the name `what`."""
        ...

    def items(self, items: Sequence[E], type: Type) -> E:
        """A list of this type of these values, nulls included."""
        ...

    def items_where(self, cases: Sequence[tuple[E, E]], type: Type) -> E:
        """The list of this type of the values whose condition is true, in this order, nulls included."""
        ...

    def some_item(self, items: Term[E], test: Callable[[Term[E]], E]) -> E:
        """Whether some item of a list passes a test; unknown where the list is null, false where it is empty."""
        ...

    def bits(self, conditions: Sequence[E]) -> E:
        """A word of 64 bits, bit i set where condition i is true."""
        ...

    def structure(self, fields: Mapping[str, E]) -> E: ...

    def share(self, value: E, name: str) -> E:
        """The same value under a name of its own, so that it is worked out once."""
        ...

    def call(self, value: E, name: str) -> E:
        """The same value under the name that it has in a framework or a model, where that can be."""
        ...
