"""Groups: dense ones, and regions in one piece that keep to who must and who cannot work together."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from hanze.clusters.grouping import dense_groups, grow_regions, hub_costs, near_pairs, touching_pairs
from hanze.clusters.problems import InputError


def test_dense_places_are_a_group_and_a_lonely_one_is_not() -> None:
    points = np.array([[0.0, 0], [1, 0], [0, 1], [100, 100], [101, 100], [100, 101], [50, 0]])
    assert dense_groups(points, reach=2, least=3).tolist() == [0, 0, 0, 1, 1, 1, -1]


def test_a_place_without_coordinates_is_refused_with_its_row() -> None:
    with pytest.raises(InputError, match="line 2: A coordinate is missing"):
        dense_groups(np.array([[0.0, 0], [np.nan, 1]]), reach=1)


def test_shapes_with_a_ditch_between_them_touch() -> None:
    shapes = [shapely.box(0, 0, 10, 10), shapely.box(10.5, 0, 20, 10), shapely.box(30, 0, 40, 10)]
    assert touching_pairs(shapes, gap=1).tolist() == [[0, 1]]


@given(st.integers(0, 100_000), st.integers(5, 40), st.integers(1, 6))
@settings(max_examples=60, deadline=None)
def test_regions_are_in_one_piece_large_enough_and_keep_to_the_pairs(seed: int, units: int, minimum: int) -> None:
    random = np.random.default_rng(seed)
    points = random.random((units, 2))
    pairs = near_pairs(points, 0.35)
    must = [(0, 1)] if seed % 2 else []
    cannot = [(2, 3), (2, 4)]
    regions = grow_regions(points, np.ones(units), pairs, minimum=minimum, must=must, cannot=cannot)
    label = regions.label
    assert (np.bincount(label) == regions.size).all()
    assert all(label[one] == label[other] for one, other in must)
    assert all(label[one] != label[other] for one, other in cannot)
    edges = np.vstack([pairs, np.array(must, dtype=int).reshape(-1, 2)])
    inside = edges[label[edges[:, 0]] == label[edges[:, 1]]]
    graph = coo_array((np.ones(len(inside)), (inside[:, 0], inside[:, 1])), shape=(units, units))
    assert connected_components(graph, directed=False)[0] == regions.count
    for region in range(regions.count):
        assert (regions.size[region] < minimum) == (region in regions.small)


def test_a_region_stays_small_only_where_nothing_may_be_joined() -> None:
    line = np.arange(4.0)[:, None]
    pairs = [(0, 1), (1, 2), (2, 3)]
    regions = grow_regions(line, np.ones(4), pairs, minimum=2, cannot=[(0, 1)])
    assert regions.small == (0,)
    assert regions.label.tolist() == [0, 1, 1, 1] or regions.size[regions.label[1]] >= 2


def test_regions_join_on_to_the_number_asked_for() -> None:
    line = np.array([[0.0], [1], [2], [10], [11], [12]])
    pairs = [(k, k + 1) for k in range(5)]
    assert grow_regions(line, np.ones(6), pairs, minimum=1, count=2).label.tolist() == [0, 0, 0, 1, 1, 1]


def test_who_must_and_cannot_is_refused() -> None:
    with pytest.raises(InputError, match="units 0 and 2 cannot be together, and must be"):
        grow_regions(np.zeros((3, 1)), np.ones(3), [], minimum=1, must=[(0, 1), (1, 2)], cannot=[(0, 2)])


def test_a_negative_size_is_refused_with_its_row() -> None:
    with pytest.raises(InputError, match="line 2: A size"):
        grow_regions(np.zeros((2, 1)), np.array([1.0, -1]), [], minimum=1)


def test_hub_costs_are_tonne_kilometres_by_road() -> None:
    cost = hub_costs(np.array([[0.0, 0]]), np.array([[3000.0, 4000]]), np.array([10.0]), detour=1.2)
    assert cost == pytest.approx(np.array([[60.0]]))
