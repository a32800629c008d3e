"""A list as it is shown, as a spreadsheet or as CSV: dates as dates, numbers as numbers, and text never a formula."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false
# XlsxWriter has no stubs and types its methods only in part.

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hanze.reporting.figures import Language
from hanze.reporting.printable import storable
from hanze.reporting.xlsx import sheet_names

ListCell = str | int | float | Decimal | bool | date | datetime | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With these a text begins that a spreadsheet program may take for a formula (OWASP, CSV injection)."""
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count a day that never was
EXACT = 10**15  # a spreadsheet keeps fifteen digits
TEXT_LIMIT = 32_767
WIDEST, NARROWEST = 60, 10
YES_NO = {"nl": ("Ja", "Nee"), "en": ("Yes", "No")}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is exported: the heading of the list, a line about it (filters, day, who), its columns and rows."""

    title: str
    about: str
    columns: Sequence[str]
    rows: Iterable[Sequence[ListCell]]
    language: Language = "nl"


def listing_xlsx(listing: Listing, file: IO[bytes]) -> int:
    """Write the list as a workbook into `file`; returns how many rows it has. Rows are written one by one, so that a
    long list takes no more memory than a short one."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(sheet_names([listing.title])[0])
        formats = _formats(book, listing.language)
        sheet.write_string(0, 0, _storable(listing.title), formats["title"])
        sheet.write_string(1, 0, _storable(listing.about), formats["soft"])
        for place, label in enumerate(listing.columns):
            sheet.set_column(place, place, min(WIDEST, max(NARROWEST, len(label) + 14)))
        for place, label in enumerate(listing.columns):
            sheet.write_string(3, place, _storable(label), formats["head"])
        line = 4
        for row in listing.rows:
            for place, cell in enumerate(row):
                _write(sheet, line, place, cell, formats, listing.language)
            line += 1
        sheet.freeze_panes(4, 0)
        sheet.repeat_rows(3)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if line > 4 and listing.columns:
            sheet.autofilter(3, 0, line - 1, len(listing.columns) - 1)
        return line - 4


def listing_csv(listing: Listing) -> Iterator[str]:
    """The list as lines of CSV: headings first, between semicolons in Dutch and commas in English, as their Excel reads
    it. The first line begins with the mark that makes Excel read UTF-8."""
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=";" if listing.language == "nl" else ",", lineterminator="\r\n")
    kept.write("\ufeff")
    writer.writerow([harmless(label) for label in listing.columns])
    yield kept.getvalue()
    for row in listing.rows:
        kept.seek(0)
        kept.truncate()
        writer.writerow([_plain(cell, listing.language) for cell in row])
        yield kept.getvalue()


def harmless(text: str) -> str:
    """`text`, with an apostrophe before it where a spreadsheet program would take it for a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip(" ").startswith(DANGEROUS) else text


def _plain(cell: ListCell, language: Language) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return YES_NO[language][0 if cell else 1]
        case datetime():
            return cell.replace(tzinfo=None).isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case str():
            return harmless(_storable(cell))
        case _:
            text = format(cell, "f") if isinstance(cell, Decimal) else repr(cell)
            return text.replace(".", ",") if language == "nl" else text


def _write(
    sheet: Worksheet, line: int, place: int, cell: ListCell, formats: dict[str, Format], language: Language
) -> None:
    match cell:
        case None | "":
            pass
        case bool():
            sheet.write_string(line, place, YES_NO[language][0 if cell else 1], formats["text"])
        case datetime():
            sheet.write_datetime(line, place, cell.replace(tzinfo=None), formats["moment"])
        case date() if cell >= FIRST_DAY:
            sheet.write_datetime(line, place, datetime.combine(cell, time()), formats["day"])
        case date():
            sheet.write_string(line, place, cell.isoformat(), formats["text"])
        case str():
            sheet.write_string(line, place, _storable(cell), formats["text"])
        case _ if not math.isfinite(cell) or abs(cell) >= EXACT:
            sheet.write_string(line, place, _plain(cell, language), formats["text"])
        case _:
            sheet.write_number(line, place, float(cell), formats["number" if cell == int(cell) else "fraction"])


def _storable(text: str) -> str:
    return storable(text).encode("utf-16-le")[: 2 * TEXT_LIMIT].decode("utf-16-le", "ignore")


def _formats(book: Workbook, language: Language) -> dict[str, Format]:
    base: dict[str, object] = {"font_size": 11, "font_color": "#17202b", "valign": "top"}
    day = "d-m-yyyy" if language == "nl" else "d mmm yyyy"
    made: dict[str, dict[str, object]] = {
        "title": base | {"font_size": 16, "bold": True},
        "soft": base | {"font_color": "#4a5666"},
        "head": base | {"bold": True, "bottom": 1, "bg_color": "#f6f5f1", "text_wrap": True},
        "text": base | {"text_wrap": True},
        "number": base | {"num_format": "0"},
        "fraction": base | {"num_format": "#,##0.00"},
        "day": base | {"num_format": day, "align": "left"},
        "moment": base | {"num_format": f"{day} hh:mm", "align": "left"},
    }
    return {name: book.add_format(each) for name, each in made.items()}
