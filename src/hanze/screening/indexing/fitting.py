"""How well the names of an index fit names that are asked, for many at once.

A name is asked as rows: for each of its parts the words of the index that could stand for it, with how alike they are.
A first sum over all names that hold such a word tells which cannot come high enough; the others are weighed exactly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hanze.screening.indexing.stretches import stretches

Integers = NDArray[np.int32]
Places = NDArray[np.int64]
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

LEAST_WEIGHT = 0.02
COMMON = 200
LITTLE = 0.34
_ROUNDING = 1e-4
_SPREAD = 1_000_003


@dataclass(frozen=True, slots=True)
class Row:
    """The words of the index that could stand for a part of a name, in order, and how alike each is.

    `weight` says how telling the part is among all names, `size` how many names it may reach, `most_held` the most that
    it can match of a name. `together` has the names that hold the part as several words in a row, with their weight.
    """

    words: Integers
    alike: Floats
    weight: float
    size: int
    most_held: float
    together: tuple[tuple[Integers, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading of a name: a row for each part, and rows for two neighbours as one word (by the first)."""

    parts: Sequence[Row]
    joined: Sequence[tuple[int, Row]]
    least: float

    @property
    def total(self) -> float:
        """What all parts weigh together."""
        return sum(row.weight for row in self.parts)

    def common(self) -> frozenset[int]:
        """The places of common parts that together are too little for a candidate.

        A name that holds no more than `asked` of what is asked has a harmonic mean of at most 2 * asked / (1 + asked).
        """
        most = max(LITTLE, self.least / (2 - self.least) - _ROUNDING) * self.total
        left_out, places = 0.0, list[int]()
        for at in sorted(range(len(self.parts)), key=lambda at: -self.parts[at].size):
            row = self.parts[at]
            if row.size > COMMON and row.weight > LEAST_WEIGHT and left_out + row.weight <= most:
                left_out += row.weight
                places.append(at)
        return frozenset(places)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of an index: who holds a word (`holders`, from `starts[word]`), the words of each name (`words`, from
    `word_starts[name]`), and how much each word and each name weighs.
    """

    holders: Integers
    starts: Places
    words: Integers
    word_starts: Places
    word_weights: Floats
    weights: Floats


@dataclass(slots=True)
class _Units:
    """All rows of all that is asked, one after the other; `local` is the place among the rows of one reading, `left`
    the place of the first of two joined neighbours (-1: a part), `factor` what a full match counts."""

    reading: Places
    row: Places
    local: Places
    left: Places
    factor: Doubles
    starts: Places
    counts: Places
    telling: Places
    common: Places
    common_starts: Places
    common_counts: Places
    totals: Doubles
    left_out: Doubles
    left_held: Doubles


@dataclass(slots=True)
class _Found:
    """Names that hold a word that could stand for a part (`unit`): how alike, what it holds of the name, and by which
    rank one word is preferred to another."""

    unit: Places
    name: Integers
    alike: Floats
    held: Floats
    rank: Floats

    def only(self, which: NDArray[Any]) -> _Found:
        return _Found(self.unit[which], self.name[which], self.alike[which], self.held[which], self.rank[which])


def fits(asked: Sequence[Asked], names: Names, least: float) -> tuple[Places, Places, Doubles]:
    """Three columns: which reading, which name, and the score from 0 to 1, where that is `least` or more."""
    table: dict[int, tuple[int, Row]] = {}
    units = _units(asked, table)
    rows = [row for _, row in table.values()]
    if not len(units.telling):
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
    found = _reached(units, rows, names)
    if least > 0:
        found = found.only(_promising(found, units, names, least))
    return _weighed(found, units, rows, names, least)


def _units(asked: Sequence[Asked], table: dict[int, tuple[int, Row]]) -> _Units:
    """The rows of all readings laid out; each distinct row gets a place in `table`."""
    flat: list[tuple[int, int, int, int, float]] = []
    telling, common = list[int](), list[int]()
    counts, common_counts = list[int](), list[int]()
    sums: list[tuple[float, float, float]] = []

    def place(row: Row) -> int:
        return table.setdefault(id(row), (len(table), row))[0]

    for reading, one in enumerate(asked):
        left_out = one.common()
        first = len(flat)
        for local, row in enumerate(one.parts):
            if local in left_out:
                common.append(len(flat))
            elif row.size and row.weight > LEAST_WEIGHT:
                telling.append(len(flat))
            flat.append((reading, place(row), local, -1, row.weight))
        for left, row in one.joined:
            telling.append(len(flat))
            factor = one.parts[left].weight + one.parts[left + 1].weight
            flat.append((reading, place(row), len(flat) - first, left, factor))
        counts.append(len(flat) - first)
        common_counts.append(len(left_out))
        weights = [(one.parts[at].weight, one.parts[at].most_held) for at in left_out]
        sums.append((one.total, sum(weight for weight, _ in weights), sum(held for _, held in weights)))
    return _Units(
        reading=_places([row[0] for row in flat]),
        row=_places([row[1] for row in flat]),
        local=_places([row[2] for row in flat]),
        left=_places([row[3] for row in flat]),
        factor=np.array([row[4] for row in flat], np.float64),
        starts=_starts(counts),
        counts=_places(counts),
        telling=_places(telling),
        common=_places(common),
        common_starts=_starts(common_counts),
        common_counts=_places(common_counts),
        totals=np.maximum(np.array([total for total, _, _ in sums], np.float64), 1e-6),
        left_out=np.array([weight for _, weight, _ in sums], np.float64),
        left_held=np.array([held for _, _, held in sums], np.float64),
    )


def _places(values: Sequence[int]) -> Places:
    return np.array(values, np.int64)


def _starts(counts: Sequence[int]) -> Places:
    return np.concatenate(([0], np.cumsum(counts)))[:-1].astype(np.int64)


def _reached(units: _Units, rows: Sequence[Row], names: Names) -> _Found:
    """All names that hold a word of a telling row, as often as they hold one."""
    lengths = np.array([len(row.words) for row in rows], np.int64)
    starts = _starts(lengths.tolist())
    own = units.row[units.telling]
    at = stretches(starts[own], lengths[own])
    words = np.concatenate([row.words for row in rows])[at]
    alike = np.concatenate([row.alike for row in rows])[at]
    counts = names.starts[words + 1] - names.starts[words]
    holders = names.holders[stretches(names.starts[words], counts)]
    unit = np.repeat(np.repeat(units.telling, lengths[own]), counts)
    alike_here = np.repeat(alike, counts)
    found = _Found(unit, holders, alike_here, np.repeat(alike * names.word_weights[words], counts), alike_here)
    row_of: list[int] = units.row.tolist()
    telling: list[int] = units.telling.tolist()
    apart = [(unit, *both) for unit in telling for both in rows[row_of[unit]].together]
    if not apart:
        return found
    counts = [len(holders) for _, holders, _ in apart]
    together = np.full(sum(counts), TOGETHER, np.float32)
    more = _Found(
        np.repeat(np.array([unit for unit, _, _ in apart]), counts),
        np.concatenate([holders for _, holders, _ in apart]),
        together,
        np.repeat(np.array([TOGETHER * weight for _, _, weight in apart], np.float32), counts),
        together + 1,
    )
    return _both(found, more)


TOGETHER = 0.95
"""How alike a part is to words in a row that together are written as it is."""


def _both(one: _Found, other: _Found) -> _Found:
    return _Found(
        np.concatenate((one.unit, other.unit)),
        np.concatenate((one.name, other.name)),
        np.concatenate((one.alike, other.alike)),
        np.concatenate((one.held, other.held)),
        np.concatenate((one.rank, other.rank)),
    )


def _promising(found: _Found, units: _Units, names: Names, least: float) -> NDArray[np.bool_]:
    """Whether a name can reach `least`, as if all its words counted. Names that share a place in the table of sums by
    chance seem better than they are, never worse.
    """
    reading = units.reading[found.unit]
    slots = 1 << max(10, (2 * len(reading)).bit_length())
    slot = (reading * _SPREAD + found.name) & (slots - 1)
    weight = names.weights[found.name]
    asked = np.bincount(slot, found.alike * units.factor[found.unit], slots)[slot] + units.left_out[reading]
    held = np.bincount(slot, found.held, slots)[slot] + units.left_held[reading]
    return _harmonic(asked / units.totals[reading], held / weight) >= least - _ROUNDING


def _harmonic(asked: Doubles, held: Doubles) -> Doubles:
    """The harmonic mean of how much of either side is found: one rare word in common is not enough."""
    asked, held = np.minimum(asked, 1), np.minimum(held, 1)
    return 2 * asked * held / np.maximum(asked + held, 1e-6)


def _weighed(
    found: _Found, units: _Units, rows: Sequence[Row], names: Names, least: float
) -> tuple[Places, Places, Doubles]:
    """Each part with the most alike word of each name, and what that makes together."""
    size = len(names.weights)
    pairs, pair = np.unique(units.reading[found.unit] * size + found.name, return_inverse=True)
    reading, name = pairs // size, pairs % size
    counts = units.counts[reading]
    starts = _starts(counts.tolist())
    cell = starts[pair] + units.local[found.unit]
    cell, found = _with_common(cell, found, reading, name, starts, units, rows, names)
    order = np.argsort(found.rank, kind="stable")
    asked, held = np.zeros(int(counts.sum())), np.zeros(int(counts.sum()))
    asked[cell[order]] = found.alike[order]
    held[cell[order]] = found.held[order]
    unit = stretches(units.starts[reading], counts)
    asked *= units.factor[unit]
    joined = np.flatnonzero(units.left[unit] >= 0)
    left = joined - units.local[unit[joined]] + units.left[unit[joined]]
    for values in (asked, held):
        values[joined] = np.maximum(values[joined] - values[left] - values[left + 1], 0)
    scores = (
        _harmonic(
            np.add.reduceat(asked, starts) / units.totals[reading], np.add.reduceat(held, starts) / names.weights[name]
        )
        if len(starts)
        else np.zeros(0)
    )
    enough = scores >= least
    return reading[enough], name[enough], scores[enough]


def _with_common(
    cell: Places,
    found: _Found,
    reading: Places,
    name: Places,
    starts: Places,
    units: _Units,
    rows: Sequence[Row],
    names: Names,
) -> tuple[Places, _Found]:
    """What the common parts add to the names that the others found: looked up from the words of each name."""
    counts = units.common_counts[reading]
    if not counts.any():
        return cell, found
    pair = np.repeat(np.arange(len(reading)), counts)
    unit = units.common[stretches(units.common_starts[reading], counts)]
    lengths = names.word_starts[name[pair] + 1] - names.word_starts[name[pair]]
    words = names.words[stretches(names.word_starts[name[pair]], lengths)]
    wanted: list[int] = sorted(set(units.row[units.common].tolist()))
    vocabulary = len(names.word_weights)
    keys = np.concatenate([at * vocabulary + rows[at].words.astype(np.int64) for at in wanted])
    alike = np.concatenate([rows[at].alike for at in wanted])
    asked = np.repeat(units.row[unit], lengths) * vocabulary + words
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    same = np.flatnonzero(keys[at] == asked)
    unit, pair, alike = np.repeat(unit, lengths)[same], np.repeat(pair, lengths)[same], alike[at[same]]
    held = alike * names.word_weights[words[same]]
    more = _Found(unit, name[pair].astype(np.int32), alike, held, alike)
    return np.concatenate((cell, starts[pair] + units.local[unit])), _both(found, more)
