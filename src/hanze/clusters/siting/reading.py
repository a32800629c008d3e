"""Files of the siting literature: OR-Library's p-median graphs and the capacitated instances of Lorena and Senne."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path

from hanze.clusters.arrays import Floats
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.roads import distances
from hanze.clusters.texts import read_text


@dataclass(frozen=True, slots=True)
class Instance:
    """A question of siting: `cost[j, i]` from served place j to possible hub i; `count` hubs."""

    cost: Floats
    count: int
    demand: Floats | None = None
    capacity: Floats | None = None


def _numbered(path: Path) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(read_text(path), start=1):
        words = line.split()
        if words:
            yield number, words


def _numbers(path: Path, line: int, words: list[str], names: tuple[str, ...]) -> list[float]:
    expected = ", ".join(names)
    if len(words) != len(names):
        raise InputError(Problem(f"expected {len(names)} numbers ({expected}), found {len(words)}.", line, str(path)))
    try:
        numbers = [float(word) for word in words]
    except ValueError:
        raise InputError(Problem(f"expected numbers ({expected}), found: {' '.join(words)}", line, str(path))) from None
    if not all(math.isfinite(number) for number in numbers):
        raise InputError(Problem(f"expected finite numbers, found: {' '.join(words)}", line, str(path)))
    return numbers


def _whole(path: Path, line: int, number: float, name: str, low: int, high: float = math.inf) -> int:
    if number != int(number) or not low <= number <= high:
        limits = f"from {low} to {high:.0f}" if high < math.inf else f"of at least {low}"
        raise InputError(Problem(f"{name} must be a whole number {limits}, found {number:g}.", line, str(path)))
    return int(number)


def read_orlib(path: Path) -> Instance:
    """OR-Library pmed: "places edges hubs", then an edge a line; distances are those of the shortest paths.

    A pair of places that comes twice keeps its last length (as the published optima do).
    """
    lines = _numbered(path)
    line, words = next(lines, (1, list[str]()))
    places, edges, hubs = _numbers(path, line, words, ("places", "edges", "hubs"))
    size = _whole(path, line, places, "the number of places", 1)
    count = _whole(path, line, hubs, "the number of hubs", 1, size)
    lengths: dict[tuple[int, int], float] = {}
    found = 0
    for line, words in lines:
        one, other, length = _numbers(path, line, words, ("place", "place", "length"))
        ends = sorted(_whole(path, line, end, "a place", 1, size) for end in (one, other))
        if length < 0:
            raise InputError(Problem(f"a length must be at least 0, found {length:g}.", line, str(path)))
        lengths[ends[0] - 1, ends[1] - 1] = length
        found += 1
    if found != edges:
        raise InputError(Problem(f"the first line announces {edges:g} edges, found {found}.", 1, str(path)))
    return Instance(_all_pairs(path, size, lengths), count)


def _all_pairs(path: Path, size: int, lengths: dict[tuple[int, int], float]) -> Floats:
    ends = np.array(list(lengths), dtype=np.intp).reshape(-1, 2)
    weights = np.array(list(lengths.values()), dtype=np.float64)
    graph = csr_array((weights, (ends[:, 0], ends[:, 1])), shape=(size, size))
    cost = np.asarray(shortest_path(graph, directed=False), dtype=np.float64)
    unreached = np.flatnonzero(~np.isfinite(cost[0]))
    if len(unreached):
        raise InputError(Problem(f"place {unreached[0] + 1} cannot be reached from place 1.", source=str(path)))
    return cost


def read_sjc(path: Path) -> Instance:
    """Lorena and Senne: "places hubs", then x, y, capacity, demand a line; the cost is the Euclidean distance."""
    lines = _numbered(path)
    line, words = next(lines, (1, list[str]()))
    places, hubs = _numbers(path, line, words, ("places", "hubs"))
    size = _whole(path, line, places, "the number of places", 1)
    count = _whole(path, line, hubs, "the number of hubs", 1, size)
    rows: list[list[float]] = []
    for line, words in lines:
        row = _numbers(path, line, words, ("x", "y", "capacity", "demand"))
        if min(row[2:]) < 0:
            raise InputError(Problem("capacity and demand must be at least 0.", line, str(path)))
        rows.append(row)
    if len(rows) != size:
        raise InputError(Problem(f"the first line announces {size} places, found {len(rows)}.", 1, str(path)))
    table = np.array(rows)
    return Instance(distances(table[:, :2], table[:, :2]), count, table[:, 3].copy(), table[:, 2].copy())
