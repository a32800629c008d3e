"""The values of a fact that a framework tells apart: one representative for each class of values.

Cells on one fact divide its values into finitely many classes within which every cell gives the same answer: booleans
and choices by enumeration, texts by the values that are written plus one that is not, numbers and dates by the bounds
and the gaps between them. Whoever tries one value of each class has tried them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import combinations

from hanze.policy.cells import Cell, Membership, Value, simple_tests, values_in
from hanze.policy.describing import describe_range, describe_value
from hanze.policy.framework import Fact, Framework, Rule, Table, Text
from hanze.policy.logic import Truth, holds

Ordered = Decimal | date
Answers = tuple[Truth, ...]
"""What each cell on a fact says of a value."""


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


def value_classes(fact: Fact, framework: Framework) -> tuple[ValueClass, ...]:
    """The classes of values of a fact that the framework tells apart, in order; every choice is a class of its own."""
    return tuple(each for each, _ in _told_apart(fact, framework))


@lru_cache(maxsize=1024)
def representatives(fact: Fact, framework: Framework) -> tuple[Value, ...]:
    """One value for each answer that the cells on the fact can give together."""
    return tuple(_by_answers(fact, framework).values())


def overlapping_rules(table: Table, framework: Framework) -> Iterator[tuple[Rule, Rule]]:
    """The pairs of rules of a table that can hold at once; exact, because a rule is a conjunction over facts."""
    masks = [_masks(rule, framework) for rule in table.rules]
    for (index, one), (other_index, other) in combinations(enumerate(table.rules), 2):
        shared = masks[index].keys() & masks[other_index].keys()
        if all(masks[index][fact_id] & masks[other_index][fact_id] for fact_id in shared):
            yield one, other


def _masks(rule: Rule, framework: Framework) -> dict[str, int]:
    """For each fact of a rule, a bit for each representative value that passes its cell."""
    return {fact_id: _passing(framework.fact(fact_id), framework)[cell] for fact_id, cell in rule.when.items()}


@lru_cache(maxsize=1024)
def _passing(fact: Fact, framework: Framework) -> Mapping[Cell, int]:
    """For each cell on a fact, a bit for each representative value that passes it."""
    passing = dict.fromkeys(framework.cells_on(fact.id), 0)
    for position, answers in enumerate(_by_answers(fact, framework)):
        for cell, answer in zip(passing, answers, strict=True):
            if answer:
                passing[cell] |= 1 << position
    return passing


@lru_cache(maxsize=1024)
def _by_answers(fact: Fact, framework: Framework) -> Mapping[Answers, Value]:
    """For each answer that the cells on the fact can give together, the first value that gets it."""
    found: dict[Answers, Value] = {}
    for each, answers in _told_apart(fact, framework):
        found.setdefault(answers, each.value)
    return found


@lru_cache(maxsize=1024)
def _told_apart(fact: Fact, framework: Framework) -> tuple[tuple[ValueClass, Answers], ...]:
    """The classes of a fact, each with what the cells on it answer."""
    asked = _Asked(fact, framework)
    if fact.type == "boolean":
        values: list[Value] = [True, False]
        return tuple((ValueClass(value, describe_value(value, fact)), asked.all(value)) for value in values)
    if fact.type == "choice":
        return tuple((ValueClass(choice.code, choice.label), asked.all(choice.code)) for choice in fact.choices)
    if fact.type == "text":
        return tuple(_text_classes(asked))
    return tuple(_ordered_classes(fact, framework, asked))


class _Asked:
    """Asks the cells on a fact what they answer, and of values near one another only the cells that name one of them:
    a cell answers another value only where a value that it names is passed."""

    def __init__(self, fact: Fact, framework: Framework) -> None:
        self._cells = framework.cells_on(fact.id)
        self._lists = framework.codes
        self._naming: dict[Value, list[int]] = {}
        for place, cell in enumerate(self._cells):
            for value in dict.fromkeys(_named_in(cell, framework)):
                self._naming.setdefault(value, []).append(place)

    @property
    def named(self) -> Iterable[Value]:
        """Every value that a cell names, the items of lists included, in the order of the framework."""
        return self._naming

    def all(self, value: Value) -> Answers:
        """What every cell answers."""
        return tuple(holds(cell.tree, value, self._lists) for cell in self._cells)

    def near(self, before: Answers, value: Value, passed: Iterable[Value | None]) -> Answers:
        """What every cell answers, when it answered this before and only these values were passed since then."""
        answers = list(before)
        for each in passed:
            for place in self._naming.get(each, ()) if each is not None else ():
                answers[place] = holds(self._cells[place].tree, value, self._lists)
        return tuple(answers)


def _named_in(cell: Cell, framework: Framework) -> Iterator[Value]:
    yield from values_in(cell.tree)
    for test in simple_tests(cell.tree):
        if isinstance(test, Membership):
            yield from (item.code for item in framework.named_list(test.list_id).items)


def _text_classes(asked: _Asked) -> Iterator[tuple[ValueClass, Answers]]:
    written = [str(value) for value in asked.named]
    other = "other"
    while other in written:
        other += "_"
    otherwise = asked.all(other)
    groups: dict[Answers, list[str]] = {}
    for text in written:
        groups.setdefault(asked.near(otherwise, text, [text]), []).append(text)
    for answers, texts in groups.items():
        label = ", ".join(texts[:5]) + (", …" if len(texts) > 5 else "")
        yield ValueClass(texts[0], Text(label, label)), answers
    rest = Text("iets anders", "something else") if written else Text("elke tekst", "any text")
    yield ValueClass(other, rest), otherwise


def _ordered_classes(fact: Fact, framework: Framework, asked: _Asked) -> Iterator[tuple[ValueClass, Answers]]:
    run: list[_Stretch] = []
    answers: Answers = ()
    for stretch in _stretches(fact, framework):
        if not run:
            answers = asked.all(stretch.sample)
            run = [stretch]
            continue
        passed = {run[-1].low, run[-1].high, stretch.low, stretch.high}
        here = asked.near(answers, stretch.sample, passed)
        if here != answers:
            yield _class_of(run, fact), answers
            run = []
        run.append(stretch)
        answers = here
    if run:
        yield _class_of(run, fact), answers


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
