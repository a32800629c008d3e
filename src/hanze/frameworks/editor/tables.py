"""The lines of action as grids: a rule a row, a fact a column, and beside them what follows and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hanze.frameworks.editor.fields import Editing, Field, Option
from hanze.frameworks.editor.pointers import written
from hanze.frameworks.editor.words import VALUES, said
from hanze.frameworks.words import ARTICLES, cell_in_words, expression_in_words
from hanze.policy import Framework
from hanze.policy.editing import Path, Plain, value_at
from hanze.policy.parsing import CellError, parse_cell

KNOWN_IN_RULE = ("id", "when", "then", "because", "source", "status", "where")
KNOWN_IN_TABLE = ("id", "kind", "number", "line", "text", "hit", "source", "status", "rules")
KNOWN_IN_THEN = ("advice", "measures", "ground")


@dataclass(frozen=True)
class Column:
    """A fact that rules of a line look at."""

    fact: str
    label: str
    hint: str


@dataclass(frozen=True)
class Row:
    """A rule: its cells in the order of the columns, what it gives, and why."""

    pointer: str
    name: str
    id: Field
    cells: tuple[Field, ...]
    advice: Field
    more: tuple[Field, ...]
    because: tuple[Field, ...]
    summary: str
    measures: int
    has_finding_inside: bool


@dataclass(frozen=True)
class Grid:
    """A line of action with its rules."""

    pointer: str
    id: str
    heading: str
    prose: str
    about: tuple[Field, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    other_facts: tuple[Option, ...]
    has_finding_inside: bool
    result: str


def grids(editing: Editing, base: Framework | None, added: Mapping[str, Iterable[str]]) -> list[Grid]:
    """Every line of action of a draft. `added` are columns that a line is to have though no rule uses them yet."""
    tables = value_at(editing.data, ("tables",))
    return [
        _grid(editing, base, ("tables", number), added)
        for number in range(len(tables if isinstance(tables, list) else ()))
    ]


def option_list(key: str) -> list[Option]:
    """The fixed values of a key, with their words."""
    return [Option(value, str(words)) for value, words in VALUES[key].items()]


def facts_by_id(editing: Editing) -> dict[str, Plain]:
    """The facts that a cell can test: those that are asked or found, and those that follow from others."""
    found: dict[str, Plain] = {}
    for part in ("facts", "derived"):
        declared = value_at(editing.data, (part,))
        found.update(declared if isinstance(declared, dict) else {})
    return found


def suggestions(editing: Editing) -> dict[str, list[str]]:
    """What may well be written in a cell of each fact: its choices, yes and no, the lists."""
    lists = value_at(editing.data, ("lists",))
    names = [f"in_list({name})" for name in lists] if isinstance(lists, dict) else []
    found: dict[str, list[str]] = {}
    for fact, declared in facts_by_id(editing).items():
        kind = declared.get("type") if isinstance(declared, dict) else None
        choices = declared.get("choices") if isinstance(declared, dict) else None
        words = {"boolean": ["yes", "no"]}.get(str(kind), list(choices) if isinstance(choices, dict) else [])
        found[fact] = [*words, *(names if kind in ("choice", "text") else []), "-"]
    return found


def _grid(editing: Editing, base: Framework | None, path: Path, added: Mapping[str, Iterable[str]]) -> Grid:
    table = value_at(editing.data, path)
    table = table if isinstance(table, dict) else {}
    name = str(table.get("id", path[-1]))
    facts = facts_by_id(editing)
    rules = table.get("rules")
    rules = rules if isinstance(rules, list) else []
    used = dict.fromkeys(fact for rule in rules for fact in _when(rule))
    used.update(dict.fromkeys(fact for fact in added.get(name, ()) if fact in facts))
    columns = tuple(_column(fact, facts.get(fact)) for fact in used)
    others = tuple(Option(fact, _column(fact, facts[fact]).label) for fact in facts if fact not in used)
    kind = str(table.get("kind", ""))
    heading = f"{ARTICLES.get(kind, kind)} {table.get('number', '')}. {said(table.get('line'))}"
    rows = tuple(_row(editing, base, (*path, "rules", number), columns) for number in range(len(rules)))
    about = (
        editing.field((*path, "kind"), "select", about=heading, options=option_list("kind")),
        editing.field((*path, "number"), about=heading),
        editing.field((*path, "hit"), "select", about=heading, options=option_list("hit")),
        *editing.text((*path, "line"), heading),
        *editing.text((*path, "text"), heading),
        *editing.source((*path, "source"), heading),
        editing.field((*path, "status"), "select", about=heading, options=option_list("status")),
        *editing.unknown(path, KNOWN_IN_TABLE, heading),
    )
    prose = said(table.get("text"))
    wrong = any(field.finding for field in about)
    return Grid(written(path), name, heading, prose, about, columns, rows, others, wrong, result=_("Advice"))


def derived_grid(editing: Editing, base: Framework | None, path: Path) -> Grid | None:
    """The table of a derived fact as a grid; None when it has none."""
    table = value_at(editing.data, (*path, "table"))
    if not isinstance(table, dict):
        return None
    facts = facts_by_id(editing)
    rules = table.get("rules")
    rules = rules if isinstance(rules, list) else []
    columns = tuple(_column(fact, facts.get(fact)) for fact in dict.fromkeys(f for rule in rules for f in _when(rule)))
    heading = said(value_at(editing.data, (*path, "label"))) or str(path[-1])
    inside = (*path, "table")
    rows = tuple(_derived_row(editing, base, (*inside, "rules", number), columns) for number in range(len(rules)))
    about = (
        editing.field((*inside, "hit"), "select", about=heading, options=option_list("hit")),
        editing.field((*inside, "default"), about=heading, label=_("When no rule fits")),
        *editing.unknown(inside, ("hit", "default", "rules"), heading),
    )
    return Grid(written(inside), str(path[-1]), heading, "", about, columns, rows, (), False, result=_("Then"))


def _derived_row(editing: Editing, base: Framework | None, path: Path, columns: Iterable[Column]) -> Row:
    rule = value_at(editing.data, path)
    name = str(rule.get("id", "")) if isinstance(rule, dict) else ""
    about = _("rule %(rule)s") % {"rule": name or int(path[-1]) + 1}
    choices = value_at(editing.data, (*path[:2], "choices"))
    options = [Option(code, said(words)) for code, words in choices.items()] if isinstance(choices, dict) else []
    then = editing.field((*path, "then"), "select" if options else "cell", about=about, options=options)
    more = (
        editing.field((*path, "where"), about=about),
        *(editing.source((*path, "source"), about) if value_at(editing.data, (*path, "source")) else ()),
        *editing.unknown(path, (*KNOWN_IN_RULE, "then"), about),
    )
    because = tuple(editing.text((*path, "because"), about))
    cells = tuple(cell_field(editing, base, (*path, "when", column.fact), about, column.label) for column in columns)
    summary = said(value_at(editing.data, (*path, "because"))) or _("Reason and source")
    inside = any(field.finding for field in (*more, *because))
    return Row(
        written(path), name, editing.field((*path, "id"), about=about), cells, then, more, because, summary, 0, inside
    )


def _when(rule: Plain) -> Iterable[str]:
    when = rule.get("when") if isinstance(rule, dict) else None
    return when if isinstance(when, dict) else ()


def _column(fact: str, declared: Plain) -> Column:
    declared = declared if isinstance(declared, dict) else {}
    kind = str(VALUES["type"].get(str(declared.get("type")), ""))
    return Column(fact, said(declared.get("label")) or fact, kind)


def _row(editing: Editing, base: Framework | None, path: Path, columns: Iterable[Column]) -> Row:
    rule = value_at(editing.data, path)
    name = str(rule.get("id", "")) if isinstance(rule, dict) else ""
    about = _("rule %(rule)s") % {"rule": name or int(path[-1]) + 1}
    cells = tuple(cell_field(editing, base, (*path, "when", column.fact), about, column.label) for column in columns)
    then = (*path, "then")
    advice = editing.field((*then, "advice"), "select", about=about, options=editing.named("scale"))
    where = editing.field((*path, "where"), about=about)
    if where.value and not where.finding:
        where = replace(where, reading=_reading_at((*path, "where"), editing.check.framework))
    more = (
        where,
        editing.field((*then, "measures"), "checks", about=about, options=editing.named("measures")),
        editing.field((*then, "ground"), "select", about=about, options=editing.named("grounds")),
        *editing.source((*path, "source"), about),
        editing.field((*path, "status"), "select", about=about, options=option_list("status")),
        *editing.unknown(then, KNOWN_IN_THEN, about),
        *editing.unknown(path, KNOWN_IN_RULE, about),
    )
    because = tuple(editing.text((*path, "because"), about))
    inside = any(field.finding for field in (*more, *because))
    identity = editing.field((*path, "id"), about=about)
    summary = said(value_at(editing.data, (*path, "because"))) or _("Reason, measures and source")
    measures = value_at(editing.data, (*then, "measures"))
    number = len(measures) if isinstance(measures, list) else 0
    return Row(written(path), name, identity, cells, advice, more, because, summary, number, inside)


def cell_field(editing: Editing, base: Framework | None, path: Path, about: str, label: str) -> Field:
    """The field of a cell, with what it says in plain words."""
    fact = str(path[-1])
    field = editing.field(path, "cell", label=label, about=about, suggestions=fact)
    if field.finding or not field.value:
        return field
    return replace(field, reading=_reading_at(path, editing.check.framework) or reading_of(field.value, fact, base))


def _reading_at(path: Path, framework: Framework | None) -> str:
    """What a cell, or what a rule asks of several facts, says in plain words, as the framework read it."""
    if framework is None:
        return ""
    if path[0] == "applies_to":
        return cell_in_words(framework.applies_to[str(path[1])], framework.fact(str(path[1])), framework)
    rule = framework.tables[int(path[1])].rules[int(path[3])] if path[0] == "tables" else None
    if rule is None:
        return ""
    if path[-1] == "where":
        return expression_in_words(rule.where, framework) if rule.where is not None else ""
    fact = str(path[-1])
    return cell_in_words(rule.when[fact], framework.fact(fact), framework) if fact in rule.when else ""


def reading_of(text: str, fact_id: str, framework: Framework | None) -> str:
    """What a cell says in plain words; nothing when it cannot be read or its fact is new."""
    try:
        fact = framework.fact(fact_id) if framework else None
        if fact is None or framework is None:
            return ""
        return cell_in_words(parse_cell(text, fact.type), fact, framework)
    except (CellError, KeyError):
        return ""
