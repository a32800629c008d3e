"""Added value: lines with bands and sources, against the situation without the plan."""

from __future__ import annotations

import numpy as np
import pytest

from hanze.clusters.estimates import Estimate
from hanze.clusters.problems import InputError
from hanze.clusters.value import Line, balance, shipped_coefficients, shipped_lines
from hanze.clusters.value.coefficients import read_coefficients, read_lines
from hanze.clusters.value.formulas import read_formula

EXACT = Estimate.exactly


def test_a_line_is_the_difference_with_and_without() -> None:
    line = Line("co2", "planet", "kg", "km * factor", better="less")
    result = balance([line], {"km": EXACT(100)}, {"km": EXACT(60)}, {"factor": EXACT(2)}).results[0]
    assert (result.without.mode, result.with_.mode, result.difference.mode) == (200, 120, -80)
    assert (result.difference.low, result.difference.high, result.certain) == (-80, -80, 1)
    assert (result.count, result.uses) == (False, ("factor",))


def test_the_band_of_one_triangle_is_what_can_be_computed() -> None:
    """5 % of a triangle from 0 over 1 to 2 lies below √0.1, 95 % below 2 - √0.1."""
    result = balance([Line("x", "profit", "euro", "x")], {"x": EXACT(0)}, {"x": Estimate(0, 1, 2)}, {}, draws=40_000)
    band = result.results[0].difference
    assert (band.low, band.median, band.high) == pytest.approx((0.1**0.5, 1, 2 - 0.1**0.5), abs=0.02)


def test_what_is_uncertain_in_both_the_same_way_does_not_blur_the_difference() -> None:
    either = {"yield_": Estimate(1, 2, 4)}
    result = balance([Line("y", "profit", "t", "yield_ * 3")], either, either, {}).results[0]
    assert (result.difference.low, result.difference.high) == (0, 0)
    assert result.without.low < result.without.high


def test_without_a_coefficient_it_is_a_count_and_a_missing_name_is_named() -> None:
    lines = [Line("a", "people", "farms", "farms"), Line("b", "people", "x", "farms * unknown")]
    result = balance(lines, {"farms": EXACT(0)}, {"farms": EXACT(5)}, {})
    assert (result.results[0].count, result.results[0].status) == (True, "count")
    assert result.missing == {"b": ("unknown",)}


def test_the_same_seed_gives_the_same_band() -> None:
    arguments = ([Line("x", "profit", "euro", "x")], {"x": EXACT(0)}, {"x": Estimate(0, 1, 2)}, {})
    assert balance(*arguments, seed=4) == balance(*arguments, seed=4)
    assert balance(*arguments, seed=4) != balance(*arguments, seed=5)


@pytest.mark.parametrize(
    ("text", "place"),
    [("a +", "character"), ("__import__('os')", "character 1"), ("a ** 2", "character 1"), ("a.b", "character 1")],
)
def test_a_formula_holds_nothing_but_arithmetic(text: str, place: str) -> None:
    with pytest.raises(InputError, match=place):
        read_formula(text)


def test_formulas_compute() -> None:
    formula = read_formula("max(a - 1, -b, 0.5) / 2")
    assert formula.names == {"a", "b"}
    assert formula.compute({"a": np.array([1.0, 9]), "b": np.array([0.0, 1])}).tolist() == [0.25, 4]


def test_a_division_by_zero_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match="x: the formula"):
        balance([Line("x", "profit", "euro", "1 / x")], {"x": EXACT(0)}, {"x": EXACT(1)}, {})


def test_every_shipped_coefficient_has_a_source_and_every_line_can_be_computed() -> None:
    coefficients = shipped_coefficients()
    assert all(one.estimate.source and one.unit and one.label["nl"] for one in coefficients.values())
    names = {name for line in shipped_lines() for name in read_formula(line.formula).names} - set(coefficients)
    quantities = {name: EXACT(10) for name in names}
    result = balance(shipped_lines(), quantities, quantities, {id: c.estimate for id, c in coefficients.items()})
    assert result.missing == {}
    assert {one.line.theme for one in result.results} == {"people", "planet", "profit"}
    assert all(one.difference.mode == 0 for one in result.results)


def test_what_is_wrong_in_a_file_is_said_with_the_entry() -> None:
    with pytest.raises(InputError, match="c: x: source is missing"):
        read_coefficients("x: {low: 1, mode: 2, high: 3, unit: kg, status: assumed, label: {nl: a, en: b}}", "c")
    with pytest.raises(InputError, match="x: Give low ≤ mode ≤ high"):
        read_coefficients("x: {low: 3, mode: 2, high: 3, unit: kg, source: s, status: assumed, label: {nl: a, en: b}}")
    with pytest.raises(InputError, match='the theme "money"'):
        read_lines("x: {theme: money, unit: kg, formula: a, label: {nl: a, en: b}}")
