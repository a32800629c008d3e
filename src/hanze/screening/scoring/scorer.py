"""The score of a party against an entry: all names against all names, then what is known beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from hanze.screening.entries import Entry, ListedName, NameKind, Party
from hanze.screening.scoring.alignment import Likenesses
from hanze.screening.scoring.circumstances import Circumstances, circumstances
from hanze.screening.scoring.comparing import MOST_ALIGNED, Aligned, compare
from hanze.screening.scoring.estimating import WORTH_ALIGNING, Estimates, Estimator, Names
from hanze.screening.scoring.findings import Contradiction, Explanation, Match, Missing, PartMatch, Side
from hanze.screening.scoring.tokens import Token, Tokens

WEAK_ALIAS = 0.92
"""A list calls an alias weak when it says little; a match on it counts a little less."""
AS_GOOD = 0.015
"""Names that score this close are told apart by which a person would choose."""
LONGEST_DOTTED = 4
READINGS_AT_ONCE = 20_000
NAMELESS = ListedName("")
CHOICE: dict[NameKind, int] = {"primary": 0, "alias": 1, "original-script": 1, "former": 2, "weak-alias": 3}


class Option(NamedTuple):
    """A name of the party beside a name of the entry, by place, and how alike they look part by part."""

    estimate: float
    ours: int
    theirs: int


@dataclass(frozen=True, slots=True)
class Rated:
    """A name of the party against a name of the entry."""

    score: float
    party_name: ListedName
    listed_name: ListedName
    aligned: Aligned


@dataclass(frozen=True, slots=True)
class Rating:
    """The score over everything, the names it rests on (None where a side has no name), and the circumstances."""

    score: float
    names: Rated | None
    circumstances: Circumstances

    def match(self) -> Match:
        """What was found, as data that can be kept and put into words."""
        return _explained(self.score, self.names, self.circumstances)


class Scorer:
    """Scores parties against entries. One scorer a list or set of lists: how rare a part is depends on them."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._estimator = Estimator(tokens.traits)
        self._entries: dict[tuple[str, str], tuple[Entry, Names]] = {}

    def _side(self, owner: Party | Entry) -> Names:
        return Names.of([self._tokens.prepare(name.text, owner.kind) for name in owner.names])

    def _listed(self, entry: Entry) -> Names:
        known = self._entries.get((entry.list_id, entry.id))
        if known is None or known[0] is not entry:
            known = self._entries[entry.list_id, entry.id] = entry, self._side(entry)
        return known[1]

    def ready(self, entries: Iterable[Entry]) -> None:
        """Take the names of these entries apart now, instead of when each is first compared."""
        self._make_room()
        for entry in entries:
            self._listed(entry)

    def rate(self, party: Party, entry: Entry, least: float = 0.0) -> Rating:
        """Score one party against one entry, as `rate_all` does."""
        return self.rate_all([(party, entry)], least)[0]

    def match(self, party: Party, entry: Entry) -> Match:
        """Score and explain one party against one entry."""
        return self.rate(party, entry).match()

    def rate_all(self, pairs: Sequence[tuple[Party, Entry]], least: float = 0.0) -> list[Rating]:
        """Score each party against the entry beside it; the explanation is made when it is asked for.

        Where the names, seen part by part, stay clearly below `least`, that estimate is the score. A few hundred
        parties at once take a fraction of the time.
        """
        if not pairs:
            return []
        self._make_room()
        parties = {id(party): self._side(party) for party in {id(party): party for party, _ in pairs}.values()}
        sides = [(parties[id(party)], self._listed(entry)) for party, entry in pairs]
        ratings: list[Rating] = []
        for first, last in _within(sides):
            estimates = self._estimator.estimates(sides[first:last])
            some = enumerate(pairs[first:last])
            ratings += [self._rating(party, entry, estimates, at, least) for at, (party, entry) in some]
        return ratings

    def _make_room(self) -> None:
        if self._tokens.full:
            self._tokens.forget()
            self._estimator = Estimator(self._tokens.traits)
            self._entries.clear()

    def _rating(self, party: Party, entry: Entry, estimates: Estimates, at: int, least: float) -> Rating:
        found = circumstances(party, entry)
        if not party.names or not entry.names:
            return Rating(found.applied(0.0), None, found)
        if estimates.best[at] < least - WORTH_ALIGNING and not found.decided:
            return Rating(found.applied(estimates.best[at]), None, found)
        names = self._names(party, entry, estimates, at)
        return Rating(found.applied(names.score), names, found)

    def _names(self, party: Party, entry: Entry, estimates: Estimates, at: int) -> Rated:
        """The names that a person would put side by side: the best, and of nearly equals the plainest."""
        readings, names = estimates.of(at)
        worth = estimates.best[at] - WORTH_ALIGNING
        options = [
            Option(estimate, our, their)
            for our, row in enumerate(names)
            for their, estimate in enumerate(row)
            if estimate >= worth
        ]
        options.sort(key=lambda option: -option.estimate)
        ours, theirs = estimates.pairs[at]
        rated: list[Rated] = []
        for _, our, their in options[:MOST_ALIGNED]:
            first, column = ours.first[our], theirs.first[their]
            rows = [row[column : theirs.first[their + 1]] for row in readings[first : ours.first[our + 1]]]
            likenesses = partial(_from, estimates, at, first, column)
            aligned = compare(ours.names[our], theirs.names[their], rows, likenesses)
            rated.append(_rated(party.names[our], entry.names[their], aligned))
        best = max(item.score for item in rated)
        return min((item for item in rated if item.score >= best - AS_GOOD), key=_plainness)


def _from(estimates: Estimates, pair: int, first: int, column: int, mine: int, other: int) -> Likenesses:
    """How alike the parts of two readings are, counted from the first readings of two names."""
    return estimates.likenesses(pair, first + mine, column + other)


def _within(sides: Sequence[tuple[Names, Names]]) -> Iterator[tuple[int, int]]:
    """Neighbours that together make no more than so many pairs of readings (or one alone): from and to."""
    first, readings = 0, 0
    for at, (ours, theirs) in enumerate(sides):
        more = len(ours.lengths) * len(theirs.lengths)
        if readings and readings + more > READINGS_AT_ONCE:
            yield first, at
            first, readings = at, 0
        readings += more
    yield first, len(sides)


def _rated(ours: ListedName, theirs: ListedName, aligned: Aligned) -> Rated:
    weak = "weak-alias" in (ours.kind, theirs.kind)
    return Rated(aligned.score * (WEAK_ALIAS if weak else 1.0), ours, theirs, aligned)


def _plainness(rated: Rated) -> tuple[bool, int, int, float]:
    literal = rated.party_name.text.casefold() == rated.listed_name.text.casefold()
    leftover = len(rated.aligned.left_ours) + len(rated.aligned.left_theirs)
    return not literal, CHOICE[rated.listed_name.kind], leftover, -rated.score


def _explained(score: float, rated: Rated | None, found: Circumstances) -> Match:
    parts: tuple[PartMatch, ...] = ()
    contradictions, missing = list[Contradiction](), list[Missing]()
    if rated:
        parts = tuple(_part_matches(rated))
        contradictions, missing = _left_over(rated)
    explanation = Explanation(
        rated.party_name if rated else NAMELESS,
        rated.listed_name if rated else NAMELESS,
        parts,
        tuple(found.agreements),
        (*contradictions, *found.contradictions),
        (*missing, *found.missing),
    )
    return Match(score, rated.score if rated else 0.0, explanation)


def _written(token: Token, name: ListedName) -> str:
    """A part with the capitals that it has in the name (tokens have none)."""
    at = name.text.lower().find(token.written)
    if at >= 0:
        return name.text[at : at + len(token.written)]
    words = token.written.split()
    # `us` may stand there as `U.S.`; a longer word never has signs between its letters.
    apart = r"\W*".join(map(re.escape, "".join(words) if max(map(len, words)) < LONGEST_DOTTED else words))
    found = re.search(rf"(?<!\w){apart}(?!\w)\.?", name.text, re.IGNORECASE)
    return found[0] if found else token.written


def _part_matches(rated: Rated) -> Iterable[PartMatch]:
    aligned = rated.aligned
    for pair in sorted(aligned.pairs, key=lambda pair: pair.ours):
        party = " ".join(_written(aligned.ours[index], rated.party_name) for index in pair.ours)
        listed = " ".join(_written(aligned.theirs[index], rated.listed_name) for index in pair.theirs)
        yield PartMatch(party, listed, aligned.by(pair), round(pair.value, 3))


def _left_over(rated: Rated) -> tuple[list[Contradiction], list[Missing]]:
    """Telling parts left on both sides contradict each other, heaviest first; the others are merely missing."""

    def heaviest_first(indices: Sequence[int], tokens: Sequence[Token], name: ListedName) -> list[str]:
        left = sorted((tokens[index] for index in indices), key=lambda token: -token.weight)
        return [_written(token, name) for token in left if not token.light]

    ours = heaviest_first(rated.aligned.left_ours, rated.aligned.ours, rated.party_name)
    theirs = heaviest_first(rated.aligned.left_theirs, rated.aligned.theirs, rated.listed_name)
    both = min(len(ours), len(theirs))
    contradictions = [
        Contradiction("name-part", mine, other) for mine, other in zip(ours[:both], theirs[:both], strict=True)
    ]
    sides: tuple[tuple[Side, list[str]], ...] = (("list", ours[both:]), ("party", theirs[both:]))
    return contradictions, [Missing("name-part", side, what) for side, parts in sides for what in parts]
