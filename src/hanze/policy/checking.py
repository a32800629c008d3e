"""What may be wrong with a framework that can be read: each in plain words, with a case that shows it.

An *error* is certainly a mistake: a rule that can never count. A *remark* may be meant: a derived fact that stays
unknown in some cases, something that is declared and never used, dates that do not connect. A *note* is how the tables
work together: cases that a line of action leaves to others, rules that hold at once. The searches are exact for cells
of constants; they stop in time, and say so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Literal as OneOf

from hanze.policy.cells import Anything, Cell, Value
from hanze.policy.deciding import gives_list
from hanze.policy.decisions import DecisionTable, TableRule
from hanze.policy.describing import describe_value
from hanze.policy.expressions import Expression, Logical, Matches, Name, Span
from hanze.policy.framework import Derived, Framework, Rule, Table, Text
from hanze.policy.searching import Budget, CutOffError, Example, Wanted, before, find_case, together
from hanze.policy.unused import unused
from hanze.policy.wording import filled

Severity = OneOf["error", "remark", "note"]
_ORDER: dict[Severity, int] = {"error": 0, "remark": 1, "note": 2}
SECONDS = 10.0
STEPS = 200_000

_HERE = Span(0, 0)
_KINDS = {
    "framework": Text("het kader", "the framework"),
    "table": Text("de tabel", "the table"),
    "rule": Text("de regel", "the rule"),
    "fact": Text("het gegeven", "the fact"),
    "list": Text("de lijst", "the list"),
    "measure": Text("de maatregel", "the measure"),
    "ground": Text("de grond", "the ground"),
    "outcome": Text("de uitkomst", "the outcome"),
    "decider": Text("de beslisser", "the decider"),
    "source": Text("de bron", "the source"),
    "parameter": Text("de parameter", "the parameter"),
    "derived": Text("het afgeleide gegeven", "the derived fact"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is about: a kind of part (`rule`, `fact`, `table`, …) and its id."""

    kind: str
    id: str

    @property
    def words(self) -> Text:
        """The place in a sentence."""
        return filled(Text("{} {}", "{} {}"), _KINDS[self.kind], Text(self.id, self.id))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that may be wrong: where, how bad, in words, and a case that shows it (None: there is none to show)."""

    place: Place
    severity: Severity
    message: Text
    counter_example: Text | None = None

    def in_language(self, language: str) -> str:
        """The finding as one line of text."""
        example = f" ({self.counter_example.in_language(language)})" if self.counter_example else ""
        text = self.message.in_language(language)
        return f"{text[0].upper()}{text[1:]}{example}"


def findings(framework: Framework, siblings: Sequence[Framework] = (), seconds: float = SECONDS) -> tuple[Finding, ...]:
    """Everything that may be wrong with a framework, errors first, notes last. `siblings` are its other versions.

    The searches take at most so many seconds together; what was not finished then is a finding too.
    """
    budget = Budget(STEPS, time.monotonic() + seconds)
    found = [
        *(finding for table in framework.tables for finding in _table(table, framework, budget)),
        *(finding for derived in framework.derived for finding in _derived(derived, framework, budget)),
        *_unused(framework),
        *_dates(framework),
        *_periods(framework, siblings),
    ]
    return tuple(sorted(found, key=lambda finding: _ORDER[finding.severity]))


def _table(table: Table, framework: Framework, budget: Budget) -> Iterator[Finding]:
    place = Place("table", table.id)
    try:
        for rule in table.rules:
            yield from _idle(rule, before(table, rule, framework), framework, budget)
        if table.hit in ("collect", "rule-order", "output-order"):
            yield from _needless(table, framework, budget)
        yield from _overlaps(table, framework, budget)
        yield from _gap(place, "note", table.rules, framework, budget)
    except CutOffError:
        yield _cut_off(place)


def _derived(derived: Derived, framework: Framework, budget: Budget) -> Iterator[Finding]:
    if not isinstance(derived.logic, DecisionTable):
        return
    place, table = Place("derived", derived.id), derived.logic
    rules = rows_as_rules(derived)
    try:
        for index, rule in enumerate(rules):
            earlier = rules[:index] if table.hit == "first" else ()
            yield from _idle(rule, earlier, framework, budget)
        if table.outputs[0].default is None and not gives_list(table) and table.aggregation != "count":
            yield from _gap(place, "remark", rules, framework, budget)
        if table.hit in ("unique", "any"):
            yield from _clashes(place, table, rules, framework, budget)
    except CutOffError:
        yield _cut_off(place)


def rows_as_rules(derived: Derived) -> tuple[Rule, ...]:
    """The rows of the table of a derived fact as rules: with their conditions, and without an advice."""
    assert isinstance(derived.logic, DecisionTable)
    table, reasons = derived.logic, {each.id: each for each in derived.rules}
    rules: list[Rule] = []
    for row in table.rules:
        when, where = _conditions(table, row)
        reason = reasons[row.id]
        because = reason.because or derived.label
        rules.append(Rule(row.id, when, None, (), None, because, reason.source, reason.status, where))
    return tuple(rules)


def _conditions(table: DecisionTable, row: TableRule) -> tuple[MappingProxyType[str, Cell], Expression | None]:
    when: dict[str, Cell] = {}
    others: list[Expression] = []
    for column, cell in zip(table.inputs, row.cells, strict=True):
        if isinstance(cell.tree, Anything):
            continue
        if isinstance(column.expression, Name) and column.expression.name not in when:
            when[column.expression.name] = cell
        else:
            others.append(Matches(column.expression, cell.tree, _HERE))
    where = others[0] if len(others) == 1 else Logical("and", tuple(others), _HERE) if others else None
    return MappingProxyType(when), where


def _idle(rule: Rule, earlier: Sequence[Rule], framework: Framework, budget: Budget) -> Iterator[Finding]:
    """A rule that can never hold, or never counts because another always goes before it."""
    if find_case(framework, [(rule, True)], budget) is None:
        message = Text("de regel {} kan nooit gelden", "the rule {} can never hold")
    elif earlier and find_case(framework, [(rule, True), *((each, False) for each in earlier)], budget) is None:
        message = Text(
            "de regel {} telt nooit mee: een andere regel gaat altijd voor",
            "the rule {} never counts: another rule always goes before it",
        )
    else:
        return
    yield Finding(Place("rule", rule.id), "error", filled(message, Text(rule.id, rule.id)))


def _needless(table: Table, framework: Framework, budget: Budget) -> Iterator[Finding]:
    """A rule that adds nothing: whenever it holds another does, which gives the same or more."""
    for rule in table.rules:
        for other in table.rules:
            covers = other is not rule and rule.advice in (None, other.advice)
            if not covers or not set(rule.measures) <= set(other.measures):
                continue
            if find_case(framework, [(rule, True), (other, False)], budget) is None:
                message = Text("de regel {} voegt niets toe aan {}", "the rule {} adds nothing to {}")
                names = (Text(rule.id, rule.id), Text(other.id, other.id))
                yield Finding(Place("rule", rule.id), "remark", filled(message, *names))
                break


def _overlaps(table: Table, framework: Framework, budget: Budget) -> Iterator[Finding]:
    """Two rules of a line of action that can hold at once and give another advice."""
    for one, other, example in together(table, framework, budget):
        if one.advice and other.advice and one.advice != other.advice:
            yield _both(Place("table", table.id), "note", one, other, example, framework)


def _both(place: Place, severity: Severity, one: Rule, other: Rule, example: Example, framework: Framework) -> Finding:
    message = Text("de regels {} en {} kunnen samen gelden", "the rules {} and {} can hold at once")
    words = filled(message, Text(one.id, one.id), Text(other.id, other.id))
    return Finding(place, severity, _surely(words, example), _case(example, framework))


def _gap(
    place: Place, severity: Severity, rules: Sequence[Rule], framework: Framework, budget: Budget
) -> Iterator[Finding]:
    """A case for which no rule of a table holds."""
    wanted: list[Wanted] = [(rule, False) for rule in rules]
    example = find_case(framework, wanted, budget)
    if example is not None:
        message = Text("in {} geldt voor sommige gevallen geen regel", "in {} no rule holds for some cases")
        yield Finding(place, severity, _surely(filled(message, place.words), example), _case(example, framework))


def _clashes(
    place: Place, table: DecisionTable, rules: Sequence[Rule], framework: Framework, budget: Budget
) -> Iterator[Finding]:
    """Two rows that hold at once and should not, or should give the same."""
    for index, one in enumerate(rules):
        for offset, other in enumerate(rules[index + 1 :], index + 1):
            if table.hit == "any" and table.rules[index].results == table.rules[offset].results:
                continue
            example = find_case(framework, [(one, True), (other, True)], budget)
            if example is not None:
                severity: Severity = "error" if example.certain else "remark"
                yield _both(place, severity, one, other, example, framework)


def _surely(message: Text, example: Example) -> Text:
    if example.certain:
        return message
    return filled(Text("{}, voor zover na te gaan", "{}, as far as can be worked out"), message)


def _case(example: Example, framework: Framework) -> Text | None:
    facts = [_fact(name, value, framework) for name, value in example.facts.items()]
    if not facts:
        return None
    return Text(
        "bijvoorbeeld " + "; ".join(each.nl for each in facts), "for example " + "; ".join(each.en for each in facts)
    )


def _fact(name: str, value: Value, framework: Framework) -> Text:
    fact = framework.fact(name)
    return filled(Text("{}: {}", "{}: {}"), fact.label, describe_value(value, fact))


def _cut_off(place: Place) -> Finding:
    message = Text(
        "het onderzoek van {} duurde te lang en is afgebroken: het is niet volledig",
        "the check of {} took too long and was cut off: it is not complete",
    )
    return Finding(place, "remark", filled(message, place.words))


def _unused(framework: Framework) -> Iterator[Finding]:
    for kind, name in unused(framework):
        place = Place(kind, name)
        message = Text("{} wordt nergens gebruikt", "{} is never used")
        yield Finding(place, "remark", filled(message, place.words))


def _dates(framework: Framework) -> Iterator[Finding]:
    """Lists and sources from after this version, and parameters that begin after it does."""
    later = Text("{} is van na deze versie", "{} is of a later date than this version")
    for named in framework.lists:
        if named.date > framework.version:
            yield Finding(place := Place("list", named.id), "remark", filled(later, place.words))
    for source in framework.sources:
        if source.date is not None and source.date > framework.version:
            yield Finding(place := Place("source", source.id), "remark", filled(later, place.words))
    for parameter in framework.parameters:
        if framework.dated_by is not None and parameter.values and parameter.values[0].start > framework.in_force_from:
            message = Text(
                "{} heeft nog geen waarde als het kader ingaat", "{} has no value yet when the framework takes effect"
            )
            place = Place("parameter", parameter.id)
            yield Finding(place, "remark", filled(message, place.words))


def _periods(framework: Framework, siblings: Sequence[Framework]) -> Iterator[Finding]:
    """Days between two versions on which none is in force, or both are."""
    versions = {each.version: each for each in (*siblings, framework) if each.id == framework.id}
    ordered = sorted(versions.values(), key=lambda each: (each.in_force_from, each.version))
    place = Place("framework", framework.id)
    for earlier, later in pairwise(ordered):
        if framework.version not in (earlier.version, later.version) or earlier.in_force_until is None:
            continue
        names = (Text(str(earlier.version), str(earlier.version)), Text(str(later.version), str(later.version)))
        if earlier.in_force_until + timedelta(days=1) < later.in_force_from:
            message = Text(
                "tussen de versies {} en {} is geen versie van kracht",
                "between the versions {} and {} no version is in force",
            )
            yield Finding(place, "remark", filled(message, *names))
        elif earlier.in_force_until >= later.in_force_from:
            message = Text(
                "de versies {} en {} zijn een tijd samen van kracht; dan telt de laatste",
                "the versions {} and {} are in force together for a while; then the later one counts",
            )
            yield Finding(place, "remark", filled(message, *names))
