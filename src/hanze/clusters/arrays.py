"""The arrays of this engine by their names."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.intp]
Longs = NDArray[np.int64]
Truths = NDArray[np.bool_]
Numbers = NDArray[Any]


def upto(count: int) -> Whole:
    """0, 1, … `count` - 1."""
    return np.arange(count, dtype=np.intp)


def size(table: Numbers) -> tuple[int, int]:
    """How many rows and columns a table has."""
    return int(table.shape[0]), int(table.shape[1])


def sums(groups: Whole, weights: Floats, count: int) -> Floats:
    """The sum of the weights in each of `count` groups."""
    return np.bincount(groups, weights, count).astype(np.float64)


def divided(over: Floats, under: Floats) -> Floats:
    """A quotient, 0 where there is nothing to divide by."""
    return np.where(under > 0, over / np.where(under > 0, under, 1), 0.0)
