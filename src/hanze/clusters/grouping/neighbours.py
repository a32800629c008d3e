"""Who is next to whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from scipy.spatial import KDTree
from shapely.geometry.base import BaseGeometry

from hanze.clusters.arrays import Floats, Whole
from hanze.clusters.grouping.density import check_points
from hanze.clusters.problems import InputError


def near_pairs(points: Floats, reach: float) -> Whole:
    """Pairs (m x 2, each once, the lower first) of points within `reach` of each other, in the unit of the points."""
    check_points(points)
    if not reach >= 0:
        raise InputError("The reach must be at least 0.")
    if not len(points):
        return np.zeros((0, 2), dtype=np.intp)
    return np.asarray(KDTree(points).query_pairs(reach, output_type="ndarray"), dtype=np.intp)


def touching_pairs(shapes: Sequence[BaseGeometry], gap: float = 1.0) -> Whole:
    """Pairs (m x 2, each once, the lower first) of shapes at most `gap` apart: a ditch or a path does not part them."""
    tree = shapely.STRtree(shapes)
    found = np.asarray(tree.query(list(shapes), predicate="dwithin", distance=gap), dtype=np.intp)
    return found.T[found[0] < found[1]]
