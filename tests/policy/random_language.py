"""Expressions, decision tables and cases at random, in which every part of the language occurs.

`pick` takes one of several: hypothesis' (`drawn`), which shrinks what it finds, or a seeded one (`seeded`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

import polars as pl
from hypothesis import strategies as st

from hanze.policy.cells import (
    Alternatives,
    Anything,
    Cell,
    Comparison,
    Interval,
    Literal,
    Membership,
    Negation,
    Related,
    RelatedInterval,
    Test,
)
from hanze.policy.decisions import DecisionTable, TableInput, TableOutput, TableRule, Type
from hanze.policy.executing.polars_operations import dtype_of
from hanze.policy.expressions import (
    Arithmetic,
    Call,
    Compare,
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
    Span,
)

T = TypeVar("T")
Pick = Callable[[Sequence[Any]], Any]
HERE = Span(0, 0)

TYPES = {
    "amount": Type("number"),
    "other amount": Type("number"),
    "people": Type("number"),
    "price": Type("number"),
    "public": Type("boolean"),
    "économie": Type("boolean"),
    "name": Type("text"),
    "sector": Type("text"),
    "starts on": Type("date"),
    "ends on": Type("date"),
    "begins": Type("date-time"),
    "announced": Type("date-time"),
    "stay": Type("days-duration"),
    "notice": Type("days-duration"),
    "amounts": Type("number", is_list=True),
    "sectors": Type("text", is_list=True),
}
LISTS = {"watched": frozenset({"water", "é'\\"}), "nothing": frozenset[str]()}
_NUMBERS = [
    *("0", "1", "-1", "2", "3", "0.5", "-0.5", "2.5", "0.0000000001", "1.00000000005", "33.33", "-7.125", "1000000000"),
    *("31622776.6016837933", "99999999.9999999999", "999999999999999999.9999999999", "-999999999999999999"),
    *("100000000000000000", "123456789012345678.0123456789", "0.3333333333", "12", "-12.34"),
]
_DAYS = [date(2024, 1, 31), date(2024, 2, 29), date(2023, 12, 31), date(2025, 6, 15), date.min, date.max]
_SPANS = [timedelta(0), timedelta(days=14), timedelta(days=-3, seconds=5), timedelta(hours=36, microseconds=1)]
POOLS: dict[str, list[Any]] = {
    "number": [Decimal(each).quantize(Decimal("1e-10")) for each in _NUMBERS],
    "boolean": [True, False],
    "text": ["water", "high tech", "é'\\", "", "W", "ß"],
    "date": _DAYS,
    "date-time": [*(datetime(each.year, each.month, each.day, 23, 59, 59, 1) for each in _DAYS), datetime(2024, 3, 1)],
    "days-duration": _SPANS,
}
_SPECIAL: dict[str, list[Any]] = {
    "people": [Decimal(each) for each in (0, 1, 2, 3, 12, 100)],
    "price": [Decimal(each) for each in ("0.00", "12.50", "-3.05", "999.99", "1000.00")],
    "sector": ["water", "culture", "high-tech"],
    "amounts": [(), (Decimal(1),), tuple(POOLS["number"][3:6]), (Decimal(0), Decimal(5))],
    "sectors": [(), ("water",), ("culture", "high-tech"), ("high-tech", "water", "culture")],
}
POOL = {name: _SPECIAL.get(name, POOLS[type.basic]) for name, type in TYPES.items()}


def drawn(draw: Any) -> Pick:
    """Picks by hypothesis."""
    return lambda of: draw(st.sampled_from(list(of)))


def seeded(seed: int) -> Pick:
    """Picks by a seed."""
    return random.Random(seed).choice


def case(pick: Pick) -> dict[str, Any]:
    """A value for each fact, or None."""
    return {name: pick([None, *pool, *pool]) for name, pool in POOL.items()}


def frame(cases: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Cases as a frame."""
    return pl.DataFrame(
        [pl.Series(name, [_listed(each[name]) for each in cases], dtype_of(type)) for name, type in TYPES.items()]
    )


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


# Expressions


def expression(pick: Pick, basic: str, depth: int) -> Expression:
    """An expression with a value of this type, at most so deep."""
    if depth <= 0 or pick(range(8)) == 0:
        return _leaf(pick, basic)
    return _MAKERS[basic](pick, lambda of: expression(pick, of, depth - 1))


Make = Callable[[str], Expression]


def _leaf(pick: Pick, basic: str) -> Expression:
    if basic == "months-duration":
        return Constant(Months(pick([0, 1, -1, 14, -25])), HERE)
    if pick([True, True, False]):
        return Name(pick([name for name, type in TYPES.items() if type == Type(basic)]), HERE)
    return Constant(pick(POOLS[basic]), HERE)


def _number(pick: Pick, make: Make) -> Expression:
    kind = pick(["arithmetic"] * 6 + ["power", "negative", "several", "list", "round", "text", "part", "modulo"])
    match kind:
        case "arithmetic":
            return Arithmetic(pick(["+", "-", "*", "/"]), make("number"), make("number"), HERE)
        case "power":
            return Arithmetic("**", make("number"), Constant(Decimal(pick([0, 1, 2, 3, 10])), HERE), HERE)
        case "negative":
            return Negative(make("number"), HERE)
        case "several":
            items = tuple(make("number") for _ in range(pick([1, 2, 3])))
            return Call(pick(["sum", "min", "max", "mean", "count"]), items, (), HERE)
        case "list":
            return Call(pick(["sum", "min", "max", "count"]), (Name("amounts", HERE),), (), HERE)
        case "round":
            return pick([
                lambda: Call(pick(["abs", "floor", "ceiling"]), (make("number"),), (), HERE),
                lambda: Call("decimal", (make("number"), Constant(Decimal(pick(range(11))), HERE)), (), HERE),
            ])()  # fmt: skip
        case "modulo":
            return Call("modulo", (make("number"), make("number")), (), HERE)
        case "text":
            return Call("string length", (make("text"),), (), HERE)
        case _:
            basic = pick(list(_PARTS))
            return Field(make(basic), pick(_PARTS[basic]), HERE)


_PARTS = {
    "date": ("year", "month", "day", "weekday"),
    "date-time": ("year", "month", "day", "weekday", "hour", "minute", "second"),
    "days-duration": ("days", "hours", "minutes", "seconds"),
    "months-duration": ("years", "months"),
}
_ORDERED = ("number", "number", "date", "date-time", "days-duration")


def _boolean(pick: Pick, make: Make) -> Expression:
    match pick(["logical"] * 3 + ["not", "order", "order", "text", "test", "test", "contains", "all"]):
        case "logical":
            return Logical(pick(["and", "or"]), tuple(make("boolean") for _ in range(pick([2, 3]))), HERE)
        case "not":
            return Not(make("boolean"), HERE)
        case "order":
            basic = pick(_ORDERED)
            return Compare(pick(["=", "!=", "<", "<=", ">", ">="]), make(basic), make(basic), HERE)
        case "text":
            return Compare(pick(["=", "!="]), make("text"), make("text"), HERE)
        case "test":
            basic = pick([*_ORDERED, "text"])
            return Matches(make(basic), test(pick, basic, make), HERE)
        case "contains":
            return pick([
                lambda: Call("list contains", (Name("sectors", HERE), make("text")), (), HERE),
                lambda: Call("list contains", (_pair(make), make("number")), (), HERE),
                lambda: Call(pick(["contains", "starts with", "ends with"]), (make("text"), make("text")), (), HERE),
            ])()  # fmt: skip
        case _:
            return Call(pick(["all", "any"]), (Items((make("boolean"), make("boolean")), HERE),), (), HERE)


def _pair(make: Make) -> Expression:
    return Items((make("number"), make("number")), HERE)


def _text(pick: Pick, make: Make) -> Expression:
    match pick(["join", "join", "case", "part"]):
        case "join":
            return Arithmetic("+", make("text"), make("text"), HERE)
        case "case":
            return Call(pick(["upper case", "lower case"]), (make("text"),), (), HERE)
        case _:
            numbers = [Constant(Decimal(pick([1, 2, 3])), HERE) for _ in range(pick([1, 2]))]
            return Call("substring", (make("text"), *numbers), (), HERE)


def _date(pick: Pick, make: Make) -> Expression:
    if pick([True, False, False]):
        return Call("date", (Name(pick(["begins", "announced", "ends on"]), HERE),), (), HERE)
    return Arithmetic(pick(["+", "-"]), make("date"), make(pick(["days-duration", "months-duration"])), HERE)


def _date_time(pick: Pick, make: Make) -> Expression:
    return Arithmetic(pick(["+", "-"]), make("date-time"), make(pick(["days-duration", "months-duration"])), HERE)


def _days(pick: Pick, make: Make) -> Expression:
    match pick(["between", "between", "sum", "times", "negative", "abs"]):
        case "between":
            basic = pick(["date", "date-time"])
            return Arithmetic("-", make(basic), make(basic), HERE)
        case "sum":
            return Arithmetic(pick(["+", "-"]), make("days-duration"), make("days-duration"), HERE)
        case "times":
            return Arithmetic("*", make("days-duration"), Constant(Decimal(pick(["2", "0.5", "-3"])), HERE), HERE)
        case "negative":
            return Negative(make("days-duration"), HERE)
        case _:
            return Call("abs", (make("days-duration"),), (), HERE)


def _months(pick: Pick, make: Make) -> Expression:
    return Constant(Months(pick([0, 1, -1, 14, -25])), HERE)


_MAKERS: dict[str, Callable[[Pick, Make], Expression]] = {
    "number": _number,
    "boolean": _boolean,
    "text": _text,
    "date": _date,
    "date-time": _date_time,
    "days-duration": _days,
    "months-duration": _months,
}


def test(pick: Pick, basic: str, make: Make) -> Test:
    """The test of a cell on a value of this type."""
    kinds = ["value", "values", "not"]
    kinds += ["list"] if basic == "text" else [] if basic == "boolean" else ["order", "interval", "related", "between"]
    match pick(kinds):
        case "value":
            return Literal(pick(POOLS[basic]), HERE)
        case "values":
            return Alternatives(tuple(_one(pick, basic, make) for _ in range(2)), HERE)
        case "not":
            return Negation(_one(pick, basic, make), HERE)
        case _:
            return _one(pick, basic, make)


def _one(pick: Pick, basic: str, make: Make) -> Any:
    if basic == "boolean":
        return Literal(pick([True, False]), HERE)
    if basic == "text":
        return pick([Literal(pick(POOLS["text"]), HERE), Membership("watched", HERE), Membership("nothing", HERE)])
    low, high = sorted([pick(POOLS[basic]), pick(POOLS[basic])])
    match pick(["order", "interval", "related", "between"]):
        case "order":
            return Comparison(pick(["<", "<=", ">", ">="]), low, HERE)
        case "interval" if low < high:
            return Interval(low, pick([True, False]), high, pick([True, False]), HERE)
        case "between":
            return RelatedInterval(make(basic), pick([True, False]), make(basic), pick([True, False]), HERE)
        case _:
            return Related(pick(["<", "<=", ">", ">=", "="]), make(basic), HERE)


# Decision tables


def table(pick: Pick, hits: Sequence[str], dmn: bool) -> DecisionTable:
    """A decision table over the facts, with one output, or in DMN perhaps two."""
    inputs = [pick(["amount", "people", "public", "sector", "starts on", "stay"]) for _ in range(pick([1, 2]))]
    hit = pick(hits)
    aggregation = pick([None, "sum", "count", "min", "max"]) if hit == "collect" else None
    outputs = 2 if dmn and aggregation is None and pick([True, False]) else 1
    default = pick([True, False])
    columns = tuple(_output(pick, number, aggregation is not None, default) for number in range(outputs))
    rules = tuple(
        TableRule(
            f"R{number}",
            tuple(_cell(pick, TYPES[name].basic, dmn) for name in inputs),
            tuple(_result(pick, column) for column in columns),
        )
        for number in range(pick([1, 2, 3, 4]))
    )
    return DecisionTable(
        tuple(TableInput(Name(name, HERE), TYPES[name]) for name in inputs), columns, rules, hit, aggregation
    )


def _output(pick: Pick, number: int, is_number: bool, default: bool) -> TableOutput:
    type = Type("number") if is_number else pick([Type("number"), Type("text")])
    values = [Constant(each, HERE) for each in (POOLS["number"][:4] if type.basic == "number" else POOLS["text"][:3])]
    order = tuple(values[: pick([0, 2, 3])])
    return TableOutput(f"result {number}", type, order, pick(values) if default else None)


def _result(pick: Pick, output: TableOutput) -> Expression:
    if output.type.basic == "text":
        return pick([Constant(pick(POOLS["text"][:4]), HERE), Name("sector", HERE)])
    return pick(
        [Constant(pick(POOLS["number"][:5]), HERE), Constant(pick(POOLS["number"][:5]), HERE), Name("people", HERE)]
    )


def _cell(pick: Pick, basic: str, dmn: bool) -> Cell:
    if pick(range(4)) == 0:
        return Cell("-", Anything(HERE))
    made = test(pick, basic, lambda of: _leaf(pick, of))
    return Cell("", Related("=", Constant(None, HERE), HERE) if dmn and pick(range(6)) == 0 else made)
