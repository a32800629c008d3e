"""The terms on which land may change hands, and whether a proposal keeps to them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Truths, Whole, divided, sums
from hanze.clusters.land.parcels import Land, Owners, reach
from hanze.clusters.problems import InputError


@dataclass(frozen=True, slots=True)
class Terms:
    """`tolerance`: the value of an owner's land may change by this share (0.05: 5 %); `least_gain`: ha x km a swap.

    Always: no parcel is split, organic land stays with organic farms, who does not take part keeps everything, and
    nobody
    has to travel more than before (area times distance), nor more for each hectare.
    """

    tolerance: float = 0.05
    least_gain: float = 0.01

    def __post_init__(self) -> None:
        if not 0 <= self.tolerance < 1:
            raise InputError("The tolerance is a share from 0 to 1 (0.05 is 5 %).")


def per_owner(land: Land, owners: Owners, holder: Whole) -> tuple[Floats, Floats, Floats]:
    """Value (euro), area (ha) and travel (ha x km) of every owner when parcels belong to `holder`."""
    count = len(owners.id)
    travel = land.area * reach(land, owners, np.arange(len(land)), holder)
    return (
        sums(holder, land.value, count),
        sums(holder, land.area, count),
        sums(holder, travel, count),
    )


def broken(land: Land, owners: Owners, holder: Whole, terms: Terms) -> list[str]:
    """What a division of the land breaks, in words; empty when it keeps to all terms."""
    moved = holder != land.owner
    value, area, travel = per_owner(land, owners, land.owner)
    new_value, new_area, new_travel = per_owner(land, owners, holder)
    rounding = 1e-9 * (1 + value)
    found: list[str] = []

    def say(wrong: Truths, message: str) -> None:
        places: list[int] = np.flatnonzero(wrong).tolist()
        found.extend(message.format(owners.id[place]) for place in places)

    say(np.abs(new_value - value) > terms.tolerance * value + rounding, "the value of {}'s land changes too much")
    say(new_travel > travel * (1 + 1e-9) + 1e-9, "{} has to travel more")
    mean, new_mean = divided(travel, area), divided(new_travel, new_area)
    say(new_mean > mean * (1 + 1e-9) + 1e-9, "{} has to travel more for each hectare")
    lost = np.zeros(len(owners.id), dtype=bool)
    lost[holder[land.organic & ~owners.organic[holder]]] = True
    say(lost, "{} is not organic and gets organic land")
    strange = np.zeros(len(owners.id), dtype=bool)
    strange[land.owner[moved]] = True
    strange[holder[moved]] = True
    say(strange & ~owners.takes_part, "{} does not take part and its land changes")
    return found
