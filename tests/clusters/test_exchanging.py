"""Exchanges: who brings what to whom, what it saves, and what would be a fair price."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hanze.clusters.exchanging import Need, Offer, Rates, Tier, exchange, joint_purchase, machine_pool
from hanze.clusters.problems import InputError

STRAW = {"straw": Rates(transport=0.2, handling=1.0, keeping=2.0, keeps=2, detour=1.0)}


def offer(id: str, amount: float, x: float = 0, **more: float) -> Offer:
    return Offer(id, f"farm {id}", "straw", amount, x, 0.0, **more)  # type: ignore[arg-type]


def need(id: str, amount: float, x: float = 0, elsewhere: float = 100.0, **more: float) -> Need:
    return Need(id, f"farm {id}", "straw", amount, x, 0.0, elsewhere, **more)  # type: ignore[arg-type]


def test_the_near_giver_serves_first_and_the_rest_comes_from_elsewhere() -> None:
    [result] = exchange([offer("a", 10, price=50), offer("b", 5, x=10_000, price=50)], [need("c", 20)], STRAW)
    assert [(match.offer.id, match.amount, match.distance) for match in result.matches] == [("a", 10, 0), ("b", 5, 10)]
    assert result.unmet == {"c": 5}
    assert result.cost == pytest.approx(10 * 51 + 5 * 53 + 5 * 100)
    assert (result.alone, result.proven) == (2000, True)
    assert result.saving == 2000 - result.cost
    assert result.tonne_kilometres == 50


def test_what_is_dearer_than_elsewhere_stays() -> None:
    [result] = exchange([offer("a", 10, price=120)], [need("c", 10)], STRAW)
    assert result.matches == ()
    assert (result.unmet, result.left, result.saving) == ({"c": 10}, {"a": 10}, 0)


def test_quality_and_season_must_fit_and_keeping_costs() -> None:
    offers = [offer("a", 10, quality=3), offer("b", 10, quality=6, season=1)]
    [result] = exchange(offers, [need("c", 10, lowest=5, season=2)], STRAW)
    assert [(match.offer.id, match.cost) for match in result.matches] == [("b", pytest.approx(30))]
    [earlier] = exchange(offers, [need("c", 10, lowest=5, season=0)], STRAW)
    assert earlier.matches == ()


def test_nothing_is_brought_farther_than_it_may() -> None:
    rates = {"straw": replace(STRAW["straw"], farthest=9.0)}
    [result] = exchange([offer("a", 10, x=10_000)], [need("c", 10)], rates)
    assert result.matches == ()


def test_a_fair_price_leaves_neither_worse_off() -> None:
    [result] = exchange([offer("a", 10, price=50)], [need("c", 4)], STRAW)
    [match] = result.matches
    assert match.price == pytest.approx((50 + 99) / 2)
    [scarce] = exchange([offer("a", 4, price=50)], [need("c", 4), need("d", 4, elsewhere=80)], STRAW)
    assert 79 <= scarce.matches[0].price <= 99


def test_wrong_rows_are_refused_together() -> None:
    offers = [offer("a", -1), offer("b", 1), offer("b", 1), replace(offer("e", 1), product="hay")]
    with pytest.raises(InputError) as caught:
        exchange(offers, [need("c", float("nan"))], STRAW)
    assert [(problem.row, problem.message) for problem in caught.value.problems] == [
        (1, "offer a: the amount is below zero."),
        (3, "offer b is there twice."),
        (4, "offer e: there are no rates for hay."),
        (1, "need c: an amount, place or price is missing."),
    ]


def test_buying_together_reaches_the_lower_price_and_the_saving_is_shared() -> None:
    bought = joint_purchase({"a": 30, "b": 70}, [Tier(0, 10), Tier(100, 8)], costs=50)
    assert (bought.alone, bought.together) == (1000, 850)
    assert bought.shares == pytest.approx({"a": 45, "b": 105})


def test_buying_together_is_not_done_when_it_saves_nothing() -> None:
    assert joint_purchase({"a": 3, "b": 7}, [Tier(0, 10), Tier(100, 8)], costs=50).saving == 0
    with pytest.raises(InputError, match="amount of 0"):
        joint_purchase({"a": 3}, [Tier(5, 10)])


def test_a_pool_needs_what_the_busiest_week_needs() -> None:
    hours = np.array([[30.0, 0, 10], [0, 35, 10], [5, 5, 10]])
    pool = machine_pool(hours, capacity=40, cost=9000, moving=100)
    assert (pool.alone, pool.shared, pool.busiest) == (3, 1, 1)
    assert pool.saving == 2 * 9000 - 7 * 100
    assert pool.use.tolist() == [35 / 40, 1, 30 / 40]
    with pytest.raises(InputError, match="line 1: Hours"):
        machine_pool(-hours, capacity=40, cost=1)
