"""Choosing between results: values of one type, or contexts field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from hanze.policy.decisions import Type
from hanze.policy.executing.lowering import Lowering
from hanze.policy.executing.numbers import as_float
from hanze.policy.executing.operations import (
    ANY,
    BOOLEAN,
    NUMBER,
    CannotExecuteError,
    Lowered,
    Operations,
    Record,
    Size,
    Term,
)

E = TypeVar("E")
Result = Mapping[str, Term[E]]


_TOGETHER = 16
"""After so many conditions what holds so far gets a name, so that long tables stay short."""


def earlier_ones(conditions: Sequence[E], operations: Operations[E]) -> list[E | None]:
    """For each condition whether an earlier one holds; None for the first."""
    found: list[E | None] = []
    so_far: list[E] = []
    for condition in conditions:
        found.append(operations.either(so_far) if so_far else None)
        so_far.append(condition)
        if len(so_far) > _TOGETHER:
            so_far = [operations.share(operations.either(so_far), "so far")]
    return found


def single(result: Result[E]) -> Lowered[E]:
    """The value of the only output, or a context of all."""
    return next(iter(result.values())) if len(result) == 1 else Record(result)


def chosen(
    cases: Sequence[tuple[E, Result[E] | None]], otherwise: Result[E] | None, lowering: Lowering[E]
) -> Lowered[E]:
    """The result of the first case whose condition is true; None is null, of a value and of a whole context."""
    results = [result for _, result in cases if result is not None] + ([otherwise] if otherwise is not None else [])
    if not results:
        return lowering.constant(None)
    operations = lowering.operations
    columns: dict[str, Term[E]] = {}
    for place, name in enumerate(results[0]):
        terms = [None if result is None else list(result.values())[place] for _, result in cases]
        last = None if otherwise is None else list(otherwise.values())[place]
        columns[name] = _chosen_term([condition for condition, _ in cases], terms, last, lowering)
    if len(columns) == 1:
        return next(iter(columns.values()))
    true, false = operations.value(True, BOOLEAN), operations.value(False, BOOLEAN)
    present = [(condition, true if result is not None else false) for condition, result in cases]
    return Record(
        columns, operations.share(operations.choose(present, true if otherwise is not None else false), "present")
    )


def _chosen_term(
    conditions: Sequence[E], values: Sequence[Term[E] | None], otherwise: Term[E] | None, lowering: Lowering[E]
) -> Term[E]:
    type, size, codes = unified([*values, otherwise], lowering)
    cases = list(zip(conditions, codes[:-1], strict=True))
    code = lowering.operations.choose(cases, codes[-1])
    return Term(lowering.operations.share(code, "chosen"), type, size)


def unified(values: Sequence[Term[E] | None], lowering: Lowering[E]) -> tuple[Type, Size | None, list[E]]:
    """Values as one type: exact numbers unless one of them is a float, null as null of that type."""
    known = [value for value in values if value is not None and value.type != ANY]
    if not known:
        null = lowering.operations.value(None, ANY)
        return ANY, None, [null for _ in values]
    type = known[0].type
    if any(value.type != type for value in known):
        raise CannotExecuteError(lowering.operations.name, "one of several values that have different types.", "")
    exact = all(value.size is not None for value in known)
    size = None
    if type == NUMBER and exact:
        size = known[0].size
        for value in known[1:]:
            size = size.or_other(value.size) if size is not None and value.size is not None else None
    null = lowering.operations.value(None, type)
    if type == NUMBER and not exact:
        null = lowering.operations.as_float(null)
    codes: list[E] = []
    for value in values:
        if value is None or value.type == ANY:
            codes.append(null)
        else:
            codes.append(as_float(value, lowering.operations) if type == NUMBER and not exact else value.code)
    return type, size, codes


def listed(items: Sequence[tuple[E, Term[E]]], some: E, default: Result[E] | None, lowering: Lowering[E]) -> Term[E]:
    """The list of the values whose condition is true; the default alone when there is none."""
    type, size, codes = unified([value for _, value in items], lowering)
    many = replace(type, is_list=True)
    conditions = [condition for condition, _ in items]
    code = lowering.operations.items_where(list(zip(conditions, codes, strict=True)), many)
    if default is not None:
        value = single(default)
        one = value if isinstance(value, Term) else lowering.as_structure(value)
        alone = lowering.operations.items([unified([one, items[0][1]], lowering)[2][0]], many)
        code = lowering.operations.choose([(some, code)], alone)
    return Term(lowering.operations.share(code, "list"), many, size)
