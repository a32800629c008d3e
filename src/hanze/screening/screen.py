"""Screening parties against lists: candidates from the index, scored, judged by threshold and explained."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeVar

from hanze.screening.cycles import kept_apart, without_collecting
from hanze.screening.entries import Entry, Kind, Party
from hanze.screening.index import Index
from hanze.screening.names import analyse
from hanze.screening.scoring.findings import Explanation, Match
from hanze.screening.scoring.scorer import Rating, Scorer
from hanze.screening.scoring.tokens import Tokens, in_characters
from hanze.screening.thresholds import BY_KIND, NO_LISTS, READ_ALOUD, Thresholds, Verdict

ENGINE = "2026.3"
"""The version of the comparison. It changes whenever the same names and lists can give other scores."""
WORTH_A_PROCESS = 400
"""Fewer parties than this are screened sooner than another process starts."""
WORTH_BEING_READY = 10_000
"""From this many parties all entries are taken apart beforehand, once for all processes."""
BATCH = 256
CHANGED_AT_ONCE = 32


@dataclass(frozen=True, slots=True)
class Settings:
    """How to screen. `limit` candidates are returned for a party, out of at most `candidates` that the index offers
    with a first score of `promising` or more; candidates below `least` are looked at but not returned. `by_list`
    overrules `by_kind` (and `read_aloud`, for characters against Latin letters) for a list and kind.
    """

    limit: int = 5
    candidates: int = 20
    least: float = 0.5
    promising: float = 0.55
    by_kind: Mapping[Kind, Thresholds] = field(default_factory=lambda: BY_KIND)
    read_aloud: Thresholds = READ_ALOUD
    by_list: Mapping[tuple[str, Kind], Thresholds] = field(default_factory=lambda: NO_LISTS)
    engine: str = ENGINE

    def thresholds(self, list_id: str, kind: Kind, read_aloud: bool = False) -> Thresholds:
        """The thresholds for a party of this kind against this list."""
        usual = self.read_aloud if read_aloud else self.by_kind.get(kind, self.by_kind["unknown"])
        return self.by_list.get((list_id, kind), usual)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that a party may be: `score` over everything, `name_score` over the names alone."""

    entry: Entry
    score: float
    verdict: Verdict
    explanation: Explanation
    name_score: float


@dataclass(frozen=True, slots=True)
class LookedAt:
    """An entry that was compared, returned or not, with its score: what a run keeps."""

    list_id: str
    entry_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Screening:
    """A party against all lists: the best candidates, highest first, and all that were looked at."""

    party: Party
    candidates: tuple[Candidate, ...]
    looked_at: tuple[LookedAt, ...]

    @property
    def verdict(self) -> Verdict:
        """The heaviest verdict among the candidates."""
        verdicts = {candidate.verdict for candidate in self.candidates}
        return "hit" if "hit" in verdicts else "near" if "near" in verdicts else "none"


@dataclass(frozen=True, slots=True)
class Touched:
    """A known party that a changed entry may be about."""

    party: Party
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class KnownParties:
    """Parties with an index of their own, so that a change of a list is held against them instead of the reverse."""

    parties: Sequence[Party]
    index: Index

    @classmethod
    def build(cls, parties: Iterable[Party]) -> KnownParties:
        """Index the parties."""
        kept = tuple(parties)
        return cls(kept, Index.build(kept))


Compared = tuple[list[tuple[int, Match]], list[tuple[int, float]]]
"""By position among the entries: the matches worth returning, and the scores of all that were looked at."""


class Screener:
    """Lists ready to be screened against. Build once, ask often; asking changes nothing that shows."""

    def __init__(self, entries: Sequence[Entry], index: Index, scorer: Scorer, settings: Settings) -> None:
        self.entries = entries
        self.index = index
        self.settings = settings
        self.scorer = scorer

    @classmethod
    def build(cls, entries: Iterable[Entry], settings: Settings | None = None) -> Screener:
        """Index the entries of one or more lists."""
        kept = tuple(entries)
        index = Index.build(kept)
        tokens = Tokens(analyse, index.frequencies, index.names)
        return cls(kept, index, Scorer(tokens), settings or Settings())

    def ready(self) -> None:
        """Make now what is otherwise made when it is first needed: worth it before many questions."""
        with without_collecting():
            self.index.ready()
            self.scorer.ready(self.entries)

    def screen(self, party: Party, limit: int | None = None) -> Screening:
        """The best candidates for a party, at most `limit` (else the limit of the settings)."""
        return self._screening(party, next(self._compare([party], limit)))

    def screen_all(self, parties: Iterable[Party], workers: int | None = None) -> Iterator[Screening]:
        """Screen many parties, in their order; large numbers over several processes where the system can fork."""
        waiting = iter(parties)
        first = list(islice(waiting, WORTH_BEING_READY))
        workers = workers or os.cpu_count() or 1
        if workers == 1 or len(first) < WORTH_A_PROCESS or "fork" not in multiprocessing.get_all_start_methods():
            for batch in _batches(chain(first, waiting)):
                yield from map(self._screening, batch, self._compare(batch))
            return
        if len(first) < WORTH_BEING_READY:
            self.index.ready()
        else:
            self.ready()
        with kept_apart():
            for batch, compared in _in_processes(self._compare, _batches(chain(first, waiting)), workers):
                yield from map(self._screening, batch, compared)

    def _compare(self, parties: Sequence[Party], limit: int | None = None) -> Iterator[Compared]:
        """Compare each party with its candidates, which are looked up for all at once."""
        most, settings = self.settings.limit if limit is None else limit, self.settings
        found = list(self.index.candidates_of_all(parties, settings.candidates, settings.promising))
        pairs = zip(parties, found, strict=True)
        compared = [(party, self.entries[position]) for party, candidates in pairs for position, _ in candidates]
        ratings = iter(self.scorer.rate_all(compared, settings.least))
        for candidates in found:
            rated = list(zip([position for position, _ in candidates], islice(ratings, len(candidates)), strict=True))
            rated.sort(key=lambda item: (-item[1].score, item[0]))
            yield (
                [(position, rating.match()) for position, rating in rated[:most] if rating.score >= settings.least],
                [(position, rating.score) for position, rating in rated],
            )

    def _screening(self, party: Party, compared: Compared) -> Screening:
        kept, looked_at = compared
        return Screening(
            party,
            tuple(self._candidate(party, self.entries[position], match) for position, match in kept),
            tuple(self._looked_at(self.entries[position], score) for position, score in looked_at),
        )

    @staticmethod
    def _looked_at(entry: Entry, score: float) -> LookedAt:
        return LookedAt(entry.list_id, entry.id, round(score, 4))

    def _candidate(self, party: Party, entry: Entry, match: Match) -> Candidate:
        names = match.explanation.party_name.text, match.explanation.listed_name.text
        read_aloud = in_characters(names[0]) != in_characters(names[1])
        thresholds = self.settings.thresholds(entry.list_id, party.kind, read_aloud)
        return Candidate(entry, match.score, thresholds.verdict(match.score), match.explanation, match.name_score)

    def screen_change(self, changed: Iterable[Entry], known: KnownParties, limit: int = 200) -> Iterator[Touched]:
        """Which known parties the changed entries may be about: hits and near ones, by entry, highest score first.

        The scores are those that `screen` would give. At most `limit` parties are compared for each entry.
        """
        for entries in _batches(iter(changed), CHANGED_AT_ONCE):
            places = list(known.index.candidates_of_all(entries, limit, self.settings.promising))
            parties = [[known.parties[position] for position, _ in candidates] for candidates in places]
            compared = [(party, entry) for entry, own in zip(entries, parties, strict=True) for party in own]
            ratings = iter(self.scorer.rate_all(compared, self.settings.least))
            for entry, own in zip(entries, parties, strict=True):
                touched = self._touched(entry, zip(own, islice(ratings, len(own)), strict=True))
                yield from sorted(touched, key=lambda one: (-one.candidate.score, one.party.id))

    def _touched(self, entry: Entry, rated: Iterable[tuple[Party, Rating]]) -> Iterator[Touched]:
        for party, rating in rated:
            if rating.score >= self.settings.least:
                candidate = self._candidate(party, entry, rating.match())
                if candidate.verdict != "none":
                    yield Touched(party, candidate)


_Item = TypeVar("_Item")
Compare = Callable[[Sequence[Party]], Iterable[Compared]]
_compare: Compare | None = None


def _start(compare: Compare) -> None:
    """In a forked process: what to do with each batch. It was there before the fork, so nothing is sent.

    Comparing makes no cycles, and looking for them through all remembered parts took a third of the time.
    """
    global _compare
    _compare = compare
    gc.disable()


def _compare_batch(batch: Sequence[Party]) -> list[Compared]:
    assert _compare is not None, "the pool starts each process with _start"
    return list(_compare(batch))


def _batches(items: Iterator[_Item], size: int = BATCH) -> Iterator[Sequence[_Item]]:
    while batch := list(islice(items, size)):
        yield batch


def _in_processes(
    compare: Compare, batches: Iterator[Sequence[Party]], workers: int
) -> Iterator[tuple[Sequence[Party], list[Compared]]]:
    """Compare batches over processes, in order, with a few batches ahead so that memory stays bounded."""
    running: deque[tuple[Sequence[Party], Future[list[Compared]]]] = deque()
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(compare,)) as pool:
        for batch in batches:
            running.append((batch, pool.submit(_compare_batch, batch)))
            if len(running) > 2 * workers:
                done, result = running.popleft()
                yield done, result.result()
        for done, result in running:
            yield done, result.result()
