"""Rows out of the first sheet of an OpenDocument or Excel file that has any, read with the standard library alone.

Made for lists that strangers send: nothing is believed of what a file says of its size. Every part is read up to a
limit, repeated cells and rows are counted, and a far-off cell does not make a wide or long table.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from hanze.screening.lists import trees
from hanze.screening.lists.source import ListError
from hanze.screening.lists.tables import Row

LARGEST_PART = 100 << 20
WIDEST = 300
ROWS = 1_000_000
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LINK = "{http://www.w3.org/1999/xlink}href"
DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
REFERENCE = re.compile(r"^([A-Z]{1,3})(\d{1,7})$")
ZERO_DAY = date(1899, 12, 30)


def sheet_rows(path: Path) -> Iterator[Row]:
    """Every row that is not blank, with its number, the cells as trimmed text (dates as `2026-11-21`; the address of a
    link after its words). Raises ListError."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                yield from _open_document(path, archive)
            elif "xl/workbook.xml" in names:
                yield from _excel(path, archive)
            else:
                raise ListError(path, 0, "this is neither an OpenDocument sheet nor an Excel sheet.")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error) as error:
        raise ListError(path, 0, f"this file cannot be unpacked: {error}.") from None


def _part(path: Path, archive: zipfile.ZipFile, name: str) -> io.BytesIO:
    """A part of the file, unpacked as far as the limit."""
    with archive.open(name) as packed:
        content = packed.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise ListError(path, 0, f"{name} in it is larger than 100 MB when unpacked.")
    part = io.BytesIO(content)
    trees.refuse_document_type(path, part)
    part.seek(0)
    return part


def _open_document(path: Path, archive: zipfile.ZipFile) -> Iterator[Row]:
    number = 0
    for _, row in trees.stream(path, _part(path, archive, "content.xml"), ("table-row",)):
        cells: list[str] = []
        for cell in row:
            if cell.tag not in ("table-cell", "covered-table-cell"):
                continue
            repeated = _count(cell.get(f"{TABLE}number-columns-repeated"))
            cells.extend([_open_document_text(cell)] * min(repeated, WIDEST - len(cells)))
        filled = any(cells)
        repeated = _count(row.get(f"{TABLE}number-rows-repeated"))
        if filled and repeated > 100:
            raise ListError(path, number + 1, f"this row says that it repeats {repeated} times.")
        for _ in range(repeated if filled else 0):
            number += 1
            yield number, cells
        number += 0 if filled else repeated
        if number > ROWS and filled:
            raise ListError(path, number, "this sheet has more than a million rows.")


def _open_document_text(cell: ElementTree.Element) -> str:
    if cell.get(f"{OFFICE}value-type") == "date":
        return (cell.get(f"{OFFICE}date-value") or "")[:10]
    words = " ".join(" ".join(paragraph.itertext()) for paragraph in cell.iterfind("p"))
    link = next((found for anchor in cell.iter("a") if (found := anchor.get(LINK))), "")
    return " ".join(f"{words} {link}".split())


def _excel(path: Path, archive: zipfile.ZipFile) -> Iterator[Row]:
    names = set(archive.namelist())
    shared: list[str] = []
    if "xl/sharedStrings.xml" in names:
        part = _part(path, archive, "xl/sharedStrings.xml")
        shared = [_spoken(item) for _, item in trees.stream(path, part, ("si",))]
    dates = _date_styles(path, archive) if "xl/styles.xml" in names else frozenset[int]()
    sheets = sorted(
        (name for name in names if re.match(r"xl/worksheets/sheet\d+\.xml$", name)), key=lambda n: (len(n), n)
    )
    if not sheets:
        raise ListError(path, 0, "this file has no sheet.")
    for sheet in sheets:
        number = found = 0
        for _, row in trees.stream(path, _part(path, archive, sheet), ("row",)):
            given = row.get("r", "")
            number = int(given) if given.isascii() and given.isdigit() and len(given) < 8 else number + 1
            cells = _excel_cells(row, shared, dates)
            if any(cells):
                found += 1
                yield number, cells
        if found:
            return


def _excel_cells(row: ElementTree.Element, shared: list[str], dates: frozenset[int]) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind("c"):
        reference = REFERENCE.match(cell.get("r", ""))
        column = _column(reference[1]) if reference else len(cells)
        if column >= WIDEST or column < len(cells):
            continue
        cells.extend([""] * (column - len(cells)))
        cells.append(" ".join(_excel_text(cell, shared, dates).split()))
    return cells


def _excel_text(cell: ElementTree.Element, shared: list[str], dates: frozenset[int]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext("v") or ""
    if kind == "inlineStr":
        inline = cell.find("is")
        return _spoken(inline) if inline is not None else ""
    if kind == "s":
        return shared[int(value)] if value.isascii() and value.isdigit() and int(value) < len(shared) else ""
    if kind == "n" and value:
        return _number(value, _count(cell.get("s"), 0) in dates)
    return value


def _spoken(item: ElementTree.Element) -> str:
    """The text of a string without what is only its reading aid (furigana)."""
    return "".join(part.text or "" for part in [*item.iterfind("t"), *item.iterfind("r/t")])


def _number(value: str, is_date: bool) -> str:
    try:
        number = float(value)
        if is_date and 0 < number < 200_000:
            return (ZERO_DAY + timedelta(days=int(number))).isoformat()
        return str(int(number)) if number == int(number) and abs(number) < 1e15 else value
    except (ValueError, OverflowError):
        return value


def _date_styles(path: Path, archive: zipfile.ZipFile) -> frozenset[int]:
    """Which cell styles show a number as a date."""
    own: set[int] = set()
    styles: list[int] = []
    for _, part in trees.stream(path, _part(path, archive, "xl/styles.xml"), ("numFmts", "cellXfs")):
        if part.tag == "numFmts":
            for form in part:
                code = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form.get("formatCode", ""))
                if re.search(r"[ymd]", code, re.I):
                    own.add(_count(form.get("numFmtId"), -1))
        else:
            styles = [_count(style.get("numFmtId"), 0) for style in part]
    return frozenset(at for at, form in enumerate(styles) if form in DATE_FORMATS or form in own)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _count(text: str | None, otherwise: int = 1) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
