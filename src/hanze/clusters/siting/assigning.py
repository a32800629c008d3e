"""Who goes to which hub when hubs can be full: a first answer, and moves that make it better."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Whole

ENOUGH = 1e-9


@dataclass(frozen=True, slots=True)
class Question:
    """`cost[j, i]` of serving row j from hub i, what row j takes and hub i holds, and how many hubs."""

    cost: Floats
    demand: Floats
    capacity: Floats
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A set of hubs (columns) and for each row the column that serves it; every hub within its capacity."""

    hubs: Whole
    assigned: Whole
    value: float


def _value(question: Question, assigned: Whole) -> float:
    return float(question.cost[np.arange(len(assigned)), assigned].sum())


def fill(question: Question, hubs: Whole) -> Whole | None:
    """Serve every row from one of these hubs, who loses most by waiting first; None where that does not fit.

    Returns for each row the place in `hubs`.
    """
    costs = question.cost[:, hubs].copy()
    room = question.capacity[hubs].copy()
    slots = np.full(len(costs), -1, dtype=np.intp)
    waiting = np.ones(len(costs), dtype=bool)
    for _ in range(len(costs)):
        rows = np.flatnonzero(waiting)
        open_costs = np.where(question.demand[rows, None] <= room, costs[rows], np.inf)
        least = open_costs.min(axis=1)
        if not np.isfinite(least).all():
            return None
        if len(hubs) > 1:
            second = np.partition(open_costs, 1, axis=1)[:, 1]
            regret = np.where(np.isfinite(second), second - least, 1e12 + question.demand[rows])
        else:
            regret = question.demand[rows]
        pick = int(regret.argmax())
        row, slot = int(rows[pick]), int(open_costs[pick].argmin())
        slots[row], waiting[row] = slot, False
        room[slot] -= question.demand[row]
    return slots


def rearrange(question: Question, hubs: Whole, slots: Whole, until: float) -> Whole:
    """Move a row, or let two rows change places, as long as that gains."""
    costs, demand = question.cost[:, hubs], question.demand
    slots = slots.copy()
    everyone = np.arange(len(slots))
    room = question.capacity[hubs] - np.bincount(slots, demand, len(hubs))
    while time.perf_counter() < until:
        now = costs[everyone, slots]
        moves = np.where(demand[:, None] <= room, costs - now[:, None], 0.0)
        at = int(moves.argmin())
        row, slot = divmod(at, len(hubs))
        gain, change = moves[row, slot], [(row, slot)]
        to_others = costs[:, slots] - now[:, None]
        swaps = to_others + to_others.T
        more = demand[:, None] - demand[None, :]
        swaps[(more > room[slots]) | (room[slots][:, None] < more.T)] = 0.0
        one, other = divmod(int(swaps.argmin()), len(slots))
        if swaps[one, other] < gain:
            gain, change = swaps[one, other], [(one, int(slots[other])), (other, int(slots[one]))]
        if gain >= -ENOUGH * max(1.0, float(now.sum())):
            break
        for row, slot in change:
            room[slots[row]] += demand[row]
            room[slot] -= demand[row]
            slots[row] = slot
    return slots


def recentre(question: Question, hubs: Whole, slots: Whole) -> Whole:
    """For each hub's rows the place that serves them best and can hold them; no place twice."""
    moved = hubs.copy()
    for slot in range(len(hubs)):
        rows = slots == slot
        totals = question.cost[rows].sum(axis=0)
        totals[question.capacity < question.demand[rows].sum()] = np.inf
        taken = np.delete(moved, slot)
        totals[taken] = np.inf
        best = int(totals.argmin())
        if totals[best] < totals[moved[slot]]:
            moved[slot] = best
    return moved


def improve(question: Question, hubs: Whole, until: float) -> Plan | None:
    """Fill, rearrange and recentre until nothing gets better; None where these hubs cannot hold everyone."""
    slots = fill(question, hubs)
    if slots is None:
        return None
    best = Plan(hubs, hubs[slots], _value(question, hubs[slots]))
    while time.perf_counter() < until:
        slots = rearrange(question, hubs, slots, until)
        hubs = recentre(question, hubs, slots)
        value = _value(question, hubs[slots])
        if value >= best.value - ENOUGH * max(1.0, best.value):
            break
        best = Plan(hubs, hubs[slots], value)
    return best
