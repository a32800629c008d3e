"""A report as a workbook: an overview of the figures, a sheet with the records of each, a sheet per table."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# XlsxWriter has no stubs and types its methods only in part.

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hanze.reporting.figures import Figure, Value, recorded
from hanze.reporting.printable import storable
from hanze.reporting.prose import absolute_url
from hanze.reporting.report import Cell, FigureRef, Linked, Report, Table, tables
from hanze.reporting.words import word, written, written_comparison, written_date

_NAME_LIMIT = 31
_TEXT_LIMIT = 32_767
_EXACT = 10**15  # a spreadsheet keeps fifteen digits
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
_FIRST_DAY = datetime(1900, 3, 1)  # before it, spreadsheets count a day that never was


def to_xlsx(report: Report) -> bytes:
    """The report as a workbook; the same report gives the same bytes. Text is always text, never a formula."""
    buffer = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(buffer, options) as workbook:
        workbook.set_properties(_properties(report))
        _Book(workbook, report).write()
    return buffer.getvalue()


def _properties(report: Report) -> dict[str, object]:
    return {
        "title": _plain(report.title),
        "subject": _plain(report.period),
        "author": _plain(report.organisation),
        "status": _plain(report.status),
        "created": report.generated_at.astimezone(UTC).replace(tzinfo=None),
    }


def _plain(text: str) -> str:
    return _cut(storable(text), _TEXT_LIMIT)


def _cut(text: str, limit: int) -> str:
    """At most so many UTF-16 units, which is what spreadsheets count, and no half character at the end."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")


def sheet_names(titles: Iterable[str]) -> list[str]:
    """A valid name for each sheet that no other has: at most 31 characters, none forbidden, none reserved."""
    taken = {"history"}
    names: list[str] = []
    for title in titles:
        base = " ".join(_FORBIDDEN_IN_NAME.sub(" ", _plain(title)).split()).strip("'") or "-"
        name, number = _trimmed(base, _NAME_LIMIT), 2
        while name.casefold() in taken:
            ending = f" {number}"
            name, number = _trimmed(base, _NAME_LIMIT - len(ending)) + ending, number + 1
        taken.add(name.casefold())
        names.append(name)
    return names


def _trimmed(text: str, limit: int) -> str:
    return _cut(text, limit).rstrip(" '") or "-"


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Format
    soft: Format
    head: Format
    head_right: Format
    text: Format
    number: Format
    fraction: Format
    day: Format
    link: Format
    missing: Format


def _formats(workbook: Workbook, language: str) -> _Formats:
    base = {"font_name": "Source Sans 3", "font_size": 11, "font_color": "#17202b", "valign": "top"}
    head = base | {"bold": True, "bottom": 1, "bottom_color": "#b9b5a8", "bg_color": "#f6f5f1", "valign": "bottom"}
    link = base | {"font_color": "#0b4a6f", "underline": 1}
    day = base | {"num_format": "d-m-yyyy" if language == "nl" else "d mmm yyyy", "align": "left"}
    return _Formats(
        title=workbook.add_format(base | {"font_name": "Source Serif 4", "font_size": 18, "bold": True}),
        soft=workbook.add_format(base | {"font_color": "#4a5666"}),
        head=workbook.add_format(head | {"text_wrap": True}),
        head_right=workbook.add_format(head | {"text_wrap": True, "align": "right"}),
        text=workbook.add_format(base | {"text_wrap": True}),
        number=workbook.add_format(base | {"num_format": "#,##0"}),
        fraction=workbook.add_format(base | {"num_format": "#,##0.00"}),
        day=workbook.add_format(day),
        link=workbook.add_format(link),
        missing=workbook.add_format(base | {"italic": True, "font_color": "#677384", "align": "right"}),
    )


class _Book:
    """One workbook being written: the sheets, their names and their formats."""

    def __init__(self, workbook: Workbook, report: Report) -> None:
        self.workbook = workbook
        self.report = report
        self.formats = _formats(workbook, report.language)
        self.figures = list(report.figures.values())
        self.tables = list(tables(report))
        titles = [self.word("overview"), *(f.label for f in self.figures), *(t.title for t in self.tables)]
        self.names = sheet_names(titles)
        self.sheet_of = dict(zip(report.figures, self.names[1:], strict=False))

    def word(self, name: str) -> str:
        return word(name, self.report.language)

    def write(self) -> None:
        sheets = [self.workbook.add_worksheet(name) for name in self.names]
        self._overview(sheets[0])
        for figure, sheet in zip(self.figures, sheets[1:], strict=False):
            self._records(sheet, figure)
        for table, sheet in zip(self.tables, sheets[1 + len(self.figures) :], strict=True):
            self._table(sheet, table)

    def _overview(self, sheet: Worksheet) -> None:
        report = self.report
        made = f"{self.word('made_on')} {written_date(report.generated_at.date(), report.language)}"
        about = " · ".join(filter(None, (report.organisation, report.period, report.status, made)))
        head = (("figures", 44), ("value", 16), ("compared", 26), ("note", 50), ("key", 26))
        top = self._opening(sheet, report.title, about, [(self.word(n), w, n == "value") for n, w in head])
        for line, figure in enumerate(self.figures, start=top):
            self._link_to_sheet(sheet, line, 0, self.sheet_of[figure.key], figure.label)
            self._value(sheet, line, 1, figure.value)
            compared = written_comparison(figure.compared, report.language) if figure.compared else ""
            self._text(sheet, line, 2, compared)
            self._text(sheet, line, 3, figure.note)
            self._text(sheet, line, 4, figure.key)
        tables_at = top + len(self.figures) + 1
        for line, (table, name) in enumerate(
            zip(self.tables, self.names[1 + len(self.figures) :], strict=True), start=tables_at
        ):
            self._link_to_sheet(sheet, line, 0, name, table.title)

    def _records(self, sheet: Worksheet, figure: Figure) -> None:
        head = (("number", 6), ("record", 48), ("type", 18), ("detail", 40), ("id", 22), ("link", 44))
        columns = [(self.word(name), width, name == "number") for name, width in head]
        about = f"{written(figure.value, self.report.language)} · {figure.note}".rstrip(" ·")
        top = self._opening(sheet, figure.label, about, columns, back=True)
        for number, row in enumerate(figure.rows, start=1):
            line = top + number - 1
            self._cell(sheet, line, 0, number)
            self._cell(sheet, line, 1, Linked(row.label, row.url or ""))
            for place, text in enumerate((self.report.row_types.get(row.type, row.type), row.detail, row.id), start=2):
                self._text(sheet, line, place, text)
            self._text(sheet, line, 5, row.url or "")
        if not figure.rows:
            self._text(sheet, top, 1, self.word("no_records" if recorded(figure.value) else "not_recorded_lead"))
        else:
            sheet.autofilter(top - 1, 0, top + len(figure.rows) - 1, len(columns) - 1)

    def _table(self, sheet: Worksheet, table: Table) -> None:
        share = sum(column.width for column in table.columns)
        columns = [
            (column.label, min(60.0, max(14.0, 120 * column.width / share)), column.align == "right")
            for column in table.columns
        ]
        top = self._opening(sheet, table.title, table.note, columns, back=True)
        for line, row in enumerate(table.rows, start=top):
            for place, cell in enumerate(row):
                self._cell(sheet, line, place, cell)
        if not table.rows:
            self._text(sheet, top, 0, self.word("empty_table"))

    def _opening(
        self, sheet: Worksheet, title: str, about: str, columns: Sequence[tuple[str, float, bool]], back: bool = False
    ) -> int:
        """Title, a line about it and the frozen header; returns the first line of the data."""
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, _plain(title), self.formats.title)
        sheet.write_string(1, 0, _plain(about), self.formats.soft)
        if back:
            self._link_to_sheet(sheet, 2, 0, self.names[0], self.word("back"))
        for place, (label, width, right) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(3, place, _plain(label), self.formats.head_right if right else self.formats.head)
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        return 4

    def _link_to_sheet(self, sheet: Worksheet, line: int, place: int, name: str, text: str) -> None:
        target = "internal:'" + name.replace("'", "''") + "'!A1"
        sheet.write_url(line, place, target, self.formats.link, _plain(text))

    def _text(self, sheet: Worksheet, line: int, place: int, text: str) -> None:
        if text:
            sheet.write_string(line, place, _plain(text), self.formats.text)

    def _cell(self, sheet: Worksheet, line: int, place: int, cell: Cell) -> None:
        match cell:
            case FigureRef(key):
                self._value(sheet, line, place, self.report.figures[key].value)
            case Linked(text, url):
                self._linked(sheet, line, place, text, url)
            case date():
                self._day(sheet, line, place, cell)
            case None:
                pass
            case _:
                self._value(sheet, line, place, cell)

    def _value(self, sheet: Worksheet, line: int, place: int, value: Value) -> None:
        if value is None or not recorded(value):
            sheet.write_string(line, place, self.word("not_recorded"), self.formats.missing)
        elif isinstance(value, str):
            self._text(sheet, line, place, value)
        else:
            self._number(sheet, line, place, value)

    def _linked(self, sheet: Worksheet, line: int, place: int, text: str, url: str) -> None:
        address = absolute_url(url)
        # A link that is too long for a spreadsheet, or one too many on the sheet, is refused: the text stays.
        if not address or not text or sheet.write_url(line, place, address, self.formats.link, _plain(text)) != 0:
            self._text(sheet, line, place, text)

    def _day(self, sheet: Worksheet, line: int, place: int, day: date) -> None:
        moment = day.replace(tzinfo=None) if isinstance(day, datetime) else datetime.combine(day, time())
        if moment < _FIRST_DAY:
            self._text(sheet, line, place, day.isoformat())
        else:
            sheet.write_datetime(line, place, moment, self.formats.day)

    def _number(self, sheet: Worksheet, line: int, place: int, number: int | float | Decimal) -> None:
        if abs(number) >= _EXACT:
            self._text(sheet, line, place, written(number, self.report.language))
        else:
            whole = math.floor(number) == number
            sheet.write_number(line, place, float(number), self.formats.number if whole else self.formats.fraction)
