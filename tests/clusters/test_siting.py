"""Hubs: the best answer found, a bound below it, and "proven" only when the two meet."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.clusters.problems import Cancelled, InputError
from hanze.clusters.roads import distances
from hanze.clusters.siting import site, site_with_capacity
from hanze.clusters.siting.assigning import Question
from hanze.clusters.siting.packing import pack
from hanze.clusters.siting.pricing import price
from hanze.clusters.siting.reading import read_orlib, read_sjc
from hanze.clusters.siting.swapping import Swapping
from tests.clusters.data import shared


def points(seed: int, count: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 100, (count, 2)).astype(float)


def cheapest(cost: np.ndarray, count: int) -> float:
    return min(cost[:, list(hubs)].min(axis=1).sum() for hubs in combinations(range(cost.shape[1]), count))


@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(4, 9), st.integers(4, 8))
@settings(max_examples=25, deadline=None)
def test_the_answer_is_the_best_of_all_and_the_bound_is_never_above_it(
    seed: int, count: int, rows: int, sites: int
) -> None:
    cost = distances(points(seed, rows), points(seed + 1, sites))
    found = site(cost, count, seconds=0.3)
    best = cheapest(cost, count)
    assert found.value == pytest.approx(best)
    assert found.bound <= best + 1e-9
    assert found.value == pytest.approx(cost[np.arange(rows), found.assigned].sum())
    assert set(found.assigned) <= set(found.hubs)
    assert len(set(found.hubs)) == count


def test_what_a_swap_gains_is_what_it_does_gain() -> None:
    cost = distances(points(3, 30), points(4, 20))
    swapping = Swapping(cost, np.array([0, 5, 7, 11]))
    random = np.random.default_rng(1)
    for _ in range(25):
        profit = swapping.extra + swapping.gain - swapping.loss[:, None]
        slot = int(random.integers(4))
        new = int(random.choice(np.setdiff1d(np.arange(20), swapping.hubs)))
        before = swapping.value
        swapping.swap(slot, new)
        assert before - swapping.value == pytest.approx(profit[slot, new])
        assert swapping.value == pytest.approx(cost[:, swapping.hubs].min(axis=1).sum())


def test_a_public_instance_is_solved_and_proven() -> None:
    instance = read_orlib(shared("pmed/pmed5.txt"))
    found = site(instance.cost, instance.count, seconds=4)
    assert (found.value, found.bound, found.proven) == (1355, 1355, True)


def test_an_answer_that_ran_out_of_time_is_not_called_proven() -> None:
    cost = distances(points(1, 80), points(2, 80)) ** 1.5
    found = site(cost, 12, seconds=0)
    assert not found.proven
    assert found.gap == pytest.approx(1)


def test_the_same_seed_gives_the_same_answer() -> None:
    cost = distances(points(5, 40), points(6, 40))
    assert site(cost, 5, seconds=1, seed=3).hubs == site(cost, 5, seconds=1, seed=3).hubs


@pytest.mark.parametrize("count", [0, 5])
def test_more_hubs_than_places_or_none_are_refused(count: int) -> None:
    with pytest.raises(InputError, match="ask for 1 to 4"):
        site(np.ones((3, 4)), count)


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -1.0])
def test_a_cost_that_is_none_is_refused_with_its_row(wrong: float) -> None:
    cost = np.ones((3, 4))
    cost[1, 2] = wrong
    with pytest.raises(InputError, match="line 2"):
        site(cost, 2)


def test_who_stops_the_work_stops_it() -> None:
    def stop(step: str, share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        site(distances(points(1, 60), points(2, 60)) ** 1.5, 7, seconds=5, progress=stop)


def small_question(seed: int) -> Question:
    """Six places to serve from two of five hubs, tight enough to matter, with whole demands."""
    demand = np.random.default_rng(seed).integers(1, 5, 6).astype(float)
    capacity = np.full(5, float(np.ceil(demand.sum() / 2) + 2))
    return Question(distances(points(seed, 6), points(seed + 1, 5)), demand, capacity, 2)


def cheapest_within(question: Question) -> float:
    best = np.inf
    for hubs in combinations(range(5), 2):
        for mask in range(64):
            chosen = np.array([hubs[mask >> row & 1] for row in range(6)])
            if all(question.demand[chosen == hub].sum() <= question.capacity[hub] for hub in hubs):
                best = min(best, question.cost[np.arange(6), chosen].sum())
    return best


@given(st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_with_capacity_the_answer_is_the_best_of_all(seed: int) -> None:
    question = small_question(seed)
    found = site_with_capacity(question.cost, question.demand, question.capacity, 2, seconds=3)
    assert found.value == pytest.approx(cheapest_within(question))
    assert found.proven
    for hub in found.hubs:
        assert question.demand[found.assigned == hub].sum() <= question.capacity[hub]


@given(st.integers(0, 10_000), st.floats(0, 120))
@settings(max_examples=25, deadline=None)
def test_packing_whole_rows_bounds_tighter_and_never_above_the_best(seed: int, level: float) -> None:
    question = small_question(seed)
    prices = np.random.default_rng(seed).random(6) * level
    found = site_with_capacity(question.cost, question.demand, question.capacity, 2, seconds=3)
    loose, tight = price(question, prices), pack(question, prices)
    assert loose.bound - 1e-9 <= tight.bound <= found.value + 1e-9
    for pricing in (loose, tight):
        assert not pricing.cannot_better(question, found.value)[np.arange(6), found.assigned].any()


def test_capacity_that_cannot_hold_everyone_is_refused() -> None:
    cost = np.ones((3, 3))
    with pytest.raises(InputError, match="2 hubs hold 4 at most"):
        site_with_capacity(cost, np.full(3, 2.0), np.full(3, 2.0), 2)
    with pytest.raises(InputError, match="line 3: The demand 9 is more than any hub holds"):
        site_with_capacity(cost, np.array([1.0, 1, 9]), np.full(3, 6.0), 2)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "expected 3 numbers"),
        ("3 1 x\n1 2 3\n", 1, "expected numbers"),
        ("3 1 4\n1 2 3\n", 1, "from 1 to 3"),
        ("3 2 1\n1 2 3\n2 4 1\n", 3, "from 1 to 3, found 4"),
        ("3 2 1\n1 2 -3\n2 3 1\n", 2, "at least 0"),
        ("3 2 1\n1 2 nan\n2 3 1\n", 2, "finite"),
        ("3 3 1\n1 2 3\n2 3 1\n", 1, "announces 3 edges, found 2"),
    ],
)
def test_a_wrong_graph_is_refused_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "graph.txt"
    path.write_text(text)
    with pytest.raises(InputError) as caught:
        read_orlib(path)
    assert caught.value.problems[0].row == line
    assert says in str(caught.value)


def test_a_place_that_no_road_reaches_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "graph.txt"
    path.write_text("4 2 1\n1 2 3\n3 4 3\n")
    with pytest.raises(InputError, match="place 3 cannot be reached"):
        read_orlib(path)


def test_the_last_length_of_a_pair_counts(tmp_path: Path) -> None:
    path = tmp_path / "graph.txt"
    path.write_text("2 2 1\n1 2 3\n2 1 8\n")
    assert read_orlib(path).cost[0, 1] == 8


def test_a_wrong_file_with_capacities_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "places.dat"
    path.write_text("2 1\n0 0 10 3\n0 1 10 -3\n")
    with pytest.raises(InputError, match=r"line 3: capacity and demand"):
        read_sjc(path)
