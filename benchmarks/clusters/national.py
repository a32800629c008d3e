"""A country of invented farms, and the whole plan for it: `python -m benchmarks.clusters.national`."""

from __future__ import annotations

import argparse
import resource
import time
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Whole
from hanze.clusters.estimates import Estimate
from hanze.clusters.exchanging import Need, Offer, Rates
from hanze.clusters.land import Land, Owners, Terms
from hanze.clusters.land.terms import broken, per_owner
from hanze.clusters.planning import Plan, Settings, Trade, make_plan
from hanze.clusters.ranking import Criterion, Table, acceptability, rank

RATES = {"manure": Rates(0.15, 1.0, farthest=60.0), "straw": Rates(0.2, 1.5, keeping=1.0, keeps=3)}


@dataclass(frozen=True)
class Country:
    """Invented farms around the centres of areas, each with parcels around it."""

    owners: Owners
    land: Land
    area: Whole
    centres: Floats
    trade: Trade


def generate(farms: int = 50_000, parcels: int = 800_000, areas: int = 342, seed: int = 1) -> Country:
    """Farms gather around centres, parcels around farms; 8 % is organic, 60 % takes part; dairy gives, arable takes."""
    random = np.random.default_rng(seed)
    centres = random.uniform((20_000, 310_000), (275_000, 610_000), (areas, 2))
    area = np.sort(np.r_[np.arange(areas), random.integers(0, areas, farms - areas)])
    point = centres[area] + random.normal(0, 4_000, (farms, 2))
    organic = random.random(farms) < 0.08
    names = tuple(f"farm-{number}" for number in range(farms))
    owners = Owners(names, point, random.random(farms) < 0.6, organic)
    owner = np.r_[np.arange(farms), random.integers(0, farms, parcels - farms)]
    hectares = np.maximum(0.1, random.lognormal(0.6, 0.6, parcels)).round(2)
    land = Land(
        tuple(f"parcel-{number}" for number in range(parcels)),
        owner,
        point[owner] + random.normal(0, 3_000, (parcels, 2)),
        hectares,
        (hectares * random.normal(80_000, 6_000, parcels)).round(),
        organic[owner] & (random.random(parcels) < 0.9),
        4 * np.sqrt(hectares * 10_000) * random.uniform(1, 1.4, parcels),
    )
    return Country(owners, land, area, centres, _trade(owners, random))


def _trade(owners: Owners, random: np.random.Generator) -> Trade:
    dairy = random.random(len(owners.id)) < 0.5
    amount = random.lognormal(5, 0.7, len(owners.id)).round(1)
    offers, needs = [], []
    for farm, (x, y) in enumerate(owners.point.tolist()):
        name, much = owners.id[farm], float(amount[farm])
        if dairy[farm]:
            offers.append(Offer(f"m{farm}", name, "manure", much, x, y, price=-5.0))
            needs.append(Need(f"s{farm}", name, "straw", much / 10, x, y, elsewhere=120.0, season=1))
        else:
            offers.append(Offer(f"s{farm}", name, "straw", much / 8, x, y, price=70.0))
            needs.append(Need(f"m{farm}", name, "manure", much, x, y, elsewhere=12.0))
    return Trade(offers, needs, RATES)


def indicators(country: Country, plan: Plan) -> Table:
    """What can be said of each area from its farms: five criteria, each a tenth uncertain."""
    areas = len(country.centres)
    farms = np.bincount(country.area, minlength=areas)

    def mean(numbers: Floats) -> Floats:
        return np.bincount(country.area, numbers, areas) / farms

    values = np.column_stack(
        [
            farms,
            mean(country.owners.organic.astype(float)),
            mean(country.owners.takes_part.astype(float)),
            mean(plan.before.travel),
            mean(plan.before.parcels.astype(float)),
        ]
    )
    names = ("farms", "organic", "takes-part", "travel", "parcels")
    criteria = tuple(Criterion(name, name, Estimate(1, 2, 3)) for name in names)
    return Table(tuple(f"area-{k}" for k in range(areas)), criteria, values * 0.9, values, values * 1.1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--farms", type=int, default=50_000)
    parser.add_argument("--parcels", type=int, default=800_000)
    parser.add_argument("--areas", type=int, default=342)
    arguments = parser.parse_args()
    country = generate(arguments.farms, arguments.parcels, arguments.areas)
    started = last = time.perf_counter()
    steps: dict[str, float] = {}

    def progress(step: str, share: float) -> None:
        nonlocal last
        now = time.perf_counter()
        steps[step] = steps.get(step, 0) + now - last
        last = now

    settings = Settings(reach=1_200, hubs=min(40, arguments.areas), hub_seconds=15, swap_seconds=0, minimum=2_000)
    plan = make_plan(
        country.owners,
        country.land,
        settings,
        area=country.area,
        candidates=country.centres,
        trade=country.trade,
        progress=progress,
    )
    table = indicators(country, plan)
    first = rank(table).first
    robust = acceptability(table, progress=progress)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    report(country, plan, steps)
    print(f"first area {first}, first in {robust.first[first]:.0%} of the draws")
    print(f"{seconds:.1f} s, {memory:.2f} GiB at most")


def report(country: Country, plan: Plan, steps: dict[str, float]) -> None:
    print({step: round(seconds, 1) for step, seconds in steps.items()})
    print(f"{plan.group.max() + 1} groups, {plan.regions.count} regions ({len(plan.regions.small)} too small)")
    print(f"hubs: {plan.siting.value:.0f} ha x km, gap {plan.siting.gap:.2%}")
    saving = sum(result.saving for _, result in plan.exchanges)
    print(
        f"exchanges: {len(plan.exchanges)}, all proven: {all(r.proven for _, r in plan.exchanges)}, saves {saving:.0f}"
    )
    moves = plan.proposal
    before, after = (
        per_owner(country.land, country.owners, country.land.owner),
        per_owner(country.land, country.owners, moves.holder),
    )
    change = np.abs(after[0] / before[0] - 1).max()
    print(f"swaps: {len(moves.moves)} parcels move, travel {moves.before:.0f} → {moves.after:.0f} ha x km")
    print(f"the value of an owner's land changes by {change:.2%} at most")
    print(f"terms broken: {broken(country.land, country.owners, moves.holder, Terms())}")


if __name__ == "__main__":
    main()
