"""Plans over the years: what they bring, what can be regretted, and which assumption matters most."""

from __future__ import annotations

import numpy as np
import pytest

from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import InputError
from hanze.clusters.scenarios import Plan, Scenario, effects, growing, project, regret, what_matters

EXACT = Estimate.exactly
SMALL = Plan("small", "Small", {"farms": EXACT(10)}, investment=100)
LARGE = Plan("large", "Large", {"farms": EXACT(30)}, investment=500)
STILL = Scenario("still", "Nothing changes")
GROWTH = Scenario("growth", "Participation doubles each year", {"farms": growing(1.0, 3)})


def test_years_are_discounted_and_the_investment_is_taken_off() -> None:
    result = project("farms * gain", [SMALL, LARGE], [STILL, GROWTH], {"gain": EXACT(5)}, years=3, discount=1.0)
    assert result.yearly[0].tolist() == [[50, 50, 50], [50, 100, 200]]
    assert result.present.tolist() == [[50 + 25 + 12.5 - 100, 150 - 100], [262.5 - 500, 450 - 500]]


def test_a_name_that_is_nowhere_and_too_few_years_are_refused() -> None:
    with pytest.raises(InputError, match="line 1: small has no gain"):
        project("farms * gain", [SMALL], [STILL], {}, years=3)
    with pytest.raises(InputError, match="a number for each of the 5 years"):
        project("farms", [SMALL], [GROWTH], {}, years=5)


def test_least_regret_is_not_the_safest_nor_the_likeliest() -> None:
    result = regret(np.array([[10.0, 0], [0, 11], [4, 4]]), np.array([0.3, 0.7]))
    assert result.regret.tolist() == [[0, 11], [10, 0], [6, 7]]
    assert (result.least_regret, result.safest, result.likeliest) == (2, 2, 1)
    with pytest.raises(InputError, match="1 together"):
        regret(np.ones((2, 2)), np.array([0.3, 0.3]))


def test_effects_of_a_straight_line_are_its_slopes() -> None:
    found = effects(lambda x: 3 * x["a"] - 5 * x["b"] + 0 * x["c"], {"a": (0, 2), "b": (1, 2), "c": (0, 9)})
    assert [(one.name, one.strength, one.mean) for one in found] == [
        ("a", pytest.approx(6), pytest.approx(6)),
        ("b", pytest.approx(5), pytest.approx(-5)),
        ("c", 0, 0),
    ]
    assert all(one.spread == pytest.approx(0, abs=1e-9) for one in found)


def test_inputs_that_work_together_are_told_by_their_spread() -> None:
    found = {one.name: one for one in effects(lambda x: x["a"] * x["b"], {"a": (-1, 1), "b": (-1, 1)})}
    assert found["a"].spread > 0.5
    assert found["a"].strength > abs(found["a"].mean)


def test_what_matters_most_for_a_plan_comes_first() -> None:
    plan = Plan("p", "P", {"farms": Estimate(9, 10, 11)})
    found = what_matters("farms * gain - costs", plan, STILL, {"gain": Estimate(1, 5, 9), "costs": EXACT(2)}, years=4)
    assert [one.name for one in found] == ["gain", "farms", "costs"]
    assert found[-1].strength == 0
