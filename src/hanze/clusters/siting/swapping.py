"""Local search for the p-median: the swap of one hub that gains most, found for all swaps at once.

After Resende and Werneck, "A fast swap-based local search procedure for location problems" (2007): what a swap gains
is gain(in) - loss(out) + extra(out, in), and after a swap only rows whose two nearest hubs changed are counted again.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

from hanze.clusters.arrays import Floats, Truths, Whole, size, upto

ENOUGH = 1e-9


def greedy(cost: Floats, count: int) -> Whole:
    """`count` columns, each time the one that lowers the total cost most."""
    nearest = np.full(cost.shape[0], np.inf)
    chosen: list[int] = []
    for _ in range(count):
        totals = np.minimum(cost, nearest[:, None]).sum(axis=0)
        totals[chosen] = np.inf
        best = int(np.argmin(totals))
        chosen.append(best)
        nearest = np.minimum(nearest, cost[:, best])
    return np.array(chosen, dtype=np.intp)


@dataclass(slots=True)
class Swapping:
    """A set of hubs with what every swap would gain; rows of `cost` are served, columns can be hubs."""

    cost: Floats
    hubs: Whole
    first: Whole = field(init=False)
    second: Whole = field(init=False)
    near: Floats = field(init=False)
    next: Floats = field(init=False)
    gain: Floats = field(init=False)
    loss: Floats = field(init=False)
    extra: Floats = field(init=False)

    def __post_init__(self) -> None:
        rows, sites = size(self.cost)
        self.hubs = self.hubs.copy()
        self.first, self.second = np.zeros(rows, np.intp), np.zeros(rows, np.intp)
        self.near, self.next = np.zeros(rows), np.zeros(rows)
        self.gain, self.loss = np.zeros(sites), np.zeros(len(self.hubs))
        self.extra = np.zeros((len(self.hubs), sites))
        everyone = upto(rows)
        self._rank(everyone)
        self._count(everyone, 1.0)

    @property
    def value(self) -> float:
        return float(self.near.sum())

    def _rank(self, rows: Whole) -> None:
        """Find the nearest and second nearest hub of these rows afresh."""
        to_hubs = self.cost[np.ix_(rows, self.hubs)]
        here = np.arange(len(rows))
        self.first[rows] = first = to_hubs.argmin(axis=1)
        self.near[rows] = to_hubs[here, first]
        if len(self.hubs) == 1:
            self.next[rows] = self.cost[rows].max(axis=1)
            return
        to_hubs[here, first] = np.inf
        self.second[rows] = second = to_hubs.argmin(axis=1)
        self.next[rows] = to_hubs[here, second]

    def _count(self, rows: Whole, sign: float) -> None:
        """Add (or take away) what these rows contribute to what swaps gain."""
        if not len(rows):
            return
        rows = rows[np.argsort(self.first[rows], kind="stable")]
        slots = self.first[rows]
        cost, near, following = self.cost[rows], self.near[rows, None], self.next[rows, None]
        self.gain += sign * np.maximum(near - cost, 0).sum(axis=0)
        starts = np.flatnonzero(np.r_[True, slots[1:] != slots[:-1]])
        kept = np.maximum(following - np.maximum(cost, near), 0)
        self.extra[slots[starts]] += sign * np.add.reduceat(kept, starts, axis=0)
        self.loss[slots[starts]] += sign * np.add.reduceat((following - near)[:, 0], starts)

    def swap(self, slot: int, site: int) -> None:
        """Close the hub in this slot and open one at `site`."""
        touched: Truths = (self.first == slot) | (self.second == slot) | (self.cost[:, site] < self.next)
        rows = np.flatnonzero(touched)
        self._count(rows, -1.0)
        self.hubs[slot] = site
        self._rank(rows)
        self._count(rows, 1.0)

    def best(self) -> tuple[float, int, int]:
        """The swap that gains most: gain, slot to close, site to open."""
        profit = self.extra + self.gain
        profit -= self.loss[:, None]
        at = int(profit.argmax())
        slot, site = divmod(at, profit.shape[1])
        return float(profit[slot, site]), slot, site

    def descend(self, until: float) -> None:
        """Swap as long as it gains, at most until this moment (`time.perf_counter`)."""
        while time.perf_counter() < until:
            profit, slot, site = self.best()
            if profit <= ENOUGH * max(1.0, self.value):
                return
            self.swap(slot, site)
