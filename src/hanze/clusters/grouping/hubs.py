"""What it costs to bring everything of a place to a hub: the table that `hanze.clusters.siting` works on."""

from __future__ import annotations

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.grouping.density import check_points
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.roads import DETOUR, distances


def hub_costs(places: Floats, candidates: Floats, amounts: Floats | None = None, *, detour: float = DETOUR) -> Floats:
    """Amount x kilometres by road, places (rows) by candidates (columns); coordinates in metres, amounts in tonnes
    a year.

    Without amounts every place counts as 1. Raises InputError.
    """
    check_points(places)
    check_points(candidates)
    weights = np.ones(len(places)) if amounts is None else amounts
    wrong = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if len(wrong):
        raise InputError(Problem("An amount is missing or below zero.", int(row) + 1) for row in wrong[:20])
    return distances(places, candidates) * (detour / 1000) * weights[:, None]
