"""A whole plan in one go: groups, regions, hubs, exchanges and swaps, for one initiative or for a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from hanze.clusters.arrays import Floats, Whole
from hanze.clusters.exchanging import Exchange, Need, Offer, Rates, exchange
from hanze.clusters.grouping import Regions, dense_groups, grow_regions, hub_costs, near_pairs
from hanze.clusters.land import Fragmentation, Land, Move, Owners, Proposal, Terms, fragmentation, propose
from hanze.clusters.problems import InputError
from hanze.clusters.progress import Progress, silent
from hanze.clusters.siting import Siting, site, site_with_capacity

MOST_CANDIDATES = 2_000


@dataclass(frozen=True, slots=True)
class Settings:
    """`reach` (metres) and `least` farms of a dense group; `minimum` hectares of a region; `hubs`; seconds of
    searching.

    `swap_seconds` is for each area; 0 leaves it at swaps of two parcels. `capacity`: hectares that one hub serves at
    most (None: any number). `swap_gap`: swaps need not come nearer to the best there is than this share, so that the
    search rarely ends by the clock and the same plan comes out again.
    """

    reach: float = 2_500.0
    least: int = 5
    minimum: float = 250.0
    hubs: int = 1
    hub_seconds: float = 4.0
    swap_seconds: float = 10.0
    terms: Terms = field(default_factory=Terms)
    seed: int = 0
    capacity: float | None = None
    swap_gap: float = 0.0


@dataclass(frozen=True, slots=True)
class Trade:
    """Who has and who needs what, and what bringing it costs per product."""

    offers: Sequence[Offer] = ()
    needs: Sequence[Need] = ()
    rates: Mapping[str, Rates] = field(default_factory=dict[str, Rates])


@dataclass(frozen=True, slots=True)
class Plan:
    """`group` and `regions.label` of each farm (-1: alone, or a land bank), `siting.hubs`: places in `candidates`.

    `exchanges`: with the area they are in; `before`, `after`: how scattered the land is.
    """

    group: Whole
    regions: Regions
    candidates: Floats
    siting: Siting
    exchanges: tuple[tuple[int, Exchange], ...]
    proposal: Proposal
    before: Fragmentation
    after: Fragmentation


def make_plan(
    owners: Owners,
    land: Land,
    settings: Settings | None = None,
    *,
    area: Whole | None = None,
    candidates: Floats | None = None,
    trade: Trade | None = None,
    must: Sequence[tuple[int, int]] = (),
    cannot: Sequence[tuple[int, int]] = (),
    progress: Progress = silent,
) -> Plan:
    """Plan for farms and their land; hubs weigh each farm by its hectares.

    `area`: the area of each farm; exchanges and swaps stay within one (without: all is one area). `candidates`: where
    a hub could be (without: at each farm). `must`, `cannot`: pairs of farms (places in owners). Raises InputError;
    stops where `progress` raises.
    """
    settings = settings or Settings()
    before = fragmentation(land, owners)
    progress("indicators", 1.0)
    farms = np.flatnonzero(~owners.bank)
    if not len(farms):
        raise InputError("There are no farms.")
    points = owners.point[farms]
    group = _of_owners(owners, farms, dense_groups(points, reach=settings.reach, least=settings.least))
    progress("groups", 1.0)
    regions = _regions(points, before.area[farms], farms, settings, must, cannot)
    regions = replace(regions, label=_of_owners(owners, farms, regions.label))
    progress("regions", 1.0)
    where = points if candidates is None else candidates
    if len(where) > MOST_CANDIDATES:
        raise InputError(f"There are {len(where)} places for a hub: give at most {MOST_CANDIDATES} candidates.")
    cost = hub_costs(points, where, before.area[farms])
    siting = _siting(cost, before.area[farms], settings, progress)
    within = np.zeros(len(owners.id), dtype=np.intp) if area is None else area
    exchanges = _exchanges(owners, within, trade or Trade(), progress)
    proposal = _swaps(owners, land, within, settings, progress)
    after = fragmentation(replace(land, owner=proposal.holder), owners)
    return Plan(group, regions, where, siting, exchanges, proposal, before, after)


def _of_owners(owners: Owners, farms: Whole, labels: Whole) -> Whole:
    """A label of every owner, out of those of the farms; a land bank has -1."""
    found = np.full(len(owners.id), -1, dtype=np.intp)
    found[farms] = labels
    return found


def _regions(
    points: Floats,
    hectares: Floats,
    farms: Whole,
    settings: Settings,
    must: Sequence[tuple[int, int]],
    cannot: Sequence[tuple[int, int]],
) -> Regions:
    place = {int(owner): at for at, owner in enumerate(farms.tolist())}

    def within(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(place[one], place[other]) for one, other in pairs]

    pairs = near_pairs(points, settings.reach)
    return grow_regions(
        points / 1000, hectares, pairs, minimum=settings.minimum, must=within(must), cannot=within(cannot)
    )


def _siting(cost: Floats, hectares: Floats, settings: Settings, progress: Progress) -> Siting:
    seconds, seed = settings.hub_seconds, settings.seed
    if settings.capacity is None:
        return site(cost, settings.hubs, seconds=seconds, seed=seed, progress=progress)
    holds = np.full(cost.shape[1], settings.capacity)
    return site_with_capacity(cost, hectares, holds, settings.hubs, seconds=seconds, seed=seed, progress=progress)


def _exchanges(owners: Owners, area: Whole, trade: Trade, progress: Progress) -> tuple[tuple[int, Exchange], ...]:
    of_farm = dict(zip(owners.id, area.tolist(), strict=True))
    strangers = sorted({thing.farm for thing in (*trade.offers, *trade.needs)} - of_farm.keys())
    if strangers:
        raise InputError(f"These farms exchange and are not in the list: {', '.join(strangers[:10])}.")
    offers: dict[int, list[Offer]] = {}
    needs: dict[int, list[Need]] = {}
    for offer in trade.offers:
        offers.setdefault(of_farm[offer.farm], []).append(offer)
    for need in trade.needs:
        needs.setdefault(of_farm[need.farm], []).append(need)
    found: list[tuple[int, Exchange]] = []
    for number, one in enumerate(sorted(needs), start=1):
        found += [(one, result) for result in exchange(offers.get(one, []), needs[one], dict(trade.rates))]
        progress("exchanges", number / len(needs))
    return tuple(found)


def _swaps(owners: Owners, land: Land, area: Whole, settings: Settings, progress: Progress) -> Proposal:
    """One proposal for every area, put together: what an area's owners hold elsewhere stays."""
    holder = land.owner.copy()
    parts: list[Proposal] = []
    places = _places(area)
    lots = _places(area[land.owner])
    for number, (one, parcels) in enumerate(lots.items(), start=1):
        members = places[one]
        part = propose(
            _land(land, parcels, members),
            _owners(owners, members),
            settings.terms,
            seconds=settings.swap_seconds,
            gap=settings.swap_gap,
        )
        holder[parcels] = members[part.holder]
        parts.append(part)
        progress("swaps", number / len(lots))
    moved: list[int] = np.flatnonzero(holder != land.owner).tolist()
    moves = tuple(Move(parcel, int(land.owner[parcel]), int(holder[parcel])) for parcel in moved)
    before, after, bound = (sum(getattr(part, name) for part in parts) for name in ("before", "after", "bound"))
    return Proposal(holder, moves, before, after, bound)


def _places(area: Whole) -> dict[int, Whole]:
    order = np.argsort(area, kind="stable")
    areas, starts = np.unique(area[order], return_index=True)
    parts = np.split(order, starts[1:])
    return {int(one): part for one, part in zip(areas, parts, strict=True)}


def _land(land: Land, parcels: Whole, members: Whole) -> Land:
    return Land(
        tuple(land.id[int(parcel)] for parcel in parcels),
        np.searchsorted(members, land.owner[parcels]),
        land.point[parcels],
        land.area[parcels],
        land.value[parcels],
        land.organic[parcels],
        land.perimeter[parcels],
    )


def _owners(owners: Owners, members: Whole) -> Owners:
    names = tuple(owners.id[int(member)] for member in members)
    return Owners(names, owners.point[members], owners.takes_part[members], owners.organic[members])
