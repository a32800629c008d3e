"""Where the table in a sheet is: its headings, its rows, and what between them is no row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from hanze.sheets.reading.cells import ERRORS, NOT_CALCULATED, Cell, Sheet, shown

DEEPEST_HEADER = 40
LONGEST_HEADING = 80
TOTALS = re.compile(r"^(sub|eind|grand )?\s*(totaal|totalen|total|totals|som|sum|gemiddelde?|average)\b", re.I)

# What stands alone in a row and is no record: a year, or words with a colon behind them.
BETWEEN = re.compile(r"^(\d{4}|.*:)$", re.S)

Left = Literal["totals", "heading", "header"]


@dataclass
class Found:
    """A table: the row of its headings, the headings (one a column, "" where there is none), its rows, and the rows
    that were left out, with why."""

    header_row: int
    headings: list[str]
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    left_out: list[tuple[int, list[Cell], Left]] = field(default_factory=list)


def find_table(sheet: Sheet, knows: Callable[[str], bool], header_row: int | None = None) -> Found | None:
    """The table of a sheet, or None when it holds none. `knows` tells a heading; `header_row` names the row of the
    headings (as the spreadsheet numbers it) when somebody has said which it is."""
    at = _header_at(sheet, knows) if header_row is None else _at(sheet, header_row)
    if at is None:
        return None
    number, cells = sheet.rows[at]
    headings = _unique([shown(cell) for cell in cells])
    found = Found(number, headings)
    filled_columns = sum(1 for heading in headings if heading)
    for row, values in sheet.rows[at + 1 :]:
        why = _no_row(values, cells, filled_columns, row in sheet.merged_across)
        if why:
            found.left_out.append((row, values, why))
        else:
            found.rows.append((row, (values + [None] * len(headings))[: max(len(headings), len(values))]))
    widest = max((len(values) for _row, values in found.rows), default=0)
    found.headings = headings + [""] * (widest - len(headings))
    return found


def _header_at(sheet: Sheet, knows: Callable[[str], bool]) -> int | None:
    """The first of the upper rows with the most headings that are known; else the first that is as wide as the rest."""
    upper = sheet.rows[:DEEPEST_HEADER]
    known = [sum(knows(shown(cell)) for cell in cells if _can_be_heading(cell)) for _row, cells in upper]
    if known and max(known) >= 2:
        return known.index(max(known))
    widths = [sum(cell not in (None, "") for cell in cells) for _row, cells in upper]
    usual = max(widths, default=0)
    for at, (_row, cells) in enumerate(upper):
        texts = [cell for cell in cells if cell not in (None, "")]
        wide = len(texts) >= max(1, 0.6 * usual)
        if wide and all(_can_be_heading(cell) for cell in texts) and len(set(texts)) == len(texts):
            return at
    return None


def _can_be_heading(cell: Cell) -> bool:
    return isinstance(cell, str) and 0 < len(cell) <= LONGEST_HEADING and not cell[:4].isdigit()


def _at(sheet: Sheet, number: int) -> int | None:
    return next((at for at, (row, _cells) in enumerate(sheet.rows) if row == number), None)


def _unique(headings: list[str]) -> list[str]:
    """Headings on one line, a second one of the same name with its number."""
    seen: dict[str, int] = {}
    made: list[str] = []
    for heading in headings:
        heading = " ".join(heading.split())
        if heading:
            seen[heading] = seen.get(heading, 0) + 1
            heading = heading if seen[heading] == 1 else f"{heading} ({seen[heading]})"
        made.append(heading[:200])
    return made


def _no_row(values: list[Cell], header: list[Cell], columns: int, across: bool) -> Left | None:
    texts = [shown(cell) for cell in values if cell not in (None, "")]
    if texts and (TOTALS.match(texts[0]) or all(text in ERRORS or text == NOT_CALCULATED for text in texts)):
        return "totals"
    if [shown(cell) for cell in values] == [shown(cell) for cell in header]:
        return "header"
    if columns >= 3 and len(texts) == 1 and (across or BETWEEN.match(texts[0])):
        return "heading"
    return None
