"""The answer to a question of siting, and the checks that come before one."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Whole
from hanze.clusters.problems import InputError, Problem

PROVEN = 1e-9
"""A gap (relative) below this is rounding, not a gap."""


@dataclass(frozen=True, slots=True)
class Siting:
    """Hubs, and which hub serves whom.

    `hubs`: columns of the cost table that were chosen; `assigned[j]`: the hub (column) that serves row j; `value`: the
    total cost, in the unit of the table; `bound`: no answer whatever costs less; `seconds`: wall clock.
    """

    hubs: tuple[int, ...]
    assigned: Whole
    value: float
    bound: float
    seconds: float
    seed: int

    @property
    def gap(self) -> float:
        """How far the value may be above the best there is, as a share of the value (0 to 1)."""
        if self.value == self.bound:
            return 0.0
        return max(0.0, self.value - self.bound) / max(abs(self.value), 1e-300)

    @property
    def proven(self) -> bool:
        """Only then may the answer be called optimal."""
        return self.gap <= PROVEN


def check_costs(cost: Floats, count: int) -> None:
    """Raises InputError where a cost table cannot be used or `count` hubs cannot be chosen from it."""
    if cost.ndim != 2 or 0 in cost.shape:
        raise InputError("There are no places to serve, or no places for a hub.")
    wrong = ~np.isfinite(cost) | (cost < 0)
    if wrong.any():
        rows = np.flatnonzero(wrong.any(axis=1))
        raise InputError(
            Problem("A cost is missing, infinite or below zero: give a number of at least 0.", int(row) + 1)
            for row in rows[:20]
        )
    sites = cost.shape[1]
    if not 1 <= count <= sites:
        raise InputError(f"{count} hubs were asked for and there are {sites} places: ask for 1 to {sites}.")


def rounded_bound(bound: float, cost: Floats) -> float:
    """A bound on whole costs can be lifted to the next whole number."""
    whole = bool(np.all(cost == np.rint(cost)))
    return math.ceil(bound - 1e-6 * max(1.0, abs(bound) * 1e-6)) if whole else bound
