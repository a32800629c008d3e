"""What a replay counts while it runs: cases by old and new outcome, causes, and a sample of each kind of change."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from hanze.policy.bulk import NOTHING, Held, Ranks
from hanze.policy.framework import Framework
from hanze.policy.noise import Numbers, noise
from hanze.policy.replaying.causes import Cause, CauseCounter

SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Crossing:
    """The cases that went from one outcome (id; None: nothing held) to another or the same, and some of them.

    `sample` are the numbers (from 0) of cases drawn at random with the seed of the replay.
    """

    old: str | None
    new: str | None
    cases: int
    sample: tuple[int, ...]

    @property
    def is_change(self) -> bool:
        return self.old != self.new


class Tally:
    """Adds up batches; the sums do not depend on how the cases are cut into batches."""

    def __init__(self, old: Framework, new: Framework, seed: int = 0, sample: int = SAMPLE) -> None:
        names = dict.fromkeys(outcome.id for framework in (old, new) for outcome in framework.scale)
        self.names: tuple[str | None, ...] = (*names, None)
        self.counts = np.zeros(len(self.names) ** 2, np.int64)
        self.causes = CauseCounter(old, new)
        size = len(self.names)
        self._is_change = np.array([crossing // size != crossing % size for crossing in range(size**2)])
        self._numbers = tuple(self._table(framework) for framework in (old, new))
        self._seed, self._sample = seed, sample
        self._adding = Lock()
        self._drawn: dict[int, tuple[Numbers, npt.NDArray[np.int64]]] = {}

    def _table(self, framework: Framework) -> npt.NDArray[np.uint16]:
        table = np.full(NOTHING + 1, len(self.names) - 1, np.uint16)
        for rank, outcome in enumerate(framework.scale):
            table[rank] = self.names.index(outcome.id)
        return table

    def add(self, first: int, old: Held, new: Held) -> npt.NDArray[Any]:
        """Count a batch of which the first case has this number; gives the places in it of the changed cases."""
        crossings = self._crossings(old.held, new.held)
        counted = np.bincount(crossings, minlength=len(self.counts))
        lots = noise(self._seed, "sample", np.arange(first, first + len(crossings), dtype=np.uint64))
        drawn = {
            int(crossing): self._lowest(lots, crossings == crossing, int(counted[crossing]))
            for crossing in np.flatnonzero(counted)
        }
        changed = np.flatnonzero(self._is_change[crossings])
        causes = self.causes.counted(old.take(changed), new.take(changed)) if len(changed) else {}
        with self._adding:
            self.counts += counted
            self.causes.add(causes)
            for crossing, places in drawn.items():
                self._draw(crossing, lots[places], places + first)
        return changed

    def _crossings(self, old: Ranks, new: Ranks) -> npt.NDArray[np.uint16]:
        """A number for each pair of outcomes."""
        before, after = self._numbers[0][old], self._numbers[1][new]
        before *= np.uint16(len(self.names))
        before += after
        return before

    def _lowest(self, lots: Numbers, among: npt.NDArray[np.bool_], count: int) -> npt.NDArray[np.int64]:
        """The places of the cases with the lowest random numbers: of many cases first those that can be among them."""
        if count > 20 * self._sample:
            low = np.flatnonzero(among & (lots < np.uint64(2**64 // count * 5 * self._sample)))
            if len(low) >= self._sample:
                return low[np.argsort(lots[low])[: self._sample]]
        places = np.flatnonzero(among)
        return places[np.argsort(lots[places])[: self._sample]]

    def _draw(self, crossing: int, lots: Numbers, rows: npt.NDArray[np.int64]) -> None:
        """Keep the cases with the lowest random numbers of all batches so far."""
        if crossing in self._drawn:
            lots = np.concatenate((self._drawn[crossing][0], lots))
            rows = np.concatenate((self._drawn[crossing][1], rows))
        lowest = np.argsort(lots)[: self._sample]
        self._drawn[crossing] = lots[lowest], rows[lowest]

    def crossings(self) -> tuple[Crossing, ...]:
        """Every crossing that has cases, in the order of the scales."""
        size = len(self.names)
        found: list[Crossing] = []
        for crossing, count in enumerate(self.counts):
            if count:
                rows = tuple(sorted(int(row) for row in self._drawn[crossing][1]))
                found.append(Crossing(self.names[crossing // size], self.names[crossing % size], int(count), rows))
        return tuple(found)

    def ranked_causes(self) -> tuple[Cause, ...]:
        """The rules that cause the changes, those of most cases first."""
        return self.causes.ranked()
