"""How a figure is declared: its key, its words, what it depends on and how it is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise

from hanze.evaluation.records import Records
from hanze.reporting import Compared, Figure, Row, Rows


@dataclass(frozen=True, slots=True)
class Total:
    """A value that is not the number of rows behind it; None when nothing was recorded."""

    value: int | Decimal | None
    rows: Sequence[Row]


Counted = Iterable[Row] | Total
Compute = Callable[[Records], Counted]


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure before it is counted.

    `depends` names the kinds of records that can change it. A `minor` figure stays out of a report when nothing
    was counted and no text names it. `always` says that it is known whether or not the year is recorded,
    and `comparable` whether another year can have it too.
    """

    key: str
    label: str | Promise
    depends: frozenset[str]
    compute: Compute
    note: str | Promise = ""
    minor: bool = False
    always: bool = False
    comparable: bool = True

    def count(self, records: Records, compared: Compared | None = None) -> Figure:
        """The figure with the records behind it; not recorded (None, never 0) for a year that is not covered."""
        if not (records.is_recorded or self.always):
            return Figure(self.key, str(self.label), None, (), compared=compared)
        counted = self.compute(records)
        if not isinstance(counted, Total):
            rows = counted if isinstance(counted, Rows) else tuple(counted)
            counted = Total(len(rows), rows)
        return Figure(self.key, str(self.label), counted.value, counted.rows, str(self.note), compared)


Family = Callable[[Records], Iterable[Definition]]
_definitions: dict[str, Definition] = {}
_families: list[Family] = []


def figure(
    key: str,
    label: str | Promise,
    *,
    depends: str,
    note: str | Promise = "",
    minor: bool = False,
    always: bool = False,
) -> Callable[[Compute], Compute]:
    """Decorator: the function counts the figure `key`. `depends` lists kinds of records, separated by spaces."""

    def declare(compute: Compute) -> Compute:
        _definitions[key] = Definition(key, label, frozenset(depends.split()), compute, note, minor, always)
        return compute

    return declare


def family(define: Family) -> Family:
    """Decorator: the function gives figures of which there is one per line, sector or activity of the scope."""
    _families.append(define)
    return define


def definitions(records: Records) -> dict[str, Definition]:
    """Every figure that this scope has, by key, in the order in which a report lists them."""
    of_families = (each for define in _families for each in define(records))
    return _definitions | {each.key: each for each in of_families}
