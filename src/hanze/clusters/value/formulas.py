"""Formulas of a balance sheet: + - * / and brackets, numbers, names, min(…) and max(…); nothing else."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from hanze.clusters.arrays import Floats
from hanze.clusters.problems import InputError

Values = Mapping[str, Floats]
Step = Callable[[Values], Floats]

OPERATORS: dict[type[ast.operator], Callable[[Floats, Floats], Floats]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: np.divide,
}
FUNCTIONS: dict[str, Callable[[Floats, Floats], Floats]] = {"min": np.minimum, "max": np.maximum}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as text, the names it uses, and how to compute it from arrays (one number a draw)."""

    text: str
    names: frozenset[str]
    compute: Step


def read_formula(text: str) -> Formula:
    """Raises InputError with the place where the formula cannot be read."""
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        raise InputError(f'The formula "{text}" cannot be read at character {error.offset or 1}.') from None
    names: set[str] = set()
    compute = _step(tree, text, names)
    return Formula(text, frozenset(names), compute)


def _step(node: ast.expr, text: str, names: set[str]) -> Step:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            constant = np.float64(number)
            return lambda values: np.asarray(constant)
        case ast.Name(id=name):
            names.add(name)
            return lambda values: values[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _step(operand, text, names)
            return lambda values: -inner(values)
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in OPERATORS:
            first, second, apply = _step(left, text, names), _step(right, text, names), OPERATORS[type(sign)]
            return lambda values: apply(first(values), second(values))
        case ast.Call(func=ast.Name(id=name), args=[_, _, *_] as arguments, keywords=[]) if name in FUNCTIONS:
            parts, join = [_step(part, text, names) for part in arguments], FUNCTIONS[name]
            return lambda values: reduce(join, (part(values) for part in parts))
        case _:
            place = node.col_offset + 1
            raise InputError(
                f'The formula "{text}" holds something at character {place} that it may not: '
                "use + - * / ( ), numbers, names, min(…) and max(…)."
            )
