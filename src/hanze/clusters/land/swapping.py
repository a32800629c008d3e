"""Swaps of one parcel for another that leave both owners better off, the most profitable first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from hanze.clusters.arrays import Floats, Truths, Whole, divided
from hanze.clusters.land.parcels import Land, Owners, reach
from hanze.clusters.land.terms import Terms, per_owner

ROUNDS = 12
PAIRS_A_PARCEL = 24
WORTH_ANOTHER = 200
"""Another round is made while the last one brought at least a so-manieth of the swaps of the first."""


def swap_pairwise(land: Land, owners: Owners, holder: Whole, terms: Terms, *, nearest: int = 12) -> Whole:
    """Swap on from `holder`; each swap keeps to the terms, so that every step is a proposal. Returns the new
    holders.
    """
    holder = holder.copy()
    free = np.flatnonzero(owners.takes_part[land.owner])
    takers = np.flatnonzero(owners.takes_part)
    if len(free) < 2 or len(takers) < 2:
        return holder
    options = _options(land, owners, free, takers, nearest)
    ledger = _Ledger(land, owners, holder, terms)
    first = ledger.round(options)
    made = first
    for _ in range(ROUNDS - 1):
        if made * WORTH_ANOTHER <= first:
            break
        made = ledger.round(options)
    return holder


@dataclass(frozen=True, slots=True)
class Options:
    """`owner[k]` could have `parcel[k]`, and would travel `leg[k]` (ha x km) for it."""

    parcel: Whole
    owner: Whole
    leg: Floats


def _options(land: Land, owners: Owners, free: Whole, takers: Whole, nearest: int) -> Options:
    """For each free parcel the owners it could go to: the nearest farms that may have it, and every land bank."""
    bank = owners.bank
    farms = takers[~bank[takers]]
    parts: list[tuple[Whole, Whole]] = []
    if len(farms):
        count = min(nearest, len(farms))
        _, near = KDTree(owners.point[farms]).query(land.point[free], k=np.arange(1, count + 1))
        parts.append((np.repeat(free, count), farms[np.asarray(near, dtype=np.intp).ravel()]))
    for one in takers[bank[takers]]:
        parts.append((free, np.full(len(free), one, dtype=np.intp)))
    parcel = np.concatenate([part[0] for part in parts])
    owner = np.concatenate([part[1] for part in parts])
    may = owners.organic[owner] | ~land.organic[parcel]
    parcel, owner = parcel[may], owner[may]
    return Options(parcel, owner, land.area[parcel] * reach(land, owners, parcel, owner))


class _Ledger:
    """What every owner has now and may have, while swaps are made."""

    def __init__(self, land: Land, owners: Owners, holder: Whole, terms: Terms) -> None:
        self.land, self.owners, self.holder, self.terms = land, owners, holder, terms
        value, area, travel = per_owner(land, owners, land.owner)
        now_value, now_area, now_travel = per_owner(land, owners, holder)
        self.low: list[float] = (value * (1 - terms.tolerance)).tolist()
        self.high: list[float] = (value * (1 + terms.tolerance)).tolist()
        self.mean: list[float] = divided(travel, area).tolist()
        self.most: list[float] = travel.tolist()
        self.value: list[float] = now_value.tolist()
        self.area: list[float] = now_area.tolist()
        self.travel: list[float] = now_travel.tolist()
        self.legs = land.area * reach(land, owners, np.arange(len(land)), holder)

    def round(self, options: Options) -> int:
        """One round of swaps: each parcel at most once; returns how many were made."""
        one, other, gain = self._pairs(options)
        order = np.argsort(-gain, kind="stable")
        made = 0
        used: set[int] = set()
        firsts: list[int] = one[order].tolist()
        seconds: list[int] = other[order].tolist()
        for first, second in zip(firsts, seconds, strict=True):
            if first not in used and second not in used and self._swap(first, second):
                used.update((first, second))
                made += 1
        return made

    def _pairs(self, options: Options) -> tuple[Whole, Whole, Floats]:
        """Pairs of parcels that each lie nearer to the other's holder, where both holders would travel less."""
        count = len(self.owners.id)
        holder = self.holder[options.parcel]
        nearer = (holder != options.owner) & (self.legs[options.parcel] > options.leg)
        parcel, owner, leg = options.parcel[nearer], options.owner[nearer], options.leg[nearer]
        mine, now = holder[nearer], self.legs[parcel]
        saves = now - leg
        key, wanted = mine * count + owner, owner * count + mine
        order = np.lexsort((-saves, key))
        ordered = key[order]
        start = np.searchsorted(ordered, wanted, side="left")
        length = np.minimum(np.searchsorted(ordered, wanted, side="right") - start, PAIRS_A_PARCEL)
        left = np.repeat(np.arange(len(parcel)), length)
        within = np.arange(len(left)) - np.repeat(np.cumsum(length) - length, length)
        right = order[np.repeat(start, length) + within]
        once = parcel[left] < parcel[right]
        left, right = left[once], right[once]
        gain = saves[left] + saves[right]
        good: Truths = (gain > self.terms.least_gain) & (leg[right] <= now[left]) & (leg[left] <= now[right])
        return parcel[left][good], parcel[right][good], gain[good]

    def _swap(self, one: int, other: int) -> bool:
        """Swap two parcels when both owners stay within what they may have."""
        land, mine, theirs = self.land, int(self.holder[one]), int(self.holder[other])
        value = float(land.value[other] - land.value[one])
        if not (self.low[mine] <= self.value[mine] + value <= self.high[mine]):
            return False
        if not (self.low[theirs] <= self.value[theirs] - value <= self.high[theirs]):
            return False
        area = float(land.area[other] - land.area[one])
        mine_travel = self.travel[mine] + self._leg(other, mine) - float(self.legs[one])
        their_travel = self.travel[theirs] + self._leg(one, theirs) - float(self.legs[other])
        for owner, travel, new_area in (
            (mine, mine_travel, self.area[mine] + area),
            (theirs, their_travel, self.area[theirs] - area),
        ):
            if travel > self.most[owner] + 1e-12 or travel > self.mean[owner] * new_area + 1e-12:
                return False
        self.value[mine] += value
        self.value[theirs] -= value
        self.area[mine] += area
        self.area[theirs] -= area
        self.travel[mine], self.travel[theirs] = mine_travel, their_travel
        self.holder[one], self.holder[other] = theirs, mine
        self.legs[one], self.legs[other] = self._leg(one, theirs), self._leg(other, mine)
        return True

    def _leg(self, parcel: int, owner: int) -> float:
        point, farm = self.land.point[parcel], self.owners.point[owner]
        far = float(np.hypot(point[0] - farm[0], point[1] - farm[1])) / 1000
        return 0.0 if far != far else float(self.land.area[parcel]) * far
