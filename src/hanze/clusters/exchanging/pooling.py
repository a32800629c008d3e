"""What buying together and sharing machines saves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Tier:
    """From this amount on, every unit costs `price`."""

    start: float
    price: float


@dataclass(frozen=True, slots=True)
class JointPurchase:
    """Euro when each buys alone and when all buy together; `shares`: what each saves (in proportion to what it
    pays).
    """

    alone: float
    together: float
    shares: Mapping[str, float]

    @property
    def saving(self) -> float:
        return self.alone - self.together


def joint_purchase(amounts: Mapping[str, float], tiers: Sequence[Tier], *, costs: float = 0.0) -> JointPurchase:
    """`amounts` per farm; `costs`: euro for arranging it. When it would not save anything everyone buys alone.

    Raises InputError (amounts below zero, no price from 0, prices below zero).
    """
    wrong = [farm for farm, amount in amounts.items() if not (math.isfinite(amount) and amount >= 0)]
    if wrong:
        raise InputError(Problem(f"the amount of {farm} is missing or below zero.") for farm in wrong)
    ordered = sorted(tiers, key=lambda tier: tier.start)
    if not ordered or ordered[0].start > 0:
        raise InputError("Give the price from an amount of 0.")
    if any(not (math.isfinite(tier.price) and tier.price >= 0) for tier in ordered) or not costs >= 0:
        raise InputError("A price or cost is missing or below zero.")

    def bill(amount: float) -> float:
        return amount * next(tier.price for tier in reversed(ordered) if amount >= tier.start)

    each = {farm: bill(amount) for farm, amount in amounts.items()}
    alone = sum(each.values())
    together = min(alone, bill(sum(amounts.values())) + costs)
    saving = alone - together
    return JointPurchase(
        alone, together, {farm: saving * paid / alone if alone else 0.0 for farm, paid in each.items()}
    )


@dataclass(frozen=True, slots=True)
class MachinePool:
    """Machines needed when each has its own and when they are shared; euro a year; hours per week that are short."""

    alone: int
    shared: int
    saving: float
    busiest: int
    use: Floats


def machine_pool(hours: Floats, *, capacity: float, cost: float, moving: float = 0.0) -> MachinePool:
    """`hours[f, w]` that farm f needs a machine in week w; a machine works `capacity` hours a week and costs `cost`
    a year.

    `moving`: euro a farm and week for bringing the shared machine. `use[w]`: the share of the shared hours that is
    used;
    `busiest`: the week that decides. Raises InputError.
    """
    if hours.ndim != 2 or not hours.size:
        raise InputError("Give hours for farms by weeks.")
    wrong = np.flatnonzero(~(np.isfinite(hours) & (hours >= 0)).all(axis=1))
    if len(wrong):
        raise InputError(Problem("Hours are missing or below zero.", int(row) + 1) for row in wrong[:20])
    if not (capacity > 0 and cost >= 0 and moving >= 0):
        raise InputError("The capacity must be above 0, the costs at least 0.")
    alone = int(np.ceil(hours.max(axis=1) / capacity - 1e-9).sum())
    weekly = hours.sum(axis=0)
    shared = math.ceil(float(weekly.max()) / capacity - 1e-9)
    saving = (alone - shared) * cost - moving * float((hours > 0).sum())
    use = weekly / (shared * capacity) if shared else np.zeros(len(weekly))
    return MachinePool(alone, shared, saving, int(weekly.argmax()), use)
