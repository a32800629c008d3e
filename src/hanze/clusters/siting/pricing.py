"""A lower bound for the capacitated p-median, and with it which hubs and which pairs cannot be in a better answer.

Relax that everyone is served once and price it with λ: each hub then packs what is worth most to it (a knapsack, here
filled with fractions, so that it is at least as good), and the `count` best hubs open.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Truths, Whole
from hanze.clusters.siting.assigning import Question

SMALLEST_STEP = 2e-3
TINY = 1e-12


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a set of prices says: the bound, the hubs it opens, and per pair how much more an answer with it costs."""

    bound: float
    hubs: Whole
    prices: Floats
    served: Floats
    reduced: Floats
    margin: Floats

    def cannot_better(self, question: Question, value: float) -> Truths:
        """The pairs (row, hub) that no answer cheaper than `value` holds."""
        worth = self.prices[:, None] - question.cost
        forced = np.maximum(self.margin[None, :] * question.demand[:, None] - worth, 0)
        worst = self.reduced[self.hubs].max()
        opened = np.maximum(self.reduced - worst, 0)
        return self.bound + opened[None, :] + forced > value + 1e-9 * max(1.0, abs(value))


def price(question: Question, prices: Floats) -> Pricing:
    """The relaxation at these prices."""
    demand = np.maximum(question.demand, TINY)
    density = np.ascontiguousarray(((prices[:, None] - question.cost) / demand[:, None]).T)
    widest = max(1, int((density > 0).sum(axis=1).max()))
    order = np.argpartition(-density, widest - 1, axis=1)[:, :widest]
    order = np.take_along_axis(order, np.argsort(-np.take_along_axis(density, order, axis=1), axis=1), axis=1)
    sorted_density = np.take_along_axis(density, order, axis=1)
    sorted_demand = demand[order]
    before = np.cumsum(sorted_demand, axis=1) - sorted_demand
    share = np.clip((question.capacity[:, None] - before) / sorted_demand, 0, 1)
    share[sorted_density <= 0] = 0
    reduced = -(share * sorted_density * sorted_demand).sum(axis=1)
    margin = np.maximum(np.where(share < 1, sorted_density, -np.inf).max(axis=1), 0)
    hubs = np.argpartition(reduced, question.count - 1)[: question.count]
    served = np.zeros(len(prices))
    np.add.at(served, order[hubs], share[hubs])
    return Pricing(float(prices.sum() + reduced[hubs].sum()), hubs, prices, served, reduced, margin)


def pricings(
    relax: Callable[[Floats], Pricing], prices: Floats, value: float, *, length: float = 1.5, patience: int = 10
) -> Iterator[Pricing]:
    """Better and better prices (subgradient), until the steps have become too small to matter.

    `relax`: the relaxation at given prices; `value`: of the best answer so far; `length`: of the first step.
    """
    best, waited = -np.inf, 0
    while length > SMALLEST_STEP:
        pricing = relax(prices)
        yield pricing
        waited = 0 if pricing.bound > best + 1e-5 * abs(value) else waited + 1
        best = max(best, pricing.bound)
        slack = 1.0 - pricing.served
        norm = float(slack @ slack)
        if norm < TINY:
            return
        if waited >= patience:
            length, waited = length * 0.6, 0
        prices = prices + length * (1.002 * value - pricing.bound) / norm * slack
