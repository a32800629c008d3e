"""A lower bound for the p-median: relax that everyone is served once, and price it (Lagrange, subgradient).

For prices λ: L(λ) = Σ λ_j + the `count` smallest of ρ_i = Σ_j min(0, c_ji - λ_j) is below every answer (Cornuéjols,
Fisher and Nemhauser, 1977).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Whole

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
    below = np.empty_like(cost)
    while length > SMALLEST_STEP:
        np.subtract(cost, prices[:, None], out=below)
        np.minimum(below, 0, out=below)
        reduced = below.sum(axis=0)
        hubs = np.argpartition(reduced, count - 1)[:count] if count < len(reduced) else np.arange(count)
        bound = float(prices.sum() + reduced[hubs].sum())
        improved = bound > best
        waited = 0 if bound > best + 1e-5 * abs(value) else waited + 1
        best = max(best, bound)
        yield Step(bound, best, hubs, improved)
        slack = 1.0 - (below[:, hubs] < 0).sum(axis=1)
        norm = float(slack @ slack)
        if norm == 0:
            return
        if waited >= patience:
            length, waited = length * 0.6, 0
        prices = np.maximum(prices + length * (1.002 * value - bound) / norm * slack, 0)
