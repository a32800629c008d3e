"""Offers and needs of one product, matched at the least cost, with what comes from elsewhere as the way out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.flows import transport
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.progress import Progress, silent
from hanze.clusters.roads import DETOUR, distances


@dataclass(frozen=True, slots=True)
class Offer:
    """A farm has `amount` of a product (tonnes, hours, kilograms) of a `quality` (a number) in a `season` (0, 1, …).

    `x`, `y` in metres; `price`: what it asks a unit, in euro (manure: what it pays is below 0).
    """

    id: str
    farm: str
    product: str
    amount: float
    x: float
    y: float
    quality: float = 0.0
    season: int = 0
    price: float = 0.0


@dataclass(frozen=True, slots=True)
class Need:
    """A farm takes `amount` of a product with a quality from `lowest` to `highest` in a season.

    `elsewhere`: what a unit costs it outside the cluster, delivered, in euro.
    """

    id: str
    farm: str
    product: str
    amount: float
    x: float
    y: float
    elsewhere: float
    lowest: float = float("-inf")
    highest: float = float("inf")
    season: int = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """Euro a unit and kilometre by road, handling a unit, keeping a unit one season; `keeps`: over how many seasons.

    `farthest`: kilometres by road that it may be brought.
    """

    transport: float
    handling: float = 0.0
    keeping: float = 0.0
    keeps: int = 0
    farthest: float = float("inf")
    detour: float = DETOUR


@dataclass(frozen=True, slots=True)
class Match:
    """`amount` from an offer to a need over `distance` km, at `cost` euro in all; `price`: a fair price a unit.

    `price` is paid at the farm gate, a hint: halfway between the least the giver can take where others want it too (the
    price asked plus the shadow price of the supply) and the most that leaves the taker no worse off than elsewhere.
    """

    offer: Offer
    need: Need
    amount: float
    distance: float
    cost: float
    price: float


@dataclass(frozen=True, slots=True)
class Exchange:
    """What one product does in the cluster.

    `unmet`: amount per need (id) that comes from elsewhere; `left` per offer what stays; `cost` euro with the cluster,
    `alone` euro when everyone bought elsewhere; `bound`: no matching costs less. `worth`: per need id, what one unit
    more of it would cost.
    """

    product: str
    matches: tuple[Match, ...]
    unmet: dict[str, float]
    left: dict[str, float]
    cost: float
    alone: float
    bound: float
    proven: bool
    worth: dict[str, float]

    @property
    def saving(self) -> float:
        return self.alone - self.cost

    @property
    def tonne_kilometres(self) -> float:
        return sum(match.amount * match.distance for match in self.matches)


def exchange(
    offers: Sequence[Offer], needs: Sequence[Need], rates: dict[str, Rates], *, progress: Progress = silent
) -> tuple[Exchange, ...]:
    """Match every product that somebody needs, in the order of their names. A farm does not deliver to itself at a
    cost.

    Raises InputError with the row of an offer or need that cannot be used, or a product without rates.
    """
    _check(offers, needs, rates)
    by_product: dict[str, tuple[list[Offer], list[Need]]] = defaultdict(lambda: ([], []))
    for offer in offers:
        by_product[offer.product][0].append(offer)
    for need in needs:
        by_product[need.product][1].append(need)
    wanted = sorted(product for product, (_, takers) in by_product.items() if takers)
    results: list[Exchange] = []
    for number, product in enumerate(wanted, start=1):
        results.append(_match(product, *by_product[product], rates[product]))
        progress("exchanges", number / len(wanted))
    return tuple(results)


def _check(offers: Sequence[Offer], needs: Sequence[Need], rates: dict[str, Rates]) -> None:
    problems: list[Problem] = []
    for name, things in (("offer", offers), ("need", needs)):
        seen: set[str] = set()
        for row, thing in enumerate(things, start=1):
            numbers = (thing.amount, thing.x, thing.y, thing.price if isinstance(thing, Offer) else thing.elsewhere)
            if not np.isfinite(numbers).all():
                problems.append(Problem(f"{name} {thing.id}: an amount, place or price is missing.", row))
            elif thing.amount < 0:
                problems.append(Problem(f"{name} {thing.id}: the amount is below zero.", row))
            if thing.id in seen:
                problems.append(Problem(f"{name} {thing.id} is there twice.", row))
            if thing.product not in rates:
                problems.append(Problem(f"{name} {thing.id}: there are no rates for {thing.product}.", row))
            seen.add(thing.id)
    if problems:
        raise InputError(problems)


def _match(product: str, offers: list[Offer], needs: list[Need], rates: Rates) -> Exchange:
    elsewhere = np.array([need.elsewhere for need in needs])
    demand = np.array([need.amount for need in needs])
    alone = float(elsewhere @ demand)
    if not offers:
        unmet = {need.id: need.amount for need in needs if need.amount}
        worth = {need.id: need.elsewhere for need in needs}
        return Exchange(product, (), unmet, {}, alone, alone, alone, True, worth)
    here, there = _points(offers), _points(needs)
    kilometres = distances(here, there) * rates.detour / 1000
    kilometres[_same_farm(offers, needs)] = 0
    asked = np.array([offer.price for offer in offers])
    cost = asked[:, None] + rates.handling + rates.transport * kilometres + rates.keeping * _waiting(offers, needs)
    cost[~_allowed(offers, needs, rates, kilometres)] = np.inf
    found = transport(cost, np.array([offer.amount for offer in offers]), demand, outside=elsewhere)
    givers: list[int] = found.giver.tolist()
    takers: list[int] = found.taker.tolist()
    amounts: list[float] = found.amount.tolist()
    matches = tuple(
        Match(
            offer := offers[giver],
            need := needs[taker],
            amount,
            float(kilometres[giver, taker]),
            amount * (one := float(cost[giver, taker])),
            _fair(offer.price, one, need.elsewhere, float(found.giver_price[giver])),
        )
        for giver, taker, amount in zip(givers, takers, amounts, strict=True)
    )
    return Exchange(
        product,
        matches,
        {need.id: amount for need, amount in zip(needs, found.unmet.tolist(), strict=True) if amount > 1e-9},
        {offer.id: amount for offer, amount in zip(offers, found.left.tolist(), strict=True) if amount > 1e-9},
        found.value,
        alone,
        found.bound,
        found.proven,
        {need.id: price for need, price in zip(needs, found.taker_price.tolist(), strict=True)},
    )


def _fair(asked: float, cost: float, elsewhere: float, giver_price: float) -> float:
    least = asked - giver_price
    most = asked + elsewhere - cost
    return float(least + max(0.0, most - least) / 2)


def _points(things: Sequence[Offer] | Sequence[Need]) -> Floats:
    return np.array([(thing.x, thing.y) for thing in things], dtype=np.float64)


def _waiting(offers: list[Offer], needs: list[Need]) -> Floats:
    """Seasons from offer to need; below 0: the need is before the offer."""
    given = np.array([offer.season for offer in offers], dtype=np.float64)
    taken = np.array([need.season for need in needs], dtype=np.float64)
    return taken[None, :] - given[:, None]


def _same_farm(offers: list[Offer], needs: list[Need]) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    givers = np.array([offer.farm for offer in offers])
    takers = np.array([need.farm for need in needs])
    return givers[:, None] == takers[None, :]


def _allowed(
    offers: list[Offer], needs: list[Need], rates: Rates, kilometres: Floats
) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    quality = np.array([offer.quality for offer in offers])[:, None]
    lowest = np.array([need.lowest for need in needs])
    highest = np.array([need.highest for need in needs])
    waiting = _waiting(offers, needs)
    fits = (quality >= lowest) & (quality <= highest)
    return fits & (waiting >= 0) & (waiting <= rates.keeps) & (kilometres <= rates.farthest)
