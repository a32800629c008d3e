"""Three standard ways to rank: the weighted sum, TOPSIS and PROMETHEE II.

Each is prepared for a table of values and then scores any number of weightings at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hanze.clusters.arrays import Floats, Whole, size
from hanze.clusters.problems import InputError
from hanze.clusters.ranking.tables import Table

Method = Literal["weighted-sum", "topsis", "promethee"]
Scores = Callable[[Floats], Floats]
"""Weights (weightings x criteria, each adding up to 1) to scores (weightings x areas); more is better."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Areas by score: `order[0]` is the place in the table of the best; `score` is in the order of the table."""

    method: Method
    score: Floats
    order: Whole

    @property
    def first(self) -> int:
        return int(self.order[0])


def rank(table: Table, method: Method = "topsis") -> Ranking:
    """Rank by the modes of values and weights; equal scores keep the order of the table."""
    scores = scorer(table, method)(table.weights[None, :])[0]
    return Ranking(method, scores, np.argsort(-scores, kind="stable"))


def scorer(table: Table, method: str, values: Floats | None = None) -> Scores:
    """Prepare a method; `values` stands in for the modes (areas x criteria). Raises InputError (unknown method)."""
    if method not in METHODS:
        raise InputError(f'The method "{method}" is none of: {", ".join(METHODS)}.')
    return METHODS[method](table, table.mode if values is None else values)


def scaled(table: Table, values: Floats) -> Floats:
    """Each criterion from 0 (worst) to 1 (best) between the lowest and the highest in the table; no spread: 0."""
    low, high = table.low.min(axis=0), table.high.max(axis=0)
    width: Floats = high - low
    share: Floats = (values - low) / np.where(width > 0, width, 1)
    return np.where(width > 0, np.where(table.more > 0, share, 1 - share), 0)


def _weighted_sum(table: Table, values: Floats) -> Scores:
    parts = scaled(table, values)
    return lambda weights: weights @ parts.T


def _topsis(table: Table, values: Floats) -> Scores:
    """Hwang and Yoon (1981): vector normalisation, nearness to the ideal against the anti-ideal."""
    length = np.sqrt((values**2).sum(axis=0))
    normal = table.more * values / np.where(length > 0, length, 1)
    to_best, to_worst = (normal - normal.max(axis=0)) ** 2, (normal - normal.min(axis=0)) ** 2

    def scores(weights: Floats) -> Floats:
        squared = weights**2
        best, worst = np.sqrt(squared @ to_best.T), np.sqrt(squared @ to_worst.T)
        whole = best + worst
        return np.where(whole > 0, worst / np.where(whole > 0, whole, 1), 0.5)

    return scores


def _promethee(table: Table, values: Floats) -> Scores:
    """Brans and Vincke (1985): net flows; with weights they are a weighted sum of the flows per criterion."""
    areas, criteria = size(values)
    flows = np.zeros((areas, criteria))
    for column, criterion in enumerate(table.criteria):
        ordered = table.more[column] * values[:, column]
        low, high = criterion.indifferent, criterion.prefers
        gaps = ordered[:, None] - ordered[None, :]
        prefers = np.clip((gaps - low) / (high - low), 0, 1) if high > low else (gaps > low).astype(np.float64)
        flows[:, column] = (prefers.sum(axis=1) - prefers.sum(axis=0)) / max(1, areas - 1)
    return lambda weights: weights @ flows.T


METHODS: Mapping[str, Callable[[Table, Floats], Scores]] = {
    "weighted-sum": _weighted_sum,
    "topsis": _topsis,
    "promethee": _promethee,
}
