"""Many stretches of neighbouring places as one row."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def stretches(starts: NDArray[Any], lengths: NDArray[Any]) -> NDArray[np.int64]:
    """The places start, start + 1, … of each stretch, one stretch after the other."""
    ends = np.cumsum(lengths, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - lengths), lengths)
