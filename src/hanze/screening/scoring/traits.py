"""What shows quickly that two parts of names are different, of all parts in one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Letters = tuple[str, int, int]
"""A spelling, the set of its letters as bits, and how many letters may differ."""

_NO_LETTERS = (1 << 32) - 1
_FIRST_ROWS = 1024
_NO_SPELLING = 1 << 14
_ROW = np.dtype(
    [
        ("every", np.uint32),
        ("some", np.uint32),
        ("shortest", np.int16),
        ("longest", np.int16),
        ("most", np.int16),
        ("one", np.uint64),
        ("other", np.uint64),
        ("exact", np.bool_),
    ]
)


class Traits:
    """A row for each part: the letters that all its spellings have, those that any has, the shortest and the longest
    spelling and how many letters may differ at most, its keys as bits in two ways, and whether only a full look tells.
    """

    def __init__(self) -> None:
        self._columns = {name: np.zeros(_FIRST_ROWS, _ROW[name]) for name in _ROW.names or ()}
        self._written = 0
        self._waiting: list[tuple[int, ...]] = []

    def __len__(self) -> int:
        return self._written + len(self._waiting)

    def add(self, letters: Sequence[Letters], keys: Iterable[str], exact: bool) -> int:
        """The number of a new part. `exact`: it may be like another part for which these traits give no reason."""
        every, some, shortest, longest, most = _NO_LETTERS, 0, _NO_SPELLING, 0, 0
        for text, bits, differing in letters:
            size = min(len(text), _NO_SPELLING)
            every &= bits
            some |= bits
            shortest, longest, most = min(shortest, size), max(longest, size), max(most, min(differing, _NO_SPELLING))
        one = other = 0
        for key in keys:
            mark = hash(key)
            one |= 1 << (mark & 63)
            other |= 1 << (mark >> 6 & 63)
        self._waiting.append((every, some, shortest, longest, most, one, other, exact))
        return len(self) - 1

    def _write(self) -> None:
        """Put the new parts into the table."""
        end = self._written + len(self._waiting)
        new = np.array(self._waiting, _ROW)
        for name, column in self._columns.items():
            if end > len(column):
                column = self._columns[name] = np.resize(column, max(end, 2 * len(column)))
            column[self._written : end] = new[name]
        self._written = end
        self._waiting.clear()

    def may_be_alike(self, ours: Numbers, theirs: Numbers) -> Numbers:
        """The places at which the part in `ours` and the one in `theirs` may be alike at all: they share a key, or few
        letters stand in only one of them. Never wrongly left out.
        """
        if self._waiting:
            self._write()
        table = self._columns
        shared = table["one"][ours] & table["one"][theirs] != 0
        shared &= table["other"][ours] & table["other"][theirs] != 0
        shared |= table["exact"][ours] | table["exact"][theirs]
        most = np.maximum(table["most"][ours], table["most"][theirs])
        near = table["shortest"][ours] - table["longest"][theirs] <= most
        near &= table["shortest"][theirs] - table["longest"][ours] <= most
        at = np.flatnonzero(near & ~shared)
        ours, theirs, most = ours[at], theirs[at], most[at]
        few = np.bitwise_count(table["every"][ours] & ~table["some"][theirs]) <= most
        few &= np.bitwise_count(table["every"][theirs] & ~table["some"][ours]) <= most
        shared[at[few]] = True
        return np.flatnonzero(shared)
