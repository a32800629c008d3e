"""What a framework is: the words of a policy document as data, read from YAML by `reading`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Literal as OneOf
from typing import Protocol, TypeVar

from hanze.policy.cells import Cell, FactType, Value
from hanze.policy.decisions import DecisionTable
from hanze.policy.depending import Dependencies, dependencies_of, names_in_rule
from hanze.policy.expressions import Expression

OutcomeKind = OneOf["take-up", "take-up-with-measures", "escalate", "refer", "refuse"]
TableKind = OneOf["precondition", "economic", "human-rights", "protocol"]
HitPolicy = OneOf["collect", "first", "unique", "any", "priority", "rule-order", "output-order"]
Moment = OneOf["before", "during", "after"]
Per = OneOf["activity", "company", "organisation"]
Status = OneOf["stated", "inferred"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file, where it stands (line and column from 1), and what to write instead."""

    file: str
    line: int
    column: int
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} {self.hint}".rstrip()


class FrameworkError(Exception):
    """A framework or scenario file that cannot be used, with every problem that was found in it."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in both languages of the house."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """The Dutch text for `nl` and its variants, else the English one."""
        return self.nl if language.lower().split("-")[0] == "nl" else self.en


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document on which rules rest."""

    id: str
    title: Text
    date: date | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a source document (its id in `Framework.sources`)."""

    document: str
    section: Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """A step on the scale of advice; the scale runs from the mildest to the strictest."""

    id: str
    kind: OutcomeKind
    label: Text
    decided_by: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a choice fact can have, or an item of a named list."""

    code: str
    label: Text


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is known or not about a case.

    `source_path` says where casework finds it (`request.country`); without one it is asked, in the words of `ask`.
    A number fact can be whole, and can have a minimum, a maximum and a number of decimals; they hold for every value it
    is given. With `many` it is a list of values of its type.
    """

    id: str
    label: Text
    type: FactType
    choices: tuple[Choice, ...]
    source_path: str | None
    ask: Text | None
    help: Text | None
    whole: bool
    minimum: int | None
    many: bool = False
    maximum: int | None = None
    decimals: int | None = None

    def choice_label(self, code: str) -> Text:
        """The label of a choice; raises KeyError when there is no such choice."""
        return {choice.code: choice.label for choice in self.choices}[code]


@dataclass(frozen=True, slots=True)
class NamedList:
    """A dated list of codes that cells can refer to with in_list(...)."""

    id: str
    title: Text
    date: date
    source: Source
    status: Status
    items: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value of a parameter from a day on, until the next one, and where it stands written."""

    start: date
    value: Value
    source: Source
    status: Status


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that the policy sets and renews: a ceiling, a term. Its values stand in the order of their dates."""

    id: str
    label: Text
    type: FactType
    values: tuple[DatedValue, ...]

    def dated(self, day: date) -> DatedValue | None:
        """The value for a day; None before the first."""
        return next((each for each in reversed(self.values) if each.start <= day), None)


@dataclass(frozen=True, slots=True)
class DerivedRule:
    """Why a row of the table of a derived fact is as it is."""

    id: str
    because: Text | None
    source: Source
    status: Status


@dataclass(frozen=True, slots=True)
class Derived:
    """A fact that follows from others, by an expression or by a decision table.

    `rules` explain the rows of the table, in its order; none for an expression.
    """

    id: str
    label: Text
    type: FactType
    many: bool
    choices: tuple[Choice, ...]
    logic: Expression | DecisionTable
    rules: tuple[DerivedRule, ...]
    because: Text | None
    source: Source
    status: Status

    @property
    def as_fact(self) -> Fact:
        """The fact that cells test, which nobody is asked for."""
        return Fact(self.id, self.label, self.type, self.choices, None, None, None, False, None, self.many)


@dataclass(frozen=True, slots=True)
class Measure:
    """Something to be done before, during or after an activity, because a rule asks for it.

    `per` says how often it stands on the checklist: once, per participating company of the own region, or per
    participating foreign organisation. `line` is the table (line of action) under which it is accounted for.
    """

    id: str
    label: Text
    description: Text
    moment: Moment
    per: Per
    line: str
    source: Source
    status: Status


@dataclass(frozen=True, slots=True)
class Rule:
    """If every cell of `when` holds, and `where` too: give this advice and these measures, because of this reason."""

    id: str
    when: Mapping[str, Cell]
    advice: str | None
    measures: tuple[str, ...]
    ground: str | None
    because: Text
    source: Source
    status: Status
    where: Expression | None = None

    @property
    def gives(self) -> tuple[str | None, frozenset[str], str | None]:
        """What follows when the rule holds: its advice, measures and ground."""
        return self.advice, frozenset(self.measures), self.ground


@dataclass(frozen=True, slots=True)
class Table:
    """A line of action: the policy in prose (`text`) and as rules.

    `hit` says how the rules go together: `collect` and `rule-order` (every rule that holds counts), `output-order` (the
    same, the strictest advice first), `first` (only the first one that holds), `priority` (only the first one that
    holds with the strictest advice), `unique` (never two at once) and `any` (two at once only when they give the same);
    the last two are proven when the framework is read.
    """

    id: str
    kind: TableKind
    number: int
    line: Text
    text: Text
    hit: HitPolicy
    source: Source
    status: Status
    rules: tuple[Rule, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The facts that its rules look at, in the order in which they first appear."""
        return tuple(dict.fromkeys(fact for rule in self.rules for fact in rule.when))


@dataclass(frozen=True, eq=False)
class Framework:
    """One version of a policy framework.

    `otherwise` gives the advice when no rule does; it is None when the rules leave no case without an advice.
    `derived` stand in an order in which each comes after those that it looks at. `dated_by` is the date fact that says
    which value of a parameter counts; without it every parameter has one value.
    `content_hash` depends on its meaning, not on its layout or comments; two frameworks that mean the same have the
    same one. As objects they are compared by identity.
    """

    id: str
    version: date
    title: Text
    summary: Text
    adopted_by: Text
    in_force_from: date
    in_force_until: date | None
    in_force_status: Status
    in_force_note: Text | None
    precedence: int
    applies_to: Mapping[str, Cell]
    scale: tuple[Outcome, ...]
    deciders: Mapping[str, Text]
    grounds: Mapping[str, Text]
    otherwise: Rule | None
    facts: tuple[Fact, ...]
    lists: tuple[NamedList, ...]
    measures: tuple[Measure, ...]
    sources: tuple[SourceDocument, ...]
    tables: tuple[Table, ...]
    content_hash: str = field(compare=False)
    path: Path = field(compare=False)
    parameters: tuple[Parameter, ...] = ()
    derived: tuple[Derived, ...] = ()
    dated_by: str | None = None

    def is_in_force(self, on: date) -> bool:
        """Whether the framework is in force on a day; its first and last day included."""
        return self.in_force_from <= on and (self.in_force_until is None or on <= self.in_force_until)

    def fact(self, fact_id: str) -> Fact:
        """The fact with this id, asked or derived; raises KeyError."""
        return self._facts[fact_id]

    def outcome(self, outcome_id: str) -> Outcome:
        """The outcome with this id; raises KeyError."""
        return self.scale[self.rank(outcome_id)]

    def rank(self, outcome_id: str) -> int:
        """How strict an outcome is: 0 for the mildest; raises KeyError."""
        return self._ranks[outcome_id]

    def measure(self, measure_id: str) -> Measure:
        """The measure with this id; raises KeyError."""
        return _by_id(self.measures, measure_id)

    def table(self, table_id: str) -> Table:
        """The table (line of action) with this id; raises KeyError."""
        return _by_id(self.tables, table_id)

    def named_list(self, list_id: str) -> NamedList:
        """The named list with this id; raises KeyError."""
        return _by_id(self.lists, list_id)

    def source_document(self, document_id: str) -> SourceDocument:
        """The source document with this id; raises KeyError."""
        return _by_id(self.sources, document_id)

    def rules(self) -> Iterator[tuple[Table, Rule]]:
        """Every rule with its table, in the order of the document."""
        return ((table, rule) for table in self.tables for rule in table.rules)

    def tables_on(self, fact_id: str) -> tuple[Table, ...]:
        """Every table with a rule that looks at this fact, or at something that follows from it."""
        return self._tables_on.get(fact_id, ())

    def cells_on(self, fact_id: str) -> tuple[Cell, ...]:
        """Every cell that tests this fact, each meaning once; comparisons with a constant in expressions too."""
        return self.dependencies.tests.get(fact_id, ())

    @cached_property
    def codes(self) -> Mapping[str, frozenset[str]]:
        """The codes of each named list."""
        return MappingProxyType({each.id: frozenset(item.code for item in each.items) for each in self.lists})

    @cached_property
    def dependencies(self) -> Dependencies:
        """What rests on what."""
        return dependencies_of(self)

    @cached_property
    def _facts(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in (*self.facts, *(each.as_fact for each in self.derived))}

    @cached_property
    def _ranks(self) -> Mapping[str, int]:
        return {outcome.id: rank for rank, outcome in enumerate(self.scale)}

    @cached_property
    def _tables_on(self) -> Mapping[str, tuple[Table, ...]]:
        asked = self.dependencies.behind
        behind = {
            table.id: asked(frozenset(name for rule in table.rules for name in names_in_rule(rule)))
            for table in self.tables
        }
        return {fact.id: tuple(table for table in self.tables if fact.id in behind[table.id]) for fact in self.facts}


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Item = TypeVar("_Item", bound=_Identified)


def _by_id(items: tuple[_Item, ...], wanted: str) -> _Item:
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)
