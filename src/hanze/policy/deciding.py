"""What a decision table gives for one case.

In DMN mode a rule counts when all its cells are true. In framework mode cells can be unknown, and then the result is
unknown too, unless every result that is still possible is the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from hanze.policy.arithmetic import compare, equal
from hanze.policy.cells import Cell
from hanze.policy.computing import Environment, passes, value_of
from hanze.policy.decisions import DecisionTable, TableRule
from hanze.policy.functions import FUNCTIONS
from hanze.policy.logic import Truth, all_of

LISTED = ("collect", "rule order", "output order")


def gives_list(table: DecisionTable) -> bool:
    """Whether the result is a list: several rules count, and they are not aggregated."""
    return table.hit in LISTED and table.aggregation is None


def row_states(table: DecisionTable, within: Environment) -> tuple[Truth, ...]:
    """Whether each row holds."""
    inputs = [value_of(each.expression, within) for each in table.inputs]
    return tuple(_row_state(row.cells, inputs, within) for row in table.rules)


def _row_state(cells: Sequence[Cell], inputs: Sequence[object | None], within: Environment) -> Truth:
    return all_of(passes(cell.tree, value, within) for cell, value in zip(cells, inputs, strict=True))


def decide(table: DecisionTable, within: Environment) -> object | None:
    """The result of a table: a value, a dict of outputs when it has several, or a list of these; None is unknown."""
    states = row_states(table, within)
    return _decide_dmn(table, states, within) if within.dmn else _decide_kleene(table, states, within)


def decisive_rows(table: DecisionTable, within: Environment) -> tuple[TableRule, ...]:
    """The rows that give the result of a table; none when it is unknown or when the default holds."""
    states = row_states(table, within)
    holding = [row for row, state in zip(table.rules, states, strict=True) if state is True]
    if decide(table, within) is None or not holding:
        return ()
    if table.hit == "first":
        return (holding[0],)
    if table.hit == "priority":
        return (_by_priority(table, holding, within)[0],)
    return tuple(_by_priority(table, holding, within) if table.hit == "output order" else holding)


def _result(table: DecisionTable, row: TableRule, within: Environment) -> object | None:
    values = [value_of(each, within) for each in row.results]
    return values[0] if len(values) == 1 else dict(zip((each.name for each in table.outputs), values, strict=True))


def _default(table: DecisionTable, within: Environment) -> object | None:
    if all(each.default is None for each in table.outputs):
        return Decimal(0) if table.aggregation == "count" else _listed([], within) if gives_list(table) else None
    values = [None if each.default is None else value_of(each.default, within) for each in table.outputs]
    return values[0] if len(values) == 1 else dict(zip((each.name for each in table.outputs), values, strict=True))


def _listed(items: list[object | None], within: Environment) -> object:
    return items if within.dmn else tuple(items)


def _by_priority(table: DecisionTable, rows: Sequence[TableRule], within: Environment) -> list[TableRule]:
    """Rows by the priority of their outputs, the first output first; rows of one priority in their order."""
    orders = [[value_of(each, within) for each in output.order] for output in table.outputs]

    def rank(row: TableRule) -> tuple[int, ...]:
        results = (value_of(each, within) for each in row.results)
        return tuple(_place(value, order) for value, order in zip(results, orders, strict=True))

    return sorted(rows, key=rank)


def _place(value: object | None, order: Sequence[object | None]) -> int:
    return next((index for index, each in enumerate(order) if each is not None and equal(each, value)), len(order))


def _decide_dmn(table: DecisionTable, states: Sequence[Truth], within: Environment) -> object | None:
    rows = [row for row, state in zip(table.rules, states, strict=True) if state is True]
    if not rows:
        return _default(table, within)
    match table.hit:
        case "unique":
            return _result(table, rows[0], within) if len(rows) == 1 else None
        case "any":
            results = [_result(table, row, within) for row in rows]
            return results[0] if all(_same(each, results[0]) for each in results) else None
        case "first":
            return _result(table, rows[0], within)
        case "priority":
            return _result(table, _by_priority(table, rows, within)[0], within)
        case "output order":
            rows = _by_priority(table, rows, within)
        case _:
            pass
    results = [_result(table, row, within) for row in rows]
    return _aggregated(table, results, within) if table.aggregation else _listed(results, within)


def _aggregated(table: DecisionTable, results: list[object | None], within: Environment) -> object | None:
    assert table.aggregation is not None
    if table.aggregation == "count":
        return Decimal(len(results))
    if any(each is None for each in results):
        return None
    try:
        return FUNCTIONS[table.aggregation].run(results, within.dmn)
    except (TypeError, AttributeError):
        return None


def _same(one: object | None, other: object | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool(equal(one, other))


def _decide_kleene(table: DecisionTable, states: Sequence[Truth], within: Environment) -> object | None:
    sure = [row for row, state in zip(table.rules, states, strict=True) if state is True]
    maybe = [row for row, state in zip(table.rules, states, strict=True) if state is None]
    if table.hit in LISTED:
        return _collected(table, sure, maybe, within)
    rows = [row for row, state in zip(table.rules, states, strict=True) if state is not False]
    if table.hit == "priority":
        rows = _by_priority(table, rows, within)
    return _single(table, rows, sure, within)


def _single(table: DecisionTable, rows: list[TableRule], sure: list[TableRule], within: Environment) -> object | None:
    """One row gives the result: the first, in this order, that holds; those before it that may hold still can."""
    surely = {row.id for row in sure}
    if table.hit in ("unique", "any") and sure:
        return _result(table, sure[0], within)
    candidates: list[object | None] = []
    for row in rows:
        candidates.append(_result(table, row, within))
        if row.id in surely:
            break
    else:
        candidates.append(_default(table, within))
    first = candidates[0]
    return first if first is not None and all(_same(each, first) for each in candidates) else None


def _collected(
    table: DecisionTable, sure: list[TableRule], maybe: list[TableRule], within: Environment
) -> object | None:
    results = [
        _result(table, row, within)
        for row in (_by_priority(table, sure, within) if table.hit == "output order" else sure)
    ]
    if not maybe:
        if not results:
            return _default(table, within)
        return _aggregated(table, results, within) if table.aggregation else _listed(results, within)
    if not results or table.aggregation in (None, "count"):
        return None
    held = _aggregated(table, results, within)
    return held if all(_adds_nothing(table, held, _result(table, row, within)) for row in maybe) else None


def _adds_nothing(table: DecisionTable, held: object | None, result: object | None) -> bool:
    """Whether an aggregate stays the same when a row that may hold does."""
    if held is None or result is None:
        return False
    if table.aggregation == "sum":
        return result == Decimal(0)
    return compare(">=" if table.aggregation == "min" else "<=", result, held) is True
