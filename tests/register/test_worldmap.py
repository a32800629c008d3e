"""The map: TopoJSON is decoded as its specification says, and the projection keeps order and bounds."""

from __future__ import annotations

from math import hypot

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.register.worldmap import WINDOWS, Window, decode, drawing, project, together, unbroken

degrees = {"longitude": st.floats(-180, 180), "latitude": st.floats(-90, 90)}
steps = st.tuples(st.integers(-50, 50), st.integers(-50, 50))
arcs_of_steps = st.lists(st.lists(steps, min_size=2, max_size=6), min_size=1, max_size=4)


def topology(arcs, indices, kind="Polygon", **transform):
    geometry = {"type": kind, "arcs": indices, "id": "528", "properties": {"name": "Somewhere"}}
    return {"type": "Topology", "arcs": arcs, "objects": {"land": {"geometries": [geometry]}}, **transform}


def walked(arc):
    x = y = 0
    for dx, dy in arc:
        x, y = x + dx, y + dy
        yield x * 0.5 + 10, y * 0.25 - 20


@given(arcs_of_steps)
def test_a_quantised_arc_becomes_the_positions_it_was_made_of(arcs):
    described = topology(arcs, [[0]], transform={"scale": [0.5, 0.25], "translate": [10, -20]})
    (shape,) = decode(described, "land")
    assert shape.rings == (tuple(walked(arcs[0])),)


@given(arcs_of_steps, st.data())
def test_arcs_join_at_their_shared_ends_and_a_negative_index_walks_back(arcs, data):
    numbers = st.integers(-len(arcs), len(arcs) - 1)
    indices = data.draw(st.lists(numbers, min_size=1, max_size=5))
    (shape,) = decode(topology(arcs, [indices], transform={"scale": [0.5, 0.25], "translate": [10, -20]}), "land")
    parts = [list(walked(arcs[~i if i < 0 else i])) for i in indices]
    parts = [part[::-1] if i < 0 else part for part, i in zip(parts, indices, strict=True)]
    joined = parts[0] + [point for part in parts[1:] for point in part[1:]]
    assert list(shape.rings[0]) == joined


def test_every_ring_of_a_multipolygon_is_kept():
    arcs = [[[0, 0], [1, 0], [0, 1]], [[5, 5], [1, 0], [0, 1]]]
    (shape,) = decode(topology(arcs, [[[0]], [[1]]], kind="MultiPolygon"), "land")
    assert len(shape.rings) == 2
    assert (shape.number, shape.name) == ("528", "Somewhere")


@pytest.mark.parametrize("wrong", [topology([], [[3]]), {"objects": {}}, {"objects": {"land": None}}])
def test_a_broken_topology_is_refused(wrong):
    with pytest.raises(ValueError, match="topology"):
        list(decode(wrong, "land"))


@given(**degrees)
def test_the_projection_stays_within_the_sphere_and_is_symmetric(longitude, latitude):
    x, y = project(longitude, latitude)
    assert abs(x) <= 2.7067
    assert abs(y) <= 1.3174
    assert project(-longitude, -latitude) == pytest.approx((-x, -y), abs=1e-12)


@given(degrees["longitude"], st.floats(-89, 89), st.floats(0.01, 1))
def test_further_north_is_higher_and_further_east_is_righter(longitude, latitude, further):
    assert project(longitude, latitude + further)[1] > project(longitude, latitude)[1]
    assert project(longitude / 2 + further, latitude)[0] > project(longitude / 2, latitude)[0]


@given(st.floats(-60, 60), st.floats(-150, 150))
def test_areas_keep_their_proportion(latitude, longitude):
    """Equal Earth: a small square covers as much of the map wherever it lies, but for the cosine of its latitude."""
    from math import cos, radians

    step = 0.01
    x, y = project(longitude, latitude)
    east, _ = project(longitude + step, latitude)
    north_x, north_y = project(longitude, latitude + step)
    area = abs((east - x) * (north_y - y))
    assert area == pytest.approx(radians(step) ** 2 * cos(radians(latitude)), rel=2e-3)
    assert north_x == pytest.approx(x, abs=1e-3)


@pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)
def test_a_drawing_shows_countries_and_only_places_within_it(window: Window):
    chart = drawing(window)
    assert len(chart.outlines) > 5
    assert all(outline.path.startswith("M") and outline.path.endswith("Z") for outline in chart.outlines)
    middle = ((window.south + window.north) / 2, (window.west + window.east) / 2)
    assert chart.place(*middle) is not None
    assert chart.place(-85, 0) is None


def test_countries_are_known_by_their_iso_code():
    codes = {outline.code for outline in drawing(WINDOWS["world"]).outlines}
    assert {"NL", "CN", "MA", "JP"} <= codes
    assert "AQ" not in codes


places = st.lists(st.tuples(st.floats(0, 760), st.floats(0, 400)), max_size=30)


@given(places)
def test_every_place_gets_exactly_one_pin_and_pins_keep_their_distance(points):
    groups = together(points, near=19)
    assert sorted(index for group in groups for index in group) == list(range(len(points)))
    heads = [points[group[0]] for group in groups]
    for number, (x, y) in enumerate(heads):
        assert all(hypot(x - a, y - b) >= 19 for a, b in heads[:number])


def test_a_country_across_the_date_line_is_drawn_on_both_sides_without_a_stroke_between():
    ring = ((170.0, 60.0), (180.0, 65.0), (-170.0, 66.0), (-180.0, 69.0), (170.0, 70.0), (170.0, 60.0))
    east, west = unbroken(ring)
    assert all(longitude >= 170 for longitude, _ in east)
    assert all(longitude <= -170 for longitude, _ in west)
    ordinary = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 1.0))
    assert unbroken(ordinary) == (ordinary,)
