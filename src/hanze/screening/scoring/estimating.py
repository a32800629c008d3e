"""How alike names will turn out to be, seen part by part: for thousands of names at once, before any is aligned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from hanze.screening.indexing.stretches import stretches
from hanze.screening.scoring.folding import fold
from hanze.screening.scoring.similarity import FOLDED_SHARE, LEAST, SHORT_WORD, STEEPNESS, SWAPPED, likeness
from hanze.screening.scoring.tokens import MOST_DIFFERING, Prepared, Token, in_characters, may_be_spelled_alike
from hanze.screening.scoring.traits import Traits

CONTRADICTION = 1.5
"""How heavily a part that differs on both sides counts against a part that matches."""
MISSING = 0.45
"""How heavily a part that the other side leaves out counts against a part that matches."""
ENOUGH = 1.5
"""The matching weight beyond which more matching parts do not make up for a part that contradicts."""
ALIKE = 0.9
"""Names that are more alike than this part by part need no look at all their letters, unless others are better."""
WORTH_ALIGNING = 0.05
"""Names that are this much less alike part by part than the best are not looked at in full."""
TOGETHER = 80
"""From this likeness of all letters together (of 100), parts may have been joined or split."""
Places = NDArray[np.int64]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a party or an entry as rows: of every reading how many parts it has, what it weighs, and its letters
    in one word; of all parts in a row their number and weight. `first` is the first reading of each name, and the end.
    """

    names: tuple[Prepared, ...]
    first: tuple[int, ...]
    lengths: Places
    weights: Doubles
    joined: tuple[str, ...]
    tokens: tuple[Token, ...]
    numbers: Places
    token_weights: Doubles

    @classmethod
    def of(cls, names: Sequence[Prepared]) -> Names:
        """The side with these names."""
        readings = [reading for name in names for reading in name.readings]
        tokens = tuple(token for reading in readings for token in reading.tokens)
        first = [0]
        for name in names:
            first.append(first[-1] + len(name.readings))
        return cls(
            tuple(names),
            tuple(first),
            np.array([len(reading.tokens) for reading in readings], np.int64),
            np.array([reading.weight for reading in readings], np.float64),
            tuple(reading.joined for reading in readings),
            tokens,
            np.array([token.number for token in tokens], np.int64),
            np.array([token.weight for token in tokens], np.float64),
        )


@dataclass(frozen=True, slots=True)
class Estimates:
    """How alike the readings of many pairs of names look: the `best` of each pair; all `values`, and what they are
    worth in choosing among names, from `starts[pair]`; how alike the parts of two readings are, from `cells[readings]`.
    """

    pairs: Sequence[tuple[Names, Names]]
    best: list[float]
    values: Doubles
    of_names: Doubles
    starts: list[int]
    alike: Doubles
    cells: Places

    def of(self, pair: int) -> tuple[list[list[float]], list[list[float]]]:
        """A row for each reading of ours with a column for each of theirs; and the same for names, by their best."""
        ours, theirs = self.pairs[pair]
        rows, start = len(ours.lengths), self.starts[pair]
        end = start + rows * len(theirs.lengths)
        readings, names = self.values[start:end].reshape(rows, -1), self.of_names[start:end].reshape(rows, -1)
        if len(ours.names) < len(ours.lengths):
            names = np.maximum.reduceat(names, ours.first[:-1], axis=0)
        if len(theirs.names) < len(theirs.lengths):
            names = np.maximum.reduceat(names, theirs.first[:-1], axis=1)
        return readings.tolist(), names.tolist()

    def likenesses(self, pair: int, mine: int, other: int) -> list[list[float]]:
        """For each part of a reading of ours how alike it is to each part of a reading of theirs."""
        ours, theirs = self.pairs[pair]
        rows, columns = ours.lengths[mine], theirs.lengths[other]
        start = self.cells[self.starts[pair] + mine * len(theirs.lengths) + other]
        return self.alike[start : start + rows * columns].reshape(rows, columns).tolist()


@dataclass(slots=True)
class _Laid:
    """Sides one after the other."""

    reading_starts: Places
    reading_counts: Places
    starts: Places
    lengths: Places
    weights: Doubles
    joined: list[str]
    numbers: Places
    token_weights: Doubles
    tokens: list[Token]

    @classmethod
    def of(cls, sides: Sequence[Names]) -> _Laid:
        counts = np.array([len(side.lengths) for side in sides], np.int64)
        lengths = np.concatenate([side.lengths for side in sides])
        return cls(
            _starts(counts),
            counts,
            _starts(lengths),
            lengths,
            np.concatenate([side.weights for side in sides]),
            list(chain.from_iterable(side.joined for side in sides)),
            np.concatenate([side.numbers for side in sides]),
            np.concatenate([side.token_weights for side in sides]),
            list(chain.from_iterable(side.tokens for side in sides)),
        )


def _starts(counts: NDArray[Any]) -> Places:
    return np.cumsum(counts) - counts


class Estimator:
    """Estimates how alike names are and remembers how alike parts were, at most about `limit` of them."""

    def __init__(self, traits: Traits, limit: int = 1_000_000) -> None:
        self._traits = traits
        self._limit = limit
        self._known: dict[tuple[int, int], float] = {}

    def estimates(self, pairs: Sequence[tuple[Names, Names]]) -> Estimates:
        """How alike the names of each pair are by their most alike parts: rarely far from what alignment finds."""
        if len(self._known) > self._limit:
            self._known.clear()
        numbers: tuple[dict[int, tuple[int, Names]], ...] = ({}, {})
        at = [
            np.array([table.setdefault(id(names), (len(table), names))[0] for names in column], np.int64)
            for table, column in zip(numbers, zip(*pairs, strict=True), strict=True)
        ]
        ours, theirs = (_Laid.of([names for _, names in table.values()]) for table in numbers)
        columns = theirs.reading_counts[at[1]]
        sizes = ours.reading_counts[at[0]] * columns
        starts = _starts(sizes)
        within = stretches(np.zeros(len(sizes), np.int64), sizes)
        columns = np.repeat(columns, sizes)
        mine = np.repeat(ours.reading_starts[at[0]], sizes) + within // columns
        other = np.repeat(theirs.reading_starts[at[1]], sizes) + within % columns
        alike, cells, matched = self._parts(ours, theirs, mine, other)
        values = _by_parts(ours, theirs, mine, other, matched)
        together = _by_letters(ours, theirs, mine, other)
        values = np.where(values < ALIKE, np.maximum(values, together), values)
        some = np.flatnonzero(sizes)
        behind = np.repeat(_best(values, starts, some, len(pairs)), sizes) - WORTH_ALIGNING
        of_names = np.where(values < behind, np.maximum(values, together), values)
        best = _best(of_names, starts, some, len(pairs)).tolist()
        return Estimates(pairs, best, values, of_names, starts.tolist(), alike, cells)

    def _parts(self, ours: _Laid, theirs: _Laid, mine: Places, other: Places) -> tuple[Doubles, Places, Doubles]:
        """How alike all parts of the readings are; where those of each two readings begin; and how much of ours is
        matched, each part by the part of theirs that it is most alike to.
        """
        matched = np.zeros(len(mine))
        counts, columns = ours.lengths[mine], theirs.lengths[other]
        widths = np.repeat(columns, counts)
        our = stretches(ours.starts[mine], counts)
        their = stretches(np.repeat(theirs.starts[other], counts), widths)
        alike = self._likenesses(ours, theirs, np.repeat(our, widths), their)
        full = np.flatnonzero((counts > 0) & (columns > 0))
        if len(full):
            some = np.flatnonzero(widths)
            best = np.maximum.reduceat(alike, _starts(widths)[some]) * ours.token_weights[our[some]]
            matched[full] = np.add.reduceat(best, _starts(counts[full]))
        return alike, _starts(counts * columns), matched

    def _likenesses(self, ours: _Laid, theirs: _Laid, our: Places, their: Places) -> Doubles:
        """The likeness of each part of ours (by place) to the part of theirs next to it."""
        mine, other = ours.numbers[our], theirs.numbers[their]
        values = (mine == other).astype(np.float64)
        others = np.flatnonzero(mine != other)
        worth = others[self._traits.may_be_alike(mine[others], other[others])]
        codes, first, where = np.unique(mine[worth] << 32 | other[worth], return_index=True, return_inverse=True)
        if len(codes):
            some: list[int] = our[worth[first]].tolist()
            beside: list[int] = their[worth[first]].tolist()
            parts = [(ours.tokens[one], theirs.tokens[another]) for one, another in zip(some, beside, strict=True)]
            values[worth] = np.array(self._learned(parts), np.float64)[where]
        return values

    def _learned(self, parts: Sequence[tuple[Token, Token]]) -> list[float]:
        """The likeness of different parts, remembered or found: by their letters alone for all of them at once."""
        known = self._known
        keys = [(our.number, their.number) for our, their in parts]
        values = [known.get(key) for key in keys]
        spelled: list[int] = []
        for at in [at for at, value in enumerate(values) if value is None]:
            our, their = parts[at]
            if our.telling and their.telling and our.keys.isdisjoint(their.keys):
                spelled.append(at)
            else:
                values[at] = known[keys[at]] = likeness(our, their).value
        if spelled:
            for at, value in zip(spelled, _only_spelled([parts[at] for at in spelled]), strict=True):
                values[at] = known[keys[at]] = value
        return [value or 0.0 for value in values]


def _only_spelled(parts: Sequence[tuple[Token, Token]]) -> list[float]:
    """The likeness of parts that share no key: of their spellings the two that are most alike by their letters."""
    counts, ours, theirs = list[int](), list[str](), list[str]()
    for our, their in parts:
        if our.plain and their.plain:
            ours.append(our.first)
            theirs.append(their.first)
            counts.append(1)
            continue
        pairs = _spellings(our, their)
        ours += [mine for mine, _ in pairs]
        theirs += [other for _, other in pairs]
        counts.append(len(pairs))
    values = np.zeros(len(parts))
    some = np.flatnonzero(counts)
    if len(some):
        values[some] = np.maximum.reduceat(spelled_alike(ours, theirs), _starts(np.array(counts, np.int64))[some])
    return values.tolist()


def _spellings(ours: Token, theirs: Token) -> list[tuple[str, str]]:
    """The spellings of two parts that may be alike by their letters; characters tell apart what is spelled alike."""
    if in_characters(ours.written) and in_characters(theirs.written):
        return []
    both = product(ours.letters, theirs.letters)
    return [(mine[0], other[0]) for mine, other in both if may_be_spelled_alike(mine, other)]


def spelled_alike(ours: Sequence[str], theirs: Sequence[str]) -> Doubles:
    """What `similarity.spelled_alike` says of two spellings, for many; nothing where that is too little to count."""
    lengths = np.array([list(map(len, ours)), list(map(len, theirs))], np.int64)
    longest, shortest = lengths.max(axis=0), lengths.min(axis=0)
    most = (longest * MOST_DIFFERING).astype(np.int64)
    written = cpdist(ours, theirs, scorer=OSA.distance, dtype=np.int64)
    values = np.zeros(len(ours))
    near = np.flatnonzero((shortest >= 3) & (written <= most))
    if not len(near):
        return values
    places: list[int] = near.tolist()
    ours, theirs = [ours[at] for at in places], [theirs[at] for at in places]
    written, longest, shortest = written[near], longest[near], shortest[near]
    folded = cpdist(list(map(fold, ours)), list(map(fold, theirs)), scorer=OSA.distance, dtype=np.int64)
    differing = FOLDED_SHARE * np.minimum(written, folded) + (1 - FOLDED_SHARE) * written
    for at in np.flatnonzero((written == 1) & (longest == shortest) & (longest > 3)).tolist():
        if sorted(ours[at]) == sorted(theirs[at]):
            differing[at] *= SWAPPED
    differing = np.where(longest < 5, differing + SHORT_WORD, differing)
    alike = 1 - STEEPNESS * differing / longest
    values[near] = np.where(alike >= LEAST, alike, 0.0)
    return values


def _best(values: Doubles, starts: Places, some: Places, count: int) -> Doubles:
    """The best of each of so many pairs; `some` have values at all."""
    best = np.zeros(count)
    if len(some):
        best[some] = np.maximum.reduceat(values, starts[some])
    return best


def _by_parts(ours: _Laid, theirs: _Laid, mine: Places, other: Places, matched: Doubles) -> Doubles:
    """What matches over all. Rounded: the first of equals stays so, in whichever order its parts were added up."""
    left = ours.weights[mine] - matched
    left_theirs = np.maximum(theirs.weights[other] - matched, 0.0)
    less, more = np.minimum(left, left_theirs), np.maximum(left, left_theirs)
    against = CONTRADICTION * np.maximum(1.0, matched / ENOUGH) * less + MISSING * (more - less)
    return np.where(matched > 0, matched / np.maximum(matched + against, 1e-9), 0.0).round(9)


def _by_letters(ours: _Laid, theirs: _Laid, mine: Places, other: Places) -> Doubles:
    """How alike all letters together are, where that is much."""
    if not len(mine):
        return np.zeros(0)
    rows: list[int] = mine.tolist()
    columns: list[int] = other.tolist()
    texts, others = [ours.joined[at] for at in rows], [theirs.joined[at] for at in columns]
    together = cpdist(texts, others, scorer=fuzz.ratio, score_cutoff=TOGETHER, dtype=np.float64) / 100
    return np.where(np.array(list(map(bool, texts))), together, 0.0)
