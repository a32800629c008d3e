"""Flows: exact, with prices that prove it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from hanze.clusters.flows import Network, cheapest_flow, transport
from hanze.clusters.flows.network import read_dimacs
from hanze.clusters.problems import InputError
from tests.clusters.data import shared


def by_linprog(cost: np.ndarray, supply: np.ndarray, demand: np.ndarray) -> float:
    givers, takers = cost.shape
    left = np.kron(np.eye(givers), np.ones(takers))
    right = np.kron(np.ones(givers), np.eye(takers))
    return linprog(cost.ravel(), A_ub=left, b_ub=supply, A_eq=right, b_eq=demand).fun


@given(st.integers(0, 100_000), st.integers(1, 12), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_transport_costs_what_the_whole_linear_program_costs(seed: int, givers: int, takers: int) -> None:
    random = np.random.default_rng(seed)
    cost = random.integers(0, 50, (givers, takers)).astype(float)
    demand = random.integers(0, 9, takers).astype(float)
    supply = random.integers(0, 9, givers).astype(float)
    supply[0] += max(0.0, demand.sum() - supply.sum())
    found = transport(cost, supply, demand)
    assert found.value == pytest.approx(by_linprog(cost, supply, demand))
    assert found.proven
    brought = np.zeros((givers, takers))
    brought[found.giver, found.taker] = found.amount
    assert brought.sum(axis=0) + found.unmet == pytest.approx(demand)
    assert brought.sum(axis=1) + found.left == pytest.approx(supply)


def test_who_pays_less_elsewhere_gets_it_elsewhere() -> None:
    found = transport(np.array([[2.0, 9.0]]), np.array([10.0]), np.array([4.0, 4.0]), outside=5.0)
    assert found.unmet.tolist() == [0, 4]
    assert found.left.tolist() == [6]
    assert found.value == 4 * 2 + 4 * 5
    assert found.taker_price.tolist() == [2, 5]


def test_a_price_is_what_one_more_costs() -> None:
    cost, supply = np.array([[1.0, 4.0], [3.0, 2.0]]), np.array([5.0, 9.0])
    demand = np.array([7.0, 3.0])
    found = transport(cost, supply, demand)
    for taker in range(2):
        more = demand.copy()
        more[taker] += 1
        assert transport(cost, supply, more).value - found.value == pytest.approx(found.taker_price[taker])


def test_pairs_that_may_not_exchange_do_not() -> None:
    cost = np.array([[1.0, np.inf], [8.0, 8.0]])
    found = transport(cost, np.array([5.0, 5.0]), np.array([3.0, 3.0]))
    assert found.value == 3 + 24
    with pytest.raises(InputError, match="3 of the demand cannot be met"):
        transport(cost, np.array([10.0, 0.0]), np.array([3.0, 3.0]))


def test_more_demand_than_supply_wants_an_outside() -> None:
    with pytest.raises(InputError, match="from elsewhere"):
        transport(np.ones((1, 1)), np.array([1.0]), np.array([2.0]))


@pytest.mark.parametrize("wrong", [-1.0, np.nan])
def test_an_amount_that_is_none_is_refused_with_its_row(wrong: float) -> None:
    with pytest.raises(InputError, match="line 2: A supply"):
        transport(np.ones((2, 1)), np.array([1.0, wrong]), np.array([1.0]))


def test_a_public_network_is_solved_exactly() -> None:
    flow = cheapest_flow(read_dimacs(shared("netgen-2.min")))
    assert (flow.value, flow.bound, flow.proven) == (6749969302, 6749969302, True)


def test_limits_below_are_kept() -> None:
    whole = [np.array(x) for x in ([2, 0, -2], [0, 0, 1], [2, 1, 2], [0, 1, 0], [2, 2, 2], [1, 5, 5])]
    flow = cheapest_flow(Network(*whole))
    assert flow.amounts.tolist() == [1, 1, 1]
    assert flow.value == 11


def test_a_network_that_is_too_narrow_is_refused() -> None:
    whole = [np.array(x) for x in ([2, -2], [0], [1], [0], [1], [1])]
    with pytest.raises(InputError, match="capacity is too small"):
        cheapest_flow(Network(*whole))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a 1 2 0 1 1\n", 1, "first"),
        ("p max 2 1\na 1 2 0 1 1\n", 1, "p min"),
        ("p min 2 1\nn 3 5\na 1 2 0 1 1\n", 2, "nodes go from 1 to 2"),
        ("c hello\np min 2 1\na 1 2 3 1 1\n", 3, "0 ≤ low ≤ high"),
        ("p min 2 1\na 1 2 0 1\n", 2, "expected 5 numbers"),
        ("p min 2 1\na 1 2 0 1 x\n", 2, "whole numbers"),
        ("p min 2 1\nz 1\n", 2, 'not with "z"'),
        ("p min 2 2\na 1 2 0 1 1\n", None, "2 arcs are announced, found 1"),
        ("c nothing\n", None, "no line"),
    ],
)
def test_a_wrong_network_is_refused_with_its_line(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    path = tmp_path / "network.min"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_dimacs(path)
    assert caught.value.problems[0].row == line
    assert says in str(caught.value)
