"""A proposal for a new division of land: swaps of two parcels, and for a small area a whole-number program on top."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array, csc_array, vstack

from hanze.clusters.arrays import Floats, Whole, divided, upto
from hanze.clusters.land.parcels import Land, Owners, check_land, reach
from hanze.clusters.land.swapping import swap_pairwise
from hanze.clusters.land.terms import Terms, broken, per_owner
from hanze.clusters.progress import Progress, silent
from hanze.clusters.solving import Program, minimise

LARGEST = 40_000
"""With more pairs of parcel and owner than this there are only swaps, and no bound but zero."""


@dataclass(frozen=True, slots=True)
class Move:
    """Parcel `parcel` (place in Land) goes from one owner to another (places in Owners)."""

    parcel: int
    giver: int
    taker: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A division that keeps to the terms: `holder[p]` farms parcel p.

    `before`, `after`: hectares x kilometres; `bound`: no division on these terms has less (0: not computed).
    """

    holder: Whole
    moves: tuple[Move, ...]
    before: float
    after: float
    bound: float

    @property
    def saving(self) -> float:
        return self.before - self.after

    @property
    def gap(self) -> float:
        return max(0.0, self.after - self.bound) / self.after if self.after > 0 else 0.0


def propose(
    land: Land,
    owners: Owners,
    terms: Terms | None = None,
    *,
    seconds: float = 10.0,
    gap: float = 0.0,
    progress: Progress = silent,
) -> Proposal:
    """Bring land nearer to who farms it, on the terms; search at most about `seconds`, or until what can change is
    proven within the share `gap` of the best there is. Raises InputError.
    """
    terms = terms or Terms()
    check_land(land, owners)
    pairs = int(owners.takes_part[land.owner].sum()) * int(owners.takes_part.sum())
    best, bound = swap_pairwise(land, owners, land.owner, terms), 0.0
    progress("swaps", 0.5)
    if 0 < pairs <= LARGEST and seconds > 0:
        decided, bound = _decided(land, owners, terms, best, (seconds, gap))
        better = _travel(land, owners, decided) < _travel(land, owners, best) - 1e-9
        if better and not broken(land, owners, decided, terms):
            best = decided
    progress("swaps", 1.0)
    problems = broken(land, owners, best, terms)
    if problems:
        raise ArithmeticError("; ".join(problems[:5]))
    moved: list[int] = np.flatnonzero(best != land.owner).tolist()
    moves = tuple(Move(parcel, int(land.owner[parcel]), int(best[parcel])) for parcel in moved)
    after = _travel(land, owners, best)
    return Proposal(best, moves, _travel(land, owners, land.owner), after, min(bound, after))


def _travel(land: Land, owners: Owners, holder: Whole) -> float:
    return float(per_owner(land, owners, holder)[2].sum())


def _decided(
    land: Land, owners: Owners, terms: Terms, start: Whole, limits: tuple[float, float]
) -> tuple[Whole, float]:
    """The best whole division HiGHS finds, beginning from `start`, and what no division on these terms gets below."""
    free = np.flatnonzero(owners.takes_part[land.owner])
    takers = np.flatnonzero(owners.takes_part)
    parcel, owner = np.repeat(free, len(takers)), np.tile(takers, len(free))
    may = owners.organic[owner] | ~land.organic[parcel]
    parcel, owner = parcel[may], owner[may]
    far = reach(land, owners, parcel, owner)
    program = _program(land, owners, terms, (free, takers), (parcel, owner), far)
    seconds, gap = limits
    outcome = minimise(program, seconds=seconds, gap=gap, start=(start[parcel] == owner).astype(np.float64))
    stays = ~owners.takes_part[land.owner]
    fixed = float((land.area * reach(land, owners, upto(len(land)), land.owner))[stays].sum())
    bound = max(0.0, outcome.bound) + fixed
    if outcome.values is None:
        return start, bound
    holder = land.owner.copy()
    chosen = outcome.values > 0.5
    holder[parcel[chosen]] = owner[chosen]
    return holder, bound


def _program(
    land: Land, owners: Owners, terms: Terms, places: tuple[Whole, Whole], pairs: tuple[Whole, Whole], far: Floats
) -> Program:
    """Each parcel to somebody; each owner within its value, travelling no more in all and no more for each hectare."""
    (free, takers), (parcel, owner) = places, pairs
    place = np.full(len(owners.id), -1, dtype=np.intp)
    place[takers] = np.arange(len(takers))
    row_of = np.full(len(land), -1, dtype=np.intp)
    row_of[free] = np.arange(len(free))
    value, area, travel = (part[takers] for part in per_owner(land, owners, land.owner))
    mean = divided(travel, area)

    def rows(index: Whole, numbers: Floats, height: int) -> csc_array:
        return csc_array(coo_array((numbers, (index, upto(len(parcel)))), shape=(height, len(parcel))))

    at = place[owner]
    leg = land.area[parcel] * far
    matrix = csc_array(
        vstack(
            [
                rows(row_of[parcel], np.ones(len(parcel)), len(free)),
                rows(at, land.value[parcel], len(takers)),
                rows(at, leg, len(takers)),
                rows(at, leg - mean[at] * land.area[parcel], len(takers)),
            ]
        )
    )
    least = np.full(len(takers), -np.inf)
    low = np.concatenate([np.ones(len(free)), value * (1 - terms.tolerance), least, least])
    high = np.concatenate([np.ones(len(free)), value * (1 + terms.tolerance), travel, np.zeros(len(takers))])
    return Program(leg, np.zeros(len(parcel)), np.ones(len(parcel)), matrix, low, high, np.ones(len(parcel), bool))
