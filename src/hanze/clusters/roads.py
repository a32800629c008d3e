"""How far it is from one place to another."""

from __future__ import annotations

import numpy as np

from hanze.clusters.arrays import Floats

DETOUR = 1.3
"""Roads are longer than straight lines by about so much (assumed; a table of real distances can be given instead)."""


def distances(one: Floats, other: Floats) -> Floats:
    """Straight-line distances between two lists of points (n x 2, m x 2), in the unit of the coordinates."""
    return np.sqrt(((one[:, None, :] - other[None, :, :]) ** 2).sum(axis=2))
