"""The p-median: `count` hubs so that the total cost from everyone to the nearest hub is least."""

from __future__ import annotations

import time

import numpy as np

from hanze.clusters.arrays import Floats, Whole, upto
from hanze.clusters.progress import Progress, silent
from hanze.clusters.siting.answers import Siting, check_costs, rounded_bound
from hanze.clusters.siting.bounding import bounds
from hanze.clusters.siting.swapping import Swapping, greedy

SHARE_FOR_START = 0.5
SHARE_FOR_BOUND = 0.5
POLISH_EVERY = 12


def site(cost: Floats, count: int, *, seconds: float = 4.0, seed: int = 0, progress: Progress = silent) -> Siting:
    """Choose `count` columns of `cost` (rows are served, columns can be hubs; any unit, weights multiplied in).

    Searches until the answer is proven or `seconds` have passed; the same seed searches in the same order, but a slower
    machine gets less far. Raises InputError (a cost that is missing or negative, more hubs than places).
    """
    check_costs(cost, count)
    started = time.perf_counter()
    search = _Search(np.ascontiguousarray(cost, dtype=np.float64), count, started, started + seconds, progress)
    search.start()
    if not search.closed:
        search.bound_from_below()
    if not search.closed:
        search.shake(np.random.default_rng(seed))
    hubs = np.sort(search.hubs)
    to_hubs = cost[:, hubs]
    assigned = hubs[to_hubs.argmin(axis=1)]
    value = float(to_hubs.min(axis=1).sum())
    bound = min(search.bound, value)
    return Siting(tuple(int(hub) for hub in hubs), assigned, value, bound, time.perf_counter() - started, seed)


class _Search:
    """The best hubs so far and the best bound so far, of one search."""

    def __init__(self, cost: Floats, count: int, started: float, until: float, progress: Progress) -> None:
        self.cost, self.count, self.started, self.until, self.progress = cost, count, started, until, progress
        self.hubs: Whole = np.arange(count)
        self.value = np.inf
        self.bound = 0.0

    @property
    def closed(self) -> bool:
        return self.value - self.bound <= 1e-9 * max(1.0, abs(self.value)) or time.perf_counter() >= self.until

    def keep(self, swapping: Swapping) -> bool:
        value = swapping.value
        better = value < self.value - 1e-12 * max(1.0, abs(value))
        if better:
            self.value, self.hubs = value, swapping.hubs.copy()
        return better

    def tell(self) -> None:
        whole = self.until - self.started
        self.progress("hubs", min(1.0, (time.perf_counter() - self.started) / whole) if whole > 0 else 1.0)

    def start(self) -> None:
        swapping = Swapping(self.cost, greedy(self.cost, self.count))
        swapping.descend(self.started + SHARE_FOR_START * (self.until - self.started))
        self.keep(swapping)
        self.prices = swapping.next.copy()
        if self.count == self.cost.shape[1]:
            self.bound = self.value

    def bound_from_below(self) -> None:
        """Raise the bound; the hubs that the prices point to are good places to search from."""
        stop = time.perf_counter() + SHARE_FOR_BOUND * (self.until - time.perf_counter())
        tried: set[bytes] = set()
        for number, step in enumerate(bounds(self.cost, self.count, self.prices, self.value)):
            self.bound = max(self.bound, rounded_bound(step.best, self.cost) if step.improved else 0.0)
            if step.improved and number % POLISH_EVERY == 0:
                self.tell()
                key = np.sort(step.hubs).tobytes()
                if key not in tried:
                    tried.add(key)
                    swapping = Swapping(self.cost, step.hubs)
                    swapping.descend(self.until)
                    self.keep(swapping)
            if self.closed or time.perf_counter() >= stop:
                return

    def shake(self, random: np.random.Generator) -> None:
        """Swap a few hubs at random, descend, keep what is better; shake harder while nothing is."""
        swapping = Swapping(self.cost, self.hubs)
        strength = 1
        most = max(2, min(self.count // 2, 12))
        while not self.closed:
            self.tell()
            for _ in range(strength):
                self._swap_at_random(swapping, random)
            swapping.descend(self.until)
            if self.keep(swapping):
                strength = 1
                continue
            strength = strength % most + 1
            if swapping.value > self.value:
                swapping = Swapping(self.cost, self.hubs)

    def _swap_at_random(self, swapping: Swapping, random: np.random.Generator) -> None:
        sites = upto(self.cost.shape[1])
        closed = np.setdiff1d(sites, swapping.hubs, assume_unique=True)
        swapping.swap(int(random.integers(self.count)), int(random.choice(closed)))
