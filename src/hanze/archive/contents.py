"""The words in a kept file, as far as they can be read without running anything, and whether that is all of it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pikepdf
import pypdfium2
from PIL import ExifTags, Image

PLAIN = {".txt", ".csv", ".md", ".eml", ".ics", ".json", ".html", ".xml", ".vcf"}
OFFICE = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}
PICTURES = {".jpg", ".jpeg", ".png", ".gif", ".tif", ".tiff"}
LARGEST = 40 * 1024 * 1024
MOST_PAGES = 2_000
TAG = re.compile(r"<[^>]*>")
RTF = re.compile(r"\\'([0-9a-f]{2})|\\u(-?\d+) ?\??|\\[a-z]+-?\d* ?|[{}\r\n]", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """What was read of a file; `whole` is false when there can be words in it that were not."""

    text: str = ""
    whole: bool = True


def read(file: Any) -> Reading:
    """The text of a plain, office or PDF file, and what a picture or a PDF says of itself.

    Not whole: pictures and scanned pages (what is written in them is not read), old office files, every other kind,
    and a file that is gone, broken, locked or too large.
    """
    extension = PurePosixPath(file.name or "").suffix.lower()
    try:
        if file.size > LARGEST:
            return Reading(whole=False)
        with file.open("rb") as opened:
            return _read_of(extension, opened.read())
    except Exception:  # the readers of others raise whatever they stumble over
        return Reading(whole=False)


def _read_of(extension: str, content: bytes) -> Reading:
    if extension in PLAIN:
        return Reading(content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "replace"))
    if extension in OFFICE:
        return _of_office(content)
    if extension == ".pdf":
        return _of_pdf(content)
    if extension == ".rtf":
        return Reading(RTF.sub(_letter, content.decode("cp1252", "replace")))
    if extension in PICTURES:
        return Reading("\n".join(_said_in_picture(content)), whole=False)
    return Reading("\n".join(_as_letters(content)), whole=False)


def _of_office(content: bytes) -> Reading:
    with zipfile.ZipFile(BytesIO(content)) as package:
        parts = [part for part in package.infolist() if part.filename.endswith((".xml", ".rels"))]
        if sum(part.file_size for part in parts) > LARGEST:
            return Reading(whole=False)
        return Reading("\n".join(TAG.sub("", package.read(part).decode("utf-8", "replace")) for part in parts))


def _of_pdf(content: bytes) -> Reading:
    """The text of its pages, and every text beside them: its properties, bookmarks, comments and form fields."""
    texts, whole = [], True
    with pikepdf.open(BytesIO(content)) as read_by_structure:
        texts += _texts_in_objects(read_by_structure)
    document = pypdfium2.PdfDocument(content)
    try:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            words = page.get_textpage().get_text_range()
            whole = whole and bool(words.strip() or not _has_pictures(page))
            texts.append(words)
        return Reading("\n".join(texts), whole and len(document) <= MOST_PAGES)
    finally:
        document.close()


def _has_pictures(page: Any) -> bool:
    return next(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]), None) is not None


def _texts_in_objects(read_by_structure: pikepdf.Pdf) -> Iterator[str]:
    for each in read_by_structure.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Type") == "/Metadata":
            yield TAG.sub(" ", each.read_bytes().decode("utf-8", "replace"))
        elif isinstance(each, pikepdf.Dictionary):
            yield from (str(value) for _key, value in each.items() if isinstance(value, pikepdf.String))


def _said_in_picture(content: bytes) -> Iterator[str]:
    """What a picture says of itself: its maker, title, place, comments."""
    with Image.open(BytesIO(content)) as picture:
        exif = picture.getexif()
        values = [*exif.values(), *(value for part in ExifTags.IFD for value in exif.get_ifd(part).values())]
        for value in [*values, *picture.info.values()]:
            if isinstance(value, str):
                yield value
            elif isinstance(value, bytes):
                yield from _as_letters(value)


def _as_letters(content: bytes) -> Iterator[str]:
    """The words that stand in raw bytes, in the ways in which programs write letters."""
    yield content.decode("utf-8", "ignore")
    for start in (0, 1):
        yield content[start:].decode("utf-16-le", "ignore")


def _letter(hit: re.Match[str]) -> str:
    if hit[1]:
        return bytes([int(hit[1], 16)]).decode("cp1252", "replace")
    if hit[2]:
        return chr(int(hit[2]) % 65536)
    return "\n" if hit[0].startswith(("\\par", "\\line")) else ""
