"""A report as a Word document that an officer can go on editing: real headings, contents, captions and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hanze.reporting.charts import chart_png
from hanze.reporting.figures import Figure, recorded
from hanze.reporting.printable import printable
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
    absolute_url,
    read_prose,
)
from hanze.reporting.report import (
    Block,
    Cell,
    Chart,
    FigureRef,
    Figures,
    Linked,
    Prose,
    Report,
    Section,
    Table,
    figures_across,
)
from hanze.reporting.wordpackage import (
    WIDTH,
    Package,
    cell,
    field_run,
    numbered,
    page_of_pages,
    paragraph,
    run,
    table,
    to_bookmark,
    two_ends,
)
from hanze.reporting.words import word, written, written_comparison, written_date
from hanze.reporting.wordstyles import ACCENT, ANNEXES, BULLETS, CHAPTERS

_NEW_PAGE = "<w:pageBreakBefore/>"
_IN_CONTENTS = "in_contents"


def to_docx(report: Report) -> bytes:
    """The report as a Word document (without macros); the same report gives the same bytes."""
    package = Package(report.title, report.organisation, report.language, report.generated_at)
    writer = _Writer(report, package)
    main = writer.main()
    body = writer.cover() + writer.contents() + package.bookmark(_IN_CONTENTS, main) + writer.records()
    header = two_ends(run(report.organisation), run(report.status), "header")
    return package.pack(body, header, two_ends(run(report.title), page_of_pages(report.language), "footer"))


@dataclass(slots=True)
class _Entry:
    """A line of the contents."""

    level: int
    number: str
    title: str
    bookmark: str


@dataclass(slots=True)
class _Writer:
    """The report being written down: which headings there were, how many tables and charts."""

    report: Report
    package: Package
    entries: list[_Entry] = field(default_factory=list[_Entry])
    captions: dict[str, int] = field(default_factory=dict[str, int])

    def word(self, name: str) -> str:
        return word(name, self.report.language)

    def place_of(self, key: str) -> str:
        return f"rows_{list(self.report.figures).index(key)}"

    def cover(self) -> str:
        report = self.report
        facts = (
            ("period", report.period),
            ("status", report.status),
            ("made_on", written_date(report.generated_at.date(), report.language)),
            ("fingerprint", report.fingerprint),
        )
        bar = f"<w:pBdr><w:top w:val='single' w:sz='36' w:space='14' w:color='{ACCENT}'/></w:pBdr>"
        lines = [run(f"{self.word(name)}\n") + run(fact, bold=True) for name, fact in facts if fact]
        return "".join(
            (
                paragraph(run(report.organisation), "Organisation", bar),
                paragraph(run(report.title), "Title"),
                paragraph(run(report.subtitle), "Subtitle") if report.subtitle else "",
                *(paragraph(line, "Small") for line in lines),
            )
        )

    def contents(self) -> str:
        """A contents field, already filled with the headings; Word adds the page numbers when it opens the file."""
        lines = [self._contents_line(entry) for entry in self.entries]
        instruction = f" TOC \\o &quot;1-2&quot; \\h \\z \\b {_IN_CONTENTS} "
        opening = (
            "<w:r><w:fldChar w:fldCharType='begin' w:dirty='true'/></w:r>"
            f"<w:r><w:instrText xml:space='preserve'>{instruction}</w:instrText></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        )
        closing = "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
        colophon = self._prose(self.report.colophon, 2)
        heading = paragraph(run(self.word("colophon"), bold=True), "Small") if colophon else ""
        return (
            paragraph(run(self.word("contents")), "TOC Heading", _NEW_PAGE)
            + "".join(
                paragraph((opening if place == 0 else "") + line, style) for place, (style, line) in enumerate(lines)
            )
            + paragraph(closing)
            + heading
            + colophon
        )

    def _contents_line(self, entry: _Entry) -> tuple[str, str]:
        text = "  ".join(filter(None, (entry.number, entry.title)))
        return f"toc {entry.level}", to_bookmark(entry.bookmark, run(text))

    def main(self) -> str:
        """Summary, chapters and annexes, up to the heading of the records."""
        report, pieces = self.report, list[str]()
        if report.summary or report.headline:
            pieces.append(self._heading(self.word("summary"), 1, new_page=True))
            pieces += [self._figures(report.headline), self._prose(report.summary, 1)]
        pieces += self._sections(report.sections, CHAPTERS, new_page=True)
        annexes = (*report.annexes, Section(self.word("records"), (Prose(self.word("records_lead")),)))
        pieces += self._sections(annexes, ANNEXES, new_page=True)
        return "".join(pieces)

    def _sections(self, sections: Iterable[Section], scheme: int, new_page: bool) -> list[str]:
        counts, pieces = [0, 0, 0], list[str]()
        for place, section in enumerate(sections):
            depth = section.level - 1
            counts[depth:] = [counts[depth] + 1, *[0] * (2 - depth)]
            first = chr(64 + counts[0]) if scheme == ANNEXES and counts[0] <= 26 else str(counts[0])
            number = ".".join([first, *map(str, counts[1 : section.level])])
            fresh = new_page and (place == 0 or (scheme == ANNEXES and depth == 0))
            pieces.append(self._heading(section.title, section.level, number, scheme, fresh))
            pieces += [self._block(block, section.level) for block in section.blocks]
        return pieces

    def _heading(self, title: str, level: int, number: str = "", scheme: int = 0, new_page: bool = False) -> str:
        entry = _Entry(level, number, title, f"heading_{len(self.entries)}")
        if level <= 2:
            self.entries.append(entry)
        more = (_NEW_PAGE if new_page else "") + (numbered(scheme, level - 1) if scheme else "")
        return paragraph(self.package.bookmark(entry.bookmark, run(title)), f"heading {level}", more)

    def _block(self, block: Block, level: int) -> str:
        match block:
            case Prose(markdown):
                return self._prose(markdown, level)
            case Figures(keys):
                return self._figures(keys)
            case Table():
                return self._table(block)
            case Chart():
                png = chart_png(block, self.report.language, printable)
                picture = self.package.picture(png, block.title, block.alt)
                caption = self._caption("chart", block.title)
                return caption + paragraph(picture, more="<w:keepLines/>") + self._table(block.table)

    def _figures(self, keys: Iterable[str]) -> str:
        figures = [self.report.figures[key] for key in keys]
        across = figures_across(len(figures))
        bands = [figures[start : start + across] for start in range(0, len(figures), across)]
        return "".join(self._band(band, across) + paragraph("", "Small") for band in bands)

    def _band(self, figures: list[Figure], across: int) -> str:
        width = WIDTH // across
        rest = cell(paragraph("", "Small"), width) * (across - len(figures))
        labels = "".join(cell(paragraph(run(figure.label), "Figure Label"), width) for figure in figures) + rest
        values = "".join(cell(self._value(figure), width) for figure in figures) + rest
        return table([labels, values], [width] * across, "Figure Band", self.word("key_figures"))

    def _value(self, figure: Figure) -> str:
        style = "Figure Value" if recorded(figure.value) else "Quote"
        value = paragraph(self._figure_link(figure.key), style)
        compared = written_comparison(figure.compared, self.report.language) if figure.compared else ""
        beside = "\n".join(filter(None, (figure.note, compared)))
        return value + (paragraph(run(beside), "Small") if beside else "")

    def _figure_link(self, key: str, look: str = "") -> str:
        text = written(self.report.figures[key].value, self.report.language)
        return to_bookmark(self.place_of(key), run(text, look))

    def _caption(self, kind: str, title: str) -> str:
        self.captions[kind] = self.captions.get(kind, 0) + 1
        name = self.word(kind)
        number = field_run(f"SEQ {name} \\* ARABIC", str(self.captions[kind]))
        return paragraph(run(f"{name} ") + number + run(f"  {title}"), "caption")

    def _table(self, content: Table) -> str:
        widths = _widths([column.width for column in content.columns])
        right = [column.align == "right" for column in content.columns]
        rows = [self._row([run(column.label) for column in content.columns], widths, right, "Table Head")]
        rows += [self._row([self._cell(value) for value in row], widths, right) for row in content.rows]
        empty = "" if content.rows else paragraph(run(self.word("empty_table")), "Small")
        note = paragraph(run(content.note), "Small") if content.note else paragraph("", "Small")
        return self._caption("table", content.title) + table(rows, widths, "Report Table", content.title) + empty + note

    def _row(self, cells: list[str], widths: list[int], right: list[bool], style: str = "Table Text") -> str:
        looks = ("<w:jc w:val='right'/>" if at_right else "" for at_right in right)
        lines = (paragraph(text, style, look) for text, look in zip(cells, looks, strict=True))
        return "".join(map(cell, lines, widths))

    def _cell(self, value: Cell) -> str:
        match value:
            case FigureRef(key):
                return self._figure_link(key, "Figure Mark")
            case Linked(text, url):
                return self._linked(text, url)
            case None:
                return run("–")
            case _:
                return run(written(value, self.report.language))

    def _linked(self, text: str, url: str | None) -> str:
        address = absolute_url(url)
        return self.package.to_url(address, run(text, "Hyperlink")) if address else run(text)

    def records(self) -> str:
        """For each figure a heading that others lead to, and the records it was counted from."""
        return "".join(self._records(figure) for figure in self.report.figures.values())

    def _records(self, figure: Figure) -> str:
        language = self.report.language
        title = run(f"{figure.label}: {written(figure.value, language)}")
        heading = paragraph(self.package.bookmark(self.place_of(figure.key), title), "heading 2")
        note = paragraph(run(figure.note), "Small") if figure.note else ""
        if not figure.rows:
            missing = "no_records" if recorded(figure.value) else "not_recorded_lead"
            return heading + note + paragraph(run(self.word(missing)), "Small")
        widths = [WIDTH * share // 100 for share in (6, 38, 14, 31, 11)]
        right = [True, *[False] * 4]
        names = ("number", "record", "type", "detail", "id")
        rows = [self._row([run(self.word(name)) for name in names], widths, right, "Table Head")]
        for number, row in enumerate(figure.rows, start=1):
            kind = self.report.row_types.get(row.type, row.type)
            texts = [run(str(number)), self._linked(row.label, row.url), run(kind), run(row.detail), run(row.id)]
            rows.append(self._row(texts, widths, right))
        return heading + note + table(rows, widths, "Report Table", figure.label) + paragraph("", "Small")

    def _prose(self, markdown: str, level: int) -> str:
        return "".join(
            self._part(part, level) for part in read_prose(markdown, self.report.figures, self.report.language)
        )

    def _part(self, part: Part, level: int, depth: int = 0, style: str = "", more: str = "") -> str:
        match part:
            case Heading(own, content):
                return paragraph(self._inlines(content), f"heading {min(level + own, 4)}")
            case Paragraph(content):
                return paragraph(self._inlines(content), style, more)
            case Listing(start, items):
                number = BULLETS if start is None else self.package.new_list(start)
                return "".join(self._item(item, numbered(number, min(depth, 3)), level, depth) for item in items)
            case Quote(parts):
                return "".join(self._part(inner, level, depth, "Quote") for inner in parts)
            case Rule():
                return paragraph(run("* * *"), "Small", "<w:jc w:val='center'/>")

    def _item(self, parts: tuple[Part, ...], in_list: str, level: int, depth: int) -> str:
        pieces = list[str]()
        for place, part in enumerate(parts):
            more = in_list if place == 0 else f"<w:ind w:left='{340 * (depth + 1)}'/>"
            pieces.append(self._part(part, level, depth + 1, "List Paragraph", more))
        return "".join(pieces)

    def _inlines(self, content: tuple[Inline, ...], style: str = "", bold: bool = False, italic: bool = False) -> str:
        return "".join(self._inline(inline, style, bold, italic) for inline in content)

    def _inline(self, inline: Inline, style: str, bold: bool, italic: bool) -> str:
        match inline:
            case Text(text) | Code(text) | Mark(None, text):
                return run(text, style, bold, italic)
            case Mark(key, text):
                return to_bookmark(self.place_of(key or ""), run(text, "Figure Mark", bold, italic))
            case Break():
                return "<w:r><w:br/></w:r>"
            case Strong(content):
                return self._inlines(content, style, True, italic)
            case Emphasis(content):
                return self._inlines(content, style, bold, True)
            case Link(url, content):
                address = absolute_url(url)
                words = self._inlines(content, "Hyperlink" if address else style, bold, italic)
                return self.package.to_url(address, words) if address else words


def _widths(shares: list[float]) -> list[int]:
    """The width of each column: enough for one word, and its share of what is left."""
    least = min(650, WIDTH // len(shares))
    left = WIDTH - least * len(shares)
    return [least + int(left * share / sum(shares)) for share in shares]
