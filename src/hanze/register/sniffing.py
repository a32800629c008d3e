"""What a file is by its contents, whatever its name says; refused are macros, locks, bombs and two kinds in one."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

import pikepdf
from django.utils.translation import gettext as _
from PIL import Image

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BLOCK = 1 << 20
# A document unpacks to at most this much, of at most so many parts, none packed tighter than that.
MOST_UNPACKED, MOST_PARTS, TIGHTEST, SMALL = 400 * 2**20, 20_000, 250, 2**20
MOST_PIXELS = 60_000_000
PART_READ = 64 * 2**20
OPEN_XML = {
    ".docx": "wordprocessingml.document.main+xml",
    ".xlsx": "spreadsheetml.sheet.main+xml",
    ".pptx": "presentationml.presentation.main+xml",
}
OPEN_DOCUMENT = {
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".odp": "application/vnd.oasis.opendocument.presentation",
}
IMAGES = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG"}
TEXTS = (".txt", ".csv", ".tsv", ".md", ".eml", ".ics")
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa")
NO_DATA = (*PROGRAMS, OLE, b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf")
DEFINITIONS = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
# A list of names is longer than a document: those of whole countries are some hundreds of megabytes.
MOST_OF_DATA = 2 * 2**30
Opened = BinaryIO


class RefusedError(Exception):
    """Why a file is not kept, in plain words."""


def check_contents(file: Opened, name: str) -> None:
    """Raise RefusedError unless `file` is what the extension of `name` says and holds nothing that does harm.

    The file is left at its start.
    """
    extension = PurePosixPath(name).suffix.lower()
    try:
        file.seek(0)
        _check_of(extension)(file, extension)
        if extension not in (*OPEN_XML, *OPEN_DOCUMENT):
            _refuse_two_kinds(file)
    finally:
        file.seek(0)


def check_data(file: Opened) -> None:
    """Raise RefusedError when `file`, handed in as a list of whatever form, is no data or would do harm when it is
    read: a program, a document, a picture, a web page, a zip that is locked or unpacks to far too much, XML with
    definitions.

    The file is left at its start.
    """
    try:
        file.seek(0)
        start = file.read(BLOCK)
        if start.startswith(NO_DATA):
            raise RefusedError(_("This is no list but a program, a document or a picture."))
        if re.match(rb"(\xef\xbb\xbf)?\s*<(!doctype\s+html|html)\b", start, re.IGNORECASE):
            raise RefusedError(_("This is a web page and not the file itself. Download the file anew."))
        if DEFINITIONS.search(start):
            raise RefusedError(_("This file holds definitions that no document needs; it is not opened."))
        if start.startswith(ZIP):
            _package_of_data(file)
    finally:
        file.seek(0)


def _package_of_data(file: Opened) -> None:
    try:
        parts = zipfile.ZipFile(file).infolist()
    except Exception:  # its reader raises whatever it stumbles over
        raise RefusedError(_("This file is damaged: it cannot be unpacked.")) from None
    if any(part.flag_bits & 1 for part in parts):
        raise _locked()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_OF_DATA or _tight(parts):
        raise _bomb()


def _tight(parts: list[zipfile.ZipInfo]) -> bool:
    """Whether a part is packed tighter than any words or figures would be."""
    return any(part.file_size > SMALL and part.file_size > TIGHTEST * max(part.compress_size, 1) for part in parts)


def _check_of(extension: str) -> Callable[[Opened, str], None]:
    if extension in OPEN_XML:
        return _check_open_xml
    if extension in OPEN_DOCUMENT:
        return _check_open_document
    if extension in IMAGES:
        return _check_image
    if extension in TEXTS:
        return _check_text
    return {".pdf": _check_pdf, ".rtf": _check_rtf}.get(extension, _check_ole)


def _is_not(extension: str) -> RefusedError:
    kind = extension.lstrip(".").upper()
    return RefusedError(_("The contents of this file are not those of a %(kind)s file.") % {"kind": kind})


def _macros() -> RefusedError:
    return RefusedError(_("This file holds macros (a program). Save it without macros and add it again."))


def _locked() -> RefusedError:
    return RefusedError(_("This file is locked with a password. Save it without one and add it again."))


def _bomb() -> RefusedError:
    return RefusedError(_("This file unpacks to far more than a document needs; it is not opened."))


def _refuse_two_kinds(file: Opened) -> None:
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise RefusedError(_("Another file is hidden in this one. Save it anew from the program it was made with."))


def _check_pdf(file: Opened, extension: str) -> None:
    if not file.read(5) == b"%PDF-":
        raise _is_not(extension)
    file.seek(0)
    try:
        with pikepdf.open(file) as read:
            if read.is_encrypted:
                raise _locked()
    except pikepdf.PasswordError:
        raise _locked() from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return  # half-broken ones that viewers still show are kept as they are


def _check_open_xml(file: Opened, extension: str) -> None:
    with _package(file, extension) as package:
        kinds = _read_part(package, "[Content_Types].xml", extension).decode("utf-8", "replace")
        if "macroEnabled" in kinds or any("vbaproject" in name.lower() for name in package.namelist()):
            raise _macros()
        if OPEN_XML[extension] not in kinds:
            raise _is_not(extension)


def _check_open_document(file: Opened, extension: str) -> None:
    with _package(file, extension) as package:
        if _read_part(package, "mimetype", extension).strip() != OPEN_DOCUMENT[extension].encode():
            raise _is_not(extension)
        if any(name.startswith(("Basic/", "Scripts/")) for name in package.namelist()):
            raise _macros()
        if b"encryption-data" in _read_part(package, "META-INF/manifest.xml", extension):
            raise _locked()


def _package(file: Opened, extension: str) -> zipfile.ZipFile:
    """The zip of a document, when it is one that can be opened without danger."""
    start = file.read(8)
    if start == OLE:
        raise _locked()
    if not start.startswith(ZIP):
        raise _is_not(extension)
    file.seek(0)
    try:
        package = zipfile.ZipFile(file)
    except Exception:  # its reader raises whatever it stumbles over
        raise RefusedError(_("This file is damaged: it cannot be unpacked.")) from None
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _locked()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED or _tight(parts):
        raise _bomb()
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_xml(package, part)
    return package


def _check_xml(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No part declares entities, which a reader would blow up or fetch from elsewhere; none is longer than it says."""
    try:
        with package.open(part) as opened:
            kept, length = b"", 0
            while block := opened.read(BLOCK):
                length += len(block)
                looked_at = kept + block
                if DEFINITIONS.search(looked_at):
                    raise RefusedError(_("This file holds definitions that no document needs; it is not opened."))
                if length > MOST_UNPACKED:
                    raise _bomb()
                kept = block[-32:]
    except RefusedError:
        raise
    except Exception:  # zipfile, zlib and lzma each have errors of their own
        raise RefusedError(_("This file is damaged: it cannot be unpacked.")) from None


def _read_part(package: zipfile.ZipFile, name: str, extension: str) -> bytes:
    try:
        with package.open(name) as part:
            return part.read(PART_READ)
    except KeyError:
        raise _is_not(extension) from None
    except Exception:  # zipfile, zlib and lzma each have errors of their own
        raise RefusedError(_("This file is damaged: it cannot be unpacked.")) from None


def _check_ole(file: Opened, extension: str) -> None:
    """Word, Excel and PowerPoint of before 2007, and Outlook: the names in its directory are UTF-16."""
    if file.read(8) != OLE:
        raise _is_not(extension)
    kept = b""
    while block := file.read(BLOCK):
        looked_at = kept + block
        if "_VBA_PROJECT".encode("utf-16-le") in looked_at:
            raise _macros()
        if "EncryptedPackage".encode("utf-16-le") in looked_at:
            raise _locked()
        kept = block[-64:]


def _check_rtf(file: Opened, extension: str) -> None:
    text = file.read(200 * 2**20)
    if not text.startswith(b"{\\rtf"):
        raise _is_not(extension)
    if re.search(rb"\\obj(data|update|autlink)", text):
        raise RefusedError(_("Another file is hidden in this one. Save it anew from the program it was made with."))


def _check_text(file: Opened, extension: str) -> None:
    start = file.read(BLOCK)
    if start.startswith((*PROGRAMS, OLE, ZIP, b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")):
        raise _is_not(extension)
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _is_not(extension)
    if extension == ".ics" and b"BEGIN:VCALENDAR" not in start:
        raise _is_not(extension)


def _check_image(file: Opened, extension: str) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(file.read()), formats=[IMAGES[extension]]) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise _bomb()
                image.verify()
    except Image.DecompressionBombError:
        raise _bomb() from None
    except RefusedError:
        raise
    except Exception:  # Pillow's readers raise whatever they stumble over
        raise _is_not(extension) from None
