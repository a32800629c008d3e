"""Words that differ by few letters, out of a large vocabulary, for many words at once.

Two words within so many errors become the same when as many letters are left out of the beginnings of both (the
symmetric deletes of SymSpell, W. Garbe 2012). What the words of the vocabulary become is kept in buckets; who shares
one is then compared in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from hanze.screening.indexing.stretches import stretches

LONGEST = 32
BEGINNING = {1: 6, 2: 7, 3: 8}
"""Of how many first letters some are left out, by the number of errors."""
_SHORTEST, _FACTOR = 3, 0x9E3779B97F4A7C15
_MOST_BUCKETS = 22
_PLACE = 64 - 1 - _MOST_BUCKETS
Marks = NDArray[np.uint64]
Places = NDArray[np.int64]
Similar = list[tuple[int, float]]


def allowed_errors(length: int) -> int:
    """How many letters may differ: none under three letters, one up to five, two up to nine, three beyond."""
    return 0 if length < _SHORTEST else 1 if length <= 5 else 2 if length <= 9 else 3


@cache
def _left_out(length: int, errors: int) -> Marks:
    """A column for each way to leave at most `errors` out of `length` letters: the factor of each letter that stays."""
    kept = [
        columns
        for left_out in range(min(errors, length - 1) + 1)
        for columns in combinations(range(length), length - left_out)
    ]
    factors = np.zeros((length, len(kept)), dtype=np.uint64)
    for at, columns in enumerate(kept):
        for rank, column in enumerate(columns):
            factors[column, at] = pow(_FACTOR, rank + 1, 1 << 64)
    return factors


def _marks(words: Sequence[str], errors: int) -> tuple[Marks, Places]:
    """The marks of what lower-case words become with letters left out, and which word (its place) became so."""
    by_length: dict[int, list[int]] = defaultdict(list)
    longest = BEGINNING[errors]
    for at, word in enumerate(words):
        by_length[min(len(word), longest)].append(at)
    marks, places = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)]
    for length, members in by_length.items():
        text = "".join([words[at][:length] for at in members]).encode("ascii")
        letters = np.frombuffer(text, np.uint8).reshape(len(members), length).astype(np.uint64)
        factors = _left_out(length, errors)
        mixed = letters @ factors
        marks.append((mixed ^ (mixed >> np.uint64(29))).ravel() * np.uint64(_FACTOR))
        places.append(np.repeat(np.array(members, np.int64), factors.shape[1]))
    return np.concatenate(marks), np.concatenate(places)


class _Level:
    """The words that may be within a number of errors of some word, by what they become with letters left out."""

    def __init__(self, words: Sequence[str], errors: int) -> None:
        shortest = next(length for length in range(LONGEST) if allowed_errors(length) == errors) - errors
        longest = max(length for length in range(LONGEST) if allowed_errors(length) == errors) + errors
        members = [at for at, word in enumerate(words) if shortest <= len(word) <= longest]
        marks, places = _marks([words[at] for at in members], errors)
        self._errors = errors
        self._shift = np.uint64(64 - min(_MOST_BUCKETS, max(1, len(marks).bit_length())))
        buckets = (marks >> self._shift).astype(np.int64)
        # Sorted as one number with its place, a bucket takes a tenth of the time that sorting places by it takes.
        order = np.sort(buckets << _PLACE | np.arange(len(buckets))) & ((1 << _PLACE) - 1)
        self._marks = marks[order].astype(np.uint32)
        self._words = np.array(members, dtype=np.int32)[places[order]]
        counts = np.bincount(buckets, minlength=1 << (64 - int(self._shift)))
        self._starts = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)

    def pairs(self, words: Sequence[str], size: int) -> tuple[Places, Places]:
        """Which of these words may be near which of a vocabulary of this size: two rows, sorted by the first."""
        marks, places = _marks(words, self._errors)
        buckets = (marks >> self._shift).astype(np.int64)
        starts = self._starts[buckets]
        lengths = self._starts[buckets + 1] - starts
        at = stretches(starts, lengths)
        same = self._marks[at] == np.repeat(marks.astype(np.uint32), lengths)
        pairs = np.sort(np.repeat(places, lengths)[same] * size + self._words[at[same]])
        distinct = pairs[np.diff(pairs, prepend=-1) > 0]
        return distinct // size, distinct % size


class Spellings:
    """A vocabulary of lower-case ASCII words that knows which of them are spelled nearly as others are."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._levels: dict[int, _Level] = {}

    def ready(self) -> None:
        """Make now what is otherwise made when it is first needed."""
        for errors in BEGINNING:
            self._level(errors)

    def _level(self, errors: int) -> _Level:
        level = self._levels.get(errors)
        if level is None:
            level = self._levels[errors] = _Level(self._words, errors)
        return level

    def near(self, words: Sequence[str]) -> dict[str, Similar]:
        """For each of these words the places of words within the allowed number of errors, with how alike they are."""
        found: dict[str, Similar] = {word: [] for word in words}
        by_errors: dict[int, list[str]] = defaultdict(list)
        for word in found:
            errors = allowed_errors(len(word))
            if errors and len(word) < LONGEST - errors:
                by_errors[errors].append(word)
        for errors, asked in by_errors.items():
            self._compare(asked, errors, found)
        return found

    def _compare(self, asked: Sequence[str], errors: int, found: dict[str, Similar]) -> None:
        pairs = self._level(errors).pairs(asked, len(self._words))
        ours: list[int] = pairs[0].tolist()
        theirs: list[int] = pairs[1].tolist()
        if not ours:
            return
        mine, other = [asked[at] for at in ours], [self._words[at] for at in theirs]
        distances = cpdist(mine, other, scorer=OSA.distance, score_cutoff=errors, dtype=np.uint8)
        for at in np.flatnonzero(distances <= errors).tolist():
            longest = max(len(mine[at]), len(other[at]))
            found[mine[at]].append((theirs[at], 1 - int(distances[at]) / longest))
