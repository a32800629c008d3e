"""Her name is found in PDFs and in what pictures say of themselves; what cannot be read is listed for a person."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image, PngImagePlugin

from hanze.accounts.models import Role
from hanze.archive.contents import read
from hanze.archive.erasing import erase_person
from hanze.archive.models import Erasure
from hanze.casework.models import RequestDocument
from tests import factories
from tests.archive.test_erasing import NAME, WHY, her
from tests.register.test_sniffing import saved


def page_with(text: str, **info: str) -> bytes:
    """A PDF of one page with a text on it, as a program writes one."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(400, 200))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.Contents = made.make_stream(f"BT /F 12 Tf 20 100 Td ({text}) Tj ET".encode())
    for name, value in info.items():
        made.docinfo[f"/{name}"] = value
    return saved(made.save)


def scan() -> bytes:
    return saved(lambda file: Image.new("RGB", (60, 60), "white").save(file, "PDF"))


def with_comment(text: str) -> bytes:
    with pikepdf.open(io.BytesIO(page_with("Nothing"))) as made:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=text)
        made.pages[0].Annots = pikepdf.Array([made.make_indirect(note)])
        return saved(made.save)


def photo(kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x013B] = NAME
    return saved(lambda file: Image.new("RGB", (20, 10), "red").save(file, kind, exif=exif))


def png() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", NAME)
    return saved(lambda file: Image.new("RGB", (20, 10), "red").save(file, "PNG", pnginfo=said))


NAMED = {
    "letter.pdf": page_with(f"Dear {NAME}, welcome"),
    "author.pdf": page_with("Nothing", Author=NAME),
    "comment.pdf": with_comment(f"Ask {NAME}"),
    "photo.jpg": photo(),
    "drawing.png": png(),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 9 + NAME.encode("utf-16-le"),
    "letter.rtf": rb"{\rtf1\ansi Dear \b Quixanne\b0  Vler\'6bemond,\par}",
}


@pytest.mark.parametrize("name", NAMED)
def test_a_name_is_found_whatever_the_file(name: str) -> None:
    assert NAME in " ".join(read(ContentFile(NAMED[name], name=name)).text.split())


@pytest.mark.parametrize(
    ("name", "content", "whole"),
    [
        ("a.pdf", page_with("All of it is text"), True),
        ("a.txt", b"All of it", True),
        ("a.rtf", b"{\\rtf1 All}", True),
        ("a.pdf", scan(), False),
        ("a.pdf", b"%PDF-1.7 broken", False),
        ("a.jpg", photo(), False),
        ("a.doc", NAMED["old.doc"], False),
        ("a.msg", b"\xd0\xcf\x11\xe0", False),
        ("a.docx", b"PK broken", False),
    ],
)
def test_it_is_known_whether_all_of_a_file_was_read(name: str, content: bytes, whole: bool) -> None:
    assert read(ContentFile(content, name=name)).whole is whole


def test_a_locked_pdf_and_a_file_that_is_gone_were_not_read() -> None:
    with pikepdf.open(io.BytesIO(page_with("Secret"))) as made:
        locked = saved(lambda file: made.save(file, encryption=pikepdf.Encryption(owner="x", user="x")))
    assert not read(ContentFile(locked, name="a.pdf")).whole
    kept = default_storage.save("gone.txt", ContentFile(b"x"))
    file = default_storage.open(kept)
    default_storage.delete(kept)
    file.name = kept
    assert not read(RequestDocument(file=kept).file).whole


@pytest.fixture
def documents(db: None, settings: Any, tmp_path: Path) -> dict[str, RequestDocument]:
    settings.ERASURES_FILE = tmp_path / "erasures.jsonl"
    request = factories.request()
    given = {**NAMED, "scan.pdf": scan(), "other.pdf": page_with("About somebody else")}
    return {
        name: RequestDocument.objects.create(request=request, title=name, file=ContentFile(content, name=name))
        for name, content in given.items()
    }


def test_an_erasure_reaches_them_all_and_keeps_what_can_be_kept(
    documents: dict[str, RequestDocument], people: dict[Role, Any], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(her(), by=people[Role.COORDINATOR], reason=WHY)
    for document in documents.values():
        document.refresh_from_db()
        assert NAME not in " ".join(read(document.file).text.split())
    kinds = {name: document.extension for name, document in documents.items()}
    assert kinds["letter.pdf"] == kinds["old.doc"] == "TXT", "a note stands in its place"
    assert kinds["author.pdf"] == "PDF", "only what it said of its maker is gone"
    assert (kinds["photo.jpg"], kinds["drawing.png"]) == ("JPG", "PNG"), "the picture itself stays"
    with documents["photo.jpg"].file.open("rb") as file, Image.open(file) as image:
        assert image.size == (20, 10)
    assert documents["other.pdf"].extension == "PDF"
    [done] = Erasure.objects.all()
    assert done.unread == [f"casework.requestdocument:{documents['scan.pdf'].pk}:file"]


def test_what_could_not_be_read_is_listed_on_the_pages_and_in_the_report(
    documents: dict[str, RequestDocument], client_for: Any
) -> None:
    client, person = client_for(Role.COORDINATOR), her()
    scanned = documents["scan.pdf"]
    for address in (f"/people/{person.pk}/personal-data/", f"/people/{person.pk}/personal-data/erase/"):
        page = client.get(address).content.decode()
        assert scanned.filename in page
        assert reverse("casework:request-detail", args=[scanned.request_id]) in page
    client.post(f"/people/{person.pk}/personal-data/erase/", {"reason": WHY})
    assert scanned.filename in client.get("/archive/erasures/").content.decode()


def test_files_in_records_that_the_reader_may_not_see_are_not_named(client_for: Any, db: None) -> None:
    hidden = factories.request(classification="restricted")
    kept = RequestDocument.objects.create(request=hidden, title="x", file=ContentFile(scan(), name="zqhidden.pdf"))
    page = client_for(Role.COORDINATOR).get(f"/people/{her().pk}/personal-data/").content.decode()
    assert kept.filename not in page
