"""Rows out of text files with columns: any separator, byte-order mark or encoding, also as a spreadsheet saved it."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from hanze.screening.lists.source import ListError

Row = tuple[int, list[str]]
NO_CELLS: list[str] = []
SEPARATORS = ",;\t|"
CHUNK = 1 << 20
LONGEST_CELL = 1 << 20
TITLE_LINES = 10
LAST_HEADING = 1_000
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def csv_rows(path: Path, separator: str = "", heading: int = 0) -> Iterator[Row]:
    """Every row that is not blank, with the number of its last line, the cells trimmed.

    Without `separator` line `heading` tells, or the first one that has any: above it may stand a title. A file of which
    a spreadsheet put every line between quotes is unwrapped. Raises ListError for an unreadable file, a broken
    encoding, an open quote, a cell over 1 MB.
    """
    encoding = encoding_of(path)
    csv.field_size_limit(LONGEST_CELL)
    line = 1
    try:
        with path.open(encoding=encoding, newline="") as file:
            first = file.readline(LONGEST_CELL)
            file.seek(0)
            separator = separator or _separator(_telling_line(file, heading))
            file.seek(0)
            reader = csv.reader(file, delimiter=separator, strict=True)
            wrapped = _is_wrapped(first, separator)
            if wrapped:
                separator = _separator(wrapped)
                reader = csv.reader(file, strict=True)
            for cells in reader:
                line = reader.line_num
                if wrapped:
                    cells = _unwrap(cells, separator)
                cells = [cell.strip() for cell in cells]
                if any(cells) and cells != ["\x1a"]:
                    yield line, cells
    except csv.Error as error:
        raise ListError(path, line + 1, f"this row cannot be read ({error}). Is the file cut off?") from None
    except (OSError, UnicodeError) as error:
        raise ListError(path, line, f"this file cannot be read: {error}.") from None


def records(path: Path, rows: Iterable[Row], header: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row as column → text, empty cells left out. Raises ListError when a row has another number of cells than the
    header has (empty ones at the end aside): it is cut off, or a separator stands in a cell without quotes."""
    width = len(header)
    for line, cells in rows:
        if len(cells) != width:
            if len(cells) < width and len(cells) < _filled(header):
                raise ListError(path, line, f"this row has {len(cells)} cells where the header names {width} columns.")
            if any(cells[width:]):
                raise ListError(path, line, f"this row has {len(cells)} cells where the header names {width} columns.")
        yield line, {name: cell for name, cell in zip(header, cells, strict=False) if cell}


def encoding_of(path: Path) -> str:
    """UTF-8 or UTF-16 as the mark says, UTF-8 when all of it is, else Windows-1252.

    Raises ListError when the file is no text, or is UTF-8 with broken places: read as Windows-1252 its names would be
    garbled without anyone noticing.
    """
    valid = broken = first_broken_line = 0
    line = 1
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    try:
        with path.open("rb") as file:
            head = file.read(CHUNK)
            if not head:
                raise ListError(path, 0, "this file is empty.")
            for mark, encoding in MARKS:
                if head.startswith(mark):
                    return encoding
            while head:
                if b"\x00" in head:
                    raise ListError(path, line + head[: head.index(b"\x00")].count(b"\n"), "this file is no text.")
                if not head.isascii():
                    text = decoder.decode(head)
                    damaged = sum(1 for char in text if "\udc80" <= char <= "\udcff")
                    if damaged and not broken:
                        first_broken_line = line + _line_of_damage(text)
                    broken += damaged
                    valid += sum(1 for char in text if char > "\x7f") - damaged
                line += head.count(b"\n")
                head = file.read(CHUNK)
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None
    if not broken:
        return "utf-8"
    if valid > broken:
        raise ListError(path, first_broken_line, "this line is not valid UTF-8, as the rest is. Fetch the file again.")
    return "cp1252"


def _line_of_damage(text: str) -> int:
    return next((text[:at].count("\n") for at, char in enumerate(text) if "\udc80" <= char <= "\udcff"), 0)


def _filled(header: Sequence[str]) -> int:
    """How many columns there are when the nameless ones at the end do not count."""
    return max((at for at, name in enumerate(header, start=1) if name), default=0)


def _telling_line(file: TextIO, heading: int) -> str:
    """The line that tells by which sign cells are divided: this one, or the first of ten that has such a sign."""
    lines = [file.readline(LONGEST_CELL) for _ in range(min(heading, LAST_HEADING) or TITLE_LINES)]
    if heading:
        return lines[-1]
    return next((line for line in lines if any(sign in line for sign in SEPARATORS)), lines[0])


def _separator(line: str) -> str:
    outside = "".join(line.split('"')[::2]) if '"' in line else line
    return max(SEPARATORS, key=outside.count)


def _is_wrapped(first: str, separator: str) -> str:
    """The first line without its quotes when it is one cell that holds a row, else nothing."""
    if not first.startswith('"'):
        return ""
    try:
        cells = next(csv.reader([first]), NO_CELLS)
    except csv.Error:
        return ""
    inner = cells[0] if cells and not any(cell.strip() for cell in cells[1:]) else ""
    return inner if inner.count(_separator(inner)) > 3 else ""


def _unwrap(cells: list[str], separator: str) -> list[str]:
    inner = next(csv.reader([cells[0]], delimiter=separator), NO_CELLS) if cells else NO_CELLS
    if inner and inner[-1].endswith("\t"):
        inner[-1] = inner[-1].rstrip("\t")
    return inner
