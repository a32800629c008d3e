"""A spreadsheet, a list or a map is judged by its contents as it is handed in: what does harm is not even kept."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hanze.accounts.models import Role
from hanze.areas.models import Initiative
from hanze.areas.operations import create_initiative, receive
from hanze.sheets.models import Import
from hanze.sheets.operations import receive_import
from hanze.watchlists.models import Edition, Watchlist
from hanze.watchlists.operations import receive_edition
from tests.attack.test_uploads import ENTITIES, OUTSIDE_ENTITY, bomb
from tests.register.test_sniffing import pdf, picture

pytestmark = pytest.mark.django_db


def locked() -> bytes:
    """A zip of which the parts say that they are locked."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as package:
        package.writestr("list.csv", "name\nA\n")
    content = bytearray(packed.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    return bytes(content)


PAGE = b"<!doctype html><html><title>Sign in</title></html>"
PROGRAM = b"MZ" + b"\0" * 100
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
SHEETS = {
    "bomb": ("a.xlsx", bomb("xl/sharedStrings.xml")),
    "entities": ("a.xlsx", bomb("xl/workbook.xml", ENTITIES)),
    "a zip of something else": ("a.xlsx", locked()),
    "a program": ("a.csv", PROGRAM),
    "a picture": ("a.csv", picture()),
    "a pdf": ("a.txt", pdf()),
    "an old sheet with another name": ("a.xlsx", OLD),
    "nothing but zeros": ("a.tsv", b"\0" * 100),
}
LISTS = {
    "bomb": ("a.zip", bomb("list.xml")),
    "locked": ("a.zip", locked()),
    "damaged": ("a.zip", b"PK\x03\x04 and then nothing"),
    "entities": ("a.xml", ENTITIES),
    "a file from outside": ("a.xml", OUTSIDE_ENTITY),
    "entities in two bytes": ("a.xml", ENTITIES.decode().encode("utf-16")),
    "a program": ("a.csv", PROGRAM),
    "a picture": ("a.csv", picture()),
    "a pdf": ("a.xml", pdf()),
    "a page instead of the file": ("a.xml", PAGE),
}
MAPS = {
    "bomb": ("a.xlsx", bomb("xl/sharedStrings.xml")),
    "a program": ("a.gpkg", PROGRAM),
    "a page": ("a.geojson", PAGE),
    "deep": ("a.json", b"[" * 100_000),
    "locked": ("a.zip", locked()),
}


def kept() -> set[str]:
    folders = ("imports", "watchlists", "places")
    return {name for folder in folders if default_storage.exists(folder) for name in default_storage.listdir(folder)[1]}


@pytest.fixture(autouse=True)
def empty_storage(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES}


@pytest.mark.parametrize("case", SHEETS)
def test_a_harmful_spreadsheet_is_not_kept(case: str, people: dict[Role, Any]) -> None:
    name, content = SHEETS[case]
    with pytest.raises(ValidationError) as refused:
        receive_import(by=people[Role.COORDINATOR], file=ContentFile(content, name=name))
    assert "file" in refused.value.message_dict
    assert not Import.objects.exists()
    assert kept() == set()


@pytest.mark.parametrize("case", LISTS)
def test_a_harmful_list_is_not_kept(case: str, people: dict[Role, Any]) -> None:
    name, content = LISTS[case]
    watchlist = Watchlist.objects.create(name="A list", slug="a-list", publisher="eu")
    with pytest.raises(ValidationError) as refused:
        receive_edition(watchlist, ContentFile(content, name=name), by=people[Role.COORDINATOR])
    assert "file" in refused.value.message_dict
    assert not Edition.objects.exists()
    assert kept() == set()


@pytest.mark.parametrize("case", MAPS)
def test_a_harmful_map_is_not_kept(case: str, people: dict[Role, Any]) -> None:
    name, content = MAPS[case]
    initiative: Initiative = create_initiative(by=people[Role.COORDINATOR], title="Hubs")
    with pytest.raises(ValidationError):
        receive(initiative, by=people[Role.COORDINATOR], kind="farms", file=ContentFile(content, name=name))
    assert kept() == set()


@pytest.mark.parametrize(
    ("name", "content"), [("a.csv", "naam;land\nÀ;NL".encode()), ("a.tsv", b"name\tcountry\nA\tNL")]
)
def test_an_honest_sheet_is_kept(name: str, content: bytes, people: dict[Role, Any]) -> None:
    receive_import(by=people[Role.COORDINATOR], file=ContentFile(content, name=name))
    assert Import.objects.get().file.read() == content
