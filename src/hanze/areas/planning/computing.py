"""A plan is computed: the engine does the work, and what comes out becomes plain data to keep."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np

import hanze
from hanze.areas.planning.assumptions import Assumptions
from hanze.areas.planning.gathering import Input
from hanze.areas.planning.mapping import draw
from hanze.areas.planning.valuing import in_years, ready, valued
from hanze.clusters.exchanging import Exchange
from hanze.clusters.land import Terms
from hanze.clusters.land.terms import per_owner
from hanze.clusters.planning import Plan, Settings, make_plan
from hanze.clusters.progress import Progress, silent
from hanze.clusters.roads import DETOUR

LIBRARIES = ("highspy", "numpy", "scikit-learn", "scipy", "shapely")
HUB_SECONDS = 0.4
"""The share of the time that goes to hubs; the rest goes to swaps, the same for each area."""
SWAP_GAP = 0.01
"""Swaps within one percent of the best there is are good enough; going on to the end would end by the clock."""
PARTIES = "parties"
SEARCHED, HOW_FAR = ("hubs", "land"), {"bound", "gap", "proven"}
Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """`result` and `drawing` as JSON holds them; `fingerprint`: the SHA-256 of the result; `software`: versions."""

    result: Result
    drawing: dict[str, Any]
    fingerprint: str
    software: dict[str, str]


@cache
def software() -> dict[str, str]:
    """The versions that the answer depends on."""
    return {"hanze": hanze.__version__} | {name: version(name) for name in LIBRARIES}


def compute(given: Input, asked: Assumptions, seed: int, progress: Progress = silent) -> Made:
    """Make the plan and reckon what it is worth. Raises InputError; stops where `progress` raises."""
    settings = Settings(
        reach=asked.reach,
        least=asked.least,
        minimum=asked.minimum,
        hubs=asked.hubs,
        hub_seconds=HUB_SECONDS * asked.seconds,
        swap_seconds=(1 - HUB_SECONDS) * asked.seconds / max(1, len(given.areas)),
        terms=Terms(asked.tolerance / 100),
        seed=seed,
        capacity=asked.capacity,
        swap_gap=SWAP_GAP,
    )
    plan = make_plan(
        given.owners,
        given.land,
        settings,
        area=given.area,
        trade=given.trade,
        must=given.must,
        cannot=given.cannot,
        progress=progress,
    )
    progress("value", 0.0)
    result = {
        "farms": _farms(given, plan),
        "clusters": _clusters(given, plan),
        "regions": _regions(given, plan),
        "hubs": _hubs(given, plan, asked),
        "exchanges": [_exchange(given, at, each) for at, each in plan.exchanges],
        "land": _swaps(given, plan),
    }
    result["balance"] = valued(given, plan, asked, seed)
    result["years"] = in_years(plan, asked, seed)
    result[PARTIES] = ready(given)
    progress("value", 1.0)
    drawing = draw(given, plan)
    progress("map", 1.0)
    return Made(result, drawing, fingerprint(result), software())


def fingerprint(result: Result) -> str:
    """The SHA-256 of what a plan proposes and what it is worth.

    Left out is how far a search came in proving that nothing better exists (the clock stops it, not the seed), and the
    keys of parties (of one database; the balance counts them).
    """
    sure = {part: {name: value for name, value in result[part].items() if name not in HOW_FAR} for part in SEARCHED}
    told = {part: found for part, found in (result | sure).items() if part != PARTIES}
    plain = json.dumps(told, sort_keys=True, allow_nan=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _farms(given: Input, plan: Plan) -> list[dict[str, Any]]:
    hub_of, far = _served(given, plan)
    return [
        {
            "code": farm.code,
            "name": farm.name,
            "area": given.areas[int(given.area[at])].code if given.areas else "",
            "cluster": int(plan.group[at]) + 1,
            "region": int(plan.regions.label[at]) + 1,
            "hub": hub_of.get(at, ""),
            "hub_km": far.get(at),
            "takes_part": bool(given.owners.takes_part[at]),
            "hectares": _number(plan.before.area[at]),
            "parcels": int(plan.before.parcels[at]),
            "km": _number(plan.before.distance[at]),
        }
        for at, farm in enumerate(given.farms)
    ]


def _served(given: Input, plan: Plan) -> tuple[dict[int, str], dict[int, float]]:
    """Per farm (place): the code of the farm where its hub is, and the kilometres by road to it."""
    farms = np.flatnonzero(~given.owners.bank).tolist()
    codes, points = given.owners.id, given.owners.point
    hubs = {farm: codes[farms[int(hub)]] for farm, hub in zip(farms, plan.siting.assigned.tolist(), strict=True)}
    far = {
        farm: round(float(np.hypot(*(points[farm] - plan.candidates[int(hub)]))) * DETOUR / 1000, 3)
        for farm, hub in zip(farms, plan.siting.assigned.tolist(), strict=True)
    }
    return hubs, far


def _clusters(given: Input, plan: Plan) -> list[dict[str, Any]]:
    """Dense groups, from 1; cluster 0 is who lies alone and is not in the list."""
    return _groups(given, plan, plan.group)


def _regions(given: Input, plan: Plan) -> list[dict[str, Any]]:
    small = {region + 1 for region in plan.regions.small}
    return [each | {"small": each["number"] in small} for each in _groups(given, plan, plan.regions.label)]


def _groups(given: Input, plan: Plan, label: Any) -> list[dict[str, Any]]:
    found = []
    for number in range(int(label.max(initial=-1)) + 1):
        members = np.flatnonzero(label == number)
        codes = [given.owners.id[int(at)] for at in members]
        found.append({"number": number + 1, "farms": codes, "hectares": float(plan.before.area[members].sum())})
    return found


def _hubs(given: Input, plan: Plan, asked: Assumptions) -> dict[str, Any]:
    siting, hub_of = plan.siting, _served(given, plan)[0]
    places = [given.owners.id[int(at)] for at in np.flatnonzero(~given.owners.bank)]
    served: dict[str, list[int]] = {places[hub]: [] for hub in siting.hubs}
    for farm, hub in hub_of.items():
        served[hub].append(farm)
    return {
        "at": [
            {"farm": hub, "serves": len(farms), "hectares": float(plan.before.area[farms].sum())}
            for hub, farms in served.items()
        ],
        "value": siting.value,
        "bound": siting.bound,
        "gap": siting.gap,
        "proven": siting.proven,
        "capacity": asked.capacity,
    }


def _exchange(given: Input, at: int, found: Exchange) -> dict[str, Any]:
    farm_of = {thing.id: thing.farm for thing in (*given.trade.offers, *given.trade.needs)}
    return {
        "product": found.product,
        "area": given.areas[at].code if given.areas else "",
        "matches": [
            {
                "offer": each.offer.id,
                "need": each.need.id,
                "from": each.offer.farm,
                "to": each.need.farm,
                "amount": each.amount,
                "km": each.distance,
                "cost": each.cost,
                "price": each.price,
            }
            for each in found.matches
        ],
        "unmet": [{"need": id, "farm": farm_of[id], "amount": amount} for id, amount in found.unmet.items()],
        "left": [{"offer": id, "farm": farm_of[id], "amount": amount} for id, amount in found.left.items()],
        "cost": found.cost,
        "alone": found.alone,
        "saving": found.saving,
        "proven": found.proven,
    }


def _swaps(given: Input, plan: Plan) -> dict[str, Any]:
    land, owners, proposal = given.land, given.owners, plan.proposal
    value = per_owner(land, owners, land.owner)[0], per_owner(land, owners, proposal.holder)[0]
    touched = sorted({at for move in proposal.moves for at in (move.giver, move.taker)})
    return {
        "before": proposal.before,
        "after": proposal.after,
        "bound": proposal.bound,
        "gap": proposal.gap,
        "km_before": _number(plan.before.mean_distance),
        "km_after": _number(plan.after.mean_distance),
        "parcels": len(land),
        "moves": [
            {
                "parcel": land.id[move.parcel],
                "from": owners.id[move.giver],
                "to": owners.id[move.taker],
                "hectares": float(land.area[move.parcel]),
                "value": float(land.value[move.parcel]),
                "organic": bool(land.organic[move.parcel]),
            }
            for move in proposal.moves
        ],
        "owners": [
            {
                "farm": owners.id[at],
                "hectares": [_number(plan.before.area[at]), _number(plan.after.area[at])],
                "km": [_number(plan.before.distance[at]), _number(plan.after.distance[at])],
                "value": [float(value[0][at]), float(value[1][at])],
            }
            for at in touched
        ],
    }


def _number(value: Any) -> float | None:
    """None for what cannot be measured: who has no land has no distance to it."""
    return float(value) if math.isfinite(value) else None
