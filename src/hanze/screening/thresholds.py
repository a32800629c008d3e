"""From which score a candidate is a hit or near, by kind of party and, where a list needs it, by list.

The numbers are calibrated: `docs/screening-scores.md` says on what, with precision and recall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal as OneOf

from hanze.screening.entries import Kind

Verdict = OneOf["hit", "near", "none"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From `hit` a person must decide; from `near` it is shown. Raises ValueError unless 0 < near <= hit <= 1."""

    hit: float
    near: float

    def __post_init__(self) -> None:
        if not 0 < self.near <= self.hit <= 1:
            raise ValueError(f"write 0 < near <= hit <= 1, not near {self.near} and hit {self.hit}")

    def verdict(self, score: float) -> Verdict:
        """What a score amounts to."""
        if score >= self.hit:
            return "hit"
        return "near" if score >= self.near else "none"


BY_KIND: Mapping[Kind, Thresholds] = MappingProxyType(
    {
        "person": Thresholds(hit=0.72, near=0.58),
        "organisation": Thresholds(hit=0.72, near=0.58),
        "vessel": Thresholds(hit=0.85, near=0.7),
        "aircraft": Thresholds(hit=0.85, near=0.7),
        "unknown": Thresholds(hit=0.72, near=0.58),
    }
)
READ_ALOUD = Thresholds(hit=0.85, near=0.7)
"""Where Chinese, Japanese or Korean characters are held against Latin letters: many names are read alike."""
NO_LISTS: Mapping[tuple[str, Kind], Thresholds] = MappingProxyType({})
