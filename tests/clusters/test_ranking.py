"""Areas: standard methods to four decimals, how robust the first is, and what would overturn it."""

from __future__ import annotations

import numpy as np
import pytest

from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import Cancelled, InputError
from hanze.clusters.ranking import METHODS, Criterion, Table, acceptability, overturns, rank


def criterion(weight: float, better: str = "more", spread: float = 0.0, **more: float) -> Criterion:
    estimate = Estimate(max(0, weight - spread), weight, weight + spread)
    return Criterion(f"c{weight}{better}", "c", estimate, better, **more)  # type: ignore[arg-type]


def random_table(seed: int, areas: int, criteria: int, spread: float = 0.0) -> Table:
    random = np.random.default_rng(seed)
    mode = random.uniform(1, 100, (areas, criteria))
    weights = random.uniform(0.5, 2, criteria)
    rules = tuple(criterion(w, "less" if k % 3 == 2 else "more", w / 2) for k, w in enumerate(weights))
    return Table(tuple(f"a{i}" for i in range(areas)), rules, mode * (1 - spread), mode, mode * (1 + spread))


def test_topsis_gives_the_published_scores() -> None:
    """Hwang and Yoon's fighter aircraft, as in Yoon and Hwang (1995), vector normalisation, the third criterion a
    cost.
    """
    values = [[2.0, 1500, 20000, 5.5, 5, 9], [2.5, 2700, 18000, 6.5, 3, 5], [1.8, 2000, 21000, 4.5, 7, 7]]
    values += [[2.2, 1800, 20000, 5.0, 5, 5]]
    better = ["more", "more", "more", "less", "more", "more"]
    weights = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3]
    table = Table.of(["A1", "A2", "A3", "A4"], [criterion(w, b) for w, b in zip(weights, better, strict=True)], values)
    assert rank(table, "topsis").score == pytest.approx([0.643, 0.268, 0.614, 0.312], abs=2e-3)
    assert rank(table, "topsis").order.tolist() == [0, 2, 3, 1]


def test_promethee_gives_net_flows() -> None:
    """By hand: three areas, two criteria; flows per criterion are 1, 0, -1 and, with less being better, -1, 0.5,
    0.5.
    """
    table = Table.of(["a", "b", "c"], [criterion(3), criterion(1, "less")], [[3, 9], [2, 5], [1, 5]])
    assert rank(table, "promethee").score == pytest.approx([0.75 - 0.25, 0.125, -0.75 + 0.125])


def test_promethee_counts_small_differences_in_proportion() -> None:
    table = Table.of(["a", "b"], [criterion(1, indifferent=1, prefers=3)], [[12], [10]])
    assert rank(table, "promethee").score == pytest.approx([0.5, -0.5])


def test_the_weighted_sum_is_scaled_between_worst_and_best() -> None:
    table = Table.of(["a", "b", "c"], [criterion(1), criterion(3, "less")], [[10, 1], [20, 3], [15, 2]])
    assert rank(table, "weighted-sum").score == pytest.approx([0.75, 0.25, 0.5])


@pytest.mark.parametrize("method", METHODS)
def test_shares_add_up_and_the_same_seed_gives_the_same(method: str) -> None:
    table = random_table(1, 6, 4, 0.2)
    one = acceptability(table, method, draws=600, seed=5)  # type: ignore[arg-type]
    assert one.shares.sum(axis=0) == pytest.approx(np.ones(6))
    assert one.shares.sum(axis=1) == pytest.approx(np.ones(6))
    assert (one.shares == acceptability(table, method, draws=600, seed=5).shares).all()  # type: ignore[arg-type]


def test_without_ranges_the_first_is_first_in_every_draw() -> None:
    table = Table.of(["a", "b"], [criterion(1), criterion(2)], [[1, 1], [2, 2]])
    assert acceptability(table, draws=50).first.tolist() == [0, 1]


def test_any_weights_of_two_criteria_split_where_the_areas_meet() -> None:
    """a wins where its criterion weighs more than a half: with uniform weights that is half of the draws."""
    table = Table.of(["a", "b"], [criterion(1), criterion(1)], [[2, 1], [1, 2]])
    result = acceptability(table, draws=10_000, any_weights=True)
    assert result.first == pytest.approx([0.5, 0.5], abs=4 * result.error)
    assert result.central[0] == pytest.approx([0.75, 0.25], abs=0.02)


def test_uncertain_values_give_the_shares_that_can_be_computed() -> None:
    """Two symmetrical triangles, one a half width higher: P(first above second) is 23/24 for (0,1,2) and (1,2,3)."""
    table = Table.of(["a", "b"], [criterion(1)], [[Estimate(0, 1, 2)], [Estimate(1, 2, 3)]])
    for method in ("weighted-sum", "promethee"):
        assert acceptability(table, method, draws=20_000).first[1] == pytest.approx(23 / 24, abs=0.006)


def test_the_weight_that_overturns_is_where_the_scores_meet() -> None:
    table = Table.of(["a", "b"], [criterion(3), criterion(1)], [[2, 1], [1, 2]])
    first, second = overturns(table, "weighted-sum")
    assert (first.criterion, first.to) == (0, 1)
    assert (first.now, first.at) == pytest.approx((0.75, 0.5))
    assert second.at == pytest.approx(0.5)


def test_who_is_best_in_everything_is_not_overturned() -> None:
    table = Table.of(["a", "b"], [criterion(3), criterion(1)], [[2, 2], [1, 1]])
    assert overturns(table) == ()


def test_a_missing_value_is_refused_with_its_row() -> None:
    with pytest.raises(InputError, match="line 2: the value of c for b is missing"):
        Table.of(["a", "b"], [criterion(1)], [[1.0], [float("nan")]])
    with pytest.raises(InputError, match="line 1: a has 1 values for 2"):
        Table.of(["a"], [criterion(1), criterion(2)], [[1.0]])
    with pytest.raises(InputError, match="low ≤ mode ≤ high"):
        Estimate(3, 2, 4)


def test_whole_numbers_are_numbers() -> None:
    table = Table.of(["a", "b"], [Criterion("c", "c", Estimate(1, 2, 3))], [[Estimate(1, 2, 3)], [2]])
    assert acceptability(table, draws=100).first.sum() == pytest.approx(1)


def test_drawing_can_be_stopped() -> None:
    def stop(step: str, share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        acceptability(random_table(1, 50, 12, 0.1), draws=5000, progress=stop)
