"""Spreadsheets as strangers and years make them: XLSX and CSV to rows of plain values."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from hanze.sheets.reading.cells import Cell, Sheet, SheetError, shown, tidy
from hanze.sheets.reading.finding import Found, find_table
from hanze.sheets.reading.texts import read_csv
from hanze.sheets.reading.workbooks import read_workbook

__all__ = ["Cell", "Found", "Sheet", "SheetError", "find_table", "read_sheets", "shown", "tidy"]

OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")


def read_sheets(path: Path) -> list[Sheet]:
    """The sheets of a file that hold anything; what it is, its contents tell. Raises SheetError in plain words."""
    with path.open("rb") as file:
        begin = file.read(8)
    if begin.startswith(OLD_EXCEL):
        raise SheetError(_("This is an old Excel file (.xls) or one with a password. Save it as .xlsx, without one."))
    sheets = read_workbook(path) if begin.startswith(b"PK") else read_csv(path)
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise SheetError(_("Nothing stands in this file."))
    return filled
