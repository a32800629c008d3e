"""A report as one PDF that is both accessible (PDF/UA-1) and made to last (PDF/A-2a), set by typst."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, cast

import typst

from hanze.reporting.charts import chart_svg, is_tall
from hanze.reporting.figures import Figure, Language, recorded
from hanze.reporting.printable import FONTS, printable, transcribes
from hanze.reporting.prose import Heading, Link, absolute_url, plain, read_prose
from hanze.reporting.report import (
    Block,
    Cell,
    Chart,
    Column,
    FigureRef,
    Figures,
    Linked,
    Prose,
    Report,
    Section,
    Table,
    figures_across,
    tables,
)
from hanze.reporting.words import word, written, written_comparison, written_date

Json = dict[str, Any]

_TEMPLATES = Path(__file__).parent / "typst"
_REGIONS = {"nl": "NL", "en": "GB"}
# A PDF of a thousand pages is of use to nobody: of longer tables and lists the spreadsheet has the rest.
_MOST_ROWS = 300
_MOST_RECORDS = 50
_WORDS = (
    "contents",
    "summary",
    "annex",
    "records",
    "table",
    "chart",
    "empty_table",
    "named_on_page",
    "colophon",
    "fingerprint",
    "page_of",
)


def to_pdf(report: Report) -> bytes:
    """The report as a PDF; the same report gives the same bytes. Needs neither network nor fonts of the machine."""
    document = typst.compile(
        _TEMPLATES / "report.typ",
        root=_TEMPLATES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"report": json.dumps(_printed(_manuscript(report)))},
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(report.generated_at.timestamp()),
    )
    assert isinstance(document, bytes)
    return document


def _manuscript(report: Report) -> Json:
    """The report as the template wants it: texts as trees, values written out."""
    language = report.language
    manuscript: Json = {
        "language": language,
        "region": _REGIONS[language],
        "words": {name: word(name, language, page="{page}", pages="{pages}") for name in _WORDS},
        "title": _named(report.title),
        "subtitle": report.subtitle,
        "organisation": report.organisation,
        "status": report.status,
        "facts": _facts(report),
        "fingerprint": textwrap.wrap(report.fingerprint, 32),
        "headline": _band(report.headline, report),
        "summary": _prose(report.summary, report),
        "sections": [_section(section, report) for section in report.sections],
        "annexes": [_section(section, report) for section in report.annexes],
        "records_lead": _prose(word("records_lead", language), report),
        "record_columns": _record_columns(language),
    }
    left_out = _cut_away(report) - set(_keys_in(manuscript))
    manuscript["records"] = [_records(each, report) for key, each in report.figures.items() if key not in left_out]
    note = f"\n\n{word('transcribed', language)}" if any(map(transcribes, _texts(manuscript))) else ""
    return {**manuscript, "colophon": _prose(report.colophon + note, report)}


def _printed(value: Any) -> Any:
    """The same data with every text in characters that the fonts have."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {name: _printed(inner) for name, inner in cast(Json, value).items()}
    return [_printed(inner) for inner in cast(list[Any], value)] if isinstance(value, list) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        inner = cast(Json, value).values() if isinstance(value, dict) else cast(list[Any], value)
        for item in inner:
            yield from _texts(item)


def _facts(report: Report) -> list[list[str]]:
    facts = (
        ("period", report.period),
        ("status", report.status),
        ("made_on", written_date(report.generated_at.date(), report.language)),
    )
    return [[word(name, report.language), fact] for name, fact in facts if fact]


def _band(keys: tuple[str, ...], report: Report) -> Json:
    items = [_big_figure(report.figures[key], report.language) for key in keys]
    return {"items": items, "across": figures_across(len(keys))}


def _big_figure(figure: Figure, language: Language) -> Json:
    compared = written_comparison(figure.compared, language) if figure.compared else ""
    return {
        "key": figure.key,
        "label": figure.label,
        "value": written(figure.value, language),
        "recorded": recorded(figure.value),
        "beside": [text for text in (figure.note, compared) if text],
    }


def _records(figure: Figure, report: Report) -> Json:
    missing = "no_records" if recorded(figure.value) else "not_recorded_lead"
    rows = [
        [
            _text(str(number)),
            _text(row.label, absolute_url(row.url)),
            _text(report.row_types.get(row.type, row.type)),
            _text(row.detail),
            _text(row.id),
        ]
        for number, row in enumerate(figure.rows[:_MOST_RECORDS], start=1)
    ]
    about = _big_figure(figure, report.language)
    about["beside"] += filter(None, [_first_of(_MOST_RECORDS, len(figure.rows), "records", report.language)])
    return {**about, "rows": rows, "empty": word(missing, report.language)}


def _record_columns(language: Language) -> list[Json]:
    columns = (
        Column(word("number", language), "right"),
        Column(word("record", language), width=4.2),
        Column(word("type", language), width=1.4),
        Column(word("detail", language), width=4),
        Column(word("id", language), width=1.3),
    )
    return [_column(column) for column in columns]


def _section(section: Section, report: Report) -> Json:
    blocks = [_block(block, report) for block in section.blocks]
    return {"title": _named(section.title), "level": section.level, "blocks": blocks}


def _block(block: Block, report: Report) -> Json:
    match block:
        case Prose(markdown):
            return {"kind": "prose", "parts": _prose(markdown, report)}
        case Figures(keys):
            return {"kind": "figures", **_band(keys, report)}
        case Table():
            return {"kind": "table", **_table(block, report)}
        case Chart():
            svg = chart_svg(block, report.language, printable)
            about = {"title": block.title, "alt": _named(block.alt), "svg": svg, "tall": is_tall(svg)}
            return {"kind": "chart", **about, "table": _table(block.table, report)}


def _table(table: Table, report: Report) -> Json:
    return {
        "title": table.title,
        "note": " ".join(filter(None, (table.note, _first_of(_MOST_ROWS, len(table.rows), "rows", report.language)))),
        "columns": [_column(column) for column in table.columns],
        "rows": [[_cell(cell, report) for cell in row] for row in table.rows[:_MOST_ROWS]],
    }


def _first_of(most: int, count: int, what: str, language: Language) -> str:
    """What is said where only the first rows are printed; nothing where all are."""
    if count <= most:
        return ""
    return word(f"printed_{what}", language, shown=written(most, language), count=written(count, language))


def _cut_away(report: Report) -> set[str]:
    """The figures in the rows that are not printed."""
    rest = (cell for table in tables(report) for row in table.rows[_MOST_ROWS:] for cell in row)
    return {cell.key for cell in rest if isinstance(cell, FigureRef)}


def _keys_in(value: Any) -> Iterator[str]:
    """The figures that a manuscript shows somewhere."""
    if isinstance(value, dict):
        shown = cast(Json, value)
        yield from (str(shown[name]) for name in ("key", "figure") if shown.get(name))
    if isinstance(value, dict | list):
        inner = cast(Json, value).values() if isinstance(value, dict) else cast(list[Any], value)
        for item in inner:
            yield from _keys_in(item)


def _column(column: Column) -> Json:
    return {"label": column.label, "align": column.align, "width": column.width}


def _cell(cell: Cell, report: Report) -> Json:
    match cell:
        case FigureRef(key):
            return _text(written(report.figures[key].value, report.language), figure=key)
        case Linked(text, url):
            return _text(text, absolute_url(url))
        case None:
            return _text("–")
        case _:
            return _text(written(cell, report.language))


def _text(text: str, url: str | None = None, figure: str | None = None) -> Json:
    return {"text": text, "url": url, "figure": figure}


def _prose(markdown: str, report: Report) -> list[Json]:
    parts = read_prose(markdown, report.figures, report.language)
    return [_node(part) for part in parts if not (isinstance(part, Heading) and _blank(part))]


def _named(title: str) -> str:
    """A title, or a dash where nothing of it can be printed: PDF/UA allows no heading or picture without words."""
    return title if printable(title).strip() else "–"


def _blank(heading: Heading) -> bool:
    return not printable(plain(heading.content)).strip()


def _node(node: Any) -> Any:
    """A tree of prose as plain data; a link within the site leads nowhere from a PDF and loses its address."""
    if isinstance(node, tuple):
        return [_node(inner) for inner in cast(tuple[Any, ...], node)]
    if not is_dataclass(node):
        return node
    data = {field.name: _node(getattr(node, field.name)) for field in fields(node)}
    if isinstance(node, Link):
        data["url"] = absolute_url(node.url)
    return {"kind": type(node).__name__.lower(), **data}
