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
