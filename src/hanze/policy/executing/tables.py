"""What a decision table gives, in a backend; `deciding` says the same for one case.

In DMN mode a row counts when all its cells are true. In framework mode cells can be unknown, and then the result is
unknown too, unless every result that is still possible is the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Generic, TypeVar

from hanze.policy.decisions import DecisionTable, TableRule
from hanze.policy.executing.lowering import Lowering
from hanze.policy.executing.operations import BOOLEAN, Lowered, Record, Term
from hanze.policy.executing.results import chosen, earlier_ones, listed, single

E = TypeVar("E")
Result = Mapping[str, Term[E]]
"""The value of each output."""
_COLLECTING = ("collect", "rule order", "output order")


@dataclass(frozen=True)
class _Row(Generic[E]):
    """Whether a row holds, and what it then gives."""

    state: E
    result: Result[E]


def decide(table: DecisionTable, lowering: Lowering[E], scope: Mapping[str, Lowered[E]]) -> Lowered[E]:
    """The result of a table: a value, a context when it has several outputs, or a list of these."""
    inputs = [lowering.term(each.expression, scope) for each in table.inputs]
    inputs = [_shared(each, lowering) for each in inputs]
    rows = [_row(table, rule, inputs, lowering, scope) for rule in table.rules]
    if table.hit in ("priority", "output order"):
        rows = _by_priority(table, rows, lowering, scope)
    deciding = _Deciding(table, lowering, _default(table, lowering, scope))
    return deciding.dmn(rows) if lowering.dmn else deciding.kleene(rows)


def _shared(value: Term[E], lowering: Lowering[E]) -> Term[E]:
    return Term(lowering.operations.share(value.code, "input"), value.type, value.size, value.constant)


def _row(
    table: DecisionTable,
    rule: TableRule,
    inputs: Sequence[Term[E]],
    lowering: Lowering[E],
    scope: Mapping[str, Lowered[E]],
) -> _Row[E]:
    cells = [lowering.passes(cell.tree, value, scope) for cell, value in zip(rule.cells, inputs, strict=True)]
    results = {
        output.name: lowering.term(result, scope) for output, result in zip(table.outputs, rule.results, strict=True)
    }
    state = lowering.operations.both(cells) if cells else lowering.operations.value(True, BOOLEAN)
    return _Row(lowering.operations.share(state, rule.id or "row"), results)


def _default(table: DecisionTable, lowering: Lowering[E], scope: Mapping[str, Lowered[E]]) -> Result[E] | None:
    if all(each.default is None for each in table.outputs):
        return None
    return {
        each.name: lowering.constant(None) if each.default is None else lowering.term(each.default, scope)
        for each in table.outputs
    }


def _by_priority(
    table: DecisionTable, rows: Sequence[_Row[E]], lowering: Lowering[E], scope: Mapping[str, Lowered[E]]
) -> list[_Row[E]]:
    """For each priority in turn, the rows that give outputs of that priority; what is not ordered comes last."""
    orders = [[lowering.term(each, scope) for each in output.order] for output in table.outputs]
    ordered: list[_Row[E]] = []
    for places in product(*(range(len(order) + 1) for order in orders)):
        for row in rows:
            conditions = [
                condition
                for place, order, value in zip(places, orders, row.result.values(), strict=True)
                if (condition := _stands_at(place, order, value, lowering)) is not True
            ]
            if not any(each is False for each in conditions):
                known = [each for each in conditions if not isinstance(each, bool)]
                state = lowering.operations.both([row.state, *known]) if known else row.state
                ordered.append(_Row(state, row.result))
    return ordered


def _stands_at(place: int, order: Sequence[Term[E]], value: Term[E], lowering: Lowering[E]) -> E | bool:
    """Whether a value has this place in an order: known beforehand where all are constants."""
    if value.constant is not None and all(each.constant is not None for each in order):
        constants = [each.constant for each in order]
        return (constants.index(value.constant) if value.constant in constants else len(constants)) == place
    operations = lowering.operations
    same = [operations.is_true(lowering.compared("=", value, each)) for each in order[: place + 1]]
    earlier = [operations.negate(each) for each in same[:place]]
    return operations.both([*earlier, *same[place:]]) if same else True


@dataclass(frozen=True)
class _Deciding(Generic[E]):
    table: DecisionTable
    lowering: Lowering[E]
    default: Result[E] | None

    def dmn(self, rows: Sequence[_Row[E]]) -> Lowered[E]:
        operations = self.lowering.operations
        fired = [_Row(operations.share(operations.is_true(row.state), "fired"), row.result) for row in rows]
        if self.table.hit in _COLLECTING:
            return self._collected(fired)
        cases: list[tuple[E, Result[E] | None]] = [(row.state, row.result) for row in fired]
        if self.table.hit == "unique":
            pairs = [operations.both([row.state, before]) for row, before in self._with_earlier(fired)]
            cases.insert(0, (operations.either(pairs), None)) if pairs else None
        if self.table.hit == "any":
            first = chosen(cases, None, self.lowering)
            differs = [operations.both([row.state, self._other(row.result, first)]) for row in fired]
            cases.insert(0, (operations.either(differs), None)) if differs else None
        return chosen(cases, self.default, self.lowering)

    def _with_earlier(self, rows: Sequence[_Row[E]]) -> list[tuple[_Row[E], E]]:
        """Each row but the first with whether an earlier one holds."""
        before = earlier_ones([row.state for row in rows], self.lowering.operations)
        return [(row, earlier) for row, earlier in zip(rows, before, strict=True) if earlier is not None]

    def _other(self, result: Result[E], first: Lowered[E]) -> E:
        """Whether a result is another one than the first."""
        firsts = first.fields if isinstance(first, Record) else {self.table.outputs[0].name: first}
        same = [self.lowering.compared("=", value, self._term(firsts[name])) for name, value in result.items()]
        return self.lowering.operations.negate(self.lowering.operations.is_true(self.lowering.operations.both(same)))

    def _term(self, value: Lowered[E]) -> Term[E]:
        return value if isinstance(value, Term) else self.lowering.as_structure(value)

    def _collected(self, rows: Sequence[_Row[E]]) -> Lowered[E]:
        """All rows that surely hold, as a list or aggregated."""
        operations = self.lowering.operations
        some = operations.share(operations.either([row.state for row in rows]), "some row holds")
        if self.table.aggregation is None:
            results = [(row.state, self._term(single(row.result))) for row in rows]
            return listed(results, some, self.default, self.lowering)
        held = self._aggregate(rows)
        default = self.default or {
            "": self._number(0) if self.table.aggregation == "count" else self.lowering.constant(None)
        }
        return chosen([(some, {"": held})], {"": next(iter(default.values()))}, self.lowering)

    def _number(self, number: int) -> Term[E]:
        return self.lowering.constant(Decimal(number))

    def _aggregate(self, rows: Sequence[_Row[E]]) -> Term[E]:
        values = [(row.state, next(iter(row.result.values()))) for row in rows]
        if self.table.aggregation == "count":
            values = [(state, self._number(1)) for state, _ in values]
        if self.table.aggregation in ("sum", "count"):
            counted = [
                self._term(chosen([(state, {"": value})], {"": self._number(0)}, self.lowering))
                for state, value in values
            ]
            return self.lowering.functions.call("sum", counted)
        return self._extreme(values)

    def _extreme(self, values: Sequence[tuple[E, Term[E]]]) -> Term[E]:
        """The least or largest of the values whose row holds; null when one of them is."""
        operations = self.lowering.operations
        better = "<" if self.table.aggregation == "min" else ">"
        best = self.lowering.constant(None, values[0][1].type)
        nulls: list[E] = []
        for state, value in values:
            nulls.append(operations.both([state, operations.is_null(value.code)]))
            improves = operations.both([state, operations.is_true(self.lowering.known_compared(better, value, best))])
            begins = operations.both([state, operations.is_null(best.code)])
            best = self._term(chosen([(operations.either([begins, improves]), {"": value})], {"": best}, self.lowering))
        return self._term(chosen([(operations.either(nulls), None)], {"": best}, self.lowering))

    def kleene(self, rows: Sequence[_Row[E]]) -> Lowered[E]:
        operations = self.lowering.operations
        sure = [_Row(operations.share(operations.is_true(row.state), "holds"), row.result) for row in rows]
        unsure = [operations.is_null(row.state) for row in rows]
        if self.table.hit in _COLLECTING:
            return self._collected_kleene(sure, unsure)
        value = self._first_possible(sure, unsure)
        if self.table.hit in ("unique", "any"):
            return chosen([(row.state, row.result) for row in sure], {"": self._term(value)}, self.lowering)
        return value

    def _first_possible(self, sure: Sequence[_Row[E]], unsure: Sequence[E]) -> Lowered[E]:
        """The first row that holds gives the result; a row before it that may hold has to give the same."""
        operations = self.lowering.operations
        earlier = [None, *(before for _, before in self._with_earlier(sure))]
        candidates = [
            (
                operations.either([row.state, open])
                if before is None
                else operations.both([operations.either([row.state, open]), operations.negate(before)]),
                row.result,
            )
            for row, open, before in zip(sure, unsure, earlier, strict=True)
        ]
        candidates = [(operations.share(state, "possible"), result) for state, result in candidates]
        none_holds = operations.negate(operations.either([row.state for row in sure]))
        default = self.default or {"": self.lowering.constant(None)}
        candidates.append((none_holds, default))
        first = self._term(chosen(candidates, None, self.lowering))
        first = _shared(first, self.lowering)
        differ = [operations.both([state, self._other_single(result, first)]) for state, result in candidates]
        return chosen([(operations.either(differ), None)], {"": first}, self.lowering)

    def _other_single(self, result: Result[E], first: Term[E]) -> E:
        value = next(iter(result.values()))
        return self.lowering.operations.negate(
            self.lowering.operations.is_true(self.lowering.compared("=", value, first))
        )

    def _collected_kleene(self, sure: Sequence[_Row[E]], unsure: Sequence[E]) -> Lowered[E]:
        operations = self.lowering.operations
        held = self._term(self._collected(sure))
        if self.table.aggregation in (None, "count"):
            changes: list[E] = list(unsure)
        else:
            none_holds = operations.negate(operations.either([row.state for row in sure]))
            changes = [
                operations.both([open, operations.either([none_holds, self._changes(row.result, held)])])
                for row, open in zip(sure, unsure, strict=True)
            ]
        return chosen([(operations.either(changes), None)], {"": held}, self.lowering)

    def _changes(self, result: Result[E], held: Term[E]) -> E:
        """Whether an aggregate can become another one when a row that may hold does."""
        value = next(iter(result.values()))
        if self.table.aggregation == "sum":
            same = self.lowering.compared("=", value, self._number(0))
        else:
            same = self.lowering.compared(">=" if self.table.aggregation == "min" else "<=", value, held)
        known = self.lowering.operations.negate(self.lowering.operations.is_null(held.code))
        return self.lowering.operations.negate(
            self.lowering.operations.both([known, self.lowering.operations.is_true(same)])
        )
