"""How much a plan can be regretted: what it brings less than the best plan in the future that comes true (Savage
1951).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.problems import InputError


@dataclass(frozen=True, slots=True)
class Regret:
    """`regret[p, s]`, the largest of each plan (`worst`), and three choices (places of plans).

    `least_regret`: the plan with the smallest worst regret; `safest`: with the largest worst value; `likeliest`:
    with the
    largest mean value under the probabilities.
    """

    regret: Floats
    worst: Floats
    least_regret: int
    safest: int
    likeliest: int


def regret(present: Floats, probabilities: Floats | None = None) -> Regret:
    """From values of plans (rows) in scenarios (columns), more is better. Without probabilities all are as likely.

    Raises InputError.
    """
    if present.ndim != 2 or not present.size or not np.isfinite(present).all():
        raise InputError("Give a number for every plan in every scenario.")
    scenarios = int(present.shape[1])
    likely = np.full(scenarios, 1 / scenarios) if probabilities is None else probabilities
    if len(likely) != scenarios or not (likely >= 0).all() or abs(float(likely.sum()) - 1) > 1e-9:
        raise InputError("Probabilities are one for each scenario, at least 0, and 1 together.")
    lost = present.max(axis=0) - present
    worst = lost.max(axis=1)
    safest = int(present.min(axis=1).argmax())
    return Regret(lost, worst, int(worst.argmin()), safest, int((present @ likely).argmax()))
