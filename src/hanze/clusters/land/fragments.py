"""How scattered the land of each farm is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Longs, sums
from hanze.clusters.land.parcels import Land, Owners, check_land, reach


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """Per owner: `parcels`, `area` (ha), `distance` (km, mean weighted by area), `travel` (ha x km) and two indices.

    `januszewski`: 1 for a single parcel, lower the more parts (Januszewski 1968: √Σa / Σ√a); `shape`: mean of 4πA/P²
    weighted by area, 1 for a circle (Polsby and Popper), nan where no perimeter is known.
    """

    parcels: Longs
    area: Floats
    distance: Floats
    travel: Floats
    januszewski: Floats
    shape: Floats

    @property
    def mean_distance(self) -> float:
        """Kilometres over all land together."""
        return float(self.travel.sum() / self.area.sum()) if self.area.sum() else 0.0


def fragmentation(land: Land, owners: Owners) -> Fragmentation:
    """Measure each owner; who has no land gets zeros (and nan where there is nothing to divide). Raises InputError."""
    check_land(land, owners)
    count = len(owners.id)

    def total(weights: Floats) -> Floats:
        return sums(land.owner, weights, count)

    area = total(land.area)
    travel = total(land.area * reach(land, owners, np.arange(len(land)), land.owner))
    roots = total(np.sqrt(land.area))
    known = np.isfinite(land.perimeter) & (land.perimeter > 0)
    square_metres = land.area * 10_000
    round_ = np.where(known, 4 * np.pi * square_metres / np.where(known, land.perimeter, 1) ** 2, 0)
    seen = total(np.where(known, land.area, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        return Fragmentation(
            np.bincount(land.owner, minlength=count).astype(np.int64),
            area,
            travel / area,
            travel,
            np.sqrt(area) / roots,
            total(round_ * land.area) / seen,
        )
