"""The values of a fact that a framework tells apart: one representative for each class of values.

Cells on one fact divide its values into finitely many classes within which every cell gives the same answer: booleans
and choices by enumeration, texts by the values that are written plus one that is not, numbers and dates by the bounds
and the gaps between them. Whoever tries one value of each class has tried them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_FLOOR, Context, Decimal, localcontext
from functools import lru_cache
from itertools import combinations
from typing import Any

from hanze.policy.cells import Cell, Membership, Value, simple_tests, values_in
from hanze.policy.describing import describe_range, describe_value
from hanze.policy.framework import Fact, Framework, Rule, Table, Text
from hanze.policy.logic import Truth, holds

Ordered = Decimal | date | datetime | timedelta
DECIMALS = 10
"""The decimals of a number that declares no other number of them."""

MOST_COUNTED = 64
"""How many values a number may have for all of them to be tried."""

_HOUR = timedelta(hours=1)
MOST_LISTS = 64
"""How many kinds of lists are told apart; more are not tried."""

Answers = tuple[Truth, ...]
"""What each cell on a fact says of a value."""

_WIDE = Context(prec=60)


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
    """One value for each answer that the cells on the fact can give together; every value, when expressions look at a
    fact that has few. None for lists of too many kinds: then whoever tries them has not tried them all."""
    if fact.id in framework.dependencies.mixed and is_counted(fact):
        return _all_values(fact)
    return tuple(_by_answers(fact, framework).values())


def is_counted(fact: Fact) -> bool:
    """Whether a fact has so few values that all of them can be tried."""
    return not fact.many and (fact.type in ("boolean", "choice") or _is_short_range(fact))


def _is_short_range(fact: Fact) -> bool:
    if fact.type != "number" or fact.minimum is None or fact.maximum is None:
        return False
    return (fact.maximum - fact.minimum) / _step(fact) < MOST_COUNTED


def _all_values(fact: Fact) -> tuple[Value, ...]:
    if fact.type == "boolean":
        return (True, False)
    if fact.type == "choice":
        return tuple(choice.code for choice in fact.choices)
    assert fact.minimum is not None
    assert fact.maximum is not None
    step = _step(fact)
    return tuple(fact.minimum + step * count for count in range(int((fact.maximum - fact.minimum) / step) + 1))


def _step(fact: Fact) -> Decimal:
    """The least difference between two values of a number fact."""
    if fact.whole:
        return Decimal(1)
    return Decimal(1).scaleb(-(DECIMALS if fact.decimals is None else fact.decimals))


def overlapping_rules(table: Table, framework: Framework) -> Iterator[tuple[Rule, Rule]]:
    """The pairs of rules of a table whose cells do not exclude each other, each fact or derived fact by itself.

    Exact for cells of constants on asked facts, because a rule is a conjunction over facts; else `searching` has to
    look further.
    """
    masks = [_masks(rule, framework) for rule in table.rules]
    for (index, one), (other_index, other) in combinations(enumerate(table.rules), 2):
        shared = masks[index].keys() & masks[other_index].keys()
        if all(masks[index][fact_id] & masks[other_index][fact_id] for fact_id in shared):
            yield one, other


def _masks(rule: Rule, framework: Framework) -> dict[str, int]:
    """For each fact of a rule, a bit for each class of values that may pass its cell."""
    return {fact_id: _passing(framework.fact(fact_id), framework)[cell] for fact_id, cell in rule.when.items()}


@lru_cache(maxsize=1024)
def _passing(fact: Fact, framework: Framework) -> Mapping[Cell, int]:
    """For each cell on a fact, a bit for each class of values that may pass it."""
    if fact.many and not _by_answers(fact, framework):
        return dict.fromkeys(framework.cells_on(fact.id), 1)
    passing = dict.fromkeys(framework.cells_on(fact.id), 0)
    for position, answers in enumerate(_by_answers(fact, framework)):
        for cell, answer in zip(passing, answers, strict=True):
            if answer is not False:
                passing[cell] |= 1 << position
    return passing


@lru_cache(maxsize=1024)
def _by_answers(fact: Fact, framework: Framework) -> Mapping[Answers, Value]:
    """For each answer that the cells on the fact can give together, the first value that gets it."""
    found: dict[Answers, Value] = {}
    if fact.many and len(_lists(fact, framework)) > MOST_LISTS:
        return found
    for each, answers in _told_apart(fact, framework):
        found.setdefault(answers, each.value)
    return found


@lru_cache(maxsize=1024)
def _told_apart(fact: Fact, framework: Framework) -> tuple[tuple[ValueClass, Answers], ...]:
    """The classes of a fact, each with what the cells on it answer."""
    if fact.many:
        return _lists(fact, framework)[:MOST_LISTS]
    return _items_told_apart(fact, framework)


@lru_cache(maxsize=1024)
def _lists(fact: Fact, framework: Framework) -> tuple[tuple[ValueClass, Answers], ...]:
    """The lists that the cells on a fact tell apart: the empty one, those of one item, and what these make together;
    one more than `MOST_LISTS` when there are more."""
    asked = _Asked(fact, framework)
    items = [each for each, _ in _items_told_apart(fact, framework)]
    found: dict[Answers, ValueClass] = {asked.all(()): ValueClass((), Text("niets", "nothing"))}
    waiting: list[ValueClass] = list(found.values())
    while waiting and len(found) <= MOST_LISTS:
        shorter = waiting.pop(0)
        for item in items:
            longer = _joined(shorter, item)
            answers = asked.all(longer.value)
            if answers not in found and len(found) <= MOST_LISTS:
                found[answers] = longer
                waiting.append(longer)
    return tuple((each, answers) for answers, each in found.items())


def _joined(shorter: ValueClass, item: ValueClass) -> ValueClass:
    assert isinstance(shorter.value, tuple)
    assert not isinstance(item.value, tuple)
    if not shorter.value:
        return ValueClass((item.value,), item.label)
    label = Text(f"{shorter.label.nl} + {item.label.nl}", f"{shorter.label.en} + {item.label.en}")
    return ValueClass((*shorter.value, item.value), label)


def _items_told_apart(fact: Fact, framework: Framework) -> tuple[tuple[ValueClass, Answers], ...]:
    """The classes of single values of a fact."""
    asked = _Asked(fact, framework)
    if fact.type == "boolean":
        values = (True, False)
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
    bounds: set[Any] = set()
    for cell in framework.cells_on(fact.id):
        bounds.update(values_in(cell.tree))
    bounds.update(Decimal(each) for each in (fact.minimum, fact.maximum) if each is not None)
    ordered: list[Ordered] = sorted(bounds)
    low: Ordered | None = None
    for high in [*ordered, None]:
        sample = _between(low, high, fact)
        if sample is not None and _allowed(sample, fact):
            yield _Stretch(low, high, sample)
        if high is not None and _allowed(high, fact):
            yield _Stretch(high, high, high)
        low = high


def _allowed(value: Ordered, fact: Fact) -> bool:
    if not isinstance(value, Decimal):
        return True
    if _WIDE.remainder(value, _step(fact)) != 0:
        return False
    return (fact.minimum is None or value >= fact.minimum) and (fact.maximum is None or value <= fact.maximum)


def _between(low: Any, high: Any, fact: Fact) -> Ordered | None:
    match fact.type:
        case "date":
            return _date_between(low, high)
        case "date-time":
            return _halfway(low, high, datetime(2000, 1, 1))
        case "duration":
            return _halfway(low, high, timedelta(0))
        case _:
            return _number_between(low, high, _step(fact))


def _halfway(low: Any, high: Any, usual: Any) -> Any:
    """Half-way between two moments or durations, or an hour beyond the only one; None when there is nothing.

    `usual` is taken when there are no bounds, and when they are further apart than a duration can be.
    """
    if low is None and high is None:
        return usual
    try:
        sample = high - _HOUR if low is None else low + _HOUR if high is None else low + (high - low) / 2
    except OverflowError:
        sample = usual.min if low is None else usual.max if high is None else usual
    return sample if (low is None or low < sample) and (high is None or sample < high) else None


def _date_between(low: Ordered | None, high: Ordered | None) -> date | None:
    if isinstance(low, date):
        after = low + timedelta(days=1) if low < date.max else None
        return after if after is not None and (high is None or (isinstance(high, date) and after < high)) else None
    if isinstance(high, date):
        return high - timedelta(days=1) if high > date.min else None
    return date(2000, 1, 1)


def _number_between(low: Decimal | None, high: Decimal | None, step: Decimal) -> Decimal | None:
    with localcontext() as context:
        context.prec = 60
        if low is None:
            return Decimal(0) if high is None else (high - 1).to_integral_value(ROUND_FLOOR)
        if high is None:
            return (low + 1).to_integral_value(ROUND_FLOOR)
        after = ((low + high) / 2 / step).to_integral_value(ROUND_FLOOR) * step
        if after <= low or step == 1:
            after = (low / step).to_integral_value(ROUND_FLOOR) * step + step
        return after if after < high else None
