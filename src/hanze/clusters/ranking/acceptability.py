"""How robust a ranking is: the share of draws in which an area comes first, second, … (SMAA-2, Lahdelma and
Salminen 2001).
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Longs, size
from hanze.clusters.estimates import triangular
from hanze.clusters.problems import InputError
from hanze.clusters.progress import Progress, silent
from hanze.clusters.ranking.methods import Method, scorer
from hanze.clusters.ranking.tables import Table

CELLS_AT_ONCE = 300_000
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Acceptability:
    """`shares[a, r]`: the share of draws in which area a has place r (0: first); rows and columns each add up to 1.

    `central[a]`: the mean weights of the draws in which a is first (nan where it never is): who weighs like this
    prefers a. `error`: the standard error of a share of one half, so that small differences are not read as such.
    """

    method: Method
    shares: Floats
    central: Floats
    draws: int
    seed: int

    @property
    def first(self) -> Floats:
        return self.shares[:, 0]

    @property
    def error(self) -> float:
        return 0.5 / math.sqrt(self.draws)


def acceptability(
    table: Table,
    method: Method = "weighted-sum",
    *,
    draws: int = 10_000,
    seed: int = 0,
    any_weights: bool = False,
    progress: Progress = silent,
) -> Acceptability:
    """Draw weights and values within their ranges (triangular) and rank each time.

    `any_weights`: every weighting is as likely as any other (uniform over all that add up to 1), for who will not say
    what matters more. The same seed gives the same shares. Raises InputError.
    """
    if draws < 1:
        raise InputError("Draw at least once.")
    areas, criteria = size(table.mode)
    sampler = _Sampler(table, method, any_weights)
    at_once = max(1, CELLS_AT_ONCE // (areas * criteria))
    starts = range(0, draws, at_once)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))
    counts = np.zeros((areas, areas), dtype=np.int64)
    leading = np.zeros((areas, criteria))
    with ThreadPoolExecutor(WORKERS) as pool:
        jobs = [
            pool.submit(sampler.count, min(at_once, draws - start), np.random.Generator(np.random.SFC64(one)))
            for start, one in zip(starts, seeds, strict=True)
        ]
        try:
            for number, job in enumerate(jobs):
                places, weights = job.result()
                counts += places
                leading += weights
                progress("acceptability", (number + 1) / len(jobs))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    won = counts[:, :1]
    central = np.divide(leading, won, out=np.full((areas, criteria), np.nan), where=won > 0)
    return Acceptability(method, counts / draws, central, draws, seed)


class _Sampler:
    """One draw after another of one table."""

    def __init__(self, table: Table, method: Method, any_weights: bool) -> None:
        self.table, self.method, self.any_weights = table, method, any_weights
        spread = table.high > table.low
        self.uncertain = np.flatnonzero(spread.ravel())
        self.fixed = scorer(table, method)
        weights = [criterion.weight for criterion in table.criteria]
        self.weight_low = np.array([weight.low for weight in weights])
        self.weight_mode = np.array([weight.mode for weight in weights])
        self.weight_high = np.array([weight.high for weight in weights])

    def count(self, draws: int, random: np.random.Generator) -> tuple[Longs, Floats]:
        """How often each area took each place in so many draws, and the sum of the weights with which it was first."""
        areas, criteria = size(self.table.mode)
        weights = self._weights(draws, random)
        scores = self.fixed(weights) if not len(self.uncertain) else self._uncertain(weights, random)
        order = np.argsort(-scores, axis=1)
        places = order * areas + np.arange(areas)
        counts = np.bincount(places.ravel(), minlength=areas * areas).reshape(areas, areas)
        leading = np.zeros((areas, criteria))
        np.add.at(leading, order[:, 0], weights)
        return counts.astype(np.int64), leading

    def _weights(self, draws: int, random: np.random.Generator) -> Floats:
        criteria = len(self.weight_mode)
        if self.any_weights:
            weights = random.standard_exponential((draws, criteria))
        else:
            weights = triangular(self.weight_low, self.weight_mode, self.weight_high, random.random((draws, criteria)))
        total = weights.sum(axis=1, keepdims=True)
        return np.where(total > 0, weights / np.where(total > 0, total, 1), 1 / criteria)

    def _uncertain(self, weights: Floats, random: np.random.Generator) -> Floats:
        areas, criteria = size(self.table.mode)
        draws = len(weights)
        if self.method == "weighted-sum":
            return self._weighted(weights, random)
        scores = np.empty((draws, areas))
        for draw in range(draws):
            at = random.random((areas, criteria))
            values = triangular(self.table.low, self.table.mode, self.table.high, at)
            scores[draw] = scorer(self.table, self.method, values)(weights[draw : draw + 1])[0]
        return scores

    def _weighted(self, weights: Floats, random: np.random.Generator) -> Floats:
        """The weighted sum of draws: scaled first, since scaling is linear; criterion by criterion, to stay in the
        cache.
        """
        table = self.table
        low, high = table.low.min(axis=0), table.high.max(axis=0)
        width = np.where(high > low, high - low, np.inf)
        scores = np.zeros((len(weights), len(table.areas)), dtype=np.float32)
        for column in range(len(table.criteria)):
            parts = [(part[:, column] - low[column]) / width[column] for part in (table.low, table.mode, table.high)]
            least, mode, most = (part.astype(np.float32) for part in parts)
            draws = random.random(scores.shape, dtype=np.float32)
            values = triangular(least, mode, most, draws)
            weight = weights[:, column, None].astype(np.float32) * np.float32(table.more[column])
            scores += np.multiply(values, weight, out=values)
        return scores.astype(np.float64)
