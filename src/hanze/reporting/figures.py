"""A figure and the records it was counted from; finding a figure by its key."""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, TypeAlias, overload

Language: TypeAlias = Literal["nl", "en"]
Value: TypeAlias = int | float | Decimal | str | None

KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Row:
    """One record behind a figure: `type` is its kind ("activity"), `label` its name, `detail` what tells it apart."""

    type: str
    id: str
    label: str
    url: str | None = None
    detail: str = ""


class Rows(Sequence[Row]):
    """Records that are written out as rows when somebody looks at them: most figures of a page are only counted.

    `write` makes the row of a record; each row is made once. Equal to any sequence of the same rows.
    """

    __slots__ = ("_made", "_records", "_write")

    def __init__(self, write: Callable[[Any], Row], records: Iterable[Any]) -> None:
        self._write = write
        self._records = tuple(records)
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return tuple(self._row(place) for place in range(len(self))[index])
        return self._row(range(len(self))[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def __hash__(self) -> int:
        return hash(tuple(self))

    def _row(self, place: int) -> Row:
        if place not in self._made:
            self._made[place] = self._write(self._records[place])
        return self._made[place]


@dataclass(frozen=True, slots=True)
class Compared:
    """What a figure is compared with: `label` names it ("2023"), `value` is None where nothing was recorded."""

    label: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A value that can be accounted for. `value` None (or not a number) means *not recorded*, which is never 0.

    Raises ValueError when the key is not a letter followed by letters, digits, "_", "." or "-".
    """

    key: str
    label: str
    value: Value
    rows: Sequence[Row] = ()
    note: str = ""
    compared: Compared | None = None

    def __post_init__(self) -> None:
        if not KEY.fullmatch(self.key):
            raise ValueError(f"{self.key!r} cannot be a figure's key: a letter, then letters, digits, '_', '.' or '-'")


def counted(key: str, label: str, rows: Iterable[Row], note: str = "", compared: Compared | None = None) -> Figure:
    """A figure whose value is the number of records behind it."""
    behind = tuple(rows)
    return Figure(key, label, len(behind), behind, note, compared)


def recorded(value: Value) -> bool:
    """Whether there is a value at all: None, NaN, infinity and blank text are *not recorded*. Raises TypeError for what
    is no value, such as a text that is still to be translated.
    """
    match value:
        case None:
            return False
        case str():
            return bool(value.strip())
        case int():
            return True
        case float():
            return math.isfinite(value)
        case Decimal():
            return value.is_finite()
        case _:
            raise TypeError(f"{value!r} ({type(value).__name__}) is no value of a report")


class FigureKeyError(KeyError):
    """A figure was named that the report does not have; `nearest` is the known key that looks most like it."""

    def __init__(self, key: str, nearest: str | None) -> None:
        super().__init__(key)
        self.key = key
        self.nearest = nearest

    def __str__(self) -> str:
        hint = f"; did you mean {self.nearest!r}?" if self.nearest else ""
        return f"There is no figure {self.key!r}{hint}"


def find(figures: Mapping[str, Figure], key: str) -> Figure:
    """The figure with this key. Raises FigureKeyError, naming the nearest known key."""
    if key in figures:
        return figures[key]
    nearest = difflib.get_close_matches(key, figures, n=1, cutoff=0.5)
    raise FigureKeyError(key, nearest[0] if nearest else None)
