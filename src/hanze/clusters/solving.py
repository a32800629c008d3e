# pyright: standard
# highspy tells pyright little about its types.
"""HiGHS for the linear and whole-number programs of this engine."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy.sparse import csc_array

from hanze.clusters.arrays import Floats, Truths, Whole

PRIMAL = 4
"""What HiGHS calls the primal simplex (option simplex_strategy)."""


@dataclass(frozen=True, slots=True)
class Program:
    """Minimise `cost @ x` with `low <= x <= high`, `row_low <= rows @ x <= row_high`, x whole where `whole` says so."""

    cost: Floats
    low: Floats
    high: Floats
    rows: csc_array
    row_low: Floats
    row_high: Floats
    whole: Truths | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What HiGHS found: `values` None when it found no answer; `bound`: no answer costs less; `optimal`: proven."""

    values: Floats | None
    value: float
    bound: float
    optimal: bool
    infeasible: bool
    prices: Floats


def _highs(seconds: float) -> Any:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 2)
    if seconds < math.inf:
        highs.setOptionValue("time_limit", max(0.01, seconds))
    return highs


def _outcome(highs: Any, whole: bool) -> Outcome:
    status, information = highs.getModelStatus(), highs.getInfo()
    found = information.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = highs.getSolution()
    optimal = status == highspy.HighsModelStatus.kOptimal
    value = float(information.objective_function_value) if found else math.inf
    bound = float(information.mip_dual_bound) if whole else (value if optimal else -math.inf)
    infeasible = status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    )
    values = np.array(solution.col_value, dtype=np.float64) if found else None
    prices = np.array(solution.row_dual, dtype=np.float64)
    return Outcome(values, value, bound, optimal, infeasible, prices)


def minimise(program: Program, *, seconds: float = math.inf, start: Floats | None = None, gap: float = 0.0) -> Outcome:
    """Solve; `start`: an answer to begin from; `gap`: stop when proven to this share (0: to the end)."""
    highs = _highs(seconds)
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("mip_abs_gap", 1e-7)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.row_low)
    model.col_cost_, model.col_lower_, model.col_upper_ = program.cost, program.low, program.high
    model.row_lower_, model.row_upper_ = program.row_low, program.row_high
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = program.rows.indptr.astype(np.int32)
    model.a_matrix_.index_ = program.rows.indices.astype(np.int32)
    model.a_matrix_.value_ = program.rows.data.astype(np.float64)
    whole = program.whole
    if whole is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[int(kind)] for kind in whole]
    highs.passModel(model)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value = start.tolist()
        highs.setSolution(given)
    highs.run()
    return _outcome(highs, whole is not None)


class Growing:
    """A linear program with equality rows to which columns are added; each solve starts from the last answer."""

    def __init__(self, sides: Floats) -> None:
        self._highs = _highs(math.inf)
        none = np.array([], dtype=np.int32)
        self._highs.addRows(len(sides), sides, sides, 0, np.zeros(len(sides), np.int32), none, np.array([]))

    def add(self, cost: Floats, one: Whole, other: Whole | None = None) -> None:
        """Add columns with a 1 in row `one[k]` and, if given, in row `other[k]`."""
        count = len(cost)
        each = 1 if other is None else 2
        index = np.empty(each * count, dtype=np.int32)
        index[::each] = one
        if other is not None:
            index[1::2] = other
        starts = np.arange(0, each * count, each, dtype=np.int32)
        high = np.full(count, math.inf)
        self._highs.addCols(count, cost, np.zeros(count), high, len(index), starts, index, np.ones(len(index)))

    def solve(self) -> Outcome:
        """Solve; after the first time with the primal simplex: the last answer still fits when columns are added."""
        self._highs.run()
        self._highs.setOptionValue("simplex_strategy", PRIMAL)
        return _outcome(self._highs, whole=False)
