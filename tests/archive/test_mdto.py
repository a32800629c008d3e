"""Metadata is shaped as MDTO 1.0 asks, and a package holds what it says."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import date
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile

from hanze.accounts.models import Role
from hanze.archive import mdto
from hanze.archive.models import Archiving
from hanze.archive.operations import pack
from hanze.casework.models import Request, RequestDocument
from tests import factories

SPACE = f"{{{mdto.NAMESPACE}}}"


def smallest() -> list[tuple[str, Any]]:
    return [
        ("identificatie", mdto.identification("1", "Register")),
        ("naam", "Case 1"),
        ("waardering", mdto.term("Tijdelijk te bewaren", "List", "V")),
        ("archiefvormer", mdto.reference("Our Region")),
        ("beperkingGebruik", (("beperkingGebruikType", mdto.term("Openbaar", "List")),)),
    ]


def test_the_smallest_record_is_written_in_the_namespace_of_mdto() -> None:
    root = Xml.fromstring(mdto.document("informatieobject", smallest()))
    assert root.tag == f"{SPACE}MDTO"
    assert root.findtext(f"{SPACE}informatieobject/{SPACE}naam") == "Case 1"


@pytest.mark.parametrize("left_out", range(5))
def test_what_must_be_there_is_asked_for(left_out: int) -> None:
    content = smallest()
    name, _value = content.pop(left_out)
    with pytest.raises(mdto.ShapeError, match=name):
        mdto.document("informatieobject", content)


def test_the_order_and_the_number_of_elements_is_kept() -> None:
    with pytest.raises(mdto.ShapeError, match="order"):
        mdto.document("informatieobject", list(reversed(smallest())))
    with pytest.raises(mdto.ShapeError, match="naam occurs 2 times"):
        mdto.document("informatieobject", [*smallest()[:2], ("naam", "Again"), *smallest()[2:]])
    with pytest.raises(mdto.ShapeError, match="has no place"):
        mdto.document("informatieobject", [*smallest(), ("kleur", "rood")])
    with pytest.raises(mdto.ShapeError, match="a text is wanted"):
        mdto.document("informatieobject", [smallest()[0], ("naam", " "), *smallest()[2:]])


@pytest.mark.parametrize(
    ("name", "value", "right"),
    [
        ("dekkingInTijdBegindatum", "2024", True),
        ("dekkingInTijdBegindatum", "2024-05", True),
        ("dekkingInTijdBegindatum", "2024-05-23", True),
        ("dekkingInTijdBegindatum", "23 May 2024", False),
        ("dekkingInTijdBegindatum", "2024-13", False),
        ("dekkingInTijdEinddatum", "2024-05-23T10:00:00", False),
    ],
)
def test_a_text_is_of_the_type_that_the_schema_says(name: str, value: str, right: bool) -> None:
    covered: list[tuple[str, Any]] = [("dekkingInTijdType", mdto.term("Looptijd", "List"))]
    dates = [("dekkingInTijdBegindatum", "2024"), (name, value)] if name.endswith("Einddatum") else [(name, value)]
    content = [*smallest()[:2], ("dekkingInTijd", (*covered, *dates)), *smallest()[2:]]
    if right:
        mdto.document("informatieobject", content)
    else:
        with pytest.raises(mdto.ShapeError, match=name):
            mdto.document("informatieobject", content)


@pytest.mark.parametrize(
    ("size", "made", "right"),
    [("12", "2024-05-23T10:00:00", True), ("twelve", "2024-05-23T10:00:00", False), ("12", "2024-05-23", False)],
)
def test_size_and_moment_of_a_file_are_a_number_and_a_moment(size: str, made: str, right: bool) -> None:
    content = (
        ("identificatie", mdto.identification("1", "Register")),
        ("naam", "a.pdf"),
        ("omvang", size),
        ("bestandsformaat", mdto.term("PDF", "List")),
        (
            "checksum",
            (("checksumAlgoritme", mdto.term("SHA-256", "List")), ("checksumWaarde", "x"), ("checksumDatum", made)),
        ),
        ("isRepresentatieVan", mdto.reference("A")),
    )
    if right:
        mdto.document("bestand", content)
    else:
        with pytest.raises(mdto.ShapeError, match="type"):
            mdto.document("bestand", content)


def test_letters_that_xml_knows_no_place_for_are_left_out() -> None:
    content = [smallest()[0], ("naam", "A\x0bB <&> é 深圳"), *smallest()[2:]]
    root = Xml.fromstring(mdto.document("informatieobject", content))
    assert root.findtext(f"{SPACE}informatieobject/{SPACE}naam") == "AB <&> é 深圳"


@pytest.fixture
def archiving(db: None) -> Archiving:
    request = factories.request(state=Request.State.CLOSED, closed_on=date(2020, 2, 29), title="Visit of a delegation")
    file = ContentFile(b"%PDF-1.7 text", name="letter of the mayor.pdf")
    RequestDocument.objects.create(request=request, title="Letter", file=file, content_type="application/pdf")
    return Archiving.objects.get()


def test_each_file_of_a_package_has_metadata_and_a_checksum_that_is_right(
    archiving: Archiving, people: dict[Role, Any]
) -> None:
    package = zipfile.ZipFile(io.BytesIO(pack(archiving, by=people[Role.COORDINATOR])))
    names = package.namelist()
    assert package.testzip() is None
    manifest = package.read(next(name for name in names if name.endswith("manifest-sha256.txt"))).decode()
    sums = dict(reversed(line.split("  ", 1)) for line in manifest.splitlines())
    assert sums.keys() == {name for name in names if not name.endswith("manifest-sha256.txt")}
    assert all(hashlib.sha256(package.read(name)).hexdigest() == kept for name, kept in sums.items())
    for name in names:
        if name.endswith(".mdto.xml"):
            mdto.check(package.read(name))
    pieces = [name for name in names if not name.endswith((".mdto.xml", "manifest-sha256.txt"))]
    assert len(pieces) == 3
    for name in pieces:
        about = Xml.fromstring(package.read(f"{name}.bestand.mdto.xml"))[0]
        assert about.findtext(f"{SPACE}checksum/{SPACE}checksumWaarde") == sums[name]
        assert about.findtext(f"{SPACE}omvang") == str(len(package.read(name)))
        assert f"{name}.mdto.xml" in names


def test_a_package_says_the_term_and_holds_the_case(archiving: Archiving, people: dict[Role, Any]) -> None:
    package = zipfile.ZipFile(io.BytesIO(pack(archiving, by=people[Role.COORDINATOR])))
    folder = package.namelist()[0].partition("/")[0]
    case = Xml.fromstring(package.read(f"{folder}/{folder}.mdto.xml"))[0]
    assert case.findtext(f"{SPACE}bewaartermijn/{SPACE}termijnEinddatum") == "2030-03-01"
    assert case.findtext(f"{SPACE}waardering/{SPACE}begripCode") == "V"
    content = json.loads(package.read(f"{folder}/case.json"))
    assert content["casework.request"][0]["title"] == "Visit of a delegation"


def test_a_package_is_for_who_manages_the_archive_and_sees_the_case(
    archiving: Archiving, people: dict[Role, Any]
) -> None:
    with pytest.raises(PermissionDenied):
        pack(archiving, by=people[Role.POLICY_OFFICER])
    Request.objects.update(classification="restricted")
    with pytest.raises(PermissionDenied):
        pack(archiving, by=people[Role.COORDINATOR])
