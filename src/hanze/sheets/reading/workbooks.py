"""Excel workbooks, read with the standard library alone and believed in nothing that they say of their size.

Dates are told from numbers by the style of their cell; of a formula its outcome is taken; a cell that is merged over
several rows counts for each of them.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from hanze.screening.lists import trees
from hanze.screening.lists.source import ListError
from hanze.sheets.reading.cells import (
    ERRORS,
    LONGEST,
    MOST_CELLS,
    NOT_CALCULATED,
    WIDEST,
    Cell,
    Sheet,
    SheetError,
    is_blank,
    tidy,
)

LARGEST_PART = 200 << 20
LARGEST_UNPACKED = 400 << 20
MOST_PARTS = 2_000
MOST_SHEETS = 60
MOST_MERGES = 20_000
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
REFERENCE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})$")


def read_workbook(path: Path) -> list[Sheet]:
    """The visible sheets of a workbook with their rows. Raises SheetError in plain words."""
    try:
        with zipfile.ZipFile(path) as archive:
            _look_at_parts(archive)
            return list(_sheets(path, archive))
    except ListError as error:
        raise SheetError(
            _("This workbook is damaged (%(reason)s). Save it anew in Excel.") % {"reason": error.reason}
        ) from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, KeyError) as error:
        raise SheetError(_("This file cannot be unpacked. Open it in Excel and save it as .xlsx.")) from error


def _look_at_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {each.filename for each in parts}
    if "xl/workbook.xml" not in names:
        raise SheetError(_("This is no Excel workbook. Save it as .xlsx or as CSV."))
    if any(each.flag_bits & 1 for each in parts):
        raise SheetError(_("This workbook has a password. Save it without one."))
    if any(name.casefold().endswith(("vbaproject.bin", "macrosheet.bin")) or "macrosheets/" in name for name in names):
        raise SheetError(_("This workbook has macros in it. Save it as a workbook without macros (.xlsx)."))
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise SheetError(
            _("This workbook fetches values from other files. Copy them, paste them as values, and save it anew.")
        )
    if len(parts) > MOST_PARTS or sum(each.file_size for each in parts) > LARGEST_UNPACKED:
        raise SheetError(_("This workbook is far larger inside than it looks. Save only the sheets that you need."))


def _sheets(path: Path, archive: zipfile.ZipFile) -> Iterator[Sheet]:
    names = set(archive.namelist())
    book = _part(path, archive, "xl/workbook.xml")
    sheets: list[tuple[str, str]] = []
    day_one = date(1899, 12, 30)
    for _number, element in trees.stream(path, book, ("workbookPr", "sheet")):
        if element.tag == "workbookPr":
            day_one = date(1904, 1, 1) if element.get("date1904") in ("1", "true") else day_one
        elif element.get("state", "visible") == "visible":
            sheets.append((tidy(element.get("name", "")) or "-", element.get(RELATION, "")))
    targets = _targets(path, archive) if "xl/_rels/workbook.xml.rels" in names else {}
    shared = _shared(path, archive) if "xl/sharedStrings.xml" in names else []
    styles = _date_styles(path, archive) if "xl/styles.xml" in names else frozenset[int]()
    budget = MOST_CELLS
    for name, relation in sheets[:MOST_SHEETS]:
        target = targets.get(relation, "")
        if target not in names or not target.startswith("xl/worksheets/"):
            continue
        sheet = _read(name, path, _part(path, archive, target), shared, styles, day_one, budget)
        budget -= sum(len(cells) for _number, cells in sheet.rows)
        yield sheet


def _part(path: Path, archive: zipfile.ZipFile, name: str) -> io.BytesIO:
    """A part of the file, unpacked as far as the limit and without a document type."""
    with archive.open(name) as packed:
        content = packed.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise SheetError(_("This workbook is far larger inside than it looks. Save only the sheets that you need."))
    part = io.BytesIO(content)
    trees.refuse_document_type(path, part)
    part.seek(0)
    return part


def _targets(path: Path, archive: zipfile.ZipFile) -> dict[str, str]:
    part = _part(path, archive, "xl/_rels/workbook.xml.rels")
    found: dict[str, str] = {}
    for _number, element in trees.stream(path, part, ("Relationship",)):
        target = element.get("Target", "")
        found[element.get("Id", "")] = (
            target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
        )
    return found


def _shared(path: Path, archive: zipfile.ZipFile) -> list[str]:
    part = _part(path, archive, "xl/sharedStrings.xml")
    return [tidy(_spoken(item)) for _number, item in trees.stream(path, part, ("si",))]


def _spoken(item: Element) -> str:
    """The text of a string without what is only its reading aid (furigana)."""
    return "".join(part.text or "" for part in [*item.iterfind("{*}t"), *item.iterfind("{*}r/{*}t")])


def _date_styles(path: Path, archive: zipfile.ZipFile) -> frozenset[int]:
    """Which cell styles show a number as a date."""
    own: set[int] = set()
    styles: list[int] = []
    for _number, part in trees.stream(path, _part(path, archive, "xl/styles.xml"), ("numFmts", "cellXfs")):
        if part.tag == "numFmts":
            for form in part:
                code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form.get("formatCode", ""))
                if re.search(r"[ymdj]", code, re.I):
                    own.add(_whole(form.get("numFmtId"), -1))
        else:
            styles = [_whole(style.get("numFmtId"), 0) for style in part]
    return frozenset(at for at, form in enumerate(styles) if form in DATE_FORMATS or form in own)


def _read(
    name: str, path: Path, part: io.BytesIO, shared: list[str], styles: frozenset[int], day_one: date, budget: int
) -> Sheet:
    sheet = Sheet(name)
    merges: list[str] = []
    number = 0
    for _at, element in trees.stream(path, part, ("row", "mergeCell")):
        if element.tag == "mergeCell":
            if len(merges) < MOST_MERGES:
                merges.append(element.get("ref", ""))
            continue
        number = _whole(element.get("r"), number + 1)
        if element.get("hidden") in ("1", "true") and not sheet.rows:
            continue
        cells = _cells(element, shared, styles, day_one)
        if is_blank(cells):
            continue
        budget -= len(cells)
        if len(sheet.rows) >= LONGEST or budget < 0:
            raise SheetError(
                _("The sheet “%(name)s” has more than %(most)s rows or too many columns. Split it.")
                % {"name": name, "most": LONGEST}
            )
        sheet.rows.append((number, cells))
    _fill_merged(sheet, merges)
    return sheet


def _cells(row: Element, shared: list[str], styles: frozenset[int], day_one: date) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iterfind("{*}c"):
        reference = REFERENCE.match(cell.get("r", ""))
        column = _column(reference[1]) if reference else len(cells)
        if column >= WIDEST or column < len(cells):
            continue
        cells.extend([None] * (column - len(cells)))
        cells.append(_cell(cell, shared, styles, day_one))
    while cells and (cells[-1] is None or cells[-1] == ""):
        cells.pop()
    return cells


def _cell(cell: Element, shared: list[str], styles: frozenset[int], day_one: date) -> Cell:
    kind, value = cell.get("t", "n"), cell.findtext("{*}v")
    if kind == "inlineStr":
        inline = cell.find("{*}is")
        return tidy(_spoken(inline)) if inline is not None else None
    if not value:
        return NOT_CALCULATED if cell.find("{*}f") is not None else None
    if kind == "s":
        at = _whole(value, -1)
        return shared[at] if 0 <= at < len(shared) else None
    if kind == "b":
        return value.strip() == "1"
    if kind == "e":
        return value if value in ERRORS else "#N/A"
    if kind == "d":
        return value[:10]
    if kind == "n":
        return _number(value, _whole(cell.get("s"), 0) in styles, day_one)
    return tidy(value)


def _number(value: str, is_date: bool, day_one: date) -> Cell:
    try:
        number = float(value)
    except ValueError:
        return tidy(value)
    if not math.isfinite(number):
        return "#NUM!"
    if is_date and 1 <= number < 300_000:
        moment = datetime.combine(day_one, datetime.min.time()) + timedelta(days=number)
        return moment.date().isoformat()
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _fill_merged(sheet: Sheet, merges: list[str]) -> None:
    """Give each row of a merged cell its value; note the rows that are one cell from side to side."""
    rows = dict(sheet.rows)
    width = max((len(cells) for _number, cells in sheet.rows), default=0)
    for merge in merges:
        first, _colon, last = merge.partition(":")
        start, end = REFERENCE.match(first), REFERENCE.match(last)
        if not start or not end:
            continue
        left, right = _column(start[1]), _column(end[1])
        top, bottom = int(start[2]), int(end[2])
        if right - left >= 2 and right - left + 1 >= width / 2 and top == bottom:
            sheet.merged_across.add(top)
        value = rows[top][left] if top in rows and left < len(rows[top]) else None
        if value is None or left != right or left >= WIDEST:
            continue
        for number in range(top + 1, min(bottom, top + LONGEST) + 1):
            below = rows.get(number)
            if below is None:
                continue
            below.extend([None] * (left + 1 - len(below)))
            if below[left] is None:
                below[left] = value


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
