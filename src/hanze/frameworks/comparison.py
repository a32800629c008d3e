"""Two versions of a framework as a page shows them: what differs, in words, article by article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hanze.frameworks.editor.words import LABELS, VALUES
from hanze.frameworks.words import ARTICLES, LOGIC, cell_in_words, language, logic_in_words, say
from hanze.policy import Framework, Source, Text
from hanze.policy.cells import Cell
from hanze.policy.comparing import Change, Compared, Comparison, Difference, Piece, compare, word_pieces

HIDDEN = {"id", "rules", "columns"}


@dataclass(frozen=True)
class Line:
    """One value that differs: what it is, and its words before and after, with what is only in one of them marked."""

    label: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True)
class Item:
    """Something that was added, removed or changed."""

    id: str
    heading: str
    change: Change
    moved: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Article:
    """A line of action that differs, itself or in its rules."""

    id: str
    heading: str
    change: Change
    own: Item
    rules: tuple[Item, ...]
    same: int


@dataclass(frozen=True)
class Part:
    """Items of one kind that differ."""

    id: str
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ComparisonShown:
    """Everything that the page of a comparison shows; what is the same is only counted."""

    before: Framework
    after: Framework
    title: str
    is_same: bool
    head: tuple[Line, ...]
    articles: tuple[Article, ...]
    parts: tuple[Part, ...]
    counts: Mapping[str, int]


def comparison_of(before: Framework, after: Framework) -> ComparisonShown:
    """What differs between two versions, in the language in force."""
    found = compare(before, after)
    words = _Words(before, after)
    articles = tuple(words.articles(found))
    parts = tuple(words.parts(found))
    changed = [
        *(item for article in articles for item in (article.own, *article.rules)),
        *(item for part in parts for item in part.items),
    ]
    counts = {kind: sum(item.change == kind for item in changed) for kind in ("added", "removed", "changed")}
    head = tuple(line for each in (*found.head, *found.others) for line in words.lines(each))
    return ComparisonShown(before, after, say(after.title), found.is_same, head, articles, parts, counts)


@dataclass(frozen=True)
class _Words:
    """The words of values in both versions."""

    before: Framework
    after: Framework

    def articles(self, found: Comparison) -> Iterator[Article]:
        for table in found.tables:
            if table.change == "same":
                continue
            shown = table.table.after or table.table.before
            assert shown is not None
            heading = f"{ARTICLES.get(shown.kind, shown.kind)} {shown.number}. {say(shown.line)}"
            rules = tuple(self.item(rule, rule.id) for rule in table.rules if rule.change != "same")
            same = sum(rule.change == "same" for rule in table.rules)
            yield Article(shown.id, heading, table.change, self.item(table.table, heading), rules, same)

    def parts(self, found: Comparison) -> Iterator[Part]:
        scope = tuple(line for each in found.applies_to for line in self.lines(each))
        if scope:
            yield Part("scope", _("When it applies"), (Item("applies_to", "", "changed", False, scope),))
        kinds: list[tuple[str, str, Iterable[Compared[Any]]]] = [
            ("otherwise", _("When no rule gives an advice"), [found.otherwise] if found.otherwise else []),
            ("scale", _("Advice and who decides"), found.scale),
            ("deciders", _("Who decides"), found.deciders),
            ("grounds", _("Grounds"), found.grounds),
            ("facts", _("Facts"), found.facts),
            ("derived", _("Facts that follow from others"), found.derived),
            ("parameters", _("Amounts and terms"), found.parameters),
            ("lists", _("Lists"), found.lists),
            ("measures", _("Measures"), found.measures),
            ("sources", _("Sources"), found.sources),
        ]
        for key, heading, compared in kinds:
            items = tuple(self.item(each, self.name(each)) for each in compared if each.change != "same")
            if items:
                yield Part(key, heading, items)

    def name(self, compared: Compared[Any]) -> str:
        item = compared.after or compared.before
        for key in ("label", "title", "line"):
            if isinstance(getattr(item, key, None), Text):
                return say(getattr(item, key))
        return say(item) if isinstance(item, Text) else "" if compared.id == "otherwise" else compared.id

    def item(self, compared: Compared[Any], heading: str) -> Item:
        differences = compared.differences
        if compared.before is None or compared.after is None:
            differences = tuple(_every_field(compared.before, compared.after))
        lines = tuple(line for each in differences for line in self.lines(each))
        return Item(compared.id, heading, compared.change, compared.moved, lines)

    def lines(self, difference: Difference) -> Iterator[Line]:
        """The line of a difference; where only the other language differs, the words of that one."""
        before, after = difference.before, difference.after
        label = self.label(difference.path)
        old, new = self.said(before, difference.path, self.before), self.said(after, difference.path, self.after)
        if old == new and isinstance(before, Text) and isinstance(after, Text):
            dutch = language().startswith("nl")
            old, new = (before.en, after.en) if dutch else (before.nl, after.nl)
            words = {"label": label}
            label = _("%(label)s, in English") % words if dutch else _("%(label)s, in Dutch") % words
        if old != new:
            pieces = word_pieces(old, new)
            yield Line(
                label,
                tuple(piece for piece in pieces if piece.kind != "added"),
                tuple(piece for piece in pieces if piece.kind != "removed"),
            )

    def label(self, path: tuple[str, ...]) -> str:
        if not path:
            return _("Words")
        if path[0] == "when" or len(path) == 1:
            name = path[-1]
            fact = _fact_label(name, self.after) or _fact_label(name, self.before)
            key = {"in_force_from": _("In force from"), "in_force_until": _("In force until")}.get(name)
            key = key or {
                "in_force_note": _("Note"),
                "in_force_status": _("Status"),
                "source_path": _("Comes from"),
            }.get(name)
            return key or (fact if path[0] == "when" else "") or str(LABELS.get(name, fact or name.replace("_", " ")))
        return f"{LABELS.get(path[0], path[0].replace('_', ' '))}: {path[-1]}"

    def said(self, value: Any, path: tuple[str, ...], framework: Framework) -> str:
        """A value of a version in plain words; nothing for none."""
        key = path[0] if path else ""
        if isinstance(value, tuple | list):
            return ", ".join(self.said(each, path, framework) for each in value)
        if isinstance(value, Mapping):
            return "; ".join(f"{name}: {self.said(each, (key, name), framework)}" for name, each in value.items())
        if isinstance(value, Cell):
            return _cell(value, path[-1], framework)
        if isinstance(value, LOGIC):
            return logic_in_words(value, framework)
        if isinstance(value, Source):
            return f"{_document(value.document, framework)}, {say(value.section)}"
        if isinstance(value, str):
            return _name(key, value, framework)
        return (
            _value_words(value) if not is_dataclass(value) or isinstance(value, Text) else self.told(value, framework)
        )

    def told(self, value: Any, framework: Framework) -> str:
        """What else the framework is made of: by its label, as it was written, or field by field."""
        for key in ("label", "text"):
            words = getattr(value, key, None)
            if isinstance(words, Text | str):
                return say(words) if isinstance(words, Text) else words
        told = (self.said(getattr(value, each.name), (each.name,), framework) for each in fields(value))
        return ", ".join(each for each in told if each)


def _value_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Text):
        return say(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return date_format(value, "j F Y") if isinstance(value, date) else str(value)


def _every_field(before: Any, after: Any) -> Iterator[Difference]:
    """What is told of an item that is in one version only."""
    item = after if before is None else before
    if not is_dataclass(item) or isinstance(item, Text):
        yield Difference((), before, after)
        return
    for each in fields(item):
        if each.name in HIDDEN or not each.compare:
            continue
        value = getattr(item, each.name)
        entries = [((each.name, key), inner) for key, inner in value.items()] if isinstance(value, Mapping) else None
        for path, told in entries if entries is not None else [((each.name,), value)]:
            if told not in (None, False, ()):
                yield Difference(path, None if before is None else told, None if after is None else told)


def _fact_label(name: str, framework: Framework) -> str:
    try:
        return say(framework.fact(name).label)
    except KeyError:
        return ""


def _cell(cell: Cell, fact_id: str, framework: Framework) -> str:
    try:
        return cell_in_words(cell, framework.fact(fact_id), framework)
    except KeyError:
        return cell.text


def _document(name: str, framework: Framework) -> str:
    try:
        return say(framework.source_document(name).title)
    except KeyError:
        return name


def _name(key: str, value: str, framework: Framework) -> str:
    """The words of a name that refers to something, or of a fixed value; else the text itself."""
    try:
        if key == "advice":
            return say(framework.outcome(value).label)
        if key == "measures":
            return say(framework.measure(value).label)
        if key in ("line", "table"):
            table = framework.table(value)
            return f"{ARTICLES.get(table.kind, table.kind)} {table.number}. {say(table.line)}"
    except KeyError:
        return value
    named = {"decided_by": framework.deciders, "ground": framework.grounds}.get(key, {})
    if value in named:
        return say(named[value])
    fixed = {**VALUES.get(key, {}), **(VALUES["outcome-kind"] if key == "kind" else {})}
    return str(fixed.get(value, VALUES["status"].get(value, value) if key == "in_force_status" else value))
