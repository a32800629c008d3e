"""Own lists: any CSV, Excel or OpenDocument file with a row for each entry and a header, with or without a mapping."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from hanze.screening.entries import Entry, NameKind
from hanze.screening.lists.columns import KINDS, Columns, ColumnsError, read_columns, recognise
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.identifiers import kind_of, labels
from hanze.screening.lists.sheets import sheet_rows
from hanze.screening.lists.source import ListError, Source
from hanze.screening.lists.tables import NO_CELLS, Row, csv_rows, records

FIRST_ROWS = 10
LABELLED = re.compile(r"^([^:]+):\s*(.+)$")
WITH_COUNTRY = re.compile(r"^(.+?)\s*\(([^()]+)\)$")


def read_own_csv(source: Source) -> Iterator[Entry]:
    """Entries of a text file with columns; see `read_rows`."""
    said = _said(source)
    return read_rows(source, csv_rows(source.path, heading=said.heading if said else 0), said)


def read_own_sheet(source: Source) -> Iterator[Entry]:
    """Entries of the first filled sheet of an Excel or OpenDocument file; see `read_rows`."""
    return read_rows(source, sheet_rows(source.path), _said(source))


def read_rows(source: Source, rows: Iterable[Row], said: Columns | None = None) -> Iterator[Entry]:
    """An entry for each row under the header. Columns come from what is `said` (by the source, or in a file
    `LIST.columns.yaml` beside the list), or from their usual names; a column that is none of these is kept as raw.

    A row without an id gets one from its name, so that an edition in another order keeps its ids. Raises ListError for
    a mapping that does not fit, a row without a name, an id that occurs twice.
    """
    found, heading = iter(rows), said.heading if said else 0
    line, header = next((row for row in found if row[0] >= heading), (0, NO_CELLS))
    columns = _columns(source, line, header, said)
    source.list_id = columns.list_id or source.list_id
    source.edition_date = parse_day(columns.edition)
    field_of = {column: name for name, column in columns.of.items()}
    lines: dict[str, int] = {}
    for line, row in records(source.path, found, header):
        source.rows += 1
        fields = {name: text for column, text in row.items() if (name := field_of.get(column))}
        draft = _draft(source, columns, fields)
        if not draft.names:
            raise source.refuse(line, f"this row has no name (column {columns.of.get('name', 'name')!r}).")
        if draft.id in lines:
            raise source.refuse(
                line, f"the id {draft.id!r} stands on line {lines[draft.id]} too. Give each row its own."
            )
        lines[draft.id] = line
        for column, text in row.items():
            if column not in field_of:
                draft.keep(column, text)
        yield draft.build()


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of an own list: its first rows as they are, the number of the row with the names of the columns (0 when
    it is the first), these names, each once, and the first rows below it, column → text."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    heading: int = 0
    start: tuple[Row, ...] = ()

    def examples(self, column: str, most: int = 3) -> list[str]:
        """The first different texts in a column."""
        return list(dict.fromkeys(row[column] for row in self.rows if column in row))[:most]


def sample(path: Path, rows: int = 20, heading: int | None = None) -> Sample:
    """The columns and the first rows of an own list, whatever they are called. Without `heading` it is guessed which
    row has their names; 0 is the first row. Raises ListError when it is no table, or has no such row.
    """
    start = tuple(islice(_rows_of(path, heading or 0), FIRST_ROWS))
    heading = _likely_heading(start) if heading is None else heading
    found = _rows_of(path, heading)
    line, header = next((row for row in found if row[0] >= heading), (0, NO_CELLS))
    named = tuple(dict.fromkeys(filter(None, header)))
    if not named or (heading and line != heading):
        raise ListError(path, line, "this file has no row with the names of its columns.")
    first = (row for _, row in islice(records(path, found, header), rows))
    return Sample(named, tuple(first), heading, start)


def _rows_of(path: Path, heading: int) -> Iterator[Row]:
    try:
        with path.open("rb") as file:
            is_sheet = file.read(2) == b"PK"
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None
    return sheet_rows(path) if is_sheet else csv_rows(path, heading=heading)


def _likely_heading(start: Sequence[Row]) -> int:
    """The first row that names a usual column for the name, else the first of more than half as many cells as any has:
    above it stand titles. 0 for the first row; the last row names nothing, for nothing stands below it."""
    likely = start[:-1]
    most = max((_filled(cells) for _, cells in start), default=0)
    named = (line for line, cells in likely if {"name", "family"} & set(recognise(cells)))
    full = (line for line, cells in likely if 2 * _filled(cells) > most)
    line = next(named, next(full, 0))
    return 0 if not start or line == start[0][0] else line


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def split_identifier(text: str) -> tuple[str, str, str]:
    """Kind, value and country of `passport: AB123 (NL)`, `lei:…`, or a bare number (kind `other`)."""
    match = LABELLED.match(text.strip())
    label, value = (match[1], match[2]) if match else ("", text.strip())
    kind = label.strip().casefold() if label.strip().casefold() in set(labels().values()) else kind_of(label)
    country = WITH_COUNTRY.match(value)
    return (kind, country[1], country[2]) if country else (kind, value, "")


def _said(source: Source) -> Columns | None:
    """What a person said that the columns hold, if anybody did."""
    beside = source.path.with_suffix(".columns.yaml")
    try:
        return source.columns or (read_columns(beside) if beside.is_file() else None)
    except ColumnsError as error:
        raise source.refuse(0, str(error), beside) from None


def _columns(source: Source, line: int, header: list[str], said: Columns | None) -> Columns:
    columns = said or Columns(recognise(header))
    missing = [column for column in columns.of.values() if column not in header]
    if missing:
        raise source.refuse(
            line, f"there is no column {missing[0]!r}; the columns are: {', '.join(filter(None, header))}."
        )
    if "name" not in columns.of and "family" not in columns.of:
        raise source.refuse(line, "no column is called name or naam. Say in a mapping which column holds the name.")
    return columns


def _draft(source: Source, columns: Columns, fields: dict[str, str]) -> Draft:
    def several(name: str) -> list[str]:
        return fields.get(name, "").split(columns.separator)

    given, family = fields.get("given", ""), fields.get("family", "")
    name = fields.get("name") or f"{given} {family}"
    said = fields.get("type", "")
    kind = KINDS.get(said.casefold()) if said else columns.kind
    draft = Draft(source.list_id, "", kind or columns.kind)
    if kind is None:
        draft.keep(columns.of["type"], said)
    draft.name(name, "primary", given, family)
    kinds: tuple[tuple[str, NameKind], ...] = (
        ("aliases", "alias"),
        ("weak_aliases", "weak-alias"),
        ("original_script", "original-script"),
    )
    for field, name_kind in kinds:
        for text in several(field):
            draft.name(text, name_kind)
    for text in several("birth_date"):
        draft.birth_date(text)
    for text in several("birth_place"):
        draft.birth_place(text)
    for text in several("country"):
        draft.country(text)
    for text in several("identifiers"):
        draft.identifier(*split_identifier(text))
    for text in [*several("programme"), columns.programme]:
        draft.programme(text)
    draft.gendered(fields.get("gender"))
    draft.listed_on = parse_day(fields.get("listed_on"))
    draft.remark(fields.get("remarks"))
    draft.id = fields.get("id") or _made_id(name, fields.get("birth_date", ""))
    return draft


def _made_id(*parts: str) -> str:
    text = "\n".join(" ".join(part.casefold().split()) for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
