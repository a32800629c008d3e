"""The facts of a case, checked against what the framework declares before any rule sees them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from hanze.policy.cells import Scalar, Value, number_text
from hanze.policy.framework import Fact, Framework

FactValue = Value | int | list[Scalar] | None
"""What a fact can be given; a whole number may be an int, and None is unknown."""


LARGEST_NUMBER = Decimal(10) ** 18
DECIMALS = 10


class FactError(ValueError):
    """A fact that the framework does not declare, or a value that is not of its type."""

    def __init__(self, fact_id: str, message: str) -> None:
        super().__init__(f"{fact_id}: {message}")
        self.fact_id = fact_id


def check_facts(framework: Framework, facts: Mapping[str, FactValue]) -> dict[str, Value | None]:
    """Every fact of the framework with its checked value. Raises FactError."""
    declared = {fact.id for fact in framework.facts}
    for fact_id in facts:
        if fact_id not in declared:
            raise FactError(fact_id, f"the framework {framework.id} has no such fact")
    return {fact.id: check_value(fact, facts.get(fact.id)) for fact in framework.facts}


def check_value(fact: Fact, value: object) -> Value | None:
    """A value as its fact's type, whole numbers as Decimal, lists as tuple; None stays None. Raises FactError."""
    if value is None:
        return None
    if not fact.many:
        return _check_one(fact, value)
    if not isinstance(value, list | tuple):
        raise FactError(fact.id, f"{value!r} is not a list")
    return tuple(_check_one(fact, each) for each in cast("Sequence[object]", value))


def _check_one(fact: Fact, value: object) -> Scalar:
    if isinstance(value, int) and not isinstance(value, bool):
        value = Decimal(value)
    match fact.type, value:
        case ("boolean", bool()) | ("text", str()):
            return value
        case "choice", str():
            if value in {choice.code for choice in fact.choices}:
                return value
            raise FactError(fact.id, f"“{value}” is not one of its choices")
        case "date", date() if not isinstance(value, datetime):
            return value
        case "date-time", datetime() if value.tzinfo is None:
            return value
        case "duration", timedelta():
            return value
        case "number", Decimal() if value.is_finite():
            return _check_number(fact, value)
        case _:
            raise FactError(fact.id, f"{value!r} is not a {fact.type}")


def _check_number(fact: Fact, value: Decimal) -> Decimal:
    if abs(value) >= LARGEST_NUMBER or _decimals(value) > DECIMALS:
        raise FactError(fact.id, f"a number has at most 18 digits before the point and {DECIMALS} after it")
    if fact.whole and value != value.to_integral_value():
        raise FactError(fact.id, f"{value} is not a whole number")
    if fact.decimals is not None and _decimals(value) > fact.decimals:
        raise FactError(fact.id, f"{value} has more than {fact.decimals} decimals")
    if fact.minimum is not None and value < fact.minimum:
        raise FactError(fact.id, f"{value} is less than {fact.minimum}")
    if fact.maximum is not None and value > fact.maximum:
        raise FactError(fact.id, f"{value} is more than {fact.maximum}")
    return value


def _decimals(value: Decimal) -> int:
    _, _, decimals = number_text(value).partition(".")
    return len(decimals)
