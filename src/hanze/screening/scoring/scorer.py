"""The score of a party against an entry: all names against all names, then what is known beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hanze.screening.entries import Entry, ListedName, NameKind, Party
from hanze.screening.scoring.circumstances import Circumstances, circumstances
from hanze.screening.scoring.comparing import MOST_ALIGNED, WORTH_ALIGNING, Aligned, Comparer
from hanze.screening.scoring.findings import Contradiction, Explanation, Match, Missing, PartMatch, Side
from hanze.screening.scoring.tokens import Prepared, Token, Tokens

WEAK_ALIAS = 0.92
"""A list calls an alias weak when it says little; a match on it counts a little less."""
AS_GOOD = 0.015
"""Names that score this close are told apart by which a person would choose."""
LONGEST_DOTTED = 4
NAMELESS = ListedName("")
CHOICE: dict[NameKind, int] = {"primary": 0, "alias": 1, "original-script": 1, "former": 2, "weak-alias": 3}


class Option(NamedTuple):
    """A name of the party beside a name of the entry, and how alike they look part by part."""

    estimate: float
    party_name: ListedName
    listed_name: ListedName
    mine: Prepared
    other: Prepared


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


@dataclass(frozen=True, slots=True)
class PreparedParty:
    """A party with its names taken apart, so that this is done once for all candidates."""

    party: Party
    names: tuple[tuple[ListedName, Prepared], ...]


class Scorer:
    """Scores parties against entries. One scorer a list or set of lists: how rare a part is depends on them."""

    def __init__(self, tokens: Tokens, comparer: Comparer | None = None) -> None:
        self._tokens = tokens
        self._comparer = comparer or Comparer()
        self._entries: dict[tuple[str, str], tuple[Entry, tuple[tuple[ListedName, Prepared], ...]]] = {}

    def prepare(self, party: Party) -> PreparedParty:
        """Take the names of a party apart."""
        return PreparedParty(party, self._take_apart(party.names, party))

    def _take_apart(self, names: Iterable[ListedName], owner: Party | Entry) -> tuple[tuple[ListedName, Prepared], ...]:
        return tuple((name, self._tokens.prepare(name.text, owner.kind)) for name in names)

    def _listed(self, entry: Entry) -> tuple[tuple[ListedName, Prepared], ...]:
        known = self._entries.get((entry.list_id, entry.id))
        if known is None or known[0] is not entry:
            known = self._entries[entry.list_id, entry.id] = entry, self._take_apart(entry.names, entry)
        return known[1]

    def rate(self, party: PreparedParty, entry: Entry, least: float = 0.0) -> Rating:
        """Score one party against one entry; the explanation is made when it is asked for.

        Where the names, seen part by part, stay clearly below `least`, that estimate is the score.
        """
        found = circumstances(party.party, entry)
        options = self._options(party, entry, 0.0 if found.decided else least)
        if not options:
            return Rating(found.applied(0.0), None, found)
        if options[0].estimate < least - WORTH_ALIGNING and not found.decided:
            return Rating(found.applied(options[0].estimate), None, found)
        names = self._names(options)
        return Rating(found.applied(names.score), names, found)

    def match(self, party: Party, entry: Entry) -> Match:
        """Score and explain one party against one entry."""
        return self.rate(self.prepare(party), entry).match()

    def _options(self, party: PreparedParty, entry: Entry, least: float) -> list[Option]:
        """Every name of the party with every name of the entry, those that look most alike first."""
        listed = self._listed(entry)
        theirs = [other for _, other in listed]
        options = [
            Option(estimate, our, their, mine, other)
            for our, mine in party.names
            for estimate, (their, other) in zip(self._comparer.estimates(mine, theirs, least), listed, strict=True)
        ]
        options.sort(key=lambda option: -option.estimate)
        return options

    def _names(self, options: list[Option]) -> Rated:
        """The names that a person would put side by side: the best, and of nearly equals the plainest."""
        worth = [option for option in options[:MOST_ALIGNED] if option.estimate >= options[0].estimate - WORTH_ALIGNING]
        rated = [self._rated(option) for option in worth]
        best = max(item.score for item in rated)
        return min((item for item in rated if item.score >= best - AS_GOOD), key=_plainness)

    def _rated(self, option: Option) -> Rated:
        aligned = self._comparer.names(option.mine, option.other)
        weak = "weak-alias" in (option.party_name.kind, option.listed_name.kind)
        return Rated(aligned.score * (WEAK_ALIAS if weak else 1.0), option.party_name, option.listed_name, aligned)


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
