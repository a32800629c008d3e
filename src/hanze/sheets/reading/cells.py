"""What a spreadsheet's cell holds, and what is a sheet of them. Pure: no database."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Cell = str | int | float | bool | None
"""Text (a day as `2024-05-03`, an error as Excel writes it: `#REF!`), a number, yes or no, or nothing."""

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"})
NOT_CALCULATED = "#FORMULA!"
"""A formula whose outcome the file does not hold."""

WIDEST = 200
LONGEST = 50_000
MOST_CELLS = 3_000_000
MOST_TEXT = 100_000


class SheetError(ValueError):
    """A file that is not read: why, in plain words, and where when that is known."""


@dataclass
class Sheet:
    """One sheet: its rows that are not blank, each with its number as the spreadsheet shows it."""

    name: str
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    merged_across: set[int] = field(default_factory=set)
    """Rows that are one cell from side to side: a title, or a heading between the rows."""


def tidy(text: str) -> str:
    """Text without blanks around it, hard spaces, marks that cannot be seen, and more than one blank line."""
    text = text.replace("\xa0", " ").replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff]", "", text)
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:MOST_TEXT]


def shown(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, yes and no as Excel writes them."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return str(cell)


def is_blank(cells: list[Cell]) -> bool:
    return all(cell is None or cell == "" for cell in cells)
