"""What is compared: areas by criteria, each value with its range and source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import InputError, Problem

Better = Literal["more", "less"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion; weights of all criteria are divided by their sum.

    `indifferent`, `prefers` (PROMETHEE): differences up to the first count for nothing, from the second on fully, in
    between in proportion; both 0: any difference counts fully (the "usual" criterion).
    """

    id: str
    label: str
    weight: Estimate
    better: Better = "more"
    unit: str = ""
    indifferent: float = 0.0
    prefers: float = 0.0


@dataclass(frozen=True, slots=True)
class Table:
    """`low`, `mode`, `high`: areas x criteria, in the units of the criteria."""

    areas: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    low: Floats
    mode: Floats
    high: Floats

    @classmethod
    def of(
        cls, areas: Sequence[str], criteria: Sequence[Criterion], values: Sequence[Sequence[Estimate | float]]
    ) -> Table:
        """From estimates (or plain numbers), a row an area. Raises InputError with the row (1: the first area)."""
        problems: list[Problem] = []
        cells = np.zeros((3, len(areas), len(criteria)))
        for row, (area, line) in enumerate(zip(areas, values, strict=True)):
            if len(line) != len(criteria):
                problems.append(Problem(f"{area} has {len(line)} values for {len(criteria)} criteria.", row + 1))
                continue
            for column, value in enumerate(line):
                estimate = value if isinstance(value, Estimate) else (value, value, value)
                cell = (estimate.low, estimate.mode, estimate.high) if isinstance(estimate, Estimate) else estimate
                cells[:, row, column] = cell
                if not np.isfinite(cell).all():
                    message = f"the value of {criteria[column].label} for {area} is missing: give a number."
                    problems.append(Problem(message, row + 1))
        if problems:
            raise InputError(problems)
        table = cls(tuple(areas), tuple(criteria), cells[0], cells[1], cells[2])
        table.check()
        return table

    def check(self) -> None:
        """Raises InputError where nothing can be compared."""
        if not self.areas or not self.criteria:
            raise InputError("There are no areas or no criteria to compare by.")
        if len(set(self.areas)) < len(self.areas):
            raise InputError("An area is there twice.")
        lows = [criterion.weight.low for criterion in self.criteria]
        if min(lows) < 0 or sum(criterion.weight.mode for criterion in self.criteria) <= 0:
            raise InputError("Weights must be at least 0, and one of them above 0.")
        for number, criterion in enumerate(self.criteria, start=1):
            if not 0 <= criterion.indifferent <= max(criterion.prefers, criterion.indifferent):
                raise InputError(Problem(f"{criterion.label}: thresholds must be at least 0.", number))

    @property
    def more(self) -> Floats:
        """1 for each criterion of which more is better, -1 where less is."""
        return np.array([1.0 if criterion.better == "more" else -1.0 for criterion in self.criteria])

    @property
    def weights(self) -> Floats:
        """The modes of the weights, divided by their sum."""
        weights = np.array([criterion.weight.mode for criterion in self.criteria])
        return weights / weights.sum()
