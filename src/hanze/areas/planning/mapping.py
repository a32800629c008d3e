"""What the map of a plan shows, as plain data in units of the drawing: simplified, no more than a page holds."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely

from hanze.areas.planning.gathering import Input
from hanze.clusters.planning import Plan

WIDTH = 10_000
MARGIN = 0.04
LOWEST, HIGHEST = 0.5, 1.4
"""The height as a share of the width, at least and at most."""
SIMPLER = 6
"""How far a simplified outline may lie from the real one, in units."""
MOST_PARCELS, MOST_FARMS, MOST_FLOWS, MOST_SWAPS = 6_000, 2_000, 400, 400
AROUND = 120
"""How far the outline of a cluster stays away from its farms, in units."""
Drawing = dict[str, Any]


class _Frame:
    """From metres to the units of the drawing: y points down there."""

    def __init__(self, given: Input) -> None:
        points = given.owners.point[~given.owners.bank]
        bounds = shapely.bounds(given.shapes) if len(given.land) else np.empty((0, 4))
        low = np.vstack([points, bounds[:, :2]]).min(axis=0)
        high = np.vstack([points, bounds[:, 2:]]).max(axis=0)
        size = np.maximum(high - low, 500.0) * (1 + 2 * MARGIN)
        size = np.maximum(size, [size[1] / HIGHEST, size[0] * LOWEST])
        self.corner = (low + high - size) / 2
        self.metres = float(size[0] / WIDTH)
        self.height = round(float(size[1]) / self.metres)

    def points(self, metres: Any) -> Any:
        found = (np.asarray(metres, dtype=np.float64).reshape(-1, 2) - self.corner) / self.metres
        found[:, 1] = self.height - found[:, 1]
        return found

    def shapes(self, metres: Any) -> Any:
        return shapely.simplify(shapely.transform(metres, self.points), SIMPLER)


def draw(given: Input, plan: Plan) -> Drawing:
    """The parts of the map: areas, parcels, clusters, farms, hubs, flows and swaps, with how many were left out."""
    frame = _Frame(given)
    at = np.nan_to_num(frame.points(given.owners.point), nan=-1.0)
    moves = sorted(plan.proposal.moves, key=lambda move: -given.land.area[move.parcel])
    farms = np.flatnonzero(~given.owners.bank)[:MOST_FARMS]
    flows = _flows(given, plan, at)
    parcels = np.argsort(-given.land.area, kind="stable")[:MOST_PARCELS]
    return {
        "width": WIDTH,
        "height": frame.height,
        "metres": frame.metres,
        "areas": _areas(given, frame),
        "parcels": _parcels(given, plan, frame, parcels),
        "clusters": _outlines(given, plan, at),
        "farms": [[*_whole(at[farm]), int(plan.group[farm]) + 1, given.farms[int(farm)].code] for farm in farms],
        "hubs": _hubs(given, plan, at, frame),
        "flows": flows[:MOST_FLOWS],
        "swaps": [_swap(given, frame, at, move) for move in moves[:MOST_SWAPS]],
        "left_out": {
            "parcels": len(given.land) - len(parcels),
            "farms": int((~given.owners.bank).sum()) - len(farms),
            "flows": max(0, len(flows) - MOST_FLOWS),
            "swaps": max(0, len(moves) - MOST_SWAPS),
        },
    }


def _whole(point: Any) -> list[int]:
    return [round(float(point[0])), round(float(point[1]))]


def _path(shape: Any) -> str:
    """The outline of polygons as an SVG path in whole units; points that fall together are one."""
    parts: list[str] = []
    for ring in shapely.get_rings(shapely.get_parts(shape)):
        points = np.rint(shapely.get_coordinates(ring)).astype(int)
        steps = np.diff(points, axis=0)
        steps = steps[(steps != 0).any(axis=1)][:-1]
        if len(steps) >= 2:
            parts.append(f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps.tolist()) + "z")
    return "".join(parts)


def _areas(given: Input, frame: _Frame) -> list[Drawing]:
    whole = shapely.box(0, 0, WIDTH, frame.height)
    found = []
    for area in given.areas:
        shape = shapely.make_valid(frame.shapes(shapely.from_wkb(bytes(area.shape))))
        found.append({"name": area.name, "path": _path(shapely.intersection(shape, whole))})
    return found


def _parcels(given: Input, plan: Plan, frame: _Frame, parcels: Any) -> list[Drawing]:
    """One path a cluster, of the land as it is farmed now."""
    shapes = frame.shapes(given.shapes[parcels])
    cluster = plan.group[given.land.owner[parcels]] + 1
    paths: dict[int, list[str]] = {}
    for number, shape in zip(cluster.tolist(), shapes, strict=True):
        paths.setdefault(number, []).append(_path(shape))
    return [{"cluster": number, "path": "".join(paths[number])} for number in sorted(paths)]


def _outlines(given: Input, plan: Plan, at: Any) -> list[Drawing]:
    found = []
    for number in range(int(plan.group.max(initial=-1)) + 1):
        members = shapely.multipoints(at[plan.group == number])
        hull = shapely.simplify(shapely.buffer(shapely.convex_hull(members), AROUND, quad_segs=4), SIMPLER)
        top = shapely.bounds(hull)
        found.append(
            {
                "cluster": number + 1,
                "path": _path(hull),
                "x": round(float((top[0] + top[2]) / 2)),
                "y": round(float(top[1])),
            }
        )
    return found


def _hubs(given: Input, plan: Plan, at: Any, frame: _Frame) -> list[Drawing]:
    farms = np.flatnonzero(~given.owners.bank)
    places = frame.points(plan.candidates)
    found = []
    for hub in plan.siting.hubs:
        x, y = _whole(places[hub])
        served = [_whole(at[farm]) for farm in farms[plan.siting.assigned == hub][:MOST_FARMS]]
        spokes = "".join(f"M{x} {y}L{one} {other}" for one, other in served if [one, other] != [x, y])
        found.append({"x": x, "y": y, "farm": given.owners.id[int(farms[hub])], "spokes": spokes})
    return found


def _flows(given: Input, plan: Plan, at: Any) -> list[Drawing]:
    """What is brought from farm to farm, the largest amounts first; more matches of the same pair are one flow."""
    place = {code: number for number, code in enumerate(given.owners.id)}
    amounts: dict[tuple[str, str, str], float] = {}
    for _, found in plan.exchanges:
        for match in found.matches:
            if match.offer.farm != match.need.farm:
                key = found.product, match.offer.farm, match.need.farm
                amounts[key] = amounts.get(key, 0.0) + match.amount
    return [
        {"product": product, "from": _whole(at[place[one]]), "to": _whole(at[place[other]]), "amount": amount}
        for (product, one, other), amount in sorted(amounts.items(), key=lambda each: (-each[1], each[0]))
    ]


def _swap(given: Input, frame: _Frame, at: Any, move: Any) -> Drawing:
    point = _whole(frame.points(given.land.point[move.parcel])[0])
    bank = given.owners.bank
    return {
        "parcel": given.land.id[move.parcel],
        "path": _path(frame.shapes(given.shapes[move.parcel])),
        "at": point,
        "before": point if bank[move.giver] else _whole(at[move.giver]),
        "after": point if bank[move.taker] else _whole(at[move.taker]),
    }
