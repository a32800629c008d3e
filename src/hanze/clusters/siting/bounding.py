"""A lower bound for the p-median: relax that everyone is served once, and price it (Lagrange, subgradient).

For prices λ: L(λ) = Σ λ_j + the `count` smallest of ρ_i = Σ_j min(0, c_ji - λ_j) is below every answer (Cornuéjols,
Fisher and Nemhauser, 1977).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Truths, Whole, size, sums

SMALLEST_STEP = 1e-3


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the bound at these prices, the best so far, and the hubs that the prices point to."""

    bound: float
    best: float
    hubs: Whole
    improved: bool


def bounds(cost: Floats, count: int, prices: Floats, value: float, patience: int = 12) -> Iterator[Step]:
    """Better and better lower bounds, until the steps have become too small to matter.

    `prices`: to start from (the cost to the second nearest hub of a good answer does well); `value`: of that answer.
    """
    best, length, waited = -np.inf, 1.5, 0
    sites = size(cost)[1]
    near, near_cost = _nearest(cost, count)
    most: Floats = near_cost.max(axis=1)
    prices = np.minimum(prices, most)
    opened = np.zeros(sites, dtype=bool)
    while length > SMALLEST_STEP:
        below = np.minimum(near_cost - prices[:, None], 0)
        reduced: Floats = below.sum(axis=0) if near is None else sums(near.ravel(), below.ravel(), sites)
        hubs = np.argpartition(reduced, count - 1)[:count] if count < len(reduced) else np.arange(count)
        bound = float(prices.sum() + reduced[hubs].sum())
        improved = bound > best
        waited = 0 if bound > best + 1e-5 * abs(value) else waited + 1
        best = max(best, bound)
        yield Step(bound, best, hubs, improved)
        opened[:] = False
        opened[hubs] = True
        taken: Truths = below[:, hubs] < 0 if near is None else (below < 0) & opened[near]
        slack: Floats = 1.0 - taken.sum(axis=1)
        norm = float(slack @ slack)
        if norm == 0:
            return
        if waited >= patience:
            length, waited = length * 0.6, 0
        prices = np.clip(prices + length * (1.002 * value - bound) / norm * slack, 0, most)


def _nearest(cost: Floats, count: int) -> tuple[Whole | None, Floats]:
    """For each row the cheapest columns and their costs; prices stay below the last, so that no other column counts.

    None and the whole table where that would be most of it.
    """
    sites = size(cost)[1]
    width = min(sites, 24 + 6 * sites // count)
    if 2 * width > sites:
        return None, cost
    near = np.argpartition(cost, width - 1, axis=1)[:, :width]
    return near, np.take_along_axis(cost, near, axis=1)
