"""Dense groups of places (DBSCAN, Ester and others 1996)."""

from __future__ import annotations

import numpy as np

from hanze.clusters.arrays import Floats, Whole
from hanze.clusters.problems import InputError, Problem

ALONE = -1


def check_points(points: Floats) -> None:
    """Raises InputError with the rows that have no place."""
    if points.ndim != 2 or points.shape[1] != 2:
        raise InputError("Give two coordinates for each place.")
    wrong = np.flatnonzero(~np.isfinite(points).all(axis=1))
    if len(wrong):
        raise InputError(Problem("A coordinate is missing.", int(row) + 1) for row in wrong[:20])


def dense_groups(points: Floats, *, reach: float, least: int = 5) -> Whole:
    """The group of each point (n x 2, in metres): 0, 1, … or ALONE.

    A group holds points with at least `least` points (itself included) within `reach`, and what those reach.
    Raises InputError.
    """
    from sklearn.cluster import DBSCAN  # pyright: ignore[reportMissingTypeStubs]

    check_points(points)
    if not reach > 0 or least < 1:
        raise InputError("The reach must be above 0 and the least number of places at least 1.")
    if not len(points):
        return np.zeros(0, dtype=np.intp)
    found = DBSCAN(eps=reach, min_samples=least, algorithm="kd_tree").fit(points)  # pyright: ignore[reportUnknownMemberType]
    return np.asarray(found.labels_, dtype=np.intp)
