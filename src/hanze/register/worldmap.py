"""A map of the world drawn on the server: TopoJSON in, projected outlines and points out. Pure functions.

Outlines: Natural Earth 1:110 million (`data/LICENSES.md`). Projection: Equal Earth (Šavrič, Patterson and Jenny,
"The Equal Earth map projection", International Journal of Geographical Information Science 33 (3), 2019), which
keeps areas comparable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import asin, cos, hypot, radians, sin, sqrt
from pathlib import Path
from typing import Any, TypeAlias

import pycountry

Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]

OUTLINES = Path(__file__).parent / "data" / "countries-110m.json"
WIDTH = 760.0
# Points nearer than this on the drawing share a pin.
NEAR = 19.0
# Nobody has a relation with Antarctica, and it takes a fifth of the sheet.
LEFT_OUT = frozenset({"010"})

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


@dataclass(frozen=True)
class Shape:
    """A country's outline: its ISO 3166-1 number (may be empty) and its rings as (longitude, latitude)."""

    number: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Window:
    """A part of the world to draw, in degrees."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class Outline:
    """A country on the drawing: ISO code (may be empty) and the path's `d`."""

    code: str
    path: str


@dataclass(frozen=True)
class Drawing:
    """The countries within a window, and how to place a point among them."""

    width: float
    height: float
    outlines: tuple[Outline, ...]
    scale: float
    left: float
    top: float

    def place(self, latitude: float, longitude: float) -> Point | None:
        """Where a place lies on the drawing; None when it lies outside."""
        x, y = project(longitude, latitude)
        px, py = (x - self.left) * self.scale, (self.top - y) * self.scale
        return (px, py) if 0 <= px <= self.width and 0 <= py <= self.height else None


WINDOWS: Mapping[str, Window] = {
    "world": Window(-180, -56, 180, 80),
    "europe": Window(-11, 34.5, 41, 66),
    "east-asia": Window(96, 18, 147, 50),
}


def decode(topology: Mapping[str, Any], name: str) -> Iterator[Shape]:
    """The polygons of object `name` in a TopoJSON topology (the TopoJSON format specification, section 2).

    Raises ValueError when the topology lacks the object or an arc that it refers to.
    """
    arcs = [tuple(_arc(arc, topology.get("transform"))) for arc in topology.get("arcs", [])]
    try:
        geometries = topology["objects"][name]["geometries"]
    except (KeyError, TypeError) as error:
        raise ValueError(f"no collection {name!r} in the topology") from error
    for geometry in geometries:
        kind = geometry.get("type")
        polygons = {"Polygon": [geometry.get("arcs")], "MultiPolygon": geometry.get("arcs")}.get(kind, [])
        rings = tuple(_ring(indices, arcs) for polygon in polygons for indices in polygon)
        number = str(geometry.get("id", ""))
        yield Shape(number, (geometry.get("properties") or {}).get("name", ""), rings)


def _arc(arc: Sequence[Sequence[float]], transform: Mapping[str, Any] | None) -> Iterator[Point]:
    """With a transform the positions are integers, each the step from the one before."""
    if transform is None:
        yield from ((position[0], position[1]) for position in arc)
        return
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0.0
    for step in arc:
        x, y = x + step[0], y + step[1]
        yield x * scale_x + move_x, y * scale_y + move_y


def _ring(indices: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs one after the other, sharing their end points; index ~i is arc i walked backwards."""
    points: list[Point] = []
    for index in indices:
        number = ~index if index < 0 else index
        if number >= len(arcs):
            raise ValueError(f"no arc {number} in the topology")
        arc = arcs[number][::-1] if index < 0 else arcs[number]
        points.extend(arc[1:] if points else arc)
    return tuple(points)


def project(longitude: float, latitude: float) -> Point:
    """Equal Earth: degrees in, x to the east and y to the north out (the globe's radius is 1)."""
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = (
        2 * sqrt(3) * radians(longitude) * cos(theta)
        / (3 * (9 * A4 * sixth * square + 7 * A3 * sixth + 3 * A2 * square + A1))
    )  # fmt: skip
    return x, theta * (A1 + A2 * square + sixth * (A3 + A4 * square))


@cache
def drawing(window: Window, width: float = WIDTH) -> Drawing:
    """The countries of the world within `window`, `width` units wide."""
    left, bottom, right, top = _bounds(window)
    scale = width / (right - left)
    height = (top - bottom) * scale
    frame = Drawing(width, round(height, 1), (), scale, left, top)
    outlines = (Outline(code, path) for code, path in _paths(frame) if path)
    return Drawing(frame.width, frame.height, tuple(outlines), scale, left, top)


def _bounds(window: Window) -> tuple[float, float, float, float]:
    """Projected (left, bottom, right, top) of the window's rim."""
    latitudes = [window.south + (window.north - window.south) * step / 40 for step in range(41)]
    xs = [project(side, latitude)[0] for side in (window.west, window.east) for latitude in latitudes]
    return min(xs), project(0, window.south)[1], max(xs), project(0, window.north)[1]


def _paths(frame: Drawing) -> Iterator[tuple[str, str]]:
    for code, rings in _shapes():
        drawn = ([((x - frame.left) * frame.scale, (frame.top - y) * frame.scale) for x, y in ring] for ring in rings)
        yield code, "".join(_path(ring) for ring in drawn if _touches(ring, frame))


@cache
def _shapes() -> tuple[tuple[str, tuple[Ring, ...]], ...]:
    """Every country but those left out: ISO code and projected rings."""
    shapes = decode(json.loads(OUTLINES.read_text()), "countries")
    return tuple(
        (
            _iso_code(shape.number),
            tuple(tuple(project(*point) for point in whole) for ring in shape.rings for whole in unbroken(ring)),
        )
        for shape in shapes
        if shape.number not in LEFT_OUT
    )


def unbroken(ring: Ring) -> tuple[Ring, ...]:
    """A ring that crosses the date line as the parts on either side of it; any other ring as it is."""
    turns, points = 0, list(ring[:1])
    for (before, _), (longitude, latitude) in pairwise(ring):
        if abs(longitude - before) > 180:
            turns += 1 if before > longitude else -1
        points.append((longitude + 360 * turns, latitude))
    across = {360 if longitude < -180 else -360 for longitude, _ in points if abs(longitude) > 180}
    return tuple(_within(points, shift) for shift in (0, *across))


def _within(points: Sequence[Point], shift: int) -> Ring:
    """The ring moved by `shift` degrees; what then lies past the date line becomes one stroke along it."""
    held = [(max(-180.0, min(180.0, longitude + shift)), latitude) for longitude, latitude in points]
    ends = zip(held, [*held[1:], held[0]], [held[-1], *held[:-1]], strict=True)
    return tuple(here for here, after, before in ends if abs(here[0]) < 180 or not before[0] == here[0] == after[0])


def _iso_code(number: str) -> str:
    country = pycountry.countries.get(numeric=number.zfill(3)) if number else None
    return country.alpha_2 if country else ""


def _touches(ring: Sequence[Point], frame: Drawing) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(xs) >= 0 and min(xs) <= frame.width and max(ys) >= 0 and min(ys) <= frame.height


def _path(ring: Iterable[Point]) -> str:
    points = list(dict.fromkeys((round(x, 1), round(y, 1)) for x, y in ring))
    return "M" + "L".join(f"{x:g},{y:g}" for x, y in points) + "Z" if len(points) > 2 else ""


def together(points: Sequence[Point], near: float = NEAR) -> list[list[int]]:
    """The places in `points` gathered into groups that fit under one pin, as lists of indices in their order."""
    groups: list[tuple[Point, list[int]]] = []
    for index, (x, y) in enumerate(points):
        for (at_x, at_y), members in groups:
            if hypot(x - at_x, y - at_y) < near:
                members.append(index)
                break
        else:
            groups.append(((x, y), [index]))
    return [members for _, members in groups]
