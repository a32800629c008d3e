"""A framework as a policy document: articles, rules in words, measures and lists, in the language in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hanze.frameworks import library
from hanze.frameworks.words import (
    ARTICLES,
    MOMENTS,
    TABLE_KINDS,
    OutcomeShown,
    cell_in_words,
    expression_in_words,
    logic_in_words,
    outcome_shown,
    result_in_words,
    say,
    upper_first,
)
from hanze.policy import Cell, Fact, Framework, Measure, NamedList, Rule, Source, Table, Value
from hanze.policy.checking import rows_as_rules
from hanze.policy.decisions import DecisionTable
from hanze.policy.framework import Derived, Parameter
from hanze.policy.wording import value_in_words


@dataclass(frozen=True)
class Sourced:
    """Where something stands, and whether it stands there or was inferred."""

    document: str
    section: str
    status: str


@dataclass(frozen=True)
class Condition:
    """One cell of a rule in words."""

    fact: str
    words: str


@dataclass(frozen=True)
class RuleShown:
    """A rule as a sentence in three parts: when these conditions hold, then this, because of that."""

    id: str
    conditions: tuple[Condition, ...]
    outcome: OutcomeShown | None
    measures: tuple[str, ...]
    because: str
    sourced: Sourced


@dataclass(frozen=True)
class Article:
    """A line of action: its policy in prose, and its rules."""

    id: str
    heading: str
    text: str
    rules: tuple[RuleShown, ...]
    sourced: Sourced
    one_of: bool
    scenarios: int


@dataclass(frozen=True)
class Part:
    """The articles of one kind."""

    id: str
    heading: str
    articles: tuple[Article, ...]


@dataclass(frozen=True)
class MeasureRow:
    id: str
    label: str
    description: str
    moment: str
    per: str
    line: str
    sourced: Sourced


@dataclass(frozen=True)
class ListShown:
    id: str
    title: str
    date: date
    items: tuple[str, ...]
    sourced: Sourced


@dataclass(frozen=True)
class FactRow:
    """A fact that the framework looks at, and where it comes from: the case, or a question to the officer."""

    label: str
    ask: str
    from_case: bool


@dataclass(frozen=True)
class DerivedRow:
    """A row of the table of a derived fact."""

    conditions: tuple[Condition, ...]
    then: str
    because: str


@dataclass(frozen=True)
class DerivedShown:
    """A fact that follows from others: by an expression in words, or by rows."""

    label: str
    words: str
    rows: tuple[DerivedRow, ...]
    because: str
    sourced: Sourced


@dataclass(frozen=True)
class ParameterShown:
    """An amount or a term: each value with the day it counts from."""

    label: str
    values: tuple[tuple[date, str, Sourced], ...]


@dataclass(frozen=True)
class Version:
    framework: Framework
    is_shown: bool
    in_force: bool


@dataclass(frozen=True)
class Document:
    """Everything that the reading view of a framework shows."""

    framework: Framework
    title: str
    summary: str
    adopted_by: str
    note: str
    applies_to: tuple[Condition, ...]
    parts: tuple[Part, ...]
    scale: tuple[tuple[OutcomeShown, str], ...]
    otherwise: RuleShown | None
    measures: tuple[MeasureRow, ...]
    lists: tuple[ListShown, ...]
    facts: tuple[FactRow, ...]
    derived: tuple[DerivedShown, ...]
    parameters: tuple[ParameterShown, ...]
    sources: tuple[tuple[str, date | None, str], ...]
    versions: tuple[Version, ...]
    trial: library.Trial

    @property
    def inferred(self) -> int:
        """How many rules, measures and lists are not literally in a source."""
        rules = [rule.sourced for part in self.parts for article in part.articles for rule in article.rules]
        others = [each.sourced for each in (*self.measures, *self.lists, *self.derived)]
        return sum(each.status == "inferred" for each in (*rules, *others))


def document_of(framework: Framework, today: date, trial: library.Trial | None = None) -> Document:
    """A version of a framework as its reading view shows it; a draft brings its own `trial`."""
    trial = trial or library.trial(framework)
    return Document(
        framework=framework,
        title=say(framework.title),
        summary=say(framework.summary),
        adopted_by=say(framework.adopted_by),
        note=say(framework.in_force_note),
        applies_to=_conditions(framework, framework.applies_to),
        parts=tuple(_parts(framework, trial)),
        scale=tuple((outcome_shown(each), say(framework.deciders[each.decided_by])) for each in framework.scale),
        otherwise=_rule(framework, framework.otherwise) if framework.otherwise else None,
        measures=tuple(_measure(framework, each) for each in _by_moment(framework)),
        lists=tuple(_list(framework, each) for each in framework.lists),
        facts=tuple(_fact(each) for each in framework.facts),
        derived=tuple(_derived(framework, each) for each in framework.derived),
        parameters=tuple(_parameter(framework, each) for each in framework.parameters),
        sources=tuple((say(each.title), each.date, each.url or "") for each in framework.sources),
        versions=tuple(_versions(framework, today)),
        trial=trial,
    )


def _parts(framework: Framework, trial: library.Trial) -> Iterator[Part]:
    for kind in dict.fromkeys(table.kind for table in framework.tables):
        articles = tuple(_article(framework, table, trial) for table in framework.tables if table.kind == kind)
        yield Part(kind, str(TABLE_KINDS[kind]), articles)


def _article(framework: Framework, table: Table, trial: library.Trial) -> Article:
    return Article(
        id=table.id,
        heading=f"{ARTICLES[table.kind]} {table.number}. {say(table.line)}",
        text=say(table.text),
        rules=tuple(_rule(framework, rule) for rule in table.rules),
        sourced=_sourced(framework, table.source, table.status),
        one_of=table.hit != "collect",
        scenarios=trial.touching(table.id),
    )


def _rule(framework: Framework, rule: Rule) -> RuleShown:
    return RuleShown(
        id=rule.id,
        conditions=(*_conditions(framework, rule.when), *_moreover(framework, rule)),
        outcome=outcome_shown(framework.outcome(rule.advice)) if rule.advice else None,
        measures=tuple(say(framework.measure(each).label) for each in rule.measures),
        because=say(rule.because),
        sourced=_sourced(framework, rule.source, rule.status),
    )


def _conditions(framework: Framework, cells: Mapping[str, Cell]) -> tuple[Condition, ...]:
    return tuple(
        Condition(say(framework.fact(fact).label), cell_in_words(cell, framework.fact(fact), framework))
        for fact, cell in cells.items()
    )


def _moreover(framework: Framework, rule: Rule) -> Iterator[Condition]:
    """What a rule asks of several facts together."""
    if rule.where is not None:
        yield Condition("", expression_in_words(rule.where, framework))


def _derived(framework: Framework, derived: Derived) -> DerivedShown:
    table = derived.logic if isinstance(derived.logic, DecisionTable) else None
    rows = tuple(_rows(framework, derived, table)) if table else ()
    return DerivedShown(
        label=upper_first(say(derived.label)),
        words="" if table else logic_in_words(derived.logic, framework),
        rows=rows,
        because=say(derived.because),
        sourced=_sourced(framework, derived.source, derived.status),
    )


def _rows(framework: Framework, derived: Derived, table: DecisionTable) -> Iterator[DerivedRow]:
    reasons = {each.id: say(each.because) for each in derived.rules}
    for rule, row in zip(rows_as_rules(derived), table.rules, strict=True):
        conditions = (*_conditions(framework, rule.when), *_moreover(framework, rule))
        then = result_in_words(row.results[0], derived, framework)
        yield DerivedRow(conditions, then, reasons.get(row.id, ""))
    if (default := table.outputs[0].default) is not None:
        yield DerivedRow((Condition("", _("In any other case")),), result_in_words(default, derived, framework), "")


def _parameter(framework: Framework, parameter: Parameter) -> ParameterShown:
    values = tuple(
        (each.start, _value(each.value), _sourced(framework, each.source, each.status)) for each in parameter.values
    )
    return ParameterShown(say(parameter.label), values)


def _value(value: Value) -> str:
    """A value of a parameter in words; of a list each."""
    each_of = value if isinstance(value, tuple) else (value,)
    return ", ".join(say(value_in_words(each)) for each in each_of)


def _sourced(framework: Framework, source: Source, status: str) -> Sourced:
    return Sourced(say(framework.source_document(source.document).title), say(source.section), status)


def _by_moment(framework: Framework) -> list[Measure]:
    return sorted(framework.measures, key=lambda each: MOMENTS.index(each.moment))


def _measure(framework: Framework, measure: Measure) -> MeasureRow:
    table = framework.table(measure.line)
    return MeasureRow(
        id=measure.id,
        label=say(measure.label),
        description=say(measure.description),
        moment={"before": _("Before"), "during": _("During"), "after": _("Afterwards")}[measure.moment],
        per={"company": _("For each company"), "organisation": _("For each organisation from abroad")}.get(
            measure.per, _("Once")
        ),
        line=f"{ARTICLES[table.kind]} {table.number}",
        sourced=_sourced(framework, measure.source, measure.status),
    )


def _list(framework: Framework, named: NamedList) -> ListShown:
    return ListShown(
        id=named.id,
        title=upper_first(say(named.title)),
        date=named.date,
        items=tuple(say(item.label) for item in named.items),
        sourced=_sourced(framework, named.source, named.status),
    )


def _fact(fact: Fact) -> FactRow:
    return FactRow(say(fact.label), say(fact.ask), fact.source_path is not None)


def _versions(framework: Framework, today: date) -> Iterator[Version]:
    current = library.in_force(today).get(framework.id)
    for each in library.versions(framework.id):
        yield Version(each, each == framework, each == current)
