"""How alike two names are as wholes: what matches against what contradicts and what is merely missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hanze.screening.scoring.alignment import ALIKE, Likenesses, Pair, align
from hanze.screening.scoring.estimating import CONTRADICTION, ENOUGH, MISSING, WORTH_ALIGNING
from hanze.screening.scoring.similarity import By, likeness
from hanze.screening.scoring.tokens import Prepared, Reading, Token

LEAST_CONTRADICTION = 0.35
"""A part that contradicts weighs at least this, common as it may be: another `Ahmed` is another person."""
ANOTHER_FATHER = 1.0
"""What a patronymic weighs where the other side has another one: left out it tells little, this tells two apart."""
MOST_ALIGNED = 3
"""How many names of an entry, and readings of a name, are looked at in full."""
LEAST_TELLING = 0.3
"""From this weight a part tells something by itself."""
ONE_PART = 0.85
"""Where one part alone matches and others are left, the names may well be those of two."""
LEAST_NAME = 0.45
GENERIC = 0.55
"""Where so little matches that it tells nothing (`Bank`, `Trading Co.`), any other name may do as well."""
ROUNDING = 1e-9


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


def compare(
    ours: Prepared,
    theirs: Prepared,
    estimates: Sequence[Sequence[float]],
    likenesses: Callable[[int, int], Likenesses],
) -> Aligned:
    """The best of all readings of one name against all readings of the other; the first of equals.

    `estimates` has a row for each reading of ours that says how alike each reading of theirs looks, `likenesses` tells
    of one reading of each, by place, how alike their parts are.
    """
    options = [(value, mine, other) for mine, row in enumerate(estimates) for other, value in enumerate(row)]
    options.sort(key=lambda option: -option[0])
    worth = [option for option in options[:MOST_ALIGNED] if option[0] >= options[0][0] - WORTH_ALIGNING]
    aligned = [_align(ours.readings[mine], theirs.readings[other], likenesses(mine, other)) for _, mine, other in worth]
    return max(aligned, key=lambda one: one.score)


def _align(ours: Reading, theirs: Reading, likenesses: Likenesses) -> Aligned:
    """Align two rows of tokens and weigh the result."""
    pairs = align(ours.tokens, theirs.tokens, likenesses)
    taken_ours = {index for pair in pairs for index in pair.ours}
    taken_theirs = {index for pair in pairs for index in pair.theirs}
    left_ours = tuple([index for index in range(len(ours.tokens)) if index not in taken_ours])
    left_theirs = tuple([index for index in range(len(theirs.tokens)) if index not in taken_theirs])
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
    fathers = _names_father(ours, left_ours) and _names_father(theirs, left_theirs)
    left = sum([_weight_left(ours[at], fathers) for at in left_ours])
    left_other = sum([_weight_left(theirs[at], fathers) for at in left_theirs])
    telling = 0
    for pair in pairs:
        mine, other = _weight_of(ours, pair.ours), _weight_of(theirs, pair.theirs)
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


def _weight_of(tokens: Sequence[Token], places: Sequence[int]) -> float:
    return tokens[places[0]].weight if len(places) == 1 else sum(tokens[at].weight for at in places)


def _is_initial(ours: Sequence[Token], theirs: Sequence[Token], pair: Pair) -> bool:
    return (ours[pair.ours[0]].role == "initial") != (theirs[pair.theirs[0]].role == "initial")


def _names_father(tokens: Sequence[Token], places: Sequence[int]) -> bool:
    return any(tokens[at].role == "patronymic" for at in places)


def _weight_left(token: Token, fathers: bool) -> float:
    if fathers and token.role == "patronymic":
        return ANOTHER_FATHER
    return token.weight if token.light else max(token.weight, LEAST_CONTRADICTION)
