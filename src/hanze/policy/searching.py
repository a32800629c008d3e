"""Looks for a case for which some rules hold and others do not, or proves that there is none.

Facts are filled in one class of values at a time, as far as the rules in question hang on them. Where a rule hangs on
what cannot be divided into classes (`budget / visitors`), the search goes on as if it may hold and may not; what it
then finds is tried out with real values, and is marked when no such case was met.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import islice, product

from hanze.policy.cells import Value
from hanze.policy.depending import names_in_rule
from hanze.policy.domains import overlapping_rules, value_classes
from hanze.policy.facts import FactError, check_value
from hanze.policy.framework import Fact, Framework, Rule, Table
from hanze.policy.logic import holds
from hanze.policy.standing import Case, Trial, by_priority, is_mixed

TRIES = 300
"""How many real cases are tried to confirm one that was found by assuming."""

DOUBTFUL = 20
"""How many cases that no real case confirms are passed over in looking for one that is certain."""

Wanted = tuple[Rule, bool]
"""A rule, and whether it has to hold."""


class CutOffError(Exception):
    """The search took too long: nothing is known."""


@dataclass
class Budget:
    """How many cases may be looked at, and until when (seconds of `time.monotonic`), all searches together."""

    steps: int
    until: float = float("inf")

    def spend(self) -> None:
        """Count one case. Raises CutOffError when there is nothing left."""
        self.steps -= 1
        if self.steps < 0 or (self.steps % 64 == 0 and time.monotonic() > self.until):
            raise CutOffError


@dataclass(frozen=True, slots=True)
class Example:
    """A case that was found: the facts that matter; `certain` when it was tried out."""

    facts: dict[str, Value]
    certain: bool


def find_case(framework: Framework, wanted: Sequence[Wanted], budget: Budget) -> Example | None:
    """A case in which each rule holds or not, as wanted; None when there certainly is none. Raises CutOffError."""
    nothing_known: dict[str, Value | None] = dict.fromkeys(fact.id for fact in framework.facts)
    return _Search(wanted, budget).find(Case(framework, nothing_known, {}), wanted)


class _Search:
    def __init__(self, wanted: Sequence[Wanted], budget: Budget) -> None:
        self.wanted = wanted
        self.budget = budget
        self.doubtful = 0

    def find(self, case: Case, open_rules: Sequence[Wanted]) -> Example | None:
        """A case that goes on from this one; `open_rules` are those that were not decided yet."""
        self.budget.spend()
        undecided: list[Wanted] = []
        for rule, truth in open_rules:
            state = case.rule(rule)
            if state is None:
                undecided.append((rule, truth))
            elif state is not truth:
                return None
        trials = self._trials(case, [each for each in undecided if each[1]]) or self._trials(case, undecided)
        if not trials:
            return self._example(case, certain=not undecided and not case.assumed)
        perhaps: Example | None = None
        for following in case.tried(min(trials, key=len)[0]):
            found = self.find(following, undecided)
            if found is not None and (found.certain or self.doubtful > DOUBTFUL):
                return found
            perhaps = perhaps or found
        return perhaps

    def _trials(self, case: Case, rules: Iterable[Wanted]) -> list[list[Trial]]:
        found = (list(case.trials(rule)) for rule, _ in rules)
        return [trials for trials in found if trials]

    def _example(self, case: Case, certain: bool) -> Example:
        facts = {name: value for name, value in case.known.items() if value is not None}
        if certain:
            return Example(facts, True)
        for tried in self._real_cases(case):
            self.budget.spend()
            real = Case(case.framework, {**case.known, **tried}, {})
            if all(real.rule(rule) is truth for rule, truth in self.wanted):
                return Example({**facts, **tried}, True)
        self.doubtful += 1
        assumed = {name: value for name, value in case.assumed.items() if value is not None}
        return Example({**facts, **assumed}, False)

    def _real_cases(self, case: Case) -> Iterator[dict[str, Value]]:
        """Ways to fill in what the rules look at and what is not known: first each class, then chance."""
        framework = case.framework
        names = frozenset(name for rule, _ in self.wanted for name in names_in_rule(rule))
        unknown = [framework.fact(each) for each in framework.dependencies.behind(names) if case.known[each] is None]
        unknown.sort(key=lambda fact: fact.id)
        choices = [self._choices(case, fact) for fact in unknown]
        chance = random.Random(len(unknown))
        for values in islice(product(*choices), TRIES // 2):
            yield {fact.id: value for fact, value in zip(unknown, values, strict=True)}
        for _ in range(TRIES // 2):
            yield {fact.id: chance.choice(values) for fact, values in zip(unknown, choices, strict=True)}

    def _choices(self, case: Case, fact: Fact) -> list[Value]:
        assumed = case.assumed.get(fact.id)
        found = [assumed] if assumed is not None else [each.value for each in value_classes(fact, case.framework)]
        if not is_mixed(fact.id, case.framework):
            return found
        like = [*found, *(each for each in _SAMPLES.get(fact.type, ()) if _fits(fact, each))]
        if assumed is None:
            return like
        cells = case.framework.cells_on(fact.id)
        codes = case.framework.codes
        return [
            each for each in like if all(holds(c.tree, each, codes) == holds(c.tree, assumed, codes) for c in cells)
        ]


_SAMPLES: Mapping[str, tuple[Value, ...]] = {
    "number": tuple(
        Decimal(each) for each in ("0", "1", "2", "3", "7", "10", "50", "100", "1000", "100000", "-1", "0.5")
    ),
    "date": tuple(date(year, month, 15) for year in (2000, 2020, 2024, 2025, 2026) for month in (1, 6, 12)),
    "date-time": tuple(datetime(year, 6, 15, 12) for year in (2000, 2020, 2024, 2025, 2026)),
    "duration": tuple(timedelta(hours=hours) for hours in (0, 1, 24, 72, 240, 720, 8760)),
    "text": ("", "a", "other"),
}


def _fits(fact: Fact, value: Value) -> bool:
    try:
        check_value(fact, value)
    except FactError:
        return False
    return True


def before(table: Table, rule: Rule, framework: Framework) -> tuple[Rule, ...]:
    """The rules that go before a rule: one of them that holds keeps it from counting."""
    if table.hit == "priority":
        order = by_priority(table, framework)
        return order[: order.index(rule)]
    return table.rules[: table.rules.index(rule)] if table.hit == "first" else ()


def together(table: Table, framework: Framework, budget: Budget) -> Iterator[tuple[Rule, Rule, Example]]:
    """The pairs of rules of a table that can hold at once, each with a case. Raises CutOffError."""
    for one, other in overlapping_rules(table, framework):
        if example := find_case(framework, ((one, True), (other, True)), budget):
            yield one, other, example
