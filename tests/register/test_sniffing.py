"""What may be kept is what its contents say; macros, locks, bombs and disguises are refused in plain words."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress

import docx
import openpyxl
import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from PIL import Image

from hanze.register.documents import TYPES, check_file
from hanze.register.sniffing import RefusedError, check_contents
from hanze.register.stripping import without_metadata

MAKER = "Noor Vlerkemond"


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph("Dear region")
    made.core_properties.author = made.core_properties.last_modified_by = MAKER
    made.add_comment(made.paragraphs[0].runs, text="Look", author=MAKER, initials="NV")
    return saved(made.save)


def sheet() -> bytes:
    made = openpyxl.Workbook()
    made.properties.creator = MAKER
    made.active["A1"] = "Amount"
    made.active["A1"].comment = Comment("Look", MAKER)
    return saved(made.save)


def pdf(**options: object) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.docinfo["/Author"] = MAKER
    with made.open_metadata() as metadata:
        metadata["dc:creator"] = [MAKER]
        metadata["pdfuaid:part"] = "1"
    return saved(lambda file: made.save(file, **options))


def picture(kind: str = "JPEG") -> bytes:
    exif = Image.Exif()
    exif[0x013B], exif[0x0112] = MAKER, 6
    return saved(lambda file: Image.new("RGB", (40, 20), "red").save(file, kind, exif=exif))


def open_text(parts: dict[str, bytes] | None = None) -> bytes:
    kind = b"application/vnd.oasis.opendocument.text"
    given = {"mimetype": kind, "META-INF/manifest.xml": b"<manifest/>", "content.xml": b"<a/>", **(parts or {})}
    return zipped(given | {"meta.xml": f"<m><dc:creator>{MAKER}</dc:creator></m>".encode()})


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    save(file)
    return file.getvalue()


def zipped(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return file.getvalue()


def with_part(document: bytes, name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(document)) as old:
        return zipped({each: old.read(each) for each in old.namelist()} | {name: data})


GOOD = {
    "a.docx": word(),
    "a.xlsx": sheet(),
    "a.pdf": pdf(),
    "a.jpg": picture(),
    "a.png": picture("PNG"),
    "a.odt": open_text(),
    "a.txt": "Één brief".encode(),
    "a.csv": "naam;land\r\nÀ;NL".encode("utf-16"),
    "a.rtf": b"{\\rtf1 text}",
    "a.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR",
    "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
}


def huge_picture() -> bytes:
    """A PNG that says it is 40,000 by 40,000 points."""
    content = bytearray(picture("PNG"))
    content[16:24] = (40_000).to_bytes(4, "big") * 2
    content[29:33] = zlib.crc32(bytes(content[12:29])).to_bytes(4, "big")
    return bytes(content)


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'
BAD = {
    "program": ("a.pdf", b"MZ" + b"\0" * 100, "PDF"),
    "program as text": ("a.txt", b"MZ" + b"\0" * 100, "TXT"),
    "page as picture": ("a.png", b"<html></html>", "PNG"),
    "sheet as letter": ("a.docx", sheet(), "DOCX"),
    "picture of another kind": ("a.png", picture("JPEG"), "PNG"),
    "macros in Word": ("a.docx", with_part(word(), "word/vbaProject.bin", b"x"), "macro"),
    "macros in OpenDocument": ("a.odt", open_text({"Basic/Standard/M.xml": b"<a/>"}), "macro"),
    "macros of before 2007": ("a.doc", GOOD["a.doc"] + "_VBA_PROJECT".encode("utf-16-le"), "macro"),
    "locked Word": ("a.docx", GOOD["a.doc"], "wachtwoord"),
    "locked PDF": ("a.pdf", pdf(encryption=pikepdf.Encryption(owner="x", user="y")), "wachtwoord"),
    "locked OpenDocument": ("a.odt", open_text({"META-INF/manifest.xml": b"<encryption-data/>"}), "wachtwoord"),
    "PDF with a zip behind it": ("a.pdf", pdf() + zipped({"evil": b"x"}), "ander bestand"),
    "picture with a zip behind it": ("a.jpg", picture() + zipped({"evil": b"x"}), "ander bestand"),
    "zip bomb": ("a.docx", with_part(word(), "word/big.bin", b"\0" * 30_000_000), "uitgepakt"),
    "XML bomb": ("a.docx", with_part(word(), "word/document.xml", ENTITIES), "definities"),
    "XML bomb in UTF-16": ("a.xlsx", with_part(sheet(), "xl/x.xml", ENTITIES.decode().encode("utf-16")), "definities"),
    "picture bomb": ("a.png", huge_picture(), "uitgepakt"),
    "object in RTF": ("a.rtf", b"{\\rtf1 {\\object\\objdata 01}}", "ander bestand"),
    "half a document": ("a.docx", word()[:500], "beschadigd"),
}


@pytest.mark.parametrize("name", GOOD)
def test_an_honest_file_is_kept(name: str) -> None:
    check_file(ContentFile(GOOD[name], name=name))


@pytest.mark.parametrize("case", BAD)
def test_what_may_do_harm_is_refused_at_the_field_in_plain_words(case: str) -> None:
    name, content, word_in_it = BAD[case]
    with pytest.raises(ValidationError) as refused:
        check_file(ContentFile(content, name=name))
    [message] = refused.value.message_dict["file"]
    assert word_in_it in message, message


@settings(max_examples=80)
@given(st.binary(max_size=400), st.sampled_from(sorted(TYPES)), st.sampled_from([*GOOD.values(), b""]), st.data())
def test_no_contents_break_the_check(noise: bytes, extension: str, base: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(base)))
    with suppress(RefusedError):
        check_contents(io.BytesIO(base[:at] + noise + base[at + len(noise) :]), f"a{extension}")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pdf", "a.jpg", "a.png", "a.odt"])
def test_a_document_for_everybody_names_no_maker_and_still_opens(name: str) -> None:
    assert MAKER in plain(GOOD[name])
    stripped = without_metadata(GOOD[name], name)
    assert MAKER not in plain(stripped)
    check_file(ContentFile(stripped, name=name))


def plain(content: bytes) -> str:
    """Everything readable in a file: its parts unpacked, its streams inflated."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as read:
            return saved(
                lambda file: read.save(
                    file,
                    stream_decode_level=pikepdf.StreamDecodeLevel.all,
                    compress_streams=False,
                    object_stream_mode=pikepdf.ObjectStreamMode.disable,
                )
            ).decode("latin-1")
    return content.decode("latin-1")


def test_the_text_the_comments_and_what_makes_a_pdf_accessible_stay() -> None:
    letter = docx.Document(io.BytesIO(without_metadata(GOOD["a.docx"], "a.docx")))
    assert [each.text for each in letter.paragraphs] == ["Dear region"]
    assert [each.text for each in letter.comments] == ["Look"]
    book = openpyxl.load_workbook(io.BytesIO(without_metadata(GOOD["a.xlsx"], "a.xlsx")))
    assert book.active["A1"].value == "Amount"
    with pikepdf.open(io.BytesIO(without_metadata(GOOD["a.pdf"], "a.pdf"))) as read:
        assert len(read.pages) == 1
        assert read.open_metadata()["pdfuaid:part"] == "1"


def test_a_picture_stays_upright() -> None:
    with Image.open(io.BytesIO(without_metadata(GOOD["a.jpg"], "a.jpg"))) as image:
        assert image.size == (20, 40)
        assert not dict(image.getexif())
