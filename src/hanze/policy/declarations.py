"""What a framework declares beside its rules: sources, outcomes, facts, lists and measures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from hanze.policy.cells import FactType
from hanze.policy.constants import parse_value
from hanze.policy.decisions import Type
from hanze.policy.documents import Node, Problems, Scalar
from hanze.policy.fields import Fields, check_reference, read_text
from hanze.policy.framework import (
    Choice,
    DatedValue,
    Fact,
    Measure,
    NamedList,
    Outcome,
    Parameter,
    Source,
    SourceDocument,
    Status,
    Text,
)
from hanze.policy.naming import check_apart, check_name
from hanze.policy.tokens import CellError, Scope
from hanze.policy.typechecking import type_of_choices, type_of_fact

FACT_TYPES: tuple[FactType, ...] = ("text", "number", "boolean", "date", "date-time", "duration", "choice")
PARAMETER_TYPES: tuple[FactType, ...] = ("number", "text", "boolean", "date", "date-time", "duration")
STATUSES: tuple[Status, ...] = ("stated", "inferred")
SOURCED = ("source", "status")
NEVER = date.min

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Declarations:
    """Everything that a rule can refer to."""

    deciders: Mapping[str, Text]
    grounds: Mapping[str, Text]
    sources: tuple[SourceDocument, ...]
    scale: tuple[Outcome, ...]
    facts: tuple[Fact, ...]
    lists: tuple[NamedList, ...]
    measures: tuple[Measure, ...]
    parameters: tuple[Parameter, ...]
    dated_by: str | None
    derived_types: Mapping[str, Type]

    @cached_property
    def scope(self) -> Scope:
        """The names that expressions may use: facts, parameters and derived facts, and the lists."""
        facts = {fact.id: type_of_choices(fact.type, fact.choices, fact.many) for fact in self.facts}
        parameters = {each.id: type_of_fact(each.type) for each in self.parameters}
        lists = {each.id: frozenset(item.code for item in each.items) for each in self.lists}
        return Scope({**facts, **parameters, **self.derived_types}, lists=lists)

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        return {outcome.id: outcome for outcome in self.scale}

    @cached_property
    def facts_by_id(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def columns(self) -> Mapping[str, Type]:
        """What the cells of a rule can test: facts and derived facts, with the type of each."""
        return {name: self.scope.names[name] for name in (*self.facts_by_id, *self.derived_types)}

    @cached_property
    def lists_by_id(self) -> Mapping[str, NamedList]:
        return {each.id: each for each in self.lists}

    @cached_property
    def source_ids(self) -> tuple[str, ...]:
        return tuple(source.id for source in self.sources)

    @cached_property
    def measure_ids(self) -> tuple[str, ...]:
        return tuple(measure.id for measure in self.measures)


def read_declarations(top: Fields) -> Declarations:
    """Read what stands beside the rules; problems are noted in `top`."""
    problems = top.problems
    deciders = _texts(top, "deciders")
    sources = tuple(_source_document(key, node, problems) for key, node in top.named("sources"))
    source_ids = [source.id for source in sources]
    tables = _table_ids(top)
    _check_names(top)
    facts = tuple(_fact(key, node, problems) for key, node in top.pairs("facts"))
    parameters = tuple(_parameter(key.text, node, problems, source_ids) for key, node in top.pairs("parameters"))
    return Declarations(
        deciders=deciders,
        grounds=_texts(top, "grounds"),
        sources=sources,
        scale=read_all(top, "scale", lambda node: _outcome(node, problems, deciders), "outcome"),
        facts=facts,
        lists=tuple(_named_list(key, node, problems, source_ids) for key, node in top.named("lists")),
        measures=tuple(_measure(key, node, problems, source_ids, tables) for key, node in top.named("measures")),
        parameters=parameters,
        dated_by=_dated_by(top, facts, parameters),
        derived_types=MappingProxyType({key.text: _derived_type(node) for key, node in top.pairs("derived")}),
    )


def _check_names(top: Fields) -> None:
    """Names stand once among facts, parameters and derived facts, and can be told apart in expressions."""
    names: dict[str, str] = {}
    keys = [(kind, key) for kind in ("facts", "parameters", "derived") for key, _ in top.pairs(kind)]
    for kind, key in keys:
        check_name(key, top.problems)
        if key.text in names:
            message = f"The name “{key.text}” stands under {names[key.text]} too."
            top.problems.add(key, message, "Give each fact, parameter and derived fact a name of its own.")
        names.setdefault(key.text, kind)
    for _, key in keys:
        check_apart(key, names, top.problems)


def _derived_type(node: Node) -> Type:
    quiet = Problems("")
    fields = Fields(node, quiet, "", (), ("type", "many", "choices"))
    fact_type: FactType = fields.one_of("type", FACT_TYPES)
    many = fields.one_of("many", ("false", "true")) == "true"
    return type_of_choices(fact_type, read_choices(fields, "choices", quiet), many)


def _parameter(key: str, node: Node, problems: Problems, sources: Collection[str]) -> Parameter:
    what = f"The parameter {key}"
    fields = Fields(node, problems, what, ("label", "type", "values"))
    fact_type: FactType = fields.one_of("type", PARAMETER_TYPES)
    values = tuple(_dated_value(each, what, fact_type, problems, sources) for each in fields.items("values"))
    for earlier, later, place in zip(values, values[1:], fields.items("values")[1:], strict=False):
        if later.start <= earlier.start:
            hint = "Put the values in the order of their dates, each date once."
            problems.add(place, f"{what}: {later.start} does not come after {earlier.start}.", hint)
    if not values and fields.get("values") is not None:
        problems.add(fields.place("values"), f"{what} has no value.", "Add - {from: 2024-01-01, value: …, …}.")
    return Parameter(key, fields.needed_text("label"), fact_type, values)


def _dated_value(
    node: Node, what: str, fact_type: FactType, problems: Problems, sources: Collection[str]
) -> DatedValue:
    fields = Fields(node, problems, f"{what}: a value", ("from", "value", *SOURCED))
    written = fields.scalar("value")
    value = Decimal(0) if fact_type == "number" else ""
    if written is not None:
        try:
            value = parse_value(written.text, fact_type)
        except CellError as error:
            problems.add(written, f"{what}: {error.message}", error.hint, error.span.start)
    status: Status = fields.one_of("status", STATUSES)
    return DatedValue(fields.date("from") or NEVER, value, read_source(fields, sources), status)


def _dated_by(top: Fields, facts: tuple[Fact, ...], parameters: tuple[Parameter, ...]) -> str | None:
    """The date fact that says which value of a parameter counts."""
    written = top.scalar("dated_by")
    if written is not None:
        days = [fact.id for fact in facts if fact.type == "date" and not fact.many]
        check_reference(written, days, "date fact", top.problems)
        return written.text
    changing = next((each for each in parameters if len(each.values) > 1), None)
    if changing is not None:
        hint = "Add dated_by: with the date fact that says which value counts."
        top.problems.add(top.place("parameters"), f"The parameter {changing.id} has several values.", hint)
    return None


def read_all(fields: Fields, key: str, make: Callable[[Node], _Made], kind: str) -> tuple[_Made, ...]:
    """Make each item of a list, and note those that have the id of an earlier one."""
    made: list[_Made] = []
    seen: set[str] = set()
    for node in fields.items(key):
        item = make(node)
        item_id = str(getattr(item, "id", ""))
        if item_id and item_id in seen:
            fields.problems.add(node, f"The {kind} “{item_id}” stands here twice.", "Give it another id or remove it.")
        seen.add(item_id)
        made.append(item)
    return tuple(made)


def read_source(fields: Fields, sources: Collection[str]) -> Source:
    """Where a rule, a table, a list or a measure comes from."""
    source = fields.fields("source", f"{fields.what}: source", ("document", "section"))
    return Source(source.reference("document", sources, "source document") or "", source.text_or_both("section"))


def _texts(top: Fields, key: str) -> Mapping[str, Text]:
    texts = {name: read_text(node, top.problems, f"{key}: {name}") for name, node in top.named(key)}
    return MappingProxyType(texts)


def _source_document(key: str, node: Node, problems: Problems) -> SourceDocument:
    fields = Fields(node, problems, f"The source {key}", ("title",), ("date", "url"))
    return SourceDocument(key, fields.needed_text("title"), fields.date("date"), fields.text("url") or None)


def _outcome(node: Node, problems: Problems, deciders: Collection[str]) -> Outcome:
    fields = Fields(node, problems, "The outcome", ("id", "kind", "label", "decided_by"))
    return Outcome(
        fields.identifier("id"),
        fields.one_of("kind", ("take-up", "take-up-with-measures", "escalate", "refer", "refuse")),
        fields.needed_text("label"),
        fields.reference("decided_by", deciders, "decider") or "",
    )


def _fact(key: Scalar, node: Node, problems: Problems) -> Fact:
    what = f"The fact {key.text}"
    optional = ("from", "ask", "help", "choices", "whole", "minimum", "maximum", "decimals", "many")
    fields = Fields(node, problems, what, ("label", "type"), optional)
    fact = Fact(
        id=key.text,
        label=fields.needed_text("label"),
        type=fields.one_of("type", FACT_TYPES),
        choices=read_choices(fields, "choices", problems),
        source_path=fields.text("from") or None,
        ask=fields.both_languages("ask"),
        help=fields.both_languages("help"),
        whole=fields.one_of("whole", ("false", "true")) == "true",
        minimum=fields.whole_number("minimum"),
        many=fields.one_of("many", ("false", "true")) == "true",
        maximum=fields.whole_number("maximum"),
        decimals=fields.whole_number("decimals"),
    )
    _check_fact(fact, fields, what)
    return fact


def _check_fact(fact: Fact, fields: Fields, what: str) -> None:
    node, problems = fields.node, fields.problems
    if fact.source_path is None and fact.ask is None:
        problems.add(node, f"{what} comes from nowhere.", "Add from: (a path in the case) or ask: (a question).")
    if (fact.type == "choice") != bool(fact.choices):
        hint = "Give a choice fact its choices (id: {nl: …, en: …}); other types have none."
        problems.add(fields.place("type"), f"{what}: type and choices do not agree.", hint)
    of_numbers = [key for key in ("whole", "minimum", "maximum", "decimals") if key in fields.values]
    if fact.type != "number" and of_numbers:
        hint = f"Leave out {of_numbers[0]}, or write type: number."
        problems.add(fields.place("type"), f"{what} is no number, but has {of_numbers[0]}.", hint)
    if fact.minimum is not None and fact.maximum is not None and fact.maximum < fact.minimum:
        hint = "Let maximum be at least minimum."
        problems.add(fields.place("maximum"), f"{what}: maximum is less than minimum.", hint)
    if fact.decimals is not None and not 0 <= fact.decimals <= 10:
        hint = "Write a number of decimals from 0 to 10."
        problems.add(fields.place("decimals"), f"{what}: decimals is not possible.", hint)


def read_choices(fields: Fields, key: str, problems: Problems) -> tuple[Choice, ...]:
    pairs = fields.pairs(key)
    return tuple(Choice(code.text, read_text(node, problems, f"{fields.what}: {code.text}")) for code, node in pairs)


def _named_list(key: str, node: Node, problems: Problems, sources: Collection[str]) -> NamedList:
    fields = Fields(node, problems, f"The list {key}", ("title", "date", *SOURCED, "items"))
    return NamedList(
        key,
        fields.needed_text("title"),
        fields.date("date") or NEVER,
        read_source(fields, sources),
        fields.one_of("status", STATUSES),
        read_choices(fields, "items", problems),
    )


def _measure(key: str, node: Node, problems: Problems, sources: Collection[str], tables: Collection[str]) -> Measure:
    fields = Fields(
        node, problems, f"The measure {key}", ("label", "description", "moment", "line", *SOURCED), ("per",)
    )
    return Measure(
        id=key,
        label=fields.needed_text("label"),
        description=fields.needed_text("description"),
        moment=fields.one_of("moment", ("before", "during", "after")),
        per=fields.one_of("per", ("activity", "company", "organisation")),
        line=fields.reference("line", tables, "table") or "",
        source=read_source(fields, sources),
        status=fields.one_of("status", STATUSES),
    )


def _table_ids(top: Fields) -> tuple[str, ...]:
    quiet = Problems(top.problems.file)
    tables = Fields(top.node, quiet, "", (), ("tables",)).items("tables")
    return tuple(Fields(node, quiet, "", (), ("id",)).text("id") for node in tables)
