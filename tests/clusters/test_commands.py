"""`hanze clusters` as somebody types it: one JSON line, or what is wrong with the input and exit code 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hanze.cli import main
from tests.clusters.data import shared
from tests.clusters.test_importing import geojson, square


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict:
    assert main(["clusters", *arguments]) == 0
    [line] = capsys.readouterr().out.splitlines()
    return json.loads(line)


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["clusters", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err


def test_pmedian_gives_value_bound_gap_and_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "pmedian", str(shared("pmed/pmed1.txt")), "--format", "orlib")
    assert (found["value"], found["bound"], found["gap"], found["proven"]) == (5819, 5819, 0, True)
    assert len(found["hubs"]) == 5
    assert len(found["assigned"]) == 100
    assert 0 < found["seconds"] < 60


def test_cpmedian_stays_within_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "cpmedian", str(shared("sjc/SJC1.dat")), "--format", "sjc", "--seconds", "2")
    assert 17288.9 <= found["value"] <= 17288.99 * 1.02
    assert found["bound"] <= 17289
    assert found["proven"] == (found["gap"] < 1e-9)


def test_match_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "match", str(shared("netgen-2.min")), "--format", "dimacs")
    assert (found["value"], found["gap"], found["proven"]) == (6749969302, 0, True)


@pytest.fixture
def areas(tmp_path: Path) -> tuple[str, ...]:
    (tmp_path / "areas.csv").write_text("area,soil,soil_low,soil_high,price\nNorth,5,4,6,3\nSouth,4,,,1\n")
    (tmp_path / "criteria.yaml").write_text("soil: {weight: [2, 3, 4]}\nprice: {weight: 1, better: less}\n")
    return str(tmp_path / "areas.csv"), "--criteria", str(tmp_path / "criteria.yaml")


def test_rank_gives_the_order_its_robustness_and_what_overturns_it(
    capsys: pytest.CaptureFixture[str], areas: tuple[str, ...]
) -> None:
    found = answer(capsys, "rank", *areas, "--method", "weighted-sum", "--draws", "500")
    assert [(one["area"], one["score"]) for one in found["areas"]] == [("North", 0.375), ("South", 0.25)]
    assert sum(one["first"] for one in found["areas"]) == pytest.approx(1)
    assert [(one["criterion"], one["to"]) for one in found["overturns"]] == [("soil", "South"), ("price", "South")]
    assert found["overturns"][0]["at"] == pytest.approx(2 / 3)


def test_rank_names_the_value_that_is_missing(
    capsys: pytest.CaptureFixture[str], areas: tuple[str, ...], tmp_path: Path
) -> None:
    Path(areas[0]).write_text("area,soil,price\nNorth,5,\nSouth,many,1\n")
    said = refusal(capsys, "rank", *areas)
    assert "areas.csv, line 2, price: the value is missing." in said
    assert "areas.csv, line 3, soil: expected a number, found many." in said
    Path(areas[2]).write_text("soil: {weight: [3, 2, 1]}\nprice: {better: cheaper}\n")
    said = refusal(capsys, "rank", *areas)
    assert "soil: Give low ≤ mode ≤ high" in said
    assert 'price: better is "more" or "less"' in said


@pytest.fixture
def places(tmp_path: Path) -> tuple[str, ...]:
    """Two farms, each with a hectare at the other's door."""
    (tmp_path / "farms.csv").write_text("nr,x,y,takes_part\n1,113000,520000,yes\n2,117000,520000,yes\n")
    shapes = [({"id": k, "farm": farm}, square(x)) for k, farm, x in ((1, 1, 117000), (2, 2, 113000), (3, 2, 117100))]
    geojson(tmp_path / "parcels.geojson", shapes)
    farms, parcels = str(tmp_path / "farms.csv"), str(tmp_path / "parcels.geojson")
    return "--farms", farms, "--parcels", parcels, "--farm-columns", "id=nr", "--value-per-hectare", "80000"


def test_swap_says_which_parcels_change_hands(capsys: pytest.CaptureFixture[str], places: tuple[str, ...]) -> None:
    found = answer(capsys, "swap", *places, "--seconds", "1")
    assert {(one["parcel"], one["from"], one["to"]) for one in found["moves"]} == {("1", "1", "2"), ("2", "2", "1")}
    assert found["value"] < found["before"]


def test_plan_puts_it_together(capsys: pytest.CaptureFixture[str], places: tuple[str, ...]) -> None:
    found = answer(capsys, "plan", *places, "--seconds", "1", "--minimum", "1")
    assert len(found["farms"]) == 2
    assert found["hubs"]["proven"]
    assert found["distance"]["after"] < found["distance"]["before"]
    assert len(found["land"]["moves"]) == 2


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--farm-columns", "nr"), "write OURS=THEIRS"),
        (("--farm-columns", "id=number"), "there is no column number"),
        (("--bank", "9"), "there is no farm 9"),
        (("--tolerance", "5"), "The tolerance is a share"),
        (("--crs", "EPSG:0"), "is not a coordinate system"),
        (("--hubs", "9"), "ask for 1 to 2"),
    ],
)
def test_what_is_wrong_with_the_arguments_is_said(
    capsys: pytest.CaptureFixture[str], places: tuple[str, ...], more: tuple[str, ...], says: str
) -> None:
    assert says in refusal(capsys, "plan", *places, *more)


def test_a_wrong_file_is_said_with_its_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "graph.txt"
    path.write_text("3 2 9\n1 2 3\n2 3 4\n")
    assert f"{path}, line 1: the number of hubs must be a whole number from 1 to 3" in refusal(
        capsys, "pmedian", str(path)
    )
