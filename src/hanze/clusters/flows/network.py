"""Minimum-cost flow in a network, and the DIMACS files that hold one."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import coo_array, csc_array

from hanze.clusters.arrays import Longs
from hanze.clusters.problems import InputError, Problem
from hanze.clusters.solving import Program, minimise
from hanze.clusters.texts import read_text


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs `tail[k]` → `head[k]` (nodes from 0) with limits and cost per unit.

    `supply[v]` above 0 is sent out, below 0 taken in.
    """

    supply: Longs
    tail: Longs
    head: Longs
    low: Longs
    high: Longs
    cost: Longs


@dataclass(frozen=True, slots=True)
class Flow:
    """`amounts[k]` over arc k, whole; `bound`: no flow costs less (whole-number node prices prove it)."""

    amounts: Longs
    value: int
    bound: int
    prices: Longs
    seconds: float

    @property
    def gap(self) -> float:
        return (self.value - self.bound) / max(1, abs(self.value))

    @property
    def proven(self) -> bool:
        return self.value == self.bound


def cheapest_flow(network: Network) -> Flow:
    """Send all supply to all demand at the least cost.

    The answer and its bound are recomputed in whole numbers, so that "proven" does not lean on the solver's tolerances.
    Raises InputError where the network cannot carry it.
    """
    started = time.perf_counter()
    nodes, arcs = len(network.supply), len(network.tail)
    total = int(network.supply.sum())
    if total:
        raise InputError(f"Supply and demand differ by {abs(total)}: they must be equal.")
    each = np.arange(arcs)
    ones = np.ones(arcs)
    entries = np.concatenate([ones, -ones]), (np.concatenate([network.tail, network.head]), np.r_[each, each])
    matrix = csc_array(coo_array(entries, shape=(nodes, arcs)))
    supply = network.supply.astype(np.float64)
    low, high, cost = (part.astype(np.float64) for part in (network.low, network.high, network.cost))
    outcome = minimise(Program(cost, low, high, matrix, supply, supply))
    if outcome.values is None or not outcome.optimal:
        raise InputError("The network cannot carry all supply to all demand: an arc's capacity is too small.")
    amounts = np.rint(outcome.values).astype(np.int64)
    prices = np.rint(outcome.prices).astype(np.int64)
    _check(network, amounts)
    value = int(network.cost @ amounts)
    return Flow(amounts, value, _bound(network, prices), prices, time.perf_counter() - started)


def _check(network: Network, amounts: Longs) -> None:
    net = np.zeros(len(network.supply), dtype=np.int64)
    np.add.at(net, network.tail, amounts)
    np.subtract.at(net, network.head, amounts)
    if (net != network.supply).any() or (amounts < network.low).any() or (amounts > network.high).any():
        raise ArithmeticError("the solver's flow does not keep to the network")


def _bound(network: Network, prices: Longs) -> int:
    """Weak duality in whole numbers: each arc is used at the limit that suits these prices best."""
    reduced = network.cost - prices[network.tail] + prices[network.head]
    best = np.where(reduced >= 0, reduced * network.low, reduced * network.high)
    return int(prices @ network.supply + best.sum())


def read_dimacs(path: Path) -> Network:
    """DIMACS minimum-cost flow: "p min nodes arcs", "n node supply", "a tail head low high cost"; "c": a comment."""
    size: tuple[int, int] | None = None
    supply: Longs = np.zeros(0, dtype=np.int64)
    arcs: list[list[int]] = []
    for line, text in enumerate(read_text(path), start=1):
        words = text.split()
        if not words or words[0] == "c":
            continue
        kind = words[0]
        if kind == "p":
            if size is not None:
                raise InputError(Problem("a second line with the size (p min …).", line, str(path)))
            nodes, count = _integers(path, line, words[2:], ("nodes", "arcs"))
            if words[1] != "min" or nodes < 1 or count < 0:
                raise InputError(Problem('expected "p min NODES ARCS".', line, str(path)))
            size, supply = (nodes, count), np.zeros(nodes, dtype=np.int64)
        elif size is None:
            raise InputError(Problem('expected "p min NODES ARCS" first.', line, str(path)))
        elif kind == "n":
            node, amount = _integers(path, line, words[1:], ("node", "supply"))
            supply[_node(path, line, node, size[0])] = amount
        elif kind == "a":
            arcs.append(_arc(path, line, words[1:], size[0]))
        else:
            raise InputError(Problem(f'a line begins with c, p, n or a, not with "{kind}".', line, str(path)))
    if size is None:
        raise InputError(Problem('there is no line "p min NODES ARCS".', source=str(path)))
    if len(arcs) != size[1]:
        raise InputError(Problem(f"{size[1]} arcs are announced, found {len(arcs)}.", source=str(path)))
    table = np.array(arcs, dtype=np.int64).reshape(-1, 5)
    return Network(supply, *(table[:, k].copy() for k in range(5)))


def _arc(path: Path, line: int, words: list[str], nodes: int) -> list[int]:
    tail, head, low, high, cost = _integers(path, line, words, ("tail", "head", "low", "high", "cost"))
    if not 0 <= low <= high:
        raise InputError(Problem(f"the limits must be 0 ≤ low ≤ high, found {low} and {high}.", line, str(path)))
    return [_node(path, line, tail, nodes), _node(path, line, head, nodes), low, high, cost]


def _node(path: Path, line: int, node: int, nodes: int) -> int:
    if not 1 <= node <= nodes:
        raise InputError(Problem(f"node {node} does not exist: nodes go from 1 to {nodes}.", line, str(path)))
    return node - 1


def _integers(path: Path, line: int, words: list[str], names: tuple[str, ...]) -> list[int]:
    expected = ", ".join(names)
    try:
        numbers = [int(word) for word in words]
    except ValueError:
        raise InputError(
            Problem(f"expected whole numbers ({expected}), found: {' '.join(words)}", line, str(path))
        ) from None
    if len(numbers) != len(names):
        raise InputError(Problem(f"expected {len(names)} numbers ({expected}), found {len(words)}.", line, str(path)))
    if any(abs(number) > 2**53 for number in numbers):
        raise InputError(Problem("a number is too large: at most 2^53.", line, str(path)))
    return numbers
