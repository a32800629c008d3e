"""A plan from what an initiative knows: assumptions, input, the computing itself, its map, and reading the result.

Only the worker computes: `gathering` and `computing` load the libraries of the engine, and nothing else here does.
"""

from hanze.areas.planning.assumptions import Assumptions

__all__ = ["Assumptions"]
