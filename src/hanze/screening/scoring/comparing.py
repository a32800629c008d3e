"""How alike two names are as wholes: what matches against what contradicts and what is merely missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from hanze.screening.scoring.alignment import ALIKE, Pair, align
from hanze.screening.scoring.similarity import By, likeness
from hanze.screening.scoring.tokens import Prepared, Reading, Token, may_be_spelled_alike

CONTRADICTION = 1.5
"""How heavily a part that differs on both sides counts against a part that matches."""
MISSING = 0.45
"""How heavily a part that the other side leaves out counts against a part that matches."""
ENOUGH = 1.5
"""The matching weight beyond which more matching parts do not make up for a part that contradicts."""
LEAST_CONTRADICTION = 0.35
"""A part that contradicts weighs at least this, common as it may be: another `Ahmed` is another person."""
MOST_ALIGNED = 3
"""How many names of an entry, and readings of a name, are looked at in full."""
WORTH_ALIGNING = 0.05
"""Names that are this much less alike part by part than the best are not looked at in full."""
LEAST_TELLING = 0.3
"""From this weight a part tells something by itself."""
ONE_PART = 0.85
"""Where one part alone matches and others are left, the names may well be those of two."""
LEAST_NAME = 0.45
GENERIC = 0.55
"""Where so little matches that it tells nothing (`Bank`, `Trading Co.`), any other name may do as well."""
ROUNDING = 1e-9
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


def _near(our: Token, their: Token) -> bool:
    """Whether any two spellings have so many letters in common that they are worth comparing letter by letter."""
    for one in our.letters:
        for other in their.letters:
            if may_be_spelled_alike(one, other):
                return True
    return False


Rows = list[tuple[float, Token, dict[Token, float]]]
"""The parts of a name: the weight of each, the part, and what is remembered of its likeness to others."""


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
        if our.telling and their.telling and our.keys.isdisjoint(their.keys) and not _near(our, their):
            value = known[their] = 0.0
        else:
            value = known[their] = likeness(our, their).value
        return value

    def _row(self, our: Token, theirs: Sequence[Token]) -> list[float]:
        """The likeness of a part to each of theirs."""
        known = self._known_of(our)
        return [known[their] if their in known else self._learn(known, our, their) for their in theirs]

    def estimates(self, ours: Prepared, theirs: Sequence[Prepared], least: float = 0.0) -> list[float]:
        """How alike a name will turn out to be to each of theirs, seen part by part: quick, and rarely far from what
        `names` finds. What stays clearly below `least`, or below the best before it, is not seen to the end: 0.
        """
        mine = [(reading, self._rows(reading)) for reading in ours.readings]
        estimates: list[float] = []
        highest = least - WORTH_ALIGNING
        for their in theirs:
            best = 0.0
            for reading, rows in mine:
                for other in their.readings:
                    value = self._estimate(reading, rows, other, highest - WORTH_ALIGNING)
                    if value > best:
                        best = value
            estimates.append(best)
            if best > highest:
                highest = best
        return estimates

    def _rows(self, reading: Reading) -> Rows:
        """The parts of a reading, the most telling first: the sooner it shows that two names differ."""
        heaviest_first = sorted(reading.tokens, key=lambda token: -token.weight)
        return [(token.weight, token, self._known_of(token)) for token in heaviest_first]

    def _estimate(self, ours: Reading, rows: Rows, theirs: Reading, least: float = 0.0) -> float:
        to_lose = ours.weight - _least_matched(ours.weight, theirs.weight, least)
        matched, others = 0.0, theirs.tokens
        for weight, our, known in rows:
            best = 0.0
            for their in others:
                value = known.get(their)
                if value is None:
                    value = self._learn(known, our, their)
                if value > best:
                    best = value
            matched += best * weight
            to_lose -= (1 - best) * weight
            if to_lose < 0:
                matched = 0.0
                break
        if matched > 0:
            left, left_theirs = ours.weight - matched, max(theirs.weight - matched, 0.0)
            less, more = (left, left_theirs) if left < left_theirs else (left_theirs, left)
            contradiction = CONTRADICTION if matched < ENOUGH else CONTRADICTION * matched / ENOUGH
            estimate = matched / (matched + contradiction * less + MISSING * (more - less))
        else:
            estimate = 0.0
        if (
            estimate < ALIKE
            and ours.joined
            and (together := fuzz.ratio(ours.joined, theirs.joined, score_cutoff=100 * TOGETHER))
        ):
            return max(estimate, together / 100)
        return estimate

    def names(self, ours: Prepared, theirs: Prepared) -> Aligned:
        """The best of all readings of one against all readings of the other; the first of equals."""
        options = [(mine, other) for mine in ours.readings for other in theirs.readings]
        if len(options) > 1:
            estimates = {option: self._estimate_readings(*option) for option in options}
            least = max(estimates.values()) - WORTH_ALIGNING
            options = sorted((option for option in options if estimates[option] >= least), key=lambda o: -estimates[o])
        best = self._align(*options[0])
        for mine, other in options[1:MOST_ALIGNED]:
            aligned = self._align(mine, other)
            if aligned.score > best.score:
                best = aligned
        return best

    def _estimate_readings(self, ours: Reading, theirs: Reading) -> float:
        return self._estimate(ours, self._rows(ours), theirs)

    def _align(self, ours: Reading, theirs: Reading) -> Aligned:
        """Align two rows of tokens and weigh the result."""
        pairs = align(ours.tokens, theirs.tokens, [self._row(our, theirs.tokens) for our in ours.tokens])
        taken_ours = {index for pair in pairs for index in pair.ours}
        taken_theirs = {index for pair in pairs for index in pair.theirs}
        left_ours = tuple(index for index in range(len(ours.tokens)) if index not in taken_ours)
        left_theirs = tuple(index for index in range(len(theirs.tokens)) if index not in taken_theirs)
        score = _weigh(ours.tokens, theirs.tokens, pairs, left_ours, left_theirs)
        return Aligned(score, ours.tokens, theirs.tokens, tuple(pairs), left_ours, left_theirs)


def _least_matched(ours: float, theirs: float, least: float) -> float:
    """What must match at least of two names of these weights for an estimate of `least`, solved from its formula."""
    less, apart = (ours, theirs - ours) if ours < theirs else (theirs, ours - theirs)
    needed = least * (CONTRADICTION * less + MISSING * apart) / (1 + (CONTRADICTION - 1) * least)
    return needed - ROUNDING


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
    left, left_other = (
        sum(_weight_left(ours[at]) for at in left_ours),
        sum(_weight_left(theirs[at]) for at in left_theirs),
    )
    telling = 0
    for pair in pairs:
        mine, other = sum(ours[at].weight for at in pair.ours), sum(theirs[at].weight for at in pair.theirs)
        less = min(mine, other)
        if _is_initial(ours, theirs, pair):
            left, left_other = left + mine - less, left_other + other - less
            weight = less
        else:
            weight = (mine + other) / 2 if pair.value > ALIKE else less
            telling += weight >= LEAST_TELLING
        matched += weight * pair.value
        lost += (weight if pair.value > ALIKE else max(weight, LEAST_CONTRADICTION)) * (1 - pair.value)
    if matched <= 0:
        return 0.0
    contradicting, missing = min(left, left_other), abs(left - left_other)
    against = CONTRADICTION * (lost + contradicting * max(1.0, matched / ENOUGH)) + MISSING * missing
    score = matched / (matched + against)
    if matched < LEAST_NAME and against > ROUNDING:
        return score * GENERIC
    return score * ONE_PART if telling < 2 and max(left, left_other) >= LEAST_TELLING else score


def _is_initial(ours: Sequence[Token], theirs: Sequence[Token], pair: Pair) -> bool:
    return (ours[pair.ours[0]].role == "initial") != (theirs[pair.theirs[0]].role == "initial")


def _weight_left(token: Token) -> float:
    return token.weight if token.light else max(token.weight, LEAST_CONTRADICTION)
