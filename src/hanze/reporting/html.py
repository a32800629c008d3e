"""A report as an HTML fragment: semantic, without inline style or script, every figure a way to its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

import nh3

from hanze.reporting.charts import chart_svg
from hanze.reporting.figures import Figure, Language, Row, recorded
from hanze.reporting.prose import (
    Break,
    Code,
    Emphasis,
    Heading,
    Inline,
    Link,
    Listing,
    Mark,
    Paragraph,
    Part,
    Quote,
    Rule,
    Strong,
    Text,
    read_prose,
    safe_url,
)
from hanze.reporting.report import Block, Cell, Chart, Column, FigureRef, Figures, Linked, Prose, Report, Section, Table
from hanze.reporting.words import word, written, written_comparison, written_date

_TAGS = {
    *("p", "a", "strong", "em", "code", "br", "ul", "ol", "li", "blockquote", "hr", "mark"),
    *("h2", "h3", "h4", "h5", "h6"),
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}


@dataclass(frozen=True, slots=True)
class _Page:
    report: Report
    url_of: Callable[[str], str]
    most: int | None


def to_html(report: Report, url_of: Callable[[str], str] | None = None, most: int | None = None) -> str:
    """The report as a fragment for inside a page that has its own h1; its headings begin at h2.

    A figure leads to `url_of(key)`. Without `url_of` it leads to `#rows-<key>`, and the fragment ends with the
    records behind every figure. Of each table the first `most` rows are shown (None: all), and below it how many
    there are.
    """
    page = _Page(report, url_of or (lambda key: f"#rows-{key}"), most)
    pieces = [
        _summary(page),
        *(_section(section, page) for section in (*report.sections, *report.annexes)),
        "" if url_of else _records(report),
        _colophon(page),
    ]
    return f'<article class="report" lang="{report.language}">\n' + "\n".join(filter(None, pieces)) + "\n</article>"


def prose_html(
    markdown: str, figures: Mapping[str, Figure], language: Language, url_of: Callable[[str], str], level: int = 1
) -> str:
    """Markdown with figures as clean HTML; `level` is that of the heading above it."""
    html = "".join(_part(part, url_of, level) for part in read_prose(markdown, figures, language))
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel=None)


def _summary(page: _Page) -> str:
    report = page.report
    if not report.summary and not report.headline:
        return ""
    band = _figures(report.headline, page) if report.headline else ""
    title = escape(word("summary", report.language))
    return f"<section>\n<h2>{title}</h2>\n{band}{_prose(report.summary, page, 2)}\n</section>"


def _section(section: Section, page: _Page) -> str:
    level = section.level + 1
    content = "\n".join(_block(block, page, level) for block in section.blocks)
    return f"<section>\n<h{level}>{escape(section.title)}</h{level}>\n{content}\n</section>"


def _block(block: Block, page: _Page, level: int) -> str:
    match block:
        case Prose(markdown):
            return _prose(markdown, page, level)
        case Figures(keys):
            return _figures(keys, page)
        case Table():
            return _table(block, page)
        case Chart():
            return _chart(block, page)


def _prose(markdown: str, page: _Page, level: int) -> str:
    html = prose_html(markdown, page.report.figures, page.report.language, page.url_of, level)
    return f'<div class="prose">{html}</div>' if html else ""


def _figures(keys: Iterable[str], page: _Page) -> str:
    return '<dl class="figures">' + "".join(_figure(page.report.figures[key], page) for key in keys) + "</dl>\n"


def _figure(figure: Figure, page: _Page) -> str:
    language = page.report.language
    compared = written_comparison(figure.compared, language) if figure.compared else ""
    beside = " · ".join(filter(None, (figure.note, compared)))
    small = f'<dd class="small">{escape(beside)}</dd>' if beside else ""
    return f"<div><dt>{escape(figure.label)}</dt><dd>{_figure_link(figure, page)}</dd>{small}</div>"


def _figure_link(figure: Figure, page: _Page) -> str:
    text = escape(written(figure.value, page.report.language))
    missing = "" if recorded(figure.value) else ' class="missing"'
    return f'<a{missing} href="{escape(page.url_of(figure.key))}">{text}</a>'


def _table(table: Table, page: _Page) -> str:
    head = "".join(f'<th scope="col"{_align(column)}>{escape(column.label)}</th>' for column in table.columns)
    body = "".join(f"<tr>{_cells(row, table.columns, page)}</tr>" for row in table.rows[: page.most])
    empty = f'<tr><td colspan="{len(table.columns)}">{escape(word("empty_table", page.report.language))}</td></tr>'
    notes = (table.note, _cut(table, page))
    note = "".join(f'<p class="small">{escape(each)}</p>' for each in notes if each)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table.title)}">'
        f"<table><caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body or empty}</tbody></table></div>{note}"
    )


def _cut(table: Table, page: _Page) -> str:
    """What is said below a table of which only the first rows are shown."""
    if page.most is None or len(table.rows) <= page.most:
        return ""
    language = page.report.language
    return word("first_rows", language, shown=written(page.most, language), count=written(len(table.rows), language))


def _cells(row: tuple[Cell, ...], columns: tuple[Column, ...], page: _Page) -> str:
    pairs = zip(row, columns, strict=True)
    return "".join(f"<td{_align(column)}>{_cell(cell, page)}</td>" for cell, column in pairs)


def _align(column: Column) -> str:
    return ' class="num"' if column.align == "right" else ""


def _cell(cell: Cell, page: _Page) -> str:
    match cell:
        case FigureRef(key):
            return _figure_link(page.report.figures[key], page)
        case Linked(text, url):
            return _linked(text, url)
        case None:
            return "–"
        case _:
            return escape(written(cell, page.report.language)).replace("\n", "<br>")


def _linked(text: str, url: str | None) -> str:
    address = safe_url(url)
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)


def _chart(chart: Chart, page: _Page) -> str:
    named = f'<svg role="img" aria-label="{escape(chart.alt)}" '
    drawing = chart_svg(chart, page.report.language).replace("<svg ", named, 1)
    caption = f"<figcaption>{escape(chart.title)}</figcaption>"
    return f'<figure class="chart">{drawing}{caption}</figure>\n{_table(chart.table, page)}'


def _records(report: Report) -> str:
    title, lead = (escape(word(name, report.language)) for name in ("records", "records_lead"))
    figures = "\n".join(_figure_records(figure, report) for figure in report.figures.values())
    return f'<section>\n<h2>{title}</h2>\n<p class="small">{lead}</p>\n{figures}\n</section>'


def _figure_records(figure: Figure, report: Report) -> str:
    title = f"<h3>{escape(figure.label)}: {escape(written(figure.value, report.language))}</h3>"
    note = f'<p class="small">{escape(figure.note)}</p>' if figure.note else ""
    items = "".join(_row(row, report) for row in figure.rows)
    missing = "no_records" if recorded(figure.value) else "not_recorded_lead"
    listing = f"<ol>{items}</ol>" if items else f"<p>{escape(word(missing, report.language))}</p>"
    return f'<section class="rows" id="rows-{figure.key}">{title}{note}{listing}</section>'


def _row(row: Row, report: Report) -> str:
    small = " · ".join(filter(None, (report.row_types.get(row.type, row.type), row.detail)))
    return f'<li>{_linked(row.label, row.url)} <span class="small">{escape(small)}</span></li>'


def _colophon(page: _Page) -> str:
    report = page.report
    facts = [
        (word("made_on", report.language), written_date(report.generated_at, report.language)),
        (word("status", report.language), report.status),
        (word("fingerprint", report.language), report.fingerprint),
    ]
    line = " · ".join(f"{escape(name)}: {escape(fact)}" for name, fact in facts if fact)
    return f'<footer class="small">{_prose(report.colophon, page, 2)}<p>{line}</p></footer>'


def _part(part: Part, url_of: Callable[[str], str], level: int) -> str:
    match part:
        case Heading(own, content):
            tag = f"h{min(level + own, 6)}"
            return f"<{tag}>{_inlines(content, url_of)}</{tag}>"
        case Paragraph(content):
            return f"<p>{_inlines(content, url_of)}</p>"
        case Listing(start, items):
            inside = "".join(f"<li>{_item(item, url_of, level)}</li>" for item in items)
            return f"<ul>{inside}</ul>" if start is None else f'<ol start="{start}">{inside}</ol>'
        case Quote(parts):
            return "<blockquote>" + "".join(_part(inner, url_of, level) for inner in parts) + "</blockquote>"
        case Rule():
            return "<hr>"


def _item(parts: tuple[Part, ...], url_of: Callable[[str], str], level: int) -> str:
    if len(parts) == 1 and isinstance(parts[0], Paragraph):
        return _inlines(parts[0].content, url_of)
    return "".join(_part(part, url_of, level) for part in parts)


def _inlines(content: tuple[Inline, ...], url_of: Callable[[str], str]) -> str:
    return "".join(_inline(inline, url_of) for inline in content)


def _inline(inline: Inline, url_of: Callable[[str], str]) -> str:
    match inline:
        case Text(text):
            return escape(text)
        case Mark(None, text):
            return f"<mark>{escape(text)}</mark>"
        case Mark(key, text):
            return f'<a href="{escape(url_of(key or ""))}">{escape(text)}</a>'
        case Code(text):
            return f"<code>{escape(text)}</code>"
        case Break():
            return "<br>"
        case Strong(content):
            return f"<strong>{_inlines(content, url_of)}</strong>"
        case Emphasis(content):
            return f"<em>{_inlines(content, url_of)}</em>"
        case Link(url, content):
            return f'<a href="{escape(url)}">{_inlines(content, url_of)}</a>'
