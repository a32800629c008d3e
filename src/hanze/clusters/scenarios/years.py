"""What plans bring year after year when prices, participation, conversion or the area change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.scenarios.morris import Effect, effects
from hanze.clusters.value.formulas import Formula, read_formula


@dataclass(frozen=True, slots=True)
class Scenario:
    """A future: for a name (a quantity or coefficient) the factor it has in each year, from the first; other names
    keep 1.
    """

    id: str
    label: str
    factors: Mapping[str, Sequence[float]] = field(default_factory=dict[str, Sequence[float]])


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: its quantities, and what it costs once, in the first year (`investment`, euro)."""

    id: str
    label: str
    quantities: Mapping[str, Estimate]
    investment: float = 0.0


@dataclass(frozen=True, slots=True)
class Projection:
    """`yearly[p, s, t]`: what plan p brings in scenario s in year t; `present[p, s]`: all years, discounted, less
    the investment.
    """

    plans: tuple[str, ...]
    scenarios: tuple[str, ...]
    yearly: Floats
    present: Floats


def growing(rate: float, years: int) -> tuple[float, ...]:
    """Factors of something that grows by this share each year: 1, 1 + rate, (1 + rate)², …"""
    return tuple((1 + rate) ** year for year in range(years))


def project(
    formula: str,
    plans: Sequence[Plan],
    scenarios: Sequence[Scenario],
    coefficients: Mapping[str, Estimate],
    *,
    years: int,
    discount: float = 0.0225,
) -> Projection:
    """Compute what a formula (of one year) brings for each plan, scenario and year, with every number at its mode.

    `discount`: a share a year (0.0225: the Dutch social discount rate of 2020, to verify). Raises InputError (a
    name that is
    nowhere, a scenario with too few years, numbers that are none).
    """
    read = read_formula(formula)
    _check(read, plans, scenarios, coefficients, years, discount)
    yearly = np.zeros((len(plans), len(scenarios), years))
    for row, plan in enumerate(plans):
        modes = {name: one.mode for name, one in (*coefficients.items(), *plan.quantities.items())}
        for column, scenario in enumerate(scenarios):
            values = {name: modes[name] * _factors(scenario, name, years) for name in read.names}
            yearly[row, column] = _computed(read, values)
    weights = (1 + discount) ** -np.arange(years)
    invested = np.array([plan.investment for plan in plans])
    names = tuple(plan.id for plan in plans), tuple(scenario.id for scenario in scenarios)
    return Projection(names[0], names[1], yearly, yearly @ weights - invested[:, None])


def what_matters(
    formula: str,
    plan: Plan,
    scenario: Scenario,
    coefficients: Mapping[str, Estimate],
    *,
    years: int,
    discount: float = 0.0225,
    trajectories: int = 50,
    seed: int = 0,
) -> tuple[Effect, ...]:
    """Which assumption changes the present value of a plan most (Morris), over the range of each; most first."""
    read = read_formula(formula)
    _check(read, [plan], [scenario], coefficients, years, discount)
    estimates = {**coefficients, **plan.quantities}
    ranges = {name: (estimates[name].low, estimates[name].high) for name in sorted(read.names)}
    weights = (1 + discount) ** -np.arange(years)

    def present(values: Mapping[str, Floats]) -> Floats:
        paths = {name: numbers[:, None] * _factors(scenario, name, years) for name, numbers in values.items()}
        return _computed(read, paths) @ weights

    return effects(present, ranges, trajectories=trajectories, seed=seed)


def _factors(scenario: Scenario, name: str, years: int) -> Floats:
    return np.asarray(scenario.factors.get(name, np.ones(years)), dtype=np.float64)[:years]


def _computed(formula: Formula, values: Mapping[str, Floats]) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = formula.compute(values)
    if not np.isfinite(found).all():
        raise InputError(f'The formula "{formula.text}" divides by something that can be zero.')
    return found


def _check(
    formula: Formula,
    plans: Sequence[Plan],
    scenarios: Sequence[Scenario],
    coefficients: Mapping[str, Estimate],
    years: int,
    discount: float,
) -> None:
    if not plans or not scenarios or years < 1 or not discount > -1:
        raise InputError("Give at least one plan, one scenario and one year, and a discount above -1.")
    problems: list[Problem] = []
    for row, plan in enumerate(plans, start=1):
        gone = sorted(formula.names - set(plan.quantities) - set(coefficients))
        if gone:
            problems.append(Problem(f"{plan.id} has no {', '.join(gone)}.", row))
    for row, scenario in enumerate(scenarios, start=1):
        for name, factors in scenario.factors.items():
            if len(factors) < years or not np.isfinite(factors).all():
                problems.append(Problem(f"{scenario.id}: give {name} a number for each of the {years} years.", row))
    if problems:
        raise InputError(problems)
