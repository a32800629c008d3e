"""Random numbers that depend only on a seed, a name and a place: the same whatever the size of the batches."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]


def noise(seed: int, name: str, places: npt.NDArray[Any]) -> Numbers:
    """An evenly spread 64-bit number for each place (splitmix64, Steele, Lea and Flood 2014)."""
    digest = hashlib.sha256(f"{seed}:{name}".encode()).digest()
    with np.errstate(over="ignore"):
        mixed = places.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(int.from_bytes(digest[:8], "big"))
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
