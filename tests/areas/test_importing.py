"""Farms, parcels and areas come in from a file: all of it or nothing, and every wrong row is named."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
import pyogrio.raw
import pytest
import shapely
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from hanze.accounts.models import Role
from hanze.areas import operations, tasks
from hanze.areas.models import Farm, PlaceList
from hanze.areas.words import in_words
from hanze.audit.models import Event
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db


def test_farms_of_a_dutch_table_come_in_with_the_columns_that_hanze_guessed() -> None:
    handed = making.brought_in("farms", making.FARMS, "bedrijven.csv")
    assert (handed.state, handed.rows_found) == ("done", 2)
    one = handed.initiative.farms.get(code="1")
    assert (one.name, one.x, one.y, one.organic, one.takes_part) == ("Een", 113_000, 520_000, True, True)
    assert Event.objects.filter(name="places.done", data__rows=2).exists()


def test_parcels_come_in_with_their_shape_their_farm_and_measured_hectares() -> None:
    initiative = making.brought_in("farms", making.FARMS, "f.csv").initiative
    assert making.brought_in("parcels", making.PARCELS, "p.geojson", initiative).state == "done"
    parcel = initiative.parcels.get(code="p2")
    assert (parcel.farm.code, parcel.area, parcel.value) == ("2", 1, 80_000)
    assert shapely.from_wkb(bytes(parcel.shape)).area == 10_000


def test_areas_come_in_from_a_geopackage_and_keep_columns_that_are_not_ours(tmp_path: Path) -> None:
    shape = shapely.to_wkb(shapely.box(100_000, 500_000, 101_000, 501_000))
    pyogrio.raw.write(
        tmp_path / "g.gpkg",
        geometry=np.array([shape], dtype=object),
        field_data=[np.array(["a"], dtype=object), np.array(["Noord"], dtype=object), np.array([12])],
        fields=["code", "naam", "inwoners"],
        geometry_type="Polygon",
        crs="EPSG:28992",
        driver="GPKG",
    )
    handed = making.brought_in("areas", (tmp_path / "g.gpkg").read_bytes(), "gebieden.gpkg")
    [area] = handed.initiative.areas.all()
    assert (area.code, area.name, area.more) == ("a", "Noord", {"inwoners": 12})


def test_every_wrong_row_is_named_and_then_nothing_comes_in() -> None:
    wrong = "nummer;naam;x;y;bio\n1;Een;113000;520000;ja\n2;Twee;ver;520000;ja\n2;Drie;113000;520000;misschien\n"
    handed = making.brought_in("farms", wrong, "f.csv")
    assert handed.state == "refused"
    assert [(each["row"], each["column"]) for each in handed.problems] == [(3, "x"), (4, "bio")]
    assert not Farm.objects.exists()
    assert in_words(handed.problems[0]["message"]) == "x moet een getal zijn; er staat: ver."


def test_a_refused_file_comes_in_once_its_columns_are_right() -> None:
    handed = making.brought_in("parcels", making.PARCELS, "p.geojson")
    assert [in_words(each["message"]) for each in handed.problems] == [
        "het bedrijf 1 staat niet in de lijst met bedrijven.",
        "het bedrijf 2 staat niet in de lijst met bedrijven.",
    ]
    making.brought_in("farms", making.FARMS, "f.csv", handed.initiative)
    again = operations.bring_in(operations.start_bringing_in(handed, by=None))
    assert (again.state, again.problems, handed.initiative.parcels.count()) == ("done", [], 2)


def test_a_new_list_takes_the_place_of_the_former_and_keeps_the_farms_that_stay() -> None:
    initiative = making.brought_in("farms", making.FARMS, "f.csv").initiative
    kept = initiative.farms.get(code="2").pk
    making.brought_in("farms", "nummer;x;y\n2;113500;520000\n3;113600;520000\n", "nieuw.csv", initiative)
    assert list(initiative.farms.values_list("code", flat=True)) == ["2", "3"]
    assert (initiative.farms.get(code="2").pk, initiative.farms.get(code="2").x) == (kept, 113_500)


def test_a_list_that_leaves_out_a_farm_with_land_is_refused() -> None:
    initiative = making.brought_in("farms", making.FARMS, "f.csv").initiative
    making.brought_in("parcels", making.PARCELS, "p.geojson", initiative)
    handed = making.brought_in("farms", "nummer;x;y\n2;113500;520000\n", "nieuw.csv", initiative)
    assert [in_words(each["message"]) for each in handed.problems] == [
        "het bedrijf 1 heeft percelen en staat niet in deze lijst."
    ]
    assert (initiative.farms.count(), initiative.parcels.count()) == (2, 2)


def test_lists_of_other_initiatives_stay_as_they_are() -> None:
    first = making.brought_in("farms", making.FARMS, "f.csv").initiative
    making.brought_in("farms", making.FARMS, "f.csv")
    assert first.farms.count() == 2


def test_another_coordinate_system_sends_the_file_back_to_be_looked_at() -> None:
    content = "nummer;lon;lat\n1;5.38720621;52.15517440\n"
    handed = making.handed_in("farms", content, "f.csv")
    assert handed.mapping == {"id": "nummer", "x": "lon", "y": "lat"}
    changed = operations.choose_columns(handed, by=None, mapping=handed.mapping, crs="epsg:4326")
    assert changed.state == "looking"
    operations.bring_in(operations.start_bringing_in(operations.look(changed), by=None))
    farm = handed.initiative.farms.get()
    assert (farm.x, farm.y) == (pytest.approx(155_000, abs=2), pytest.approx(463_000, abs=2))


def test_a_needed_column_and_a_column_chosen_twice_are_told_at_their_field() -> None:
    handed = making.handed_in("farms", making.FARMS, "f.csv")
    with pytest.raises(ValidationError) as wrong:
        operations.choose_columns(handed, by=None, mapping={"id": "nummer", "x": "x", "name": "x"})
    assert set(wrong.value.message_dict) == {"column-y", "column-name"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("f.exe", b"x;y\n"),
        ("f.csv", b""),
        ("f.csv", b"<OGRVRTDataSource></OGRVRTDataSource>"),
        ("f.geojson", b"<OGRVRTDataSource></OGRVRTDataSource>"),
        ("f.geojson", b'{"type": "Topology"}'),
        ("f.gpkg", b"not a database"),
        ("f.zip", b"PK\x03\x04 broken"),
        ("f.xlsx", b"not a workbook"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_not_kept(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as wrong:
        making.handed_in("farms", content, name)
    assert set(wrong.value.message_dict) == {"file"}
    assert not PlaceList.objects.exists()


def test_a_zip_with_anything_but_one_shapefile_is_not_kept() -> None:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as package:
        for part in ("a.shp", "a.dbf", "a.vrt"):
            package.writestr(part, "x")
    with pytest.raises(ValidationError):
        making.handed_in("areas", kept.getvalue(), "a.zip")


def test_a_geopackage_with_a_table_that_reads_other_files_is_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "g.gpkg"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE gpkg_contents (table_name TEXT)")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
    database.commit()
    database.close()
    with pytest.raises(ValidationError):
        making.handed_in("areas", path.read_bytes(), "g.gpkg")


def test_only_who_may_change_the_initiative_hands_in_a_file() -> None:
    initiative = factories.initiative(classification="restricted")
    with pytest.raises(PermissionDenied):
        making.handed_in("farms", making.FARMS, "f.csv", initiative, by=factories.user(Role.COORDINATOR))


def test_a_file_that_was_brought_in_is_not_brought_in_again_or_thrown_out() -> None:
    handed = making.brought_in("farms", making.FARMS, "f.csv")
    with pytest.raises(ValidationError):
        operations.discard(handed, by=None)
    tasks.bring_in_places.call(handed.pk)
    assert handed.initiative.farms.count() == 2


def test_work_that_breaks_off_says_so_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    handed = operations.start_bringing_in(making.handed_in("farms", making.FARMS, "f.csv"), by=None)

    def broken(_rows: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(Farm.objects, "bulk_create", lambda *_rows, **_options: broken(_rows))
    with pytest.raises(OSError, match="disk"):
        tasks.bring_in_places.call(handed.pk)
    handed.refresh_from_db()
    assert (handed.state, Farm.objects.count()) == ("refused", 0)
    assert "logboek" in in_words(handed.problems[0]["message"])


def test_an_initiative_has_no_file_without_contents() -> None:
    with pytest.raises(ValidationError):
        operations.receive(
            factories.initiative(), by=None, kind="forests", file=ContentFile(making.FARMS.encode(), name="f.csv")
        )
