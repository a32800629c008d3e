"""How alike two names are as wholes: what matches against what contradicts and what is merely missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from hanze.screening.scoring.alignment import ALIKE, Pair, align
from hanze.screening.scoring.similarity import By, likeness
from hanze.screening.scoring.tokens import Prepared, Reading, Token

CONTRADICTION = 1.5
"""How heavily a part that differs on both sides counts against a part that matches."""
MISSING = 0.3
"""How heavily a part that the other side leaves out counts against a part that matches."""
ENOUGH = 1.5
"""The matching weight beyond which more matching parts do not make up for a part that contradicts."""
LEAST_CONTRADICTION = 0.35
"""A part that contradicts weighs at least this, common as it may be: another `Ahmed` is another person."""
MOST_READINGS_ALIGNED = 3
TOGETHER = 0.8
"""From this likeness of all letters together, parts may have been joined or split."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two names side by side: the score from 0 to 1, the pairs, and what is left on either side (as indices)."""

    score: float
    ours: tuple[Token, ...]
    theirs: tuple[Token, ...]
    pairs: tuple[Pair, ...]
    left_ours: tuple[int, ...]
    left_theirs: tuple[int, ...]

    def by(self, pair: Pair) -> By:
        """By what a pair matches."""
        if pair.joined:
            return "joined"
        return likeness(self.ours[pair.ours[0]], self.theirs[pair.theirs[0]]).by


class Comparer:
    """Compares names and remembers how alike parts were: given names and business words come back all the time."""

    def __init__(self, limit: int = 1_000_000) -> None:
        self._limit = limit
        self._size = 0
        self._known: dict[Token, dict[Token, float]] = {}

    def _known_of(self, our: Token) -> dict[Token, float]:
        """What is remembered of a part: how alike it is to others."""
        if self._size > self._limit:
            self._known.clear()
            self._size = 0
        known = self._known.get(our)
        if known is None:
            known = self._known[our] = {}
        return known

    def _learn(self, known: dict[Token, float], our: Token, their: Token) -> float:
        self._size += 1
        value = known[their] = likeness(our, their).value
        return value

    def _row(self, our: Token, theirs: Sequence[Token]) -> list[float]:
        """The likeness of a part to each of theirs."""
        known = self._known_of(our)
        return [known[their] if their in known else self._learn(known, our, their) for their in theirs]

    def estimates(self, ours: Prepared, theirs: Sequence[Prepared]) -> list[float]:
        """How alike a name will turn out to be to each of theirs, seen part by part: quick, and rarely far from what
        `names` finds.
        """
        mine = [(reading, [(our, self._known_of(our)) for our in reading.tokens]) for reading in ours.readings]
        return [
            max(self._estimate(reading, rows, other) for reading, rows in mine for other in their.readings)
            for their in theirs
        ]

    def _estimate(self, ours: Reading, rows: list[tuple[Token, dict[Token, float]]], theirs: Reading) -> float:
        matched = 0.0
        for our, known in rows:
            best = 0.0
            for their in theirs.tokens:
                value = known.get(their)
                if value is None:
                    value = self._learn(known, our, their)
                if value > best:
                    best = value
            matched += best * our.weight
        left, left_theirs = ours.weight - matched, max(theirs.weight - matched, 0.0)
        less, more = (left, left_theirs) if left < left_theirs else (left_theirs, left)
        against = CONTRADICTION * less * max(1.0, matched / ENOUGH) + MISSING * (more - less)
        estimate = matched / (matched + against) if matched > 0 else 0.0
        if estimate < ALIKE and (together := fuzz.ratio(ours.joined, theirs.joined, score_cutoff=100 * TOGETHER)):
            return max(estimate, together / 100)
        return estimate

    def names(self, ours: Prepared, theirs: Prepared) -> Aligned:
        """The best of all readings of one against all readings of the other; the first of equals."""
        options = [(mine, other) for mine in ours.readings for other in theirs.readings]
        if len(options) > MOST_READINGS_ALIGNED:
            options.sort(key=lambda option: -self._estimate_readings(*option))
            options = options[:MOST_READINGS_ALIGNED]
        best = self._align(*options[0])
        for mine, other in options[1:]:
            aligned = self._align(mine, other)
            if aligned.score > best.score:
                best = aligned
        return best

    def _estimate_readings(self, ours: Reading, theirs: Reading) -> float:
        return self._estimate(ours, [(our, self._known_of(our)) for our in ours.tokens], theirs)

    def _align(self, ours: Reading, theirs: Reading) -> Aligned:
        """Align two rows of tokens and weigh the result."""
        pairs = align(ours.tokens, theirs.tokens, [self._row(our, theirs.tokens) for our in ours.tokens])
        taken_ours = {index for pair in pairs for index in pair.ours}
        taken_theirs = {index for pair in pairs for index in pair.theirs}
        left_ours = tuple(index for index in range(len(ours.tokens)) if index not in taken_ours)
        left_theirs = tuple(index for index in range(len(theirs.tokens)) if index not in taken_theirs)
        score = _weigh(ours.tokens, theirs.tokens, pairs, left_ours, left_theirs)
        return Aligned(score, ours.tokens, theirs.tokens, tuple(pairs), left_ours, left_theirs)


def _weigh(
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
        matched += weight * pair.value
        lost += (weight if pair.value > ALIKE else max(weight, LEAST_CONTRADICTION)) * (1 - pair.value)
    contradicting, missing = _left_over([ours[at] for at in left_ours], [theirs[at] for at in left_theirs])
    against = CONTRADICTION * (lost + contradicting * max(1.0, matched / ENOUGH)) + MISSING * missing
    return matched / (matched + against) if matched > 0 else 0.0


def _pair_weight(ours: Sequence[Token], theirs: Sequence[Token], pair: Pair) -> float:
    mine = sum(ours[index].weight for index in pair.ours)
    other = sum(theirs[index].weight for index in pair.theirs)
    return (mine + other) / 2 if pair.value > ALIKE else min(mine, other)


def _left_over(ours: Sequence[Token], theirs: Sequence[Token]) -> tuple[float, float]:
    """What contradicts (parts left on both sides) and what is missing (parts left on one side only), as weights."""
    mine = sorted(map(_weight_left, ours), reverse=True)
    other = sorted(map(_weight_left, theirs), reverse=True)
    both = min(len(mine), len(other))
    contradicting = sum((mine[at] + other[at]) / 2 for at in range(both))
    return contradicting, sum(mine[both:]) + sum(other[both:])


def _weight_left(token: Token) -> float:
    return token.weight if token.light else max(token.weight, LEAST_CONTRADICTION)
