"""Which weight would overturn the first place, and by how much it would have to change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.ranking.methods import Method, Scores, scorer
from hanze.clusters.ranking.tables import Table

STEPS = 400
HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Overturn:
    """Criterion `criterion` (place in the table) weighs `now`; at `at` area `to` takes the first place (weights as
    shares).
    """

    criterion: int
    now: float
    at: float
    to: int

    @property
    def change(self) -> float:
        return self.at - self.now


def overturns(table: Table, method: Method = "topsis") -> tuple[Overturn, ...]:
    """For each criterion the smallest change of its weight that changes the first area, the smallest change first.

    The other weights keep their proportions. A criterion of which no weight changes the first is not there. Looks at
    400 weights a criterion and then halves: an area that is first only between two of them is not found.
    """
    scores = scorer(table, method)
    weights = table.weights
    first = int(scores(weights[None, :])[0].argmax())
    found: list[Overturn] = []
    for column in range(len(weights)):
        options = [
            overturn for end in (0.0, 1.0) if (overturn := _towards(scores, weights, column, end, first)) is not None
        ]
        if options:
            found.append(min(options, key=lambda one: abs(one.change)))
    return tuple(sorted(found, key=lambda one: abs(one.change)))


def _with(weights: Floats, column: int, shares: Floats) -> Floats:
    """Weightings in which one criterion has these shares and the others keep their proportions."""
    rest = weights.copy()
    rest[column] = 0
    total = rest.sum()
    rest = rest / total if total > 0 else np.where(np.arange(len(rest)) == column, 0, 1 / max(1, len(rest) - 1))
    table = (1 - shares)[:, None] * rest
    table[:, column] = shares
    return table


def _towards(scores: Scores, weights: Floats, column: int, end: float, first: int) -> Overturn | None:
    now = float(weights[column])
    shares = np.linspace(now, end, STEPS + 1)
    leaders = _leaders(scores(_with(weights, column, shares)), first)
    changed = np.flatnonzero(leaders != first)
    if not len(changed):
        return None
    near, far = float(shares[changed[0] - 1]), float(shares[changed[0]])
    to = int(leaders[changed[0]])
    for _ in range(HALVINGS):
        middle = (near + far) / 2
        leader = int(_leaders(scores(_with(weights, column, np.array([middle]))), first)[0])
        if leader == first:
            near = middle
        else:
            far, to = middle, leader
    return Overturn(column, now, far, to)


def _leaders(scores: Floats, first: int) -> Floats:
    """Who leads each weighting; the first keeps its place while nobody is above it."""
    best = scores.max(axis=1)
    return np.where(scores[:, first] >= best - 1e-12, first, scores.argmax(axis=1))
