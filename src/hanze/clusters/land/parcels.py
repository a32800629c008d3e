"""Parcels and who farms them, as columns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Truths, Whole
from hanze.clusters.problems import InputError, Problem


@dataclass(frozen=True, slots=True)
class Owners:
    """Who farms: `point` (n x 2, metres) of the farm; nan for a land bank, to which no distance counts.

    `takes_part`: only their parcels may move; `organic`: organic parcels may go to them.
    """

    id: tuple[str, ...]
    point: Floats
    takes_part: Truths
    organic: Truths

    @property
    def bank(self) -> Truths:
        return np.isnan(self.point.sum(axis=1))


@dataclass(frozen=True, slots=True)
class Land:
    """Parcels: `owner` (place in Owners), `point` (n x 2, metres), `area` in hectares, `value` in euro, `organic`.

    `perimeter` in metres (nan where it is not known) is only for the shape.
    """

    id: tuple[str, ...]
    owner: Whole
    point: Floats
    area: Floats
    value: Floats
    organic: Truths
    perimeter: Floats

    def __len__(self) -> int:
        return len(self.owner)


def check_land(land: Land, owners: Owners) -> None:
    """Raises InputError with the rows that cannot be used (1: the first parcel or farm)."""
    problems: list[Problem] = []

    def say(wrong: Truths, message: str, names: tuple[str, ...]) -> None:
        rows: list[int] = np.flatnonzero(wrong).tolist()
        problems.extend(Problem(message.format(names[row]), row + 1) for row in rows[:20])

    say(~np.isfinite(land.point.sum(axis=1)), "parcel {} has no place.", land.id)
    say(~(np.isfinite(land.area) & (land.area > 0)), "the area of parcel {} is missing or not above zero.", land.id)
    say(~(np.isfinite(land.value) & (land.value >= 0)), "the value of parcel {} is missing or below zero.", land.id)
    say((land.owner < 0) | (land.owner >= len(owners.id)), "parcel {} belongs to nobody in the list.", land.id)
    if not problems:
        strays = np.zeros(len(owners.id), dtype=bool)
        strays[land.owner[land.organic]] = True
        say(strays & ~owners.organic, "{} has organic land and is not organic: say which is right.", owners.id)
    if problems:
        raise InputError(problems)


def reach(land: Land, owners: Owners, parcels: Whole, to: Whole) -> Floats:
    """Kilometres, straight, from each of these parcels to the farm of the owner beside it; 0 to a land bank."""
    gap = land.point[parcels] - owners.point[to]
    return np.nan_to_num(np.sqrt((gap**2).sum(axis=1)) / 1000, nan=0.0)
