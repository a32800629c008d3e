"""Words that differ by few letters, out of a large vocabulary: shared letter pairs first, then edit distance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

_SIGNS = 37
_LONGEST = 32
_CODES = np.zeros(256, dtype=np.int64)
_CODES[ord("a") : ord("z") + 1] = np.arange(1, 27)
_CODES[ord("0") : ord("9") + 1] = np.arange(27, 37)
Integers = NDArray[np.int32]


def allowed_errors(length: int) -> int:
    """How many letters may differ: none under three letters, one up to five, two up to nine, three beyond."""
    return 0 if length < 3 else 1 if length <= 5 else 2 if length <= 9 else 3


def _shared(length: int, errors: int) -> int:
    """How many letter pairs a word has in common at least: an error costs two, two neighbours swapped cost three."""
    return max(2, length + 1 - 2 * errors - (errors == 1))


class Bigrams:
    """Letter pairs (with word ends) of a vocabulary of lower-case ASCII words, sorted by pair and word length."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        text = np.frombuffer(("\n" + "\n".join(words) + "\n").encode("ascii"), dtype=np.uint8)
        codes = _CODES[text]
        lengths = np.diff(np.flatnonzero(text == ord("\n"))) - 1 if words else np.zeros(0, dtype=np.int64)
        pairs = codes[:-1] * _SIGNS + codes[1:]
        owner = np.repeat(np.arange(len(words), dtype=np.int32), lengths + 1)
        keys = pairs[: len(owner)] * _LONGEST + np.minimum(lengths, _LONGEST - 1)[owner]
        order = np.argsort(keys, kind="stable")
        self._owners: Integers = owner[order]
        counts = np.bincount(keys, minlength=_SIGNS * _SIGNS * _LONGEST)
        self._starts = np.concatenate(([0], np.cumsum(counts))).tolist()

    def like(self, word: str) -> list[tuple[int, float]]:
        """Positions of words within the allowed number of errors, with their similarity between 0 and 1."""
        length = len(word)
        errors = allowed_errors(length)
        if not errors or length >= _LONGEST - errors:
            return []
        codes = _CODES[np.frombuffer(("\n" + word + "\n").encode("ascii"), dtype=np.uint8)]
        keys = ((codes[:-1] * _SIGNS + codes[1:]) * _LONGEST + length).tolist()
        starts = self._starts
        found = [self._owners[starts[key - errors] : starts[key + errors + 1]] for key in keys]
        counts = np.bincount(np.concatenate(found), minlength=1)
        near = np.flatnonzero(counts >= _shared(length, errors)).tolist()
        if not near:
            return []
        words = self._words
        least = 1 - (errors + 0.01) / (length - errors if length > 5 else length)
        close = extract(
            word, [words[at] for at in near], scorer=OSA.normalized_similarity, score_cutoff=least, limit=None
        )
        return [(near[at], similarity) for _, similarity, at in close]
