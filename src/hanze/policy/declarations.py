"""What a framework declares beside its rules: sources, outcomes, facts, lists and measures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from hanze.policy.documents import Node, Problems
from hanze.policy.fields import Fields, read_text
from hanze.policy.framework import Choice, Fact, Measure, NamedList, Outcome, Source, SourceDocument, Status, Text

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

    @cached_property
    def outcomes(self) -> Mapping[str, Outcome]:
        return {outcome.id: outcome for outcome in self.scale}

    @cached_property
    def facts_by_id(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.facts}

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
    return Declarations(
        deciders=deciders,
        grounds=_texts(top, "grounds"),
        sources=sources,
        scale=read_all(top, "scale", lambda node: _outcome(node, problems, deciders), "outcome"),
        facts=tuple(_fact(key, node, problems) for key, node in top.named("facts")),
        lists=tuple(_named_list(key, node, problems, source_ids) for key, node in top.named("lists")),
        measures=tuple(_measure(key, node, problems, source_ids, tables) for key, node in top.named("measures")),
    )


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


def _fact(key: str, node: Node, problems: Problems) -> Fact:
    what = f"The fact {key}"
    optional = ("from", "ask", "help", "choices", "whole", "minimum")
    fields = Fields(node, problems, what, ("label", "type"), optional)
    fact = Fact(
        id=key,
        label=fields.needed_text("label"),
        type=fields.one_of("type", ("text", "number", "boolean", "date", "choice")),
        choices=_choices(fields, "choices", problems),
        source_path=fields.text("from") or None,
        ask=fields.both_languages("ask"),
        help=fields.both_languages("help"),
        whole=fields.one_of("whole", ("false", "true")) == "true",
        minimum=fields.whole_number("minimum"),
    )
    if fact.source_path is None and fact.ask is None:
        problems.add(node, f"{what} comes from nowhere.", "Add from: (a path in the case) or ask: (a question).")
    if (fact.type == "choice") != bool(fact.choices):
        hint = "Give a choice fact its choices (id: {nl: …, en: …}); other types have none."
        problems.add(fields.place("type"), f"{what}: type and choices do not agree.", hint)
    if fact.type != "number" and (fact.whole or fact.minimum is not None):
        hint = "Leave out whole and minimum, or write type: number."
        problems.add(fields.place("type"), f"{what} is no number, but has whole or minimum.", hint)
    return fact


def _choices(fields: Fields, key: str, problems: Problems) -> tuple[Choice, ...]:
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
        _choices(fields, "items", problems),
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
