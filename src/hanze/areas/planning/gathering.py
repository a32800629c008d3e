"""What a plan is computed from: the farms, parcels, goods and areas as they stand, with a hash of each kind."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from hanze.areas.models import Area, Farm, Good, Initiative, Parcel, WillingParty
from hanze.areas.planning.assumptions import Assumptions, Pair
from hanze.areas.planning.choosing import chosen_areas
from hanze.clusters.arrays import Whole
from hanze.clusters.exchanging import Need, Offer, Rates
from hanze.clusters.land import Land, Owners
from hanze.clusters.planning import Trade
from hanze.clusters.problems import InputError, Problem

COWS = ("melkkoeien", "dairy_cows", "dairy cows")
"""Columns of a list of farms in which the number of dairy cows stands."""


@dataclass(frozen=True, slots=True)
class Input:
    """What the engine takes, with the farms (a row an owner), the shapes of their parcels and of the chosen areas.

    `area`: per farm its place in `areas` (0 for all when none was chosen); `cows`: None where no farm says how many;
    `parties`: those that were asked, but for parties with a farm that is not in the plan.
    """

    farms: tuple[Farm, ...]
    areas: tuple[Area, ...]
    owners: Owners
    land: Land
    shapes: Any
    area: Whole
    trade: Trade
    must: tuple[tuple[int, int], ...]
    cannot: tuple[tuple[int, int], ...]
    cows: float | None
    parties: tuple[WillingParty, ...]
    hashes: dict[str, dict[str, Any]]


def gather(initiative: Initiative, asked: Assumptions, seed: int) -> Input:
    """Read what the assumptions are about. Raises InputError with the farm or area that stands in the way."""
    areas = chosen_areas(initiative, asked.areas)
    everyone = tuple(initiative.farms.order_by("code"))
    area = _area_of(everyone, areas)
    farms = tuple(farm for farm, at in zip(everyone, area.tolist(), strict=True) if at >= 0)
    if not farms:
        raise InputError("There are no farms in the chosen areas." if areas else "There are no farms.")
    place = {farm.code: at for at, farm in enumerate(farms)}
    owners = _owners(farms, place, asked, seed)
    land, shapes, parcels = _land(initiative, farms)
    goods = list(initiative.goods.filter(product__in=asked.products).select_related("farm").order_by("code"))
    goods = [good for good in goods if good.farm.code in place]
    hashes = {
        "farms": _hashed([f.code, f.name, f.sector, f.organic, f.takes_part, f.x, f.y, f.more] for f in farms),
        "parcels": parcels,
        "goods": _hashed(_told(good) for good in goods),
        "areas": _hashed([a.code, a.name, bytes(a.shape or b"").hex()] for a in areas),
    }
    parties = _parties(initiative, place)
    if parties:
        hashes["parties"] = _hashed([p.name, p.stance, p.farm.code if p.farm else ""] for p in parties)
    must, cannot = _pairs(asked.must, place, "must"), _pairs(asked.cannot, place, "cannot")
    kept, trade = area[area >= 0], _trade(goods, asked)
    return Input(farms, areas, owners, land, shapes, kept, trade, must, cannot, _cows(farms), parties, hashes)


def _parties(initiative: Initiative, place: dict[str, int]) -> tuple[WillingParty, ...]:
    everyone = initiative.parties.select_related("farm").order_by("name")
    return tuple(party for party in everyone if party.farm is None or party.farm.code in place)


def _area_of(farms: Sequence[Farm], areas: Sequence[Area]) -> Whole:
    """The place of the (first) area that each farm lies in; -1: in none of them; all 0 when none was chosen."""
    if not areas:
        return np.zeros(len(farms), dtype=np.intp)
    found = np.full(len(farms), -1, dtype=np.intp)
    points = shapely.points([(farm.x, farm.y) for farm in farms])
    for at in range(len(areas) - 1, -1, -1):
        found[shapely.covers(shapely.from_wkb(bytes(areas[at].shape)), points)] = at
    return found


def _owners(farms: Sequence[Farm], place: dict[str, int], asked: Assumptions, seed: int) -> Owners:
    strange = [code for code in asked.banks if code not in place]
    if strange:
        raise InputError(Problem(f"there is no farm {code}.", column="banks") for code in strange)
    points = np.array([(farm.x, farm.y) for farm in farms], dtype=np.float64)
    points[[place[code] for code in asked.banks]] = np.nan
    takes_part = np.array([asked.everybody or farm.takes_part for farm in farms], dtype=bool)
    if asked.joining < 100:
        takes_part &= np.random.default_rng(seed).random(len(farms)) * 100 < asked.joining
    organic = np.array([farm.organic for farm in farms], dtype=bool)
    return Owners(tuple(farm.code for farm in farms), points, takes_part, organic)


def _land(initiative: Initiative, farms: Sequence[Farm]) -> tuple[Land, Any, dict[str, Any]]:
    place = {farm.pk: at for at, farm in enumerate(farms)}
    wanted = ("code", "farm_id", "shape", "area", "value", "organic")
    listed = Parcel.objects.filter(initiative=initiative).order_by("code").values_list(*wanted)
    rows = [row for row in listed.iterator() if row[1] in place]
    shapes = shapely.from_wkb([bytes(row[2]) for row in rows])
    centres = shapely.get_coordinates(shapely.centroid(shapes)).reshape(-1, 2)
    land = Land(
        tuple(row[0] for row in rows),
        np.array([place[row[1]] for row in rows], dtype=np.intp),
        centres,
        np.array([row[3] for row in rows], dtype=np.float64),
        np.array([row[4] for row in rows], dtype=np.float64),
        np.array([row[5] for row in rows], dtype=bool),
        shapely.length(shapes),
    )
    told = ([row[0], farms[place[row[1]]].code, bytes(row[2]).hex(), *row[3:]] for row in rows)
    return land, shapes, _hashed(told)


def _trade(goods: Sequence[Good], asked: Assumptions) -> Trade:
    farthest = float("inf") if asked.farthest is None else asked.farthest
    rates = Rates(asked.transport, asked.handling, keeps=1, farthest=farthest)
    offers, needs = [], []
    for good in goods:
        farm = good.farm
        same = (good.code, farm.code, good.product, good.amount, farm.x, farm.y)
        if good.side == Good.Side.OFFER:
            offers.append(Offer(*same, quality=good.lowest or 0.0, season=good.season, price=good.price))
        else:
            lowest = float("-inf") if good.lowest is None else good.lowest
            highest = float("inf") if good.highest is None else good.highest
            needs.append(Need(*same, good.price, lowest, highest, good.season))
    return Trade(offers, needs, {good.product: rates for good in goods})


def _pairs(given: Sequence[Pair], place: dict[str, int], column: str) -> tuple[tuple[int, int], ...]:
    strange = [code for pair in given for code in pair if code not in place]
    if strange:
        raise InputError(Problem(f"there is no farm {code}.", column=column) for code in strange)
    return tuple((place[one], place[other]) for one, other in given)


def _cows(farms: Sequence[Farm]) -> float | None:
    """The dairy cows of all farms together, where the list of farms has a column for them."""
    found = [cows for farm in farms for cows in _cows_of(farm.more)]
    return sum(found) if found else None


def _cows_of(more: Mapping[str, Any]) -> list[float]:
    for name, value in more.items():
        if str(name).lower() in COWS:
            try:
                return [float(str(value).replace(",", "."))]
            except ValueError:
                return []
    return []


def _told(good: Good) -> list[Any]:
    numbers = (good.amount, good.price, good.lowest, good.highest, good.season)
    return [good.code, good.farm.code, good.side, good.product, *numbers]


def _hashed(rows: Iterable[list[Any]]) -> dict[str, Any]:
    """How many rows there are, and the SHA-256 of what they hold."""
    digest, count = hashlib.sha256(), 0
    for row in rows:
        digest.update(json.dumps(row, sort_keys=True).encode() + b"\n")
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}
