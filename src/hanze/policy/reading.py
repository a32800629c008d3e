"""From a YAML file to a Framework, or to a FrameworkError with everything that is wrong in the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from hanze.policy.cells import Cell, Literal, Membership, simple_tests
from hanze.policy.documents import Node, Problems, Scalar, compose, read_bytes
from hanze.policy.domains import overlapping_rules
from hanze.policy.fields import Fields, check_reference, read_text, suggest
from hanze.policy.framework import (
    Choice,
    Fact,
    Framework,
    FrameworkError,
    Measure,
    NamedList,
    Outcome,
    Rule,
    Source,
    SourceDocument,
    Status,
    Table,
    Text,
)
from hanze.policy.hashing import meaning_of, sha256_of
from hanze.policy.parsing import CellError, parse_cell
from hanze.policy.standing import can_leave_without_advice

STATUSES: tuple[Status, ...] = ("stated", "inferred")
SOURCED = ("source", "status")
NEVER = date.min
REQUIRED = (
    *("framework", "version", "title", "summary", "adopted_by", "in_force", "precedence", "applies_to", "sources"),
    *("deciders", "scale", "facts", "measures", "tables"),
)

_Made = TypeVar("_Made")


def read_framework(path: Path | str) -> Framework:
    """Read one framework file. Raises FrameworkError with all problems of the file."""
    return read_framework_text(read_bytes(Path(path)), Path(path))


def read_frameworks(folder: Path | str) -> list[Framework]:
    """Read every `<framework>/<version>.yaml` in a folder, sorted by id and version.

    Raises FrameworkError with the problems of all files, and when two files hold the same version.
    """
    found: list[Framework] = []
    problems = Problems(str(folder))
    for path in framework_files(Path(folder)):
        try:
            found.append(read_framework(path))
        except FrameworkError as error:
            problems.found.extend(error.problems)
    seen: dict[tuple[str, date], Path] = {}
    for framework in found:
        other = seen.setdefault((framework.id, framework.version), framework.path)
        if other != framework.path:
            message = f"{framework.id} {framework.version} is also in {other}."
            problems.add(Scalar("", "plain", 1, 1), message, "Give one of them another version.")
    if problems.found:
        raise FrameworkError(problems.found)
    return sorted(found, key=lambda framework: (framework.id, framework.version))


def framework_files(folder: Path) -> list[Path]:
    """The framework files in a folder and in the folders directly in it; scenarios are not among them."""
    paths = [*folder.glob("*.yaml"), *folder.glob("*/*.yaml")]
    return sorted((path for path in paths if path.parent.name != "scenarios"), key=str)


def read_framework_text(content: bytes, path: Path) -> Framework:
    """Read a framework from the content of a file. Raises FrameworkError."""
    problems = Problems(str(path))
    framework = _framework(compose(content, problems), problems, path)
    problems.raise_if_any()
    return replace(framework, content_hash=sha256_of(meaning_of(framework)))


@dataclass
class _Names:
    """What the framework has declared so far; rules may refer to nothing else."""

    deciders: Mapping[str, Text] = field(default_factory=dict[str, Text])
    grounds: Mapping[str, Text] = field(default_factory=dict[str, Text])
    sources: tuple[str, ...] = ()
    outcomes: dict[str, Outcome] = field(default_factory=dict[str, Outcome])
    facts: dict[str, Fact] = field(default_factory=dict[str, Fact])
    lists: dict[str, NamedList] = field(default_factory=dict[str, NamedList])
    measures: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    rules: set[str] = field(default_factory=set[str])


def _framework(node: Node, problems: Problems, path: Path) -> Framework:
    top = Fields(
        node,
        problems,
        "The framework",
        REQUIRED,
        ("lists", "grounds", "otherwise"),
    )
    names = _Names(_texts(top, "deciders"), _texts(top, "grounds"))
    sources = tuple(_source_document(key, each, problems) for key, each in top.named("sources", "source"))
    names.sources = tuple(source.id for source in sources)
    scale = _all(top, "scale", lambda each: _outcome(each, problems, names), "outcome")
    names.outcomes = {outcome.id: outcome for outcome in scale}
    facts = tuple(_fact(key, each, problems) for key, each in top.named("facts", "fact"))
    names.facts = {fact.id: fact for fact in facts}
    lists = tuple(_named_list(key, each, problems, names) for key, each in top.named("lists", "list"))
    names.lists = {each.id: each for each in lists}
    names.tables = _table_ids(top)
    measures = tuple(_measure(key, each, problems, names) for key, each in top.named("measures", "measure"))
    names.measures = tuple(measure.id for measure in measures)
    in_force = top.fields("in_force", "in_force", ("from", "status"), ("until", "note"))
    framework = Framework(
        id=top.identifier("framework"),
        version=top.date("version") or NEVER,
        title=top.needed_text("title"),
        summary=top.needed_text("summary"),
        adopted_by=top.needed_text("adopted_by"),
        in_force_from=in_force.date("from") or NEVER,
        in_force_until=in_force.date("until"),
        in_force_status=in_force.one_of("status", STATUSES),
        in_force_note=in_force.both_languages("note"),
        precedence=top.whole_number("precedence") or 0,
        applies_to=_conditions(top, "applies_to", problems, names),
        scale=scale,
        deciders=names.deciders,
        grounds=names.grounds,
        otherwise=_otherwise(top, names),
        facts=facts,
        lists=lists,
        measures=measures,
        sources=sources,
        tables=_all(top, "tables", lambda each: _table(each, problems, names), "table"),
        content_hash="",
        path=path,
    )
    _check_whole(framework, top, in_force)
    return framework


def _check_whole(framework: Framework, top: Fields, in_force: Fields) -> None:
    problems = top.problems
    if framework.in_force_until and framework.in_force_until < framework.in_force_from:
        problems.add(in_force.place("until"), "in_force ends before it begins.", "Let until be on or after from.")
    if problems.found:
        return
    for table, table_node in zip(framework.tables, top.items("tables"), strict=True):
        for one, other in overlapping_rules(table, framework) if table.hit == "unique" else ():
            message = f"The rules {one.id} and {other.id} of the unique table {table.id} can hold at once."
            problems.add(table_node, message, "Make their cells exclude each other, or write hit: collect.")
    open_cases = can_leave_without_advice(framework)
    if open_cases and framework.otherwise is None:
        hint = "Add otherwise: with the advice for such a case."
        problems.add(top.node, "There are cases for which no rule gives an advice.", hint)
    if not open_cases and framework.otherwise is not None:
        message = "otherwise is never reached: the rules give an advice in every case."
        problems.add(top.place("otherwise"), message, "Leave it out.")


def _all(fields: Fields, key: str, make: Callable[[Node], _Made], kind: str) -> tuple[_Made, ...]:
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


def _texts(top: Fields, key: str) -> Mapping[str, Text]:
    texts = {name: read_text(node, top.problems, f"{key}: {name}") for name, node in top.named(key, key)}
    return MappingProxyType(texts)


def _source_document(key: str, node: Node, problems: Problems) -> SourceDocument:
    fields = Fields(node, problems, f"The source {key}", ("title",), ("date", "url"))
    return SourceDocument(key, fields.needed_text("title"), fields.date("date"), fields.text("url") or None)


def _outcome(node: Node, problems: Problems, names: _Names) -> Outcome:
    fields = Fields(node, problems, "The outcome", ("id", "kind", "label", "decided_by"))
    return Outcome(
        fields.identifier("id"),
        fields.one_of("kind", ("take-up", "take-up-with-measures", "escalate", "refer", "refuse")),
        fields.needed_text("label"),
        fields.reference("decided_by", names.deciders, "decider") or "",
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


def _named_list(key: str, node: Node, problems: Problems, names: _Names) -> NamedList:
    fields = Fields(node, problems, f"The list {key}", ("title", "date", *SOURCED, "items"))
    return NamedList(
        key,
        fields.needed_text("title"),
        fields.date("date") or NEVER,
        _source(fields, names),
        fields.one_of("status", STATUSES),
        _choices(fields, "items", problems),
    )


def _measure(key: str, node: Node, problems: Problems, names: _Names) -> Measure:
    fields = Fields(
        node, problems, f"The measure {key}", ("label", "description", "moment", "line", *SOURCED), ("per",)
    )
    return Measure(
        id=key,
        label=fields.needed_text("label"),
        description=fields.needed_text("description"),
        moment=fields.one_of("moment", ("before", "during", "after")),
        per=fields.one_of("per", ("activity", "company", "organisation")),
        line=fields.reference("line", names.tables, "table") or "",
        source=_source(fields, names),
        status=fields.one_of("status", STATUSES),
    )


def _table_ids(top: Fields) -> tuple[str, ...]:
    quiet = Problems(top.problems.file)
    tables = Fields(top.node, quiet, "", (), ("tables",)).items("tables")
    return tuple(Fields(node, quiet, "", (), ("id",)).text("id") for node in tables)


def _table(node: Node, problems: Problems, names: _Names) -> Table:
    fields = Fields(node, problems, "The table", ("id", "kind", "number", "line", "text", "hit", *SOURCED, "rules"), ())
    return Table(
        id=fields.identifier("id"),
        kind=fields.one_of("kind", ("precondition", "economic", "human-rights", "protocol")),
        number=fields.whole_number("number") or 0,
        line=fields.needed_text("line"),
        text=fields.needed_text("text"),
        hit=fields.one_of("hit", ("collect", "first", "unique")),
        source=_source(fields, names),
        status=fields.one_of("status", STATUSES),
        rules=tuple(_rule(each, problems, names) for each in fields.items("rules")),
    )


def _rule(node: Node, problems: Problems, names: _Names) -> Rule:
    fields = Fields(node, problems, "The rule", ("id", "when", "then", "because", *SOURCED))
    then = fields.fields("then", "then", (), ("advice", "measures", "ground"))
    rule = Rule(
        id=fields.identifier("id"),
        when=_conditions(fields, "when", problems, names),
        advice=then.reference("advice", names.outcomes, "outcome"),
        measures=_measures(then, problems, names),
        ground=then.reference("ground", names.grounds, "ground"),
        because=fields.needed_text("because"),
        source=_source(fields, names),
        status=fields.one_of("status", STATUSES),
    )
    if rule.id in names.rules or rule.id == "otherwise":
        problems.add(fields.place("id"), f"The rule id “{rule.id}” is taken.", "Give each rule an id of its own.")
    names.rules.add(rule.id)
    if rule.advice is None and not rule.measures:
        problems.add(then.node, f"The rule {rule.id} gives nothing.", "Write advice: …, measures: […], or both.")
    _check_ground(rule, then, names)
    return rule


def _otherwise(top: Fields, names: _Names) -> Rule | None:
    if top.get("otherwise") is None:
        return None
    fields = top.fields("otherwise", "otherwise", ("advice", "because", *SOURCED), ("ground",))
    rule = Rule(
        id="otherwise",
        when=MappingProxyType({}),
        advice=fields.reference("advice", names.outcomes, "outcome"),
        measures=(),
        ground=fields.reference("ground", names.grounds, "ground"),
        because=fields.needed_text("because"),
        source=_source(fields, names),
        status=fields.one_of("status", STATUSES),
    )
    _check_ground(rule, fields, names)
    return rule


def _check_ground(rule: Rule, then: Fields, names: _Names) -> None:
    outcome = names.outcomes.get(rule.advice or "")
    needs_ground = outcome is not None and outcome.kind in ("refer", "refuse")
    if needs_ground != (rule.ground is not None):
        hint = "Write ground: … with an advice to refer or refuse, and only then: the letter names it."
        then.problems.add(then.node, f"The rule {rule.id}: advice and ground do not agree.", hint)


def _measures(then: Fields, problems: Problems, names: _Names) -> tuple[str, ...]:
    found: list[str] = []
    for node in then.items("measures"):
        if not isinstance(node, Scalar):
            problems.add(node, "A measure is a list or a mapping.", "Write the id of a measure.")
        elif node.text in found:
            problems.add(node, f"The measure “{node.text}” stands here twice.", "Remove one of the two.")
        else:
            check_reference(node, names.measures, "measure", problems)
            found.append(node.text)
    return tuple(found)


def _source(fields: Fields, names: _Names) -> Source:
    source = fields.fields("source", f"{fields.what}: source", ("document", "section"))
    return Source(source.reference("document", names.sources, "source document") or "", source.text("section"))


def _conditions(fields: Fields, key: str, problems: Problems, names: _Names) -> Mapping[str, Cell]:
    cells: dict[str, Cell] = {}
    for name, node in fields.pairs(key):
        fact = names.facts.get(name.text)
        if fact is None:
            check_reference(name, names.facts, "fact", problems)
        elif not isinstance(node, Scalar):
            hint = f'Put the cell between quotes: {name.text}: "[1..5]" or "a, b".'
            problems.add(node, f"The cell of {name.text} is read as a list or a mapping.", hint)
        elif cell := _cell(node, fact, problems, names):
            cells[name.text] = cell
    return MappingProxyType(cells)


def _cell(node: Scalar, fact: Fact, problems: Problems, names: _Names) -> Cell | None:
    quote = 0 if node.style == "plain" else 1
    try:
        cell = parse_cell(node.text, fact.type)
    except CellError as error:
        problems.add(node, f"The cell of {fact.id}: {error.message}", error.hint, quote + error.span.start)
        return None
    for test in simple_tests(cell.tree):
        offset = quote + test.span.start
        if isinstance(test, Membership):
            _check_list(test, node, offset, fact, problems, names)
        elif fact.type == "choice" and isinstance(test, Literal):
            codes = [choice.code for choice in fact.choices]
            if test.value not in codes:
                message = f"{fact.id} has no choice “{test.value}”."
                problems.add(node, message, suggest(str(test.value), codes), offset)
    return cell


def _check_list(test: Membership, node: Scalar, offset: int, fact: Fact, problems: Problems, names: _Names) -> None:
    named = names.lists.get(test.list_id)
    if named is None:
        problems.add(node, f"There is no list “{test.list_id}”.", suggest(test.list_id, names.lists), offset)
        return
    choices = {choice.code for choice in fact.choices}
    strange = [item.code for item in named.items if choices and item.code not in choices]
    if strange:
        message = f"The list {named.id} holds {strange[0]}, which is no choice of {fact.id}."
        problems.add(node, message, suggest(strange[0], sorted(choices)), offset)
