"""A plan from what an initiative knows: assumptions, input, the computing itself, its map, and reading the result."""

from hanze.areas.planning.assumptions import Assumptions
from hanze.areas.planning.computing import Made, compute
from hanze.areas.planning.gathering import Input, gather

__all__ = ["Assumptions", "Input", "Made", "compute", "gather"]
