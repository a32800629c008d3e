"""What shows quickly that two parts of names are different, of all parts in one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.uint64]
Flags = NDArray[np.bool_]
Letters = tuple[str, int, int]
"""A spelling, the set of its letters as bits, and how many letters may differ."""

_NO_LETTERS = (1 << 32) - 1
_FIRST_ROWS = 1024
_LENGTHS = 1 << 20


class Traits:
    """A row for each part: the letters that all its spellings have, those that any has, the shortest and the longest
    spelling and how many letters may differ at most, its keys as bits in two ways, and whether only a full look tells.
    """

    def __init__(self) -> None:
        self._table: Table = np.zeros((_FIRST_ROWS, 8), np.uint64)
        self._written = 0
        self._waiting: list[tuple[int, ...]] = []

    def __len__(self) -> int:
        return self._written + len(self._waiting)

    def add(self, letters: Sequence[Letters], keys: Iterable[str], exact: bool) -> int:
        """The number of a new part. `exact`: it may be like another part for which these traits give no reason."""
        every, some, shortest, longest, most = _NO_LETTERS, 0, _LENGTHS, 0, 0
        for text, bits, differing in letters:
            every &= bits
            some |= bits
            shortest, longest, most = min(shortest, len(text)), max(longest, len(text)), max(most, differing)
        one = other = 0
        for key in keys:
            mark = hash(key)
            one |= 1 << (mark & 63)
            other |= 1 << (mark >> 6 & 63)
        self._waiting.append((every, some, shortest, longest, most, one, other, exact))
        return len(self) - 1

    def of(self, parts: NDArray[np.int64]) -> Table:
        """A column for each of these parts."""
        if self._waiting:
            end = self._written + len(self._waiting)
            if end > len(self._table):
                grown = np.zeros((max(end, 2 * len(self._table)), 8), np.uint64)
                grown[: self._written] = self._table[: self._written]
                self._table = grown
            self._table[self._written : end] = np.array(self._waiting, np.uint64)
            self._written = end
            self._waiting.clear()
        return np.ascontiguousarray(self._table[parts].T)


def may_be_alike(ours: Table, theirs: Table) -> Flags:
    """Whether parts with these traits, column by column, may be alike at all. Never wrongly no; they may be alike when
    they share a key, or when few letters stand in only one of them.
    """
    signed = ours[2:5].astype(np.int64), theirs[2:5].astype(np.int64)
    (shortest, longest, most), (their_shortest, their_longest, their_most) = signed
    most = np.maximum(most, their_most)
    near = (shortest - their_longest <= most) & (their_shortest - longest <= most)
    near &= np.bitwise_count(ours[0] & ~theirs[1]) <= most
    near &= np.bitwise_count(theirs[0] & ~ours[1]) <= most
    shared = (ours[5] & theirs[5] != 0) & (ours[6] & theirs[6] != 0)
    return near | shared | (ours[7] | theirs[7] != 0)
