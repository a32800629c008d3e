"""What a framework declares beside its tables, as records with fields: facts, lists, measures, sources and the head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from hanze.frameworks import vocabulary
from hanze.frameworks.editor.fields import Editing, Field, Option
from hanze.frameworks.editor.pointers import written
from hanze.frameworks.editor.tables import Grid, cell_field, derived_grid, facts_by_id, option_list
from hanze.frameworks.editor.words import said
from hanze.policy import Framework
from hanze.policy.editing import Path, Plain, value_at


@dataclass(frozen=True)
class Record:
    """One thing that the framework declares; `items` are the codes inside it, each with a text in both languages."""

    pointer: str
    id: str
    heading: str
    fields: tuple[Field, ...]
    items: Group | None = None
    grid: Grid | None = None
    movable: bool = True

    @property
    def has_finding_inside(self) -> bool:
        inside = self.items.records if self.items else ()
        return any(each.finding for each in self.fields) or any(record.has_finding_inside for record in inside)


@dataclass(frozen=True)
class Group:
    """Records of one kind, with where a new one goes and what it is to be called."""

    pointer: str
    heading: str
    records: tuple[Record, ...]
    add_label: str = ""
    note: str = ""
    name_label: str = ""

    @property
    def id(self) -> str:
        return f"group-{self.pointer}"


Make = Callable[[Editing, Path, str], Record]


def groups(section: str, editing: Editing, base: Framework | None) -> list[Group]:
    """The records of a page of the editor."""
    if section == "facts":
        found = [_group(editing, ("facts",), _("Facts"), _fact, _("Add a fact"))]
        derived = _group(
            editing, ("derived",), _("Facts that follow from others"), _derived_by(base), _("Add a fact that follows")
        )
        amounts = _group(editing, ("parameters",), _("Amounts and terms"), _parameter, _("Add an amount or a term"))
        return [*found, derived, amounts]
    if section == "lists":
        return [_group(editing, ("lists",), _("Lists"), _named_list, _("Add a list"))]
    if section == "measures":
        return [_group(editing, ("measures",), _("Measures"), _measure, _("Add a measure"))]
    if section == "sources":
        return [_group(editing, ("sources",), _("Sources"), _document, _("Add a source"))]
    return _head(editing, base)


def _group(editing: Editing, path: Path, heading: str, make: Make, add_label: str) -> Group:
    declared = value_at(editing.data, path)
    if isinstance(declared, list):
        keys: list[str | int] = list(range(len(declared)))
    else:
        keys = list(declared) if isinstance(declared, dict) else []
    records = tuple(make(editing, (*path, key), str(key)) for key in keys)
    return Group(written(path), heading, records, add_label)


def _codes(editing: Editing, path: Path, heading: str, add_label: str) -> Group:
    """Codes with a text in both languages each."""
    declared = value_at(editing.data, path)
    codes = list(declared) if isinstance(declared, dict) else []
    records = tuple(
        Record(written((*path, code)), code, code, tuple(editing.text((*path, code), code, _("Words"))))
        for code in codes
    )
    return Group(written(path), heading, records, add_label)


def _heading(editing: Editing, path: Path, key: str, name: str) -> str:
    return said(value_at(editing.data, (*path, key))) or name


def _fact(editing: Editing, path: Path, name: str) -> Record:
    heading = _heading(editing, path, "label", name)
    kind = value_at(editing.data, (*path, "type"))
    known = ["label", "type", "from", "ask", "help", "choices", "many"]
    fields = [
        *editing.text((*path, "label"), heading),
        editing.field((*path, "type"), "select", about=heading, options=option_list("type")),
        editing.field((*path, "from"), "select", about=heading, options=_paths()),
        *editing.text((*path, "ask"), heading),
        *editing.text((*path, "help"), heading),
        editing.field((*path, "many"), "select", about=heading, options=option_list("many")),
    ]
    if kind == "number":
        known += ["whole", "minimum", "maximum", "decimals"]
        fields.append(editing.field((*path, "whole"), "select", about=heading, options=option_list("whole")))
        fields += [editing.field((*path, key), about=heading) for key in ("minimum", "maximum", "decimals")]
    items = _codes(editing, (*path, "choices"), _("Choices"), _("Add a choice")) if kind == "choice" else None
    return Record(written(path), name, heading, (*fields, *editing.unknown(path, known, heading)), items)


def _paths() -> list[Option]:
    return [Option(path, path) for path in vocabulary.paths()]


def _derived_by(base: Framework | None) -> Make:
    """Makes the record of a derived fact: its expression, or the grid of its table."""

    def make(editing: Editing, path: Path, name: str) -> Record:
        heading = _heading(editing, path, "label", name)
        grid = derived_grid(editing, base, path)
        kind = value_at(editing.data, (*path, "type"))
        fields = (
            *editing.text((*path, "label"), heading),
            editing.field((*path, "type"), "select", about=heading, options=option_list("type")),
            *(() if grid else (editing.field((*path, "is"), about=heading, label=_("Is")),)),
            *editing.text((*path, "because"), heading),
            *_sourced(editing, path, heading),
            *(grid.about if grid else ()),
            *editing.unknown(path, ("label", "type", "is", "because", "source", "status", "table", "choices"), heading),
        )
        items = _codes(editing, (*path, "choices"), _("Choices"), _("Add a choice")) if kind == "choice" else None
        return Record(written(path), name, heading, fields, items, grid)

    return make


def _parameter(editing: Editing, path: Path, name: str) -> Record:
    heading = _heading(editing, path, "label", name)
    fields = (
        *editing.text((*path, "label"), heading),
        editing.field((*path, "type"), "select", about=heading, options=option_list("type")),
        *editing.unknown(path, ("label", "type", "values"), heading),
    )
    values = _group(editing, (*path, "values"), _("Values"), _dated_value, _("Add a value"))
    return Record(written(path), name, heading, fields, replace(values, name_label=_("From day")))


def _dated_value(editing: Editing, path: Path, name: str) -> Record:
    about = _("Value %(number)s") % {"number": int(name) + 1}
    fields = (
        editing.field((*path, "from"), "date", about=about, label=_("From day")),
        editing.field((*path, "value"), about=about, label=_("Value")),
        *_sourced(editing, path, about),
    )
    return Record(written(path), str(int(name) + 1), about, fields)


def _sourced(editing: Editing, path: Path, heading: str) -> list[Field]:
    status = editing.field((*path, "status"), "select", about=heading, options=option_list("status"))
    return [*editing.source((*path, "source"), heading), status]


def _named_list(editing: Editing, path: Path, name: str) -> Record:
    heading = _heading(editing, path, "title", name)
    fields = (
        *editing.text((*path, "title"), heading),
        editing.field((*path, "date"), "date", about=heading),
        *_sourced(editing, path, heading),
        *editing.unknown(path, ("title", "date", "source", "status", "items"), heading),
    )
    items = _codes(editing, (*path, "items"), _("On the list"), _("Add an item"))
    return Record(written(path), name, heading, fields, items)


def _measure(editing: Editing, path: Path, name: str) -> Record:
    heading = _heading(editing, path, "label", name)
    known = ("label", "description", "moment", "per", "line", "source", "status")
    fields = (
        *editing.text((*path, "label"), heading),
        *editing.text((*path, "description"), heading),
        editing.field((*path, "moment"), "select", about=heading, options=option_list("moment")),
        editing.field((*path, "per"), "select", about=heading, options=option_list("per")),
        editing.field((*path, "line"), "select", about=heading, options=editing.named("tables")),
        *_sourced(editing, path, heading),
        *editing.unknown(path, known, heading),
    )
    return Record(written(path), name, heading, fields)


def _document(editing: Editing, path: Path, name: str) -> Record:
    heading = _heading(editing, path, "title", name)
    fields = (
        *editing.text((*path, "title"), heading),
        editing.field((*path, "date"), "date", about=heading),
        editing.field((*path, "url"), about=heading),
        *editing.unknown(path, ("title", "date", "url"), heading),
    )
    return Record(written(path), name, heading, fields)


def _outcome(editing: Editing, path: Path, name: str) -> Record:
    heading = _heading(editing, path, "label", name)
    fields = (
        editing.field((*path, "id"), about=heading),
        editing.field((*path, "kind"), "select", about=heading, options=option_list("outcome-kind")),
        *editing.text((*path, "label"), heading),
        editing.field((*path, "decided_by"), "select", about=heading, options=editing.named("deciders")),
        *editing.unknown(path, ("id", "kind", "label", "decided_by"), heading),
    )
    return Record(written(path), name, heading, fields)


def _head(editing: Editing, base: Framework | None) -> list[Group]:
    top = (
        *editing.text(("title",)),
        *editing.text(("summary",)),
        *editing.text(("adopted_by",)),
        editing.field(("version",), "date"),
        editing.field(("in_force", "from"), "date", label=_("In force from")),
        editing.field(("in_force", "until"), "date", label=_("In force until")),
        editing.field(("in_force", "status"), "select", options=option_list("status")),
        *editing.text(("in_force", "note")),
        editing.field(("precedence",)),
        editing.field(("dated_by",), "select", label=_("Day that amounts are of"), options=_days(editing)),
    )
    known = ("framework", "applies_to", "deciders", "scale", "grounds", "otherwise", "facts", "lists", "measures")
    known += ("tables", "sources", "derived", "parameters", "title", "summary", "adopted_by", "version", "in_force")
    rest = editing.unknown((), (*known, "precedence", "dated_by"))
    head = Record("", "framework", _("This version"), (*top, *rest), movable=False)
    found = [Group("", "", (head,)), _scope(editing, base)]
    found.append(_otherwise(editing))
    scale = _group(editing, ("scale",), _("Advice, from mild to strict"), _outcome, _("Add an advice"))
    deciders = _codes(editing, ("deciders",), _("Who decides"), _("Add who decides"))
    return [*found, scale, deciders, _codes(editing, ("grounds",), _("Grounds"), _("Add a ground"))]


def _days(editing: Editing) -> list[Option]:
    """The facts that are a day."""
    facts = facts_by_id(editing)
    days = [name for name, fact in facts.items() if isinstance(fact, dict) and fact.get("type") == "date"]
    return [Option(name, said(facts[name].get("label")) or name) for name in days]


def _scope(editing: Editing, base: Framework | None) -> Group:
    declared = value_at(editing.data, ("applies_to",))
    used = declared if isinstance(declared, dict) else {}
    facts = facts_by_id(editing)
    labels = {name: said(fact.get("label")) if isinstance(fact, dict) else name for name, fact in facts.items()}
    fields = tuple(
        cell_field(editing, base, ("applies_to", name), _("When it applies"), labels[name] or name)
        for name in facts
        if name in used or name in ("country", "kind", "sector") or _is_from_request(facts[name])
    )
    note = _("A case has to meet every condition that is filled in here.")
    record = Record("applies_to", "applies_to", _("When it applies"), fields, movable=False)
    return Group("", "", (record,), note=note)


def _is_from_request(fact: Plain) -> bool:
    return isinstance(fact, dict) and str(fact.get("from", "")).startswith("request.")


def _otherwise(editing: Editing) -> Group:
    path = ("otherwise",)
    heading = _("When no rule gives an advice")
    fields = (
        editing.field((*path, "advice"), "select", about=heading, options=editing.named("scale")),
        editing.field((*path, "ground"), "select", about=heading, options=editing.named("grounds")),
        *editing.text((*path, "because"), heading),
        *_sourced(editing, path, heading),
    )
    return Group("", "", (Record("otherwise", "otherwise", heading, fields, movable=False),))
