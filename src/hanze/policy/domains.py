"""The values of a fact that a framework tells apart: one representative for each class of values.

Cells on one fact divide its values into finitely many classes within which every cell gives the same answer: booleans
and choices by enumeration, texts by the values that are written plus one that is not, numbers and dates by the bounds
and the gaps between them. Whoever tries one value of each class has tried them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import combinations

from hanze.policy.cells import Membership, Value, simple_tests, values_in
from hanze.policy.describing import describe_range, describe_value
from hanze.policy.framework import Fact, Framework, Rule, Table, Text
from hanze.policy.logic import holds

Ordered = Decimal | date


@dataclass(frozen=True, slots=True)
class ValueClass:
    """Values that no cell of the framework tells apart: one of them, and words for all of them."""

    value: Value
    label: Text


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A point (both bounds the same) or the open gap between two bounds; None is without end."""

    low: Ordered | None
    high: Ordered | None
    sample: Ordered

    @property
    def is_point(self) -> bool:
        return self.low is not None and self.low == self.high


@lru_cache(maxsize=1024)
def value_classes(fact: Fact, framework: Framework) -> tuple[ValueClass, ...]:
    """The classes of values of a fact that the framework tells apart, in order; every choice is a class of its own."""
    if fact.type == "boolean":
        values: list[Value] = [True, False]
        return tuple(ValueClass(value, describe_value(value, fact)) for value in values)
    if fact.type == "choice":
        return tuple(ValueClass(choice.code, choice.label) for choice in fact.choices)
    if fact.type == "text":
        return tuple(_text_classes(fact, framework))
    return tuple(_ordered_classes(fact, framework))


@lru_cache(maxsize=1024)
def representatives(fact: Fact, framework: Framework) -> tuple[Value, ...]:
    """One value for each answer that the cells on the fact can give together."""
    found: dict[tuple[bool | None, ...], Value] = {}
    for each in value_classes(fact, framework):
        found.setdefault(_signature(each.value, fact, framework), each.value)
    return tuple(found.values())


def overlapping_rules(table: Table, framework: Framework) -> Iterator[tuple[Rule, Rule]]:
    """The pairs of rules of a table that can hold at once; exact, because a rule is a conjunction over facts."""
    masks = [_masks(rule, framework) for rule in table.rules]
    for (index, one), (other_index, other) in combinations(enumerate(table.rules), 2):
        shared = masks[index].keys() & masks[other_index].keys()
        if all(masks[index][fact_id] & masks[other_index][fact_id] for fact_id in shared):
            yield one, other


def _masks(rule: Rule, framework: Framework) -> dict[str, int]:
    """For each fact of a rule, a bit for each representative value that passes its cell."""
    return {
        fact_id: sum(
            1 << position
            for position, value in enumerate(representatives(framework.fact(fact_id), framework))
            if holds(cell.tree, value, framework.codes)
        )
        for fact_id, cell in rule.when.items()
    }


def _signature(value: Value, fact: Fact, framework: Framework) -> tuple[bool | None, ...]:
    return tuple(holds(cell.tree, value, framework.codes) for cell in framework.cells_on(fact.id))


def _text_classes(fact: Fact, framework: Framework) -> Iterator[ValueClass]:
    written: dict[str, None] = {}
    for cell in framework.cells_on(fact.id):
        for value in values_in(cell.tree):
            written[str(value)] = None
        for test in simple_tests(cell.tree):
            if isinstance(test, Membership):
                written.update(dict.fromkeys(item.code for item in framework.named_list(test.list_id).items))
    groups: dict[tuple[bool | None, ...], list[str]] = {}
    for text in written:
        groups.setdefault(_signature(text, fact, framework), []).append(text)
    for texts in groups.values():
        label = ", ".join(texts[:5]) + (", …" if len(texts) > 5 else "")
        yield ValueClass(texts[0], Text(label, label))
    other = "other"
    while other in written:
        other += "_"
    yield ValueClass(other, Text("iets anders", "something else") if written else Text("elke tekst", "any text"))


def _ordered_classes(fact: Fact, framework: Framework) -> Iterator[ValueClass]:
    run: list[_Stretch] = []
    signature: tuple[bool | None, ...] = ()
    for stretch in _stretches(fact, framework):
        here = _signature(stretch.sample, fact, framework)
        if run and here != signature:
            yield _class_of(run, fact)
            run = []
        run.append(stretch)
        signature = here
    if run:
        yield _class_of(run, fact)


def _class_of(run: list[_Stretch], fact: Fact) -> ValueClass:
    first, last = run[0], run[-1]
    label = describe_range(first.low, first.is_point, last.high, last.is_point, fact)
    return ValueClass(first.sample, label)


def _stretches(fact: Fact, framework: Framework) -> Iterator[_Stretch]:
    bounds: set[Ordered] = set()
    for cell in framework.cells_on(fact.id):
        bounds.update(value for value in values_in(cell.tree) if isinstance(value, Decimal | date))
    if fact.minimum is not None:
        bounds.add(Decimal(fact.minimum))
    ordered = sorted(bounds, key=_sort_key)
    low: Ordered | None = None
    for high in [*ordered, None]:
        sample = _between(low, high, fact)
        if sample is not None and _allowed(sample, fact):
            yield _Stretch(low, high, sample)
        if high is not None and _allowed(high, fact):
            yield _Stretch(high, high, high)
        low = high


def _sort_key(bound: Ordered) -> Decimal:
    return bound if isinstance(bound, Decimal) else Decimal(bound.toordinal())


def _allowed(value: Ordered, fact: Fact) -> bool:
    if not isinstance(value, Decimal):
        return True
    if fact.whole and value != value.to_integral_value():
        return False
    return fact.minimum is None or value >= fact.minimum


def _between(low: Ordered | None, high: Ordered | None, fact: Fact) -> Ordered | None:
    if fact.type == "date":
        return _date_between(low, high)
    assert not isinstance(low, date)  # the bounds of a number fact are numbers
    assert not isinstance(high, date)
    return _number_between(low, high, fact.whole)


def _date_between(low: Ordered | None, high: Ordered | None) -> date | None:
    if isinstance(low, date):
        after = low + timedelta(days=1) if low < date.max else None
        return after if after is not None and (high is None or (isinstance(high, date) and after < high)) else None
    if isinstance(high, date):
        return high - timedelta(days=1) if high > date.min else None
    return date(2000, 1, 1)


def _number_between(low: Decimal | None, high: Decimal | None, whole: bool) -> Decimal | None:
    with localcontext() as context:
        context.prec = 60
        if low is None:
            return Decimal(0) if high is None else (high - 1).to_integral_value("ROUND_FLOOR")
        if high is None:
            return (low + 1).to_integral_value("ROUND_FLOOR")
        if not whole:
            return (low + high) / 2
        after = (low + 1).to_integral_value("ROUND_FLOOR")
        return after if after < high else None
