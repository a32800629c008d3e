"""Import: every form that a region has, and every row that cannot be used named before anything is done."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from hanze.clusters.importing import layers, read_areas, read_farms, read_parcels, read_source, to_land
from hanze.clusters.land import propose
from hanze.clusters.problems import InputError
from tests.clusters.data import shared

SQUARE = [[[0, 0], [100, 0], [100, 100], [0, 100], [0, 0]]]


def geojson(path: Path, features: list[tuple[dict, dict | None]], crs: str | None = "EPSG:28992") -> Path:
    content = {"type": "FeatureCollection", "features": []}
    if crs:
        content["crs"] = {"type": "name", "properties": {"name": crs}}
    for properties, shape in features:
        content["features"].append({"type": "Feature", "properties": properties, "geometry": shape})
    path.write_text(json.dumps(content))
    return path


def square(x: float, y: float = 520_000, side: float = 100) -> dict:
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "Polygon", "coordinates": [ring]}


def farms_csv(path: Path, rows: str) -> Path:
    path.write_text("nummer;naam;x;y;bio;mee\n" + rows)
    return path


COLUMNS = {"id": "nummer", "name": "naam", "x": "x", "y": "y", "organic": "bio", "takes_part": "mee"}


def test_farms_come_from_a_csv_with_dutch_numbers_and_words(tmp_path: Path) -> None:
    path = farms_csv(tmp_path / "farms.csv", '1;Eén;"113000,5";520000;ja;nee\n2;Twee;113100;520000;;ja\n')
    one, two = read_farms(read_source(path), COLUMNS)
    assert (one.id, one.name, one.x, one.organic, one.takes_part) == ("1", "Eén", 113000.5, True, False)
    assert (two.organic, two.takes_part) == (False, True)


def test_farms_come_from_a_spreadsheet_with_longitude_and_latitude(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "lon", "lat", "cows"])
    book.active.append(["a", 5.38720621, 52.15517440, 80])
    book.save(tmp_path / "farms.xlsx")
    source = read_source(tmp_path / "farms.xlsx")
    [farm] = read_farms(source, {"id": "id", "x": "lon", "y": "lat"}, crs="EPSG:4326")
    assert (farm.x, farm.y) == (pytest.approx(155_000, abs=2), pytest.approx(463_000, abs=2))
    assert farm.more == {"cows": 80}


def test_each_wrong_row_of_a_table_is_named_with_its_line_and_column(tmp_path: Path) -> None:
    rows = "1;a;113000;520000;ja;ja\n1;b;113000;520000;;\n3;c;;520000;;\n4;d;4,9;52,3;;\n5;e;113000;520000;soms;\n"
    with pytest.raises(InputError) as caught:
        read_farms(read_source(farms_csv(tmp_path / "farms.csv", rows)), COLUMNS)
    assert [(problem.row, problem.column, problem.message) for problem in caught.value.problems] == [
        (3, "nummer", "the id 1 is there twice."),
        (4, "x", "x is missing."),
        (5, "x", "lies outside the Netherlands when read as EPSG:28992: is that right?"),
        (6, "bio", "organic must be yes or no, found soms."),
    ]


def test_parcels_are_measured_and_become_land(tmp_path: Path) -> None:
    farms = read_farms(
        read_source(farms_csv(tmp_path / "f.csv", "1;a;113000;520000;;ja\n2;b;117000;520000;;ja\n")), COLUMNS
    )
    shapes = [({"id": k, "farm": farm}, square(x)) for k, farm, x in ((1, 1, 113000), (2, 1, 117000), (3, 2, 113200))]
    source = read_source(geojson(tmp_path / "p.geojson", shapes))
    parcels = read_parcels(source, {"id": "id", "farm": "farm"}, farms, value_per_hectare=80_000)
    assert [(parcel.area, parcel.value) for parcel in parcels] == [(pytest.approx(1), pytest.approx(80_000))] * 3
    land, owners = to_land(farms, parcels)
    assert land.perimeter == pytest.approx([400, 400, 400])
    assert len(propose(land, owners).moves) == 2


def test_each_wrong_parcel_is_named(tmp_path: Path) -> None:
    farms = read_farms(read_source(farms_csv(tmp_path / "f.csv", "1;a;113000;520000;;ja\n")), COLUMNS)
    bow = {
        "type": "Polygon",
        "coordinates": [[[113000, 520000], [113100, 520100], [113100, 520000], [113000, 520100], [113000, 520000]]],
    }
    features = [
        ({"id": "a", "farm": "1", "ha": 1.0}, bow),
        ({"id": "b", "farm": "9", "ha": 1.0}, square(113000)),
        ({"id": "c", "farm": "1", "ha": -1.0}, square(113000)),
        ({"id": "d", "farm": "1", "ha": 1.0}, None),
        ({"id": "e", "farm": "1", "ha": 1.0}, {"type": "Point", "coordinates": [113000, 520000]}),
        ({"id": "f", "farm": None, "ha": 1.0}, square(113000)),
    ]
    source = read_source(geojson(tmp_path / "p.geojson", features))
    with pytest.raises(InputError) as caught:
        read_parcels(source, {"id": "id", "farm": "farm", "area": "ha"}, farms, value_per_hectare=1)
    said = [(problem.row, problem.message.split(":")[0]) for problem in caught.value.problems]
    assert said == [
        (1, "the shape is not valid"),
        (2, "the farm 9 is not in the list of farms."),
        (3, "the area must be above zero, found -1."),
        (4, "the shape is missing."),
        (5, "the shape must be a polygon, found a Point."),
        (6, "farm is missing."),
    ]


def test_a_wrong_coordinate_system_is_named_with_its_row(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", [({"id": 1}, square(113000))], crs="EPSG:32631")
    with pytest.raises(InputError, match=r"line 1: lies outside the Netherlands when read as EPSG:32631"):
        read_source(path)


def test_shapes_in_another_system_are_brought_into_the_grid(tmp_path: Path) -> None:
    ring = [[4.7, 52.7], [4.8, 52.7], [4.8, 52.8], [4.7, 52.7]]
    path = geojson(
        tmp_path / "a.geojson", [({"id": 1, "n": "Polder"}, {"type": "Polygon", "coordinates": [ring]})], crs=None
    )
    [area] = read_areas(read_source(path), {"id": "id", "name": "n"})
    assert (area.name, outside_of_grid(area.shape.bounds)) == ("Polder", False)


def outside_of_grid(bounds: tuple[float, float, float, float]) -> bool:
    return not (100_000 < bounds[0] < bounds[2] < 125_000 and 520_000 < bounds[1] < bounds[3] < 545_000)


def test_columns_that_are_not_there_are_named(tmp_path: Path) -> None:
    source = read_source(farms_csv(tmp_path / "farms.csv", "1;a;113000;520000;;\n"))
    with pytest.raises(InputError, match="say which column holds: x, y"):
        read_farms(source, {"id": "nummer"})
    with pytest.raises(InputError, match="there is no column nr; there are: nummer, naam"):
        read_farms(source, {"id": "nr", "x": "x", "y": "y"})
    with pytest.raises(InputError, match="has no shapes"):
        read_areas(source, {"id": "nummer"})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.gpkg", "no database", "cannot be read"),
        ("a.geojson", "{", "cannot be read"),
        ("a.txt", "", "none of the forms"),
        ("a.csv", None, "is not there"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: str | None, says: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content)
    with pytest.raises(InputError, match=says) as caught:
        read_source(path)
    assert caught.value.problems[0].source == name


def test_a_real_geopackage_of_parcels_is_read() -> None:
    path = shared("brp_nl/brpgewaspercelen_definitief_2023.gpkg")
    assert layers(path) == ("brp_gewas",)
    source = read_source(path)
    assert (len(source), source.crs) == (100, "EPSG:28992")
    assert len(source.sha256) == 64
