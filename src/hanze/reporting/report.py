"""A report is data before it is a document: sections of texts, figures, tables and charts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias

from hanze.reporting.figures import Figure, Language, find, recorded


@dataclass(frozen=True, slots=True)
class FigureRef:
    """A cell that shows a figure of the report and leads to its records."""

    key: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell whose text leads to a record or a page."""

    text: str
    url: str


Cell: TypeAlias = str | int | float | Decimal | date | FigureRef | Linked | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `width` is its share of the line relative to the other columns; numbers stand at the right."""

    label: str
    align: Literal["left", "right"] = "left"
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under named columns. Raises ValueError when a row does not have one cell per column."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError(f"table {self.key!r} has no columns")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.key!r}, row {number}: {len(row)} cells where there are {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class Point:
    """One bar, or one part of a stacked bar when `series` is given. Raises ValueError for what is not a number."""

    label: str
    value: int | float | Decimal
    series: str = ""

    def __post_init__(self) -> None:
        if not recorded(self.value):
            raise ValueError(f"point {self.label!r} has no value: what was not recorded cannot be drawn")


@dataclass(frozen=True, slots=True)
class Span:
    """One stay on a timeline, first and last day included; `series` groups spans by colour and name."""

    label: str
    start: date
    end: date
    series: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of data that also stands beside it as a table; `alt` says in words what it shows.

    `bar` and `stacked` take points, `timeline` takes spans, `drawing` (a map) neither: it has its own `svg`, with a
    width and a height. Raises ValueError when they do not match or when the text alternative is missing.
    """

    key: str
    title: str
    kind: Literal["bar", "stacked", "timeline", "drawing"]
    data: tuple[Point, ...] | tuple[Span, ...]
    alt: str
    table: Table
    value_label: str = ""
    svg: str = ""

    def __post_init__(self) -> None:
        if (self.kind == "drawing") != bool(self.svg) or (self.svg and self.data):
            raise ValueError(f"chart {self.key!r}: a drawing has an svg and no marks, any other chart has no svg")
        wanted = Span if self.kind == "timeline" else Point
        if {type(mark) for mark in self.data} - {wanted}:
            raise ValueError(f"chart {self.key!r}: a {self.kind} chart is drawn from {wanted.__name__} marks")
        if not self.alt.strip():
            raise ValueError(f"chart {self.key!r} has no text alternative")


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown written by a person; `{{ key }}` in it stands for a figure."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A band of figures, in this order."""

    keys: tuple[str, ...]


Block: TypeAlias = Prose | Figures | Table | Chart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report under one heading; `level` 1 is a chapter."""

    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 1


def _no_labels() -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a document needs, and nothing about how it looks.

    `summary` and `colophon` are Markdown, like Prose. `status` is a word such as "draft"; `fingerprint` the hash
    of a frozen report. `headline` names the figures on the cover and beside the summary. `row_types` gives the
    kinds of records ("activity") their name in the language of the report.
    Raises FigureKeyError when a band or a cell names an unknown figure, ValueError when keys or times are wrong.
    """

    title: str
    organisation: str
    period: str
    language: Language
    generated_at: datetime
    figures: Mapping[str, Figure]
    sections: tuple[Section, ...]
    subtitle: str = ""
    status: str = ""
    fingerprint: str = ""
    summary: str = ""
    headline: tuple[str, ...] = ()
    annexes: tuple[Section, ...] = ()
    colophon: str = ""
    row_types: Mapping[str, str] = field(default_factory=_no_labels)

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("a report needs a title")
        if self.generated_at.utcoffset() is None:
            raise ValueError("generated_at must carry a time zone")
        for key, figure in self.figures.items():
            if key != figure.key:
                raise ValueError(f"figure {figure.key!r} stands under the key {key!r}")
        for key in (*self.headline, *(key for block in blocks(self) for key in _named(block))):
            find(self.figures, key)
        for part in (self.sections, self.annexes):
            _check_levels(part)
        keys = [block.key for block in blocks(self) if isinstance(block, Table | Chart)]
        if twice := sorted({key for key in keys if keys.count(key) > 1}):
            raise ValueError(f"two tables or charts have the key {twice[0]!r}")


def blocks(report: Report) -> Iterator[Block]:
    """Every block of the sections and annexes, in reading order."""
    for section in (*report.sections, *report.annexes):
        yield from section.blocks


def tables(report: Report) -> Iterator[Table]:
    """Every table in reading order, those that stand beside a chart included."""
    for block in blocks(report):
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Chart):
            yield block.table


def figures_across(count: int) -> int:
    """How many of so many figures stand beside each other: at most four, on lines as even as can be."""
    lines = max(1, math.ceil(count / 4))
    return max(1, math.ceil(count / lines))


def _check_levels(sections: tuple[Section, ...]) -> None:
    above = 0
    for section in sections:
        if not 1 <= section.level <= min(above + 1, 3):
            raise ValueError(f"section {section.title!r} has level {section.level} under level {above}")
        above = section.level


def _named(block: Block) -> Iterator[str]:
    if isinstance(block, Figures):
        yield from block.keys
    elif isinstance(block, Table | Chart):
        table = block.table if isinstance(block, Chart) else block
        for row in table.rows:
            yield from (cell.key for cell in row if isinstance(cell, FigureRef))
