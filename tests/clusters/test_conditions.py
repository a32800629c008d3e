"""Conditions: several people prioritise, and how far they agree is measured."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.clusters.conditions import Comparison, Condition, Pairwise, Votes, add_condition, kendalls_w, prioritise
from hanze.clusters.problems import InputError

CONDITIONS = tuple(Condition(id, id.title()) for id in ("people", "scale", "model", "land"))


def test_the_few_with_most_weight_are_chosen_and_each_person_counts_the_same() -> None:
    result = prioritise(
        CONDITIONS,
        [Votes("a", {"people": 3, "model": 1}), Votes("b", {"people": 300, "land": 100})],
        choose=2,
    )
    assert [row.condition.id for row in result.rows] == ["people", "model", "land", "scale"]
    assert [row.weight for row in result.rows] == pytest.approx([0.75, 0.125, 0.125, 0])
    assert [condition.id for condition in result.chosen] == ["people", "model"]


def test_the_advisory_group_may_add_one_and_it_counts() -> None:
    more = add_condition(CONDITIONS, "Added value made visible", id="value")
    assert more[-1].added
    assert prioritise(more, [Votes("a", {"value": 1})], choose=1).chosen == (more[-1],)
    with pytest.raises(InputError, match="already"):
        add_condition(more, "Again", id="value")


def test_full_agreement_is_1_and_opposite_orders_are_0() -> None:
    same = np.array([[1.0, 2, 3, 4]] * 3)
    assert kendalls_w(same)[0] == pytest.approx(1)
    assert kendalls_w(np.array([[1.0, 2, 3, 4], [4.0, 3, 2, 1]]))[0] == pytest.approx(0)


def test_agreement_with_ties_is_what_friedmans_test_says() -> None:
    """W = chi-square / (people x (things - 1)), and scipy's Friedman test corrects for ties too."""
    from scipy.stats import friedmanchisquare, rankdata

    points = np.random.default_rng(2).integers(0, 4, (7, 5)).astype(float)
    expected = friedmanchisquare(*points.T)
    agreement, chance = kendalls_w(rankdata(-points, axis=1))
    assert agreement == pytest.approx(expected.statistic / (7 * 4))
    assert chance == pytest.approx(expected.pvalue)


@given(st.lists(st.floats(0.1, 9), min_size=4, max_size=4))
def test_pairs_that_fit_give_back_the_weights(weights: list[float]) -> None:
    ids = [condition.id for condition in CONDITIONS]
    pairs = tuple(
        Comparison(ids[i], ids[j], weights[i] / weights[j]) for i in range(4) for j in range(i + 1, 4) if i + j != 3
    )
    result = prioritise(CONDITIONS, [Pairwise("a", pairs)])
    found = {row.condition.id: row.weight for row in result.rows}
    assert [found[id] for id in ids] == pytest.approx([weight / sum(weights) for weight in weights])
    assert result.inconsistency["a"] == pytest.approx(1)


def test_conditions_that_no_pair_links_are_refused() -> None:
    with pytest.raises(InputError, match="not compared"):
        prioritise(CONDITIONS, [Pairwise("a", (Comparison("people", "scale", 2),))])


def test_what_is_wrong_with_a_ballot_is_said_with_its_row() -> None:
    ballots = [Votes("a", {"people": 1}), Votes("a", {"soil": 1}), Votes("c", {"land": -1})]
    with pytest.raises(InputError) as caught:
        prioritise(CONDITIONS, ballots)
    assert [(problem.row, problem.message) for problem in caught.value.problems] == [
        (2, "a is there twice."),
        (2, '"soil" is not a condition.'),
        (3, 'The points for "land" must be a number of at least 0.'),
    ]
