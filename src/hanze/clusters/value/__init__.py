"""What a cluster is worth: people, planet and profit as a balance sheet against the situation without it."""

from hanze.clusters.value.balance import Balance, Band, Line, Result, balance
from hanze.clusters.value.coefficients import Coefficient, shipped_coefficients, shipped_lines

__all__ = ["Balance", "Band", "Coefficient", "Line", "Result", "balance", "shipped_coefficients", "shipped_lines"]
