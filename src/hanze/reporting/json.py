"""A report as plain data for programs: its figures with their records first."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from typing import Any

from hanze.reporting.figures import Compared, Figure, Row, Value, recorded
from hanze.reporting.report import Block, Cell, Chart, FigureRef, Figures, Linked, Point, Prose, Report, Section, Table

Json = dict[str, Any]


def to_json(report: Report) -> Json:
    """The report as data that `json.dumps` can write. A value that is not recorded is null."""
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "organisation": report.organisation,
        "period": report.period,
        "language": report.language,
        "generated_at": report.generated_at.isoformat(),
        "status": report.status,
        "fingerprint": report.fingerprint,
        "figures": [_figure(figure) for figure in report.figures.values()],
        "headline": list(report.headline),
        "summary": report.summary,
        "sections": [_section(section) for section in report.sections],
        "annexes": [_section(section) for section in report.annexes],
        "colophon": report.colophon,
    }


def _figure(figure: Figure) -> Json:
    return {
        "key": figure.key,
        "label": figure.label,
        "value": to_plain(figure.value),
        "note": figure.note,
        "compared": _compared(figure.compared),
        "rows": [_row(row) for row in figure.rows],
    }


def _compared(compared: Compared | None) -> Json | None:
    return {"label": compared.label, "value": to_plain(compared.value)} if compared else None


def _row(row: Row) -> Json:
    return {"type": row.type, "id": row.id, "label": row.label, "url": row.url, "detail": row.detail}


def to_plain(value: Value) -> int | float | str | None:
    """A value as JSON has it: null where nothing was recorded, a number where it can be one."""
    if not recorded(value):
        return None
    if isinstance(value, Decimal):
        number = int(value) if value.as_tuple().exponent == 0 else float(value)
        return number if math.isfinite(number) else str(value)
    return value


def _section(section: Section) -> Json:
    return {"title": section.title, "level": section.level, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block) -> Json:
    match block:
        case Prose(markdown):
            return {"type": "prose", "markdown": markdown}
        case Figures(keys):
            return {"type": "figures", "keys": list(keys)}
        case Table():
            return {"type": "table", **_table(block)}
        case Chart():
            marks = [_mark(mark) for mark in block.data]
            table = _table(block.table)
            return {
                "type": "chart",
                "kind": block.kind,
                "title": block.title,
                "alt": block.alt,
                "data": marks,
                "table": table,
            }


def _mark(mark: object) -> Json:
    if isinstance(mark, Point):
        return {"label": mark.label, "value": to_plain(mark.value), "series": mark.series}
    return {name: _plain(getattr(mark, name)) for name in ("label", "start", "end", "series")}


def _table(table: Table) -> Json:
    return {
        "key": table.key,
        "title": table.title,
        "columns": [column.label for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "note": table.note,
    }


def _cell(cell: Cell) -> object:
    match cell:
        case FigureRef(key):
            return {"figure": key}
        case Linked(text, url):
            return {"text": text, "url": url}
        case _:
            return _plain(cell)


def _plain(value: Value | date) -> int | float | str | None:
    return value.isoformat() if isinstance(value, date) else to_plain(value)
