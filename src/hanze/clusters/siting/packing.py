"""A tighter bound for the capacitated p-median: each hub packs whole rows, not fractions of them.

As `pricing`, with the knapsack of each hub that could open solved exactly by dynamic programming over its capacity
(Martello and Toth, 1990), which asks for whole numbers.
"""

from __future__ import annotations

import numpy as np

from hanze.clusters.arrays import Floats, Truths, Whole, size, upto
from hanze.clusters.siting.assigning import Question
from hanze.clusters.siting.pricing import Pricing, price

MOST_UNITS = 5_000
"""The largest capacity that is worth a table: more units, more time."""
MOST_CELLS = 50_000_000
"""Of a table (rows x hubs x units) at a time, a byte each."""


def can_pack(question: Question) -> bool:
    """Whether demand and capacity are whole numbers, and few enough to make a table of."""
    units = (question.demand, question.capacity)
    whole = all(bool((numbers == np.rint(numbers)).all()) for numbers in units)
    most = len(question.demand) * question.count * float(question.capacity.max())
    return whole and question.capacity.max() <= MOST_UNITS and most <= 10 * MOST_CELLS


def pack(question: Question, prices: Floats) -> Pricing:
    """The relaxation at these prices with whole rows; hubs that cannot be among the best keep their looser number."""
    loose = price(question, prices)
    order = np.argsort(loose.reduced, kind="stable")
    reduced = loose.reduced.copy()
    packed = np.zeros(question.cost.T.shape, dtype=bool)
    known, last = 0, 2 * question.count
    while known < len(order):
        fresh = order[known:last]
        reduced[fresh], packed[fresh] = _knapsacks(question, fresh, prices)
        known, last = known + len(fresh), last + question.count
        tried = order[:known]
        worst = np.partition(reduced[tried], question.count - 1)[question.count - 1]
        if known == len(order) or loose.reduced[order[known]] >= worst:
            break
    tried = order[:known]
    hubs = tried[np.argpartition(reduced[tried], question.count - 1)[: question.count]]
    served = packed[hubs].sum(axis=0).astype(np.float64)
    bound = float(prices.sum() + reduced[hubs].sum())
    return Pricing(bound, hubs, prices, served, reduced, np.zeros_like(reduced))


def _knapsacks(question: Question, hubs: Whole, prices: Floats) -> tuple[Floats, Truths]:
    """What each hub's best load is worth (below zero), and which rows it holds (hubs x rows)."""
    worth = (prices[:, None] - question.cost[:, hubs]).T
    worth = np.where(question.demand <= question.capacity[hubs, None], np.maximum(worth, 0), 0)
    widest = max(1, int((worth > 0).sum(axis=1).max()))
    units = int(question.capacity[hubs].max()) + 1
    each = max(1, MOST_CELLS // (widest * units))
    values, held = np.zeros(len(hubs)), np.zeros((len(hubs), len(prices)), dtype=bool)
    for start in range(0, len(hubs), each):
        part = slice(start, start + each)
        values[part], held[part] = _tables(question, hubs[part], worth[part], widest, units)
    return -values, held


def _tables(question: Question, hubs: Whole, worth: Floats, widest: int, units: int) -> tuple[Floats, Truths]:
    order = np.argsort(-worth, axis=1, kind="stable")[:, :widest]
    gain = np.take_along_axis(worth, order, axis=1)
    takes = question.demand[order].astype(np.intp)
    every, columns = upto(len(hubs)), upto(units)
    best = np.zeros((len(hubs), units))
    took = np.zeros((widest, len(hubs), units), dtype=bool)
    for item in range(widest):
        before = columns - takes[:, item, None]
        with_it = np.take_along_axis(best, np.maximum(before, 0), axis=1) + gain[:, item, None]
        with_it[before < 0] = -np.inf
        took[item] = with_it > best
        np.maximum(best, with_it, out=best)
    room = question.capacity[hubs].astype(np.intp)
    values = best[every, room]
    held = np.zeros((len(hubs), size(question.cost)[0]), dtype=bool)
    for item in reversed(range(widest)):
        inside = took[item, every, room]
        held[every[inside], order[inside, item]] = True
        room = room - np.where(inside, takes[:, item], 0)
    return values, held
