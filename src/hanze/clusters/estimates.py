"""A number that is not known exactly: low, mode, high, and where it comes from."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Numbers
from hanze.clusters.problems import InputError

VERIFIED, TO_VERIFY, ASSUMED, INVENTED = "verified", "to verify", "assumed", "invented"
STATUSES = (VERIFIED, TO_VERIFY, ASSUMED, INVENTED)


@dataclass(frozen=True, slots=True)
class Estimate:
    """`low` ≤ `mode` ≤ `high` in one unit; `source` says where it was read, `year` of when it is, `status` how sure."""

    low: float
    mode: float
    high: float
    source: str = ""
    year: int | None = None
    status: str = TO_VERIFY

    def __post_init__(self) -> None:
        if not all(math.isfinite(part) for part in (self.low, self.mode, self.high)):
            raise InputError(f"An estimate is missing or infinite: {self.low:g}, {self.mode:g}, {self.high:g}.")
        if not self.low <= self.mode <= self.high:
            message = f"Give low ≤ mode ≤ high, not {self.low:g}, {self.mode:g}, {self.high:g}."
            raise InputError(message)
        if self.status not in STATUSES:
            raise InputError(f'The status "{self.status}" is none of: {", ".join(STATUSES)}.')

    @classmethod
    def exactly(cls, value: float, source: str = "", year: int | None = None, status: str = TO_VERIFY) -> Estimate:
        """A number without a range."""
        return cls(value, value, value, source, year, status)


def triangular(low: Numbers, mode: Numbers, high: Numbers, draws: Numbers) -> Numbers:
    """Draws between 0 and 1 turned into draws of triangular distributions (inverse of the distribution function)."""
    width = high - low
    share = np.where(width > 0, (mode - low) / np.where(width > 0, width, 1), 1)
    left = draws < share
    root = np.where(left, draws * (width * (mode - low)), (1 - draws) * (width * (high - mode)))
    np.sqrt(root, out=root)
    return np.where(left, low + root, high - root)
