"""Which input matters: elementary effects (Morris 1991), with the mean of absolute effects of Campolongo and others
(2007).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.problems import InputError

LEVELS = 4
Model = Callable[[Mapping[str, Floats]], Floats]


@dataclass(frozen=True, slots=True)
class Effect:
    """What moving one input over its whole range does to the outcome, in the unit of the outcome.

    `strength`: the mean of absolute effects (μ*), to order by; `mean`: with its sign (μ); `spread`: the standard
    deviation (σ): large where the effect depends on the other inputs.
    """

    name: str
    strength: float
    mean: float
    spread: float


def effects(
    model: Model, ranges: Mapping[str, tuple[float, float]], *, trajectories: int = 50, seed: int = 0
) -> tuple[Effect, ...]:
    """Walk through the inputs one step at a time, from many starts; the strongest input first.

    `model` takes an array per name (one number a run) and gives an array. Inputs without a range have no effect.
    Raises InputError.
    """
    if trajectories < 2:
        raise InputError("Walk at least twice.")
    wrong = [name for name, (low, high) in ranges.items() if not (np.isfinite([low, high]).all() and low <= high)]
    if wrong:
        raise InputError(f"The range of {', '.join(wrong)} is missing or upside down.")
    names = list(ranges)
    free = [name for name in names if ranges[name][0] < ranges[name][1]]
    random = np.random.default_rng(seed)
    step = LEVELS / (2 * (LEVELS - 1))
    count = len(free)
    points = np.zeros((trajectories, count + 1, count))
    order = np.argsort(random.random((trajectories, count)), axis=1)
    starts = random.integers(0, LEVELS, (trajectories, count)) / (LEVELS - 1)
    steps = np.where(starts + step <= 1 + 1e-12, step, -step)
    rows = np.arange(trajectories)
    points[:, 0] = starts
    for leg in range(count):
        points[:, leg + 1] = points[:, leg]
        moved = order[:, leg]
        points[rows, leg + 1, moved] += steps[rows, moved]
    flat = points.reshape(-1, count)
    values = {name: np.full(len(flat), float(ranges[name][0])) for name in names}
    for column, name in enumerate(free):
        low, high = ranges[name]
        values[name] = low + flat[:, column] * (high - low)
    outcome = np.broadcast_to(np.asarray(model(values), dtype=np.float64), (len(flat),)).reshape(trajectories, -1)
    found = [Effect(name, 0.0, 0.0, 0.0) for name in names if name not in free]
    for column, name in enumerate(free):
        leg = np.argmax(order == column, axis=1)
        effect = (outcome[rows, leg + 1] - outcome[rows, leg]) / steps[rows, column]
        found.append(Effect(name, float(np.abs(effect).mean()), float(effect.mean()), float(effect.std(ddof=1))))
    return tuple(sorted(found, key=lambda one: (-one.strength, one.name)))
