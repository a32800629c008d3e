"""Transport: who brings how much to whom at the least cost, with prices at which nobody does better elsewhere.

Of a large table only the cheap pairs go into the linear program first; its prices then tell which other pairs would
make it cheaper, and those are added until there are none (column generation, Dantzig and Wolfe): exact, with few pairs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Whole, size, upto
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.solving import Growing

CHEAPEST = 4
TOLERANCE = 1e-7
FORBIDDING = 1e4
"""What must be met and is not costs so many times the dearest pair: more than any chain of pairs in practice."""


@dataclass(frozen=True, slots=True)
class Transport:
    """What goes where, and what does not.

    `giver[k]` brings `amount[k]` to `taker[k]`; `left[i]` stays with giver i, `unmet[j]` taker j gets elsewhere or not.
    `giver_price`, `taker_price`: what one unit more of supply (or of demand) changes the total by, money a unit.
    `value` includes what is left and unmet.
    """

    giver: Whole
    taker: Whole
    amount: Floats
    left: Floats
    unmet: Floats
    value: float
    bound: float
    giver_price: Floats
    taker_price: Floats
    seconds: float

    @property
    def gap(self) -> float:
        return max(0.0, self.value - self.bound) / max(1e-300, abs(self.value)) if self.value != self.bound else 0.0

    @property
    def proven(self) -> bool:
        return self.gap <= 1e-9


def transport(
    cost: Floats,
    supply: Floats,
    demand: Floats,
    *,
    outside: Floats | float | None = None,
    disposal: Floats | float = 0.0,
) -> Transport:
    """Bring `supply[i]` to `demand[j]` at `cost[i, j]` a unit (inf: these two cannot); one unit of amount and of money.

    `outside`: what a unit costs a taker from elsewhere, one number or one a taker (None: everything must be met);
    `disposal`: what a unit costs a giver that stays with it. Raises InputError.
    """
    started = time.perf_counter()
    must = outside is None
    _check(cost, supply, demand, must)
    finite = cost[np.isfinite(cost)]
    largest = max(1.0, float(np.abs(finite).max(initial=0.0)))
    buy = np.broadcast_to(np.asarray(largest * FORBIDDING if outside is None else outside, np.float64), demand.shape)
    keep = np.broadcast_to(np.asarray(disposal, dtype=np.float64), supply.shape)
    givers = len(supply)
    program = Growing(np.concatenate([supply, demand]).astype(np.float64))
    program.add(keep, upto(givers))
    program.add(buy, givers + upto(len(demand)))
    first: Whole = np.union1d(_cheap(cost), _fitting(cost, supply, demand))
    solved = _solved(program, cost, first, TOLERANCE * largest)
    lost = float(np.minimum(solved.reduced.min(axis=1), 0) @ supply)
    answer = _answer(solved.values, solved.pairs, givers, len(demand))
    unmet = float(answer.unmet.sum())
    if must and unmet > 1e-6 * max(1.0, float(demand.sum())):
        raise InputError(
            f"{unmet:g} of the demand cannot be met: not everyone who needs it may take from someone who has it."
        )
    value = float(cost.ravel()[solved.pairs] @ solved.values[givers + len(demand) :] + keep @ answer.left)
    value += 0.0 if must else float(buy @ answer.unmet)
    bound = min(value, float(solved.prices @ np.concatenate([supply, demand])) + lost)
    return Transport(
        answer.giver,
        answer.taker,
        answer.amount,
        answer.left,
        answer.unmet,
        value,
        bound,
        solved.prices[:givers],
        solved.prices[givers:],
        time.perf_counter() - started,
    )


@dataclass(frozen=True, slots=True)
class _Solved:
    """`pairs`: places in the table of costs that went into the program; `reduced`: each cost less both its prices."""

    pairs: Whole
    values: Floats
    prices: Floats
    reduced: Floats


def _solved(program: Growing, cost: Floats, pairs: Whole, least: float) -> _Solved:
    """Solve with these pairs, and again with those that its prices name, until none saves more than `least` a unit."""
    givers, takers = size(cost)
    known, fresh = np.zeros(0, dtype=np.intp), pairs
    while True:
        known = np.concatenate([known, fresh])
        program.add(cost.ravel()[fresh], fresh // takers, givers + fresh % takers)
        outcome = program.solve()
        if outcome.values is None or not outcome.optimal:
            raise ArithmeticError("the transport program was not solved")
        reduced = cost - outcome.prices[:givers, None] - outcome.prices[None, givers:]
        fresh = np.setdiff1d(_cheap(reduced, -least), known)
        if not len(fresh):
            return _Solved(known, outcome.values, outcome.prices, reduced)


@dataclass(frozen=True, slots=True)
class _Amounts:
    giver: Whole
    taker: Whole
    amount: Floats
    left: Floats
    unmet: Floats


def _answer(values: Floats, pairs: Whole, givers: int, takers: int) -> _Amounts:
    amounts = values[givers + takers :]
    used = np.flatnonzero(amounts > 1e-9)
    used = used[np.argsort(pairs[used], kind="stable")]
    giver, taker = np.divmod(pairs[used], takers)
    return _Amounts(giver, taker, amounts[used], values[:givers], values[givers : givers + takers])


def _cheap(cost: Floats, below: float = np.inf) -> Whole:
    """The few cheapest pairs of each giver and of each taker, those under `below` only; as places in the flat table."""
    givers, takers = size(cost)
    across, down = min(CHEAPEST, takers), min(CHEAPEST, givers)
    by_giver = np.argpartition(cost, across - 1, axis=1)[:, :across] + upto(givers)[:, None] * takers
    by_taker = np.argpartition(cost, down - 1, axis=0)[:down] * takers + upto(takers)
    both: Whole = np.union1d(by_giver, by_taker)
    return both[cost.ravel()[both] < below]


def _fitting(cost: Floats, supply: Floats, demand: Floats) -> Whole:
    """Pairs that together carry all that fits, each giver in turn to the cheapest taker with room: a place to begin."""
    room, pairs = demand.astype(np.float64), list[int]()
    for giver in np.argsort(cost.min(axis=1), kind="stable"):
        left = float(supply[giver])
        for taker in np.argsort(cost[giver], kind="stable"):
            if left <= 0 or not np.isfinite(cost[giver, taker]):
                break
            part = min(left, float(room[taker]))
            if part > 0:
                room[taker] -= part
                left -= part
                pairs.append(int(giver) * len(demand) + int(taker))
    return np.array(pairs, dtype=np.intp)


def _check(cost: Floats, supply: Floats, demand: Floats, must: bool) -> None:
    if cost.shape != (len(supply), len(demand)) or not cost.size:
        raise InputError(
            f"Give a cost for each pair: {len(supply)} givers by {len(demand)} takers, at least one of each."
        )
    if np.isnan(cost).any():
        rows = np.flatnonzero(np.isnan(cost).any(axis=1))
        raise InputError(Problem("A cost is missing.", int(row) + 1) for row in rows[:20])
    for name, numbers in (("supply", supply), ("demand", demand)):
        wrong = np.flatnonzero(~np.isfinite(numbers) | (numbers < 0))
        if len(wrong):
            raise InputError(Problem(f"A {name} is missing or below zero.", int(row) + 1) for row in wrong[:20])
    if must and demand.sum() > supply.sum() * (1 + 1e-12):
        raise InputError(
            f"All demand together is {demand.sum():g} and all supply {supply.sum():g}: "
            "give a cost for what comes from elsewhere."
        )
