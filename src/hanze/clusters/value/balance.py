"""The balance sheet: each line with and without the plan, as a band, from formulas over quantities and coefficients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.estimates import Estimate, triangular
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.value.formulas import Formula, read_formula

THEMES = ("people", "planet", "profit")
BAND = (5.0, 50.0, 95.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `formula` over names of quantities and coefficients gives a number in `unit`; `label` by language."""

    id: str
    theme: str
    unit: str
    formula: str
    label: Mapping[str, str] = field(default_factory=dict[str, str])
    better: Literal["more", "less"] = "more"


@dataclass(frozen=True, slots=True)
class Band:
    """`mode`: with every number at its mode; `low`, `median`, `high`: 5, 50 and 95 % of the draws are below."""

    mode: float
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Result:
    """A line computed. `count`: no coefficient is in it, so it counts and does not value; `uses`: the coefficients.

    `certain`: the share of draws in which the difference is for the better.
    """

    line: Line
    without: Band
    with_: Band
    difference: Band
    certain: float
    count: bool
    uses: tuple[str, ...]
    status: str


@dataclass(frozen=True, slots=True)
class Balance:
    """All lines, and the lines that could not be computed with the names they miss."""

    results: tuple[Result, ...]
    missing: Mapping[str, tuple[str, ...]]
    draws: int
    seed: int


def balance(
    lines: Sequence[Line],
    without: Mapping[str, Estimate],
    with_: Mapping[str, Estimate],
    coefficients: Mapping[str, Estimate],
    *,
    draws: int = 10_000,
    seed: int = 0,
) -> Balance:
    """Compute every line with and without the plan.

    A name in both situations is drawn with the same luck in both (a good year is good with and without), and a
    coefficient
    is one number in a draw. Lines that miss a name are not computed but named. Raises InputError (a formula that cannot
    be read, a quantity with the name of a coefficient, a division by zero).
    """
    formulas = _formulas(lines)
    both = sorted((set(without) | set(with_)) & set(coefficients))
    if both:
        raise InputError(Problem(f"{name} is a quantity and a coefficient: rename one of them.") for name in both)
    luck = _Luck(draws, seed)
    shared = {name: luck.draw(name, estimate) for name, estimate in coefficients.items()}
    before = shared | {name: luck.draw(name, estimate) for name, estimate in without.items()}
    after = shared | {name: luck.draw(name, estimate) for name, estimate in with_.items()}
    results: list[Result] = []
    missing: dict[str, tuple[str, ...]] = {}
    for line, formula in zip(lines, formulas, strict=True):
        gone = sorted(formula.names - (before.keys() & after.keys()))
        if gone:
            missing[line.id] = tuple(gone)
            continue
        used = tuple(sorted(formula.names & set(coefficients)))
        worst = next(
            (coefficients[name].status for name in used if coefficients[name].status != "verified"), "verified"
        )
        results.append(_result(line, formula, before, after, used, worst if used else "count"))
    return Balance(tuple(results), missing, draws, seed)


def _formulas(lines: Sequence[Line]) -> list[Formula]:
    formulas: list[Formula] = []
    problems: list[Problem] = []
    for row, line in enumerate(lines, start=1):
        try:
            formulas.append(read_formula(line.formula))
        except InputError as error:
            problems += [Problem(f"{line.id}: {problem.message}", row) for problem in error.problems]
    if problems:
        raise InputError(problems)
    return formulas


class _Luck:
    """The same draws for the same name, whatever else is drawn; the mode is the last of them."""

    def __init__(self, draws: int, seed: int) -> None:
        self.draws, self.seed = draws, seed

    def draw(self, name: str, estimate: Estimate) -> Floats:
        own = np.random.default_rng([self.seed, *name.encode()])
        low, mode, high = (np.asarray(part, dtype=np.float64) for part in (estimate.low, estimate.mode, estimate.high))
        return np.append(triangular(low, mode, high, own.random(self.draws)), mode)


def _result(
    line: Line,
    formula: Formula,
    before: Mapping[str, Floats],
    after: Mapping[str, Floats],
    used: tuple[str, ...],
    status: str,
) -> Result:
    with np.errstate(divide="ignore", invalid="ignore"):
        bare, changed = formula.compute(before), formula.compute(after)
    difference = np.asarray(changed - bare, dtype=np.float64)
    if not (np.isfinite(bare).all() and np.isfinite(changed).all()):
        raise InputError(f'{line.id}: the formula "{line.formula}" divides by something that can be zero.')
    sign = 1 if line.better == "more" else -1
    certain = (
        float((sign * np.atleast_1d(difference)[:-1] > 0).mean()) if difference.ndim else float(sign * difference > 0)
    )
    return Result(line, _band(bare), _band(changed), _band(difference), certain, not used, used, status)


def _band(numbers: Floats) -> Band:
    all_ = np.atleast_1d(np.asarray(numbers, dtype=np.float64))
    low, median, high = np.percentile(all_[:-1] if len(all_) > 1 else all_, BAND).tolist()
    return Band(float(all_[-1]), low, median, high)
