"""Regions in one piece of at least a certain size, that keep together who must and apart who cannot.

Grows regions from single units: the smallest that is too small joins the neighbour it resembles most (least rise of
the sum
of squares, Ward), until all are large enough or nothing may be joined any more; then goes on to `count` regions if
asked.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats, Whole
from hanze.clusters.problems import InputError, Problem

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Regions:
    """`label[u]`: the region of unit u, from 0; `size` of each region; `small`: regions that could not get large
    enough.
    """

    label: Whole
    size: Floats
    small: tuple[int, ...]

    @property
    def count(self) -> int:
        return len(self.size)


def grow_regions(
    features: Floats,
    size: Floats,
    pairs: Iterable[Pair] | Whole,
    *,
    minimum: float,
    count: int | None = None,
    must: Iterable[Pair] = (),
    cannot: Iterable[Pair] = (),
) -> Regions:
    """Group units by `features` (units x k: coordinates, soil …, scaled by the caller) along neighbour `pairs`.

    `size[u]` (hectares, farms) counts to `minimum`. Pairs in `must` come into one region and count as neighbours;
    pairs in
    `cannot` never do. `count`: join on to so many regions where that is allowed. Raises InputError (a pair that
    must and
    cannot, sizes below zero, units that do not exist).
    """
    units = len(features)
    must, cannot = list(must), list(cannot)
    _check(features, size, [*must, *cannot], units)
    growing = _Growing(features, size, pairs, cannot)
    for one, other in must:
        growing.join(growing.root(one), growing.root(other))
    for row, (one, other) in enumerate(cannot, start=1):
        if growing.root(one) == growing.root(other):
            raise InputError(Problem(f"units {one} and {other} cannot be together, and must be.", row))
    growing.until_large_enough(minimum)
    if count is not None:
        growing.until_few(count)
    return growing.regions(minimum)


def _check(features: Floats, size: Floats, pairs: Iterable[Pair], units: int) -> None:
    if features.ndim != 2 or not np.isfinite(features).all():
        rows = np.flatnonzero(~np.isfinite(features).all(axis=-1)) if features.ndim == 2 else np.zeros(0, dtype=np.intp)
        raise InputError(
            [Problem("A value is missing.", int(row) + 1) for row in rows[:20]] or "Give a table of values."
        )
    wrong = np.flatnonzero(~(np.isfinite(size) & (size >= 0)))
    if len(wrong) or len(size) != units:
        problems = [Problem("A size is missing or below zero.", int(row) + 1) for row in wrong[:20]]
        raise InputError(problems or f"Give a size for each of the {units} units.")
    outside = [pair for pair in pairs if not all(0 <= unit < units for unit in pair) or pair[0] == pair[1]]
    if outside:
        raise InputError(f"These pairs are not two of the {units} units: {outside[:5]}.")


class _Growing:
    """Regions that are joined: union-find with the neighbours, the foes and the centre of each region."""

    def __init__(self, features: Floats, size: Floats, pairs: Iterable[Pair] | Whole, cannot: list[Pair]) -> None:
        units = len(features)
        self.parent = list(range(units))
        self.size: list[float] = size.astype(float).tolist()
        self.weight = [1] * units
        self.centre: list[Floats] = list(features.astype(float))
        self.near: list[set[int]] = [set() for _ in range(units)]
        self.foes: list[set[int]] = [set() for _ in range(units)]
        listed: list[list[int]] = np.asarray(list(pairs), dtype=np.intp).reshape(-1, 2).tolist()
        for one, other in listed:
            self.near[one].add(other)
            self.near[other].add(one)
        for one, other in cannot:
            self.foes[one].add(other)
            self.foes[other].add(one)

    def root(self, unit: int) -> int:
        while self.parent[unit] != unit:
            self.parent[unit] = self.parent[self.parent[unit]]
            unit = self.parent[unit]
        return unit

    def roots(self) -> list[int]:
        return [unit for unit in range(len(self.parent)) if self.parent[unit] == unit]

    def join(self, one: int, other: int) -> int:
        """Make one region of two; returns its root."""
        if one == other:
            return one
        if len(self.near[one]) < len(self.near[other]):
            one, other = other, one
        whole = self.weight[one] + self.weight[other]
        self.centre[one] = (self.weight[one] * self.centre[one] + self.weight[other] * self.centre[other]) / whole
        self.weight[one] = whole
        self.size[one] += self.size[other]
        self.parent[other] = one
        for ties in (self.near, self.foes):
            for unit in ties[other]:
                ties[unit].discard(other)
                if unit != one:
                    ties[unit].add(one)
                    ties[one].add(unit)
            ties[one].discard(other)
            ties[other] = set()
        return one

    def rise(self, one: int, other: int) -> float:
        """How much the sum of squares rises when these two become one."""
        gap = self.centre[one] - self.centre[other]
        weights = self.weight[one] * self.weight[other] / (self.weight[one] + self.weight[other])
        return float(weights * (gap @ gap))

    def partners(self, one: int) -> list[int]:
        return sorted(self.near[one] - self.foes[one])

    def until_large_enough(self, minimum: float) -> None:
        heap = [(self.size[root], root) for root in self.roots() if self.size[root] < minimum]
        heapq.heapify(heap)
        while heap:
            size, one = heapq.heappop(heap)
            if self.parent[one] != one or self.size[one] != size:
                continue
            partners = self.partners(one)
            if not partners:
                continue
            joined = self.join(one, min(partners, key=lambda other: (self.rise(one, other), other)))
            if self.size[joined] < minimum:
                heapq.heappush(heap, (self.size[joined], joined))

    def until_few(self, count: int) -> None:
        left = len(self.roots())
        heap = [
            (self.rise(one, other), one, other) for one in self.roots() for other in self.partners(one) if one < other
        ]
        heapq.heapify(heap)
        while heap and left > count:
            rise, one, other = heapq.heappop(heap)
            if self.parent[one] != one or self.parent[other] != other or other in self.foes[one]:
                continue
            if rise != self.rise(one, other):
                continue
            joined = self.join(one, other)
            left -= 1
            for partner in self.partners(joined):
                heapq.heappush(heap, (self.rise(joined, partner), joined, partner))

    def regions(self, minimum: float) -> Regions:
        roots = self.roots()
        number = {root: at for at, root in enumerate(roots)}
        label = np.array([number[self.root(unit)] for unit in range(len(self.parent))], dtype=np.intp)
        size = np.array([self.size[root] for root in roots])
        small = tuple(int(region) for region in np.flatnonzero(size < minimum))
        return Regions(label, size, small)
