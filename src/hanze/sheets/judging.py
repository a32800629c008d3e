"""From cells to what a row would do: its values, what is wrong with them, which record it is, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.sheets.claiming import STAYS, way
from hanze.sheets.kinds import KINDS, Kind, Values
from hanze.sheets.kinds.base import is_empty
from hanze.sheets.known import Known
from hanze.sheets.models import Import, ImportedSheet, ImportRow
from hanze.sheets.reading import Cell, shown
from hanze.sheets.values import UnreadableError, says_nothing

Outcome = ImportRow.Outcome
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass
class Judged:
    """A row with its values and what it is."""

    row: ImportRow
    values: Values
    outcome: str
    key: int | None
    record: Any = None


def values_of(kind: Kind, sheet: ImportedSheet, cells: list[Cell], known: Known) -> Values:
    """The cells of a row as values of the kind's fields, checked as far as the row alone goes."""
    values = Values()
    columns: dict[str, list[tuple[str, Cell]]] = {}
    for heading, cell in zip(sheet.headings, cells, strict=False):
        name = sheet.mapping.get(heading, "")
        if name and not says_nothing(cell):
            columns.setdefault(name, []).append((heading, cell))
    for each in kind.fields:
        given = columns.get(each.name, [])
        constant = sheet.constants.get(each.name, "")
        if not given and constant:
            given = [("", constant)]
            values.for_all.add(each.name)
        _read(each, given, values, known)
    kind.complete(values, known)
    for each in kind.fields:
        if each.required and is_empty(values.get(each.name)) and each.name not in values.failed:
            values.wrong(each.name, _("This is missing; fill it in, or choose it for the whole sheet."))
    if not values.problems:
        kind.check(values)
    return values


def _read(each: Any, given: list[tuple[str, Cell]], values: Values, known: Known) -> None:
    """Read the cells of one field; of several columns each with its heading before it."""
    try:
        if len(given) > 1 and each.many:
            parts = [each.read(cell, known) for _heading, cell in given]
            headed = [part if at == 0 else f"{given[at][0]}: {part}" for at, part in enumerate(parts)]
            values.given[each.name] = "\n".join(headed)
        elif given:
            values.given[each.name] = each.read(given[0][1], known)
    except UnreadableError as error:
        values.wrong(each.name, str(error))


def rows_of(imported: Import) -> Iterator[tuple[Kind, ImportedSheet, Iterator[ImportRow]]]:
    """The sheets that are brought in, those first to which others refer, each with its rows."""
    sheets = [sheet for sheet in imported.sheets.all() if sheet.kind in KINDS]
    order = list(KINDS)
    for sheet in sorted(sheets, key=lambda sheet: (order.index(sheet.kind), sheet.order)):
        yield KINDS[sheet.kind], sheet, sheet.rows.order_by("number").iterator(chunk_size=500)


def judge(kind: Kind, sheet: ImportedSheet, row: ImportRow, known: Known) -> Judged:
    """What a row would do, as the register stands. Sets the row's fields; saves nothing."""
    known.year = year_of(sheet)
    values = values_of(kind, sheet, row.cells, known)
    row.label = (kind.title(values) or _first_text(row.cells))[:250]
    found = kind.match(values, known) if not values.failed & _needed(kind) else None
    row.match, row.likely, row.differences = None, [], []
    record: Any = None
    if values.problems or found is None:
        outcome = Outcome.REFUSED
    elif found.key is not None and found.key < 0:
        outcome = Outcome.SAME if kind.code == "participants" else Outcome.DUPLICATE
        row.likely = [] if kind.code == "participants" else [[found.key, 100]]
    elif found.key is not None:
        record = _visible(kind.model, known.by).get(pk=found.key)
        row.match = found.key
        different = kind.differences(record, values)
        ways = {name: way(kind, record, name, stood, sheet.imported) for name, (stood, _says) in different.items()}
        row.differences = [
            [name, _label(kind, name), _in_label(kind, name, stood), _in_label(kind, name, says), ways[name]]
            for name, (stood, says) in different.items()
        ]
        outcome = Outcome.CHANGED if any(each != STAYS for each in ways.values()) else Outcome.SAME
    elif found.likely:
        outcome = Outcome.DUPLICATE
        row.likely = [[key, round(score)] for key, score in found.likely]
    else:
        outcome = Outcome.NEW
    row.outcome = outcome
    row.problems = [[name, _label(kind, name), text] for name, text in values.problems]
    row.remarks = [[name, _label(kind, name), text] for name, text in values.remarks]
    return Judged(row, values, outcome, row.match, record)


def year_of(sheet: ImportedSheet) -> int | None:
    """The year in the name of the sheet or of its file; the year of the file's date otherwise."""
    found = YEAR.findall(sheet.name) or YEAR.findall(sheet.imported.file_name)
    if len(set(found)) == 1:
        return int(found[0])
    return sheet.imported.file_date.year if sheet.imported.file_date and not found else None


def expects(judged: Judged) -> bool:
    """Whether a row will make a record that rows below may name."""
    return judged.outcome == Outcome.NEW


def in_words(value: Any) -> str:
    """A value as the preview shows it."""
    if is_empty(value):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return "; ".join(in_words(each) for each in value)
    if isinstance(value, tuple):
        return " ".join(str(part) for part in value)
    if isinstance(value, Values):
        return " – ".join(str(each) for each in (value.get("post"), value.get("organisation")) if each)
    return str(value)


def _in_label(kind: Kind, name: str, value: Any) -> str:
    """A choice by its label, anything else in words."""
    field = next((each for each in kind.fields if each.name == name), None)
    if field is not None and field.choices is not None and isinstance(value, str) and value:
        return str(dict(field.choices.choices).get(value, value))
    return in_words(value)


def _label(kind: Kind, name: str) -> str:
    """What people call a field, also one that no column holds."""
    special = {"identifiers": _("registration number"), "post": _("post"), "": ""}
    if name in special:
        return special[name]
    field = next((each for each in kind.fields if each.name == name), None)
    return str(field.label if field is not None else kind.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _needed(kind: Kind) -> set[str]:
    return {each.name for each in kind.fields if each.required}


def _first_text(cells: Iterable[Cell]) -> str:
    return next((shown(cell) for cell in cells if cell not in (None, "")), "")


def _visible(model: Any, by: User | None) -> Any:
    return (
        model.objects.all() if by is None or not hasattr(model.objects, "visible_to") else model.objects.visible_to(by)
    )
