"""How alike two names are as wholes: what matches against what contradicts and what is merely missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from hanze.screening.scoring.alignment import Pair, align
from hanze.screening.scoring.similarity import Likeness, likeness
from hanze.screening.scoring.tokens import Prepared, Token

CONTRADICTION = 1.5
"""How heavily a part that differs on both sides counts against a part that matches."""
MISSING = 0.3
"""How heavily a part that the other side leaves out counts against a part that matches."""
EXTRA_PATRONYMIC = 0.4
"""The share of MISSING that an omitted patronymic counts for."""
LIGHT_CONTRADICTION = 0.35
"""Contradictions weigh at least this, also in common parts: another `Ahmed` is another person."""
JOIN_EVEN = 0.35


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two names side by side: the score from 0 to 1, the pairs, and what is left on either side (as indices)."""

    score: float
    ours: tuple[Token, ...]
    theirs: tuple[Token, ...]
    pairs: tuple[Pair, ...]
    left_ours: tuple[int, ...]
    left_theirs: tuple[int, ...]


class Comparer:
    """Compares names and remembers how alike parts were: given names and business words come back all the time."""

    def __init__(self, limit: int = 500_000) -> None:
        self._limit = limit
        self._size = 0
        self._known: dict[Token, dict[Token, Likeness]] = {}

    def part(self, ours: Token, theirs: Token) -> Likeness:
        """The likeness of two parts, remembered."""
        row = self._known.get(ours)
        if row is None:
            row = self._known[ours] = {}
        found = row.get(theirs)
        if found is None:
            self._size += 1
            if self._size > self._limit:
                self._known.clear()
                self._size = 1
                row = self._known[ours] = {}
            found = row[theirs] = likeness(ours, theirs)
        return found

    def names(self, ours: Prepared, theirs: Prepared) -> Aligned:
        """The best of all readings of one against all readings of the other; the first of equals."""
        best: Aligned | None = None
        for mine in ours.readings:
            for other in theirs.readings:
                aligned = self.readings(mine, other)
                if best is None or aligned.score > best.score:
                    best = aligned
                    if best.score == 1.0:
                        return best
        assert best is not None, "a prepared name has at least one reading"
        return best

    def promise(self, ours: Prepared, theirs: Prepared) -> float:
        """How alike two names may turn out, seen part by part: quick, never far below what `names` finds."""
        best = 0.0
        for mine in ours.readings:
            for other in theirs.readings:
                best = max(best, self._promise(mine, other))
        return best

    def _promise(self, ours: Sequence[Token], theirs: Sequence[Token]) -> float:
        matched = weight = 0.0
        for our in ours:
            weight += our.weight
            matched += our.weight * max((self.part(our, their).value for their in theirs), default=0.0)
        if matched < 0.9 * weight:
            together = fuzz.ratio(joined(ours), joined(theirs)) / 100
            matched = max(matched, together * weight)
        missing = max(0.0, sum(their.weight for their in theirs) - weight)
        return matched / (weight + MISSING * missing) if weight else 0.0

    def readings(self, ours: Sequence[Token], theirs: Sequence[Token]) -> Aligned:
        """Align two rows of tokens and weigh the result."""
        pairs = align(ours, theirs, self.part)
        taken_ours = {index for pair in pairs for index in pair.ours}
        taken_theirs = {index for pair in pairs for index in pair.theirs}
        left_ours = tuple(index for index in range(len(ours)) if index not in taken_ours)
        left_theirs = tuple(index for index in range(len(theirs)) if index not in taken_theirs)
        score = weigh(ours, theirs, pairs, left_ours, left_theirs)
        return Aligned(score, tuple(ours), tuple(theirs), tuple(pairs), left_ours, left_theirs)


def joined(tokens: Sequence[Token]) -> str:
    """All parts as one word, in the order in which they were written."""
    return "".join(next(iter(token.folded)) for token in tokens)


def weigh(
    ours: Sequence[Token],
    theirs: Sequence[Token],
    pairs: Sequence[Pair],
    left_ours: Sequence[int],
    left_theirs: Sequence[int],
) -> float:
    """Matching weight over all weight: differing letters and parts that differ on both sides count against it in full,
    parts that only one side has count a little.
    """
    matched = lost = 0.0
    for pair in pairs:
        weight = _pair_weight(ours, theirs, pair)
        matched += weight * pair.likeness.value
        lost += max(weight, LIGHT_CONTRADICTION * (pair.likeness.value < 0.9)) * (1 - pair.likeness.value)
    contradicting, missing = _left_over([ours[i] for i in left_ours], [theirs[i] for i in left_theirs])
    against = CONTRADICTION * (lost + contradicting) + MISSING * missing
    return matched / (matched + against) if matched > 0 else 0.0


def _pair_weight(ours: Sequence[Token], theirs: Sequence[Token], pair: Pair) -> float:
    mine = sum(ours[index].weight for index in pair.ours)
    other = sum(theirs[index].weight for index in pair.theirs)
    return (mine + other) / 2 if pair.likeness.value > 0.9 else min(mine, other)


def _left_over(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[float, float]:
    """What contradicts (parts left on both sides) and what is missing (parts left on one side only), as weights."""
    mine = sorted((_weight_left(token) for token in ours), reverse=True)
    other = sorted((_weight_left(token) for token in theirs), reverse=True)
    both = min(len(mine), len(other))
    contradicting = sum(max((mine[i] + other[i]) / 2, 0.0) for i in range(both))
    return contradicting, sum(mine[both:]) + sum(other[both:])


def _weight_left(token: Token) -> float:
    if token.light:
        return token.weight
    return max(token.weight, LIGHT_CONTRADICTION)
