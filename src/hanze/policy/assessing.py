"""Weigh one case by a framework, with everything that led to the advice and everything that is still open.

Unknown facts make rules unknown (Kleene), never false: an unknown counts neither as harmless nor as harmful.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal as OneOf

from hanze.policy.cells import Value
from hanze.policy.domains import value_classes
from hanze.policy.facts import FactValue, check_value
from hanze.policy.framework import Fact, Framework, Measure, Outcome, Rule, Table, Text
from hanze.policy.logic import Truth
from hanze.policy.masks import TracedRule, compile_framework
from hanze.policy.possible import possible as possible_of
from hanze.policy.standing import Standing, conditions_hold

LineStatus = OneOf["applied", "not-applied", "unknown"]
EFFORT = 12_000
"""How many rules are looked at for each outcome before it is taken to be possible (which is always sound)."""

EFFORT_PER_ANSWER = 1_500


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule with the table (line of action) it stands in."""

    table: Table
    rule: Rule


@dataclass(frozen=True, slots=True)
class LineState:
    """Whether a line of action applies to the case."""

    table: Table
    state: LineStatus


@dataclass(frozen=True, slots=True)
class Answer:
    """What an answer to a question would do.

    `outcome` is the strictest outcome that then holds, `possible` what can then still follow, and `changes` whether
    that outcome is another one than now.
    """

    value: Value
    label: Text
    outcome: Outcome | None
    possible: tuple[Outcome, ...]
    changes: bool


@dataclass(frozen=True, slots=True)
class Question:
    """An unknown fact that can still change the outcome or bring a measure, with what each answer would do."""

    fact: Fact
    answers: tuple[Answer, ...]


@dataclass(frozen=True, eq=False)
class Advice:
    """What a framework says about a case.

    `outcome` is the strictest outcome that already holds (None: nothing holds yet); `possible` is every outcome that
    filling in the unknown facts can still lead to. `by_default` says that no rule gives an advice, so that
    `framework.otherwise` does. Everything is worked out when it is first asked for.
    """

    standing: Standing

    @property
    def framework(self) -> Framework:
        return self.standing.framework

    @property
    def facts(self) -> Mapping[str, Value | None]:
        """Every fact of the framework with its value; None is unknown."""
        return self.standing.known

    @cached_property
    def outcome(self) -> Outcome | None:
        return _settled(self.standing, self.possible)

    @cached_property
    def possible(self) -> tuple[Outcome, ...]:
        return possible_of(self.standing, EFFORT)

    @cached_property
    def by_default(self) -> bool:
        return _is_by_default(self.standing)

    @cached_property
    def fired(self) -> tuple[FiredRule, ...]:
        """The rules that hold, in the order of the document."""
        return tuple(FiredRule(table, rule) for table, rule in self.standing.in_state(True))

    @cached_property
    def undecided(self) -> tuple[FiredRule, ...]:
        """The rules that hang on something unknown, in the order of the document."""
        return tuple(FiredRule(table, rule) for table, rule in self.standing.in_state(None))

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures of the rules that hold, in the order of the framework, each once."""
        return self.standing.measures()

    @cached_property
    def lines(self) -> tuple[LineState, ...]:
        """Every line of action, and whether it applies."""
        return tuple(LineState(table, _line_status(self.standing, table)) for table in self.framework.tables)

    @cached_property
    def trace(self) -> tuple[TracedRule, ...]:
        """Every rule with its state and the truth of each of its cells, in the order of the document."""
        return compile_framework(self.framework).traced(self.standing)

    @property
    def decided_by(self) -> str | None:
        """The role that decides, as the outcome names it."""
        return self.outcome.decided_by if self.outcome else None

    @property
    def decisive(self) -> tuple[FiredRule, ...]:
        """The rules that give the outcome: those that fire with exactly this advice."""
        wanted = self.outcome.id if self.outcome else None
        return tuple(each for each in self.fired if wanted is not None and each.rule.advice == wanted)

    @property
    def grounds(self) -> tuple[str, ...]:
        """The grounds (ids) on which the decisive rules refer or refuse."""
        return tuple(dict.fromkeys(each.rule.ground for each in self.decisive if each.rule.ground))

    @cached_property
    def open_facts(self) -> tuple[Fact, ...]:
        """The unknown facts that can still change the outcome or bring a measure, in the order of the framework."""
        return tuple(_open_facts(self.standing, self.outcome, self.possible))

    @property
    def final(self) -> bool:
        """Whether nothing that is unknown can change the outcome or the measures any more.

        What cannot be worked out from known facts (a division by zero, a day before a parameter's first value) is
        unknown too, and no question can help there.
        """
        outcome, possible = self.outcome, self.possible
        undecided = self.standing.in_state(None)
        return not any(_matters(rule, self.standing, outcome, possible) for _, rule in undecided)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """A question for every open fact, with what each answer would do."""
        return tuple(
            Question(fact, tuple(_answers(self.standing, fact, self.outcome, self.possible)))
            for fact in self.open_facts
        )


def applies(framework: Framework, facts: Mapping[str, FactValue]) -> Truth:
    """Whether a framework is about a case: True, False, or None when a fact that decides it is unknown.

    Facts that the framework does not declare are passed over. Raises FactError for a value of the wrong type.
    """
    known = {fact.id: check_value(fact, facts.get(fact.id)) for fact in framework.facts}
    return conditions_hold(framework.applies_to, known, framework)


def select_framework(frameworks: Iterable[Framework], facts: Mapping[str, FactValue], on: date) -> Framework | None:
    """The framework for a case on a date: of those in force that apply, the one with the highest precedence.

    Of one framework only its latest version in force counts. None when none applies, and also when a framework of
    higher precedence might apply but a fact that decides it is unknown: then that fact comes first.
    Raises FactError for a value of the wrong type.
    """
    latest: dict[str, Framework] = {}
    for framework in frameworks:
        other = latest.get(framework.id)
        if framework.is_in_force(on) and (other is None or _recency(framework) > _recency(other)):
            latest[framework.id] = framework
    for framework in sorted(latest.values(), key=lambda each: (-each.precedence, each.id)):
        truth = applies(framework, facts)
        if truth is not False:
            return framework if truth else None
    return None


def _recency(framework: Framework) -> tuple[date, date]:
    return framework.in_force_from, framework.version


def assess(framework: Framework, facts: Mapping[str, FactValue]) -> Advice:
    """Weigh a case. A fact that is missing or None is unknown. Raises FactError for an undeclared or mistyped fact."""
    return Advice(compile_framework(framework).standing(facts))


def _settled(standing: Standing, possible: tuple[Outcome, ...]) -> Outcome | None:
    """What already holds: the only outcome that is left, or the strictest advice that fires."""
    return possible[0] if len(possible) == 1 else standing.strictest()


def _is_by_default(standing: Standing) -> bool:
    return not any(rule.advice for truth in (True, None) for _, rule in standing.in_state(truth))


def _line_status(standing: Standing, table: Table) -> LineStatus:
    states = standing.states[table.id]
    if True in states:
        return "applied"
    return "unknown" if None in states else "not-applied"


def _open_facts(standing: Standing, outcome: Outcome | None, possible: tuple[Outcome, ...]) -> Iterator[Fact]:
    wanted = {
        fact_id
        for table, rule in standing.in_state(None)
        if _matters(rule, standing, outcome, possible)
        for fact_id in standing.unknown_facts(table, rule)
    }
    return (fact for fact in standing.framework.facts if fact.id in wanted)


def _matters(rule: Rule, standing: Standing, outcome: Outcome | None, possible: tuple[Outcome, ...]) -> bool:
    """Whether an undecided rule can still make the outcome another one or bring a measure that would be carried out."""
    framework = standing.framework
    floor = framework.rank(outcome.id) if outcome else -1
    if rule.advice and framework.outcome(rule.advice) in possible and framework.rank(rule.advice) > floor:
        return True
    nothing_happens = outcome is not None and outcome.kind in ("refer", "refuse")
    already = {measure.id for measure in standing.measures()}
    return not nothing_happens and not already.issuperset(rule.measures)


def _answers(
    standing: Standing, fact: Fact, outcome: Outcome | None, possible: tuple[Outcome, ...]
) -> Iterator[Answer]:
    for each in value_classes(fact, standing.framework):
        after = standing.supposing(fact.id, each.value)
        still = possible_of(after, EFFORT_PER_ANSWER, among=possible)
        then = _settled(after, still)
        yield Answer(each.value, each.label, then, still, then != outcome)
