"""`hanze clusters rank`, `swap` and `plan`: the verbs that read tables and shapes."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hanze.clusters.problems import InputError

Answer = dict[str, Any]
FARM_COLUMNS = ("id", "x", "y", "name", "sector", "organic", "takes_part")
PARCEL_COLUMNS = ("id", "farm", "area", "value", "organic")


def add_rank(parser: argparse.ArgumentParser) -> None:
    """Arguments of `rank`."""
    parser.add_argument("file", type=Path, metavar="AREAS", help="CSV or spreadsheet: area, and a column a criterion")
    parser.add_argument("--criteria", type=Path, required=True, help="YAML: label, weight and better of each criterion")
    parser.add_argument("--method", choices=("weighted-sum", "topsis", "promethee"), default="topsis")
    parser.add_argument("--draws", type=int, default=10_000, help="for the acceptability (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the draws (default %(default)s)")


def rank(arguments: argparse.Namespace) -> Answer:
    """Scores by one method, the share of draws in which each area comes first, and what overturns the first."""
    from hanze.clusters import ranking
    from hanze.clusters.ranking.reading import read_areas_table, read_criteria

    table = read_areas_table(arguments.file, read_criteria(arguments.criteria))
    ranked = ranking.rank(table, arguments.method)
    robust = ranking.acceptability(table, draws=arguments.draws, seed=arguments.seed)
    return {
        "method": arguments.method,
        "areas": [
            {"area": table.areas[area], "score": float(ranked.score[area]), "first": float(robust.first[area])}
            for area in ranked.order.tolist()
        ],
        "overturns": [
            {"criterion": table.criteria[one.criterion].id, "now": one.now, "at": one.at, "to": table.areas[one.to]}
            for one in ranking.overturns(table, arguments.method)
        ],
        "draws": robust.draws,
        "seed": robust.seed,
    }


def add_places(parser: argparse.ArgumentParser) -> None:
    """Arguments of `swap` and `plan`."""
    parser.add_argument("--farms", type=Path, required=True, help="table or shapes with a row a farm")
    parser.add_argument("--parcels", type=Path, required=True, help="shapes with a row a parcel")
    for name, ours in (("farm", FARM_COLUMNS), ("parcel", PARCEL_COLUMNS)):
        parser.add_argument(
            f"--{name}-columns",
            default="",
            metavar="OURS=THEIRS,…",
            help=f"which column is which, where it is not called: {', '.join(ours)}",
        )
    parser.add_argument("--crs", default="EPSG:28992", help="of x and y (default %(default)s)")
    parser.add_argument("--value-per-hectare", type=float, help="euro, for parcels without a value")
    parser.add_argument("--bank", action="append", default=[], help="the id of a farm that is a land bank")
    parser.add_argument("--tolerance", type=float, default=0.05, help="of each owner's value (default %(default)s)")
    parser.add_argument("--seconds", type=float, default=10.0, help="search at most so long (default %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the search (default %(default)s)")


def add_plan(parser: argparse.ArgumentParser) -> None:
    """Arguments of `plan`."""
    add_places(parser)
    parser.add_argument("--hubs", type=int, default=1, help="how many hubs, each at a farm (default %(default)s)")
    parser.add_argument("--reach", type=float, default=2_500.0, help="metres between neighbours (default %(default)s)")
    parser.add_argument("--least", type=int, default=5, help="farms of a dense group (default %(default)s)")
    parser.add_argument("--minimum", type=float, default=250.0, help="hectares of a region (default %(default)s)")


def _read(arguments: argparse.Namespace) -> tuple[Any, Any]:
    from hanze.clusters.importing import read_farms, read_parcels, read_source, to_land

    source = read_source(arguments.farms)
    columns = _columns(arguments.farm_columns, FARM_COLUMNS, tuple(source.columns))
    farms = read_farms(source, columns, crs=arguments.crs)
    source = read_source(arguments.parcels, crs=arguments.crs)
    columns = _columns(arguments.parcel_columns, PARCEL_COLUMNS, tuple(source.columns))
    parcels = read_parcels(source, columns, farms, value_per_hectare=arguments.value_per_hectare)
    strange = sorted(set(arguments.bank) - {farm.id for farm in farms})
    if strange:
        raise InputError(f"--bank: there is no farm {', '.join(strange)}.")
    return to_land(farms, parcels, banks=arguments.bank)


def _columns(given: str, ours: Sequence[str], there: Sequence[str]) -> dict[str, str]:
    columns = {name: name for name in ours if name in there}
    for part in filter(None, (part.strip() for part in given.split(","))):
        name, sign, theirs = part.partition("=")
        if not sign or name not in ours:
            raise InputError(f'"{part}": write OURS=THEIRS, where OURS is one of: {", ".join(ours)}.')
        columns[name] = theirs
    return columns


def swap(arguments: argparse.Namespace) -> Answer:
    """Which parcels change hands, and what it brings."""
    from hanze.clusters.land import Terms, propose

    land, owners = _read(arguments)
    proposal = propose(land, owners, Terms(arguments.tolerance), seconds=arguments.seconds)
    return _swaps(land, owners, proposal)


def _swaps(land: Any, owners: Any, proposal: Any) -> Answer:
    return {
        "value": proposal.after,
        "bound": proposal.bound,
        "gap": proposal.gap,
        "before": proposal.before,
        "moves": [
            {"parcel": land.id[move.parcel], "from": owners.id[move.giver], "to": owners.id[move.taker]}
            for move in proposal.moves
        ],
    }


def plan(arguments: argparse.Namespace) -> Answer:
    """Groups, regions, hubs, swaps and how scattered the land is before and after."""
    from hanze.clusters.land import Terms
    from hanze.clusters.planning import Settings, make_plan

    land, owners = _read(arguments)
    settings = Settings(
        arguments.reach,
        arguments.least,
        arguments.minimum,
        arguments.hubs,
        min(4.0, arguments.seconds),
        arguments.seconds,
        Terms(arguments.tolerance),
        arguments.seed,
    )
    made = make_plan(owners, land, settings)
    named = [owner for owner, bank in zip(owners.id, owners.bank.tolist(), strict=True) if not bank]
    siting = made.siting
    return {
        "farms": [
            {"farm": farm, "group": group, "region": region}
            for farm, group, region in zip(owners.id, made.group.tolist(), made.regions.label.tolist(), strict=True)
        ],
        "small_regions": list(made.regions.small),
        "hubs": {
            "at": [named[hub] for hub in siting.hubs],
            "value": siting.value,
            "bound": siting.bound,
            "gap": siting.gap,
            "proven": siting.proven,
        },
        "land": _swaps(land, owners, made.proposal),
        "distance": {"before": _finite(made.before.mean_distance), "after": _finite(made.after.mean_distance)},
        "seed": arguments.seed,
    }


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
