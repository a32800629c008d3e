"""CSV files: the encoding and the separator are found out."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from django.utils.translation import gettext as _

from hanze.sheets.reading.cells import LONGEST, MOST_CELLS, WIDEST, Sheet, SheetError, is_blank, tidy

SEPARATORS = ";,\t|"
LARGEST = 200 << 20
LONGEST_CELL = 1 << 20
SAMPLE = 50
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A file in the old DOS alphabet has these where Windows-1252 shows rare signs: é, è, ë, ï, ö, ü, ê, ç.
DOS = frozenset(b"\x82\x8a\x89\x8b\x94\x81\x88\x87")


def read_csv(path: Path) -> list[Sheet]:
    """The one sheet that a CSV file is. Raises SheetError in plain words."""
    if path.stat().st_size > LARGEST:
        raise SheetError(_("This file is too large to be a register."))
    text = decoded(path.read_bytes())
    separator = _separator(text)
    csv.field_size_limit(LONGEST_CELL)
    sheet = Sheet(path.stem)
    budget = MOST_CELLS
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            row = [tidy(cell) or None for cell in cells[:WIDEST]]
            while row and row[-1] is None:
                row.pop()
            budget -= len(row)
            if len(sheet.rows) >= LONGEST or budget < 0:
                raise SheetError(
                    _("The sheet “%(name)s” has more than %(most)s rows or too many columns. Split it.")
                    % {"name": sheet.name, "most": LONGEST}
                )
            if not is_blank(list(row)) and not _says_separator(sheet, row):
                sheet.rows.append((reader.line_num, list(row)))
    except csv.Error as error:
        raise SheetError(
            _("Line %(line)s cannot be read as a row. Is a quotation mark left open?") % {"line": reader.line_num + 1}
        ) from error
    return [sheet]


def decoded(content: bytes) -> str:
    """The text of a file: by its mark, else UTF-8 when it is that, else as old Windows or DOS programs wrote it.

    Raises SheetError for a file that is no text.
    """
    if not content.strip():
        raise SheetError(_("This file is empty."))
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    if b"\x00" in content[: 1 << 16]:
        raise SheetError(_("This is no text and no workbook. Save it as .xlsx or as CSV."))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        high = [byte for byte in content if byte > 0x7F]
        dos = sum(byte in DOS for byte in high)
        return content.decode("cp850" if dos > len(high) / 2 else "cp1252", "replace")


def _separator(text: str) -> str:
    """The separator with which most of the first lines have the same number of cells, and the most of them."""
    first = text[: 1 << 16].splitlines()[:SAMPLE]
    if first and first[0][:4].lower() == "sep=" and len(first[0]) == 5:
        return first[0][4]

    def score(separator: str) -> tuple[float, int]:
        counts = [line.count(separator) for line in first if line.strip()]
        usual = max(set(counts), key=lambda count: (counts.count(count) * (count > 0), count), default=0)
        return (counts.count(usual) / len(counts) if counts and usual else 0, usual)

    return max(SEPARATORS, key=score)


def _says_separator(sheet: Sheet, row: list[str | None]) -> bool:
    return not sheet.rows and bool(row) and str(row[0]).lower().startswith("sep=")
