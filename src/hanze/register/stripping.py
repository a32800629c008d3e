"""A document without what it says of its makers: before it is shown to everybody."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

import pikepdf
from PIL import Image, ImageOps

from hanze.register.pictures import unsaid
from hanze.register.sniffing import OPEN_DOCUMENT, OPEN_XML

CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
EXTENDED = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta office:version="1.2" '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:meta/></office:document-meta>'
)
REPLACED = {"docProps/core.xml": CORE, "docProps/app.xml": EXTENDED, "docProps/custom.xml": CUSTOM, "meta.xml": META}
# Who wrote a comment or a change, in Word, PowerPoint and Excel.
AUTHORS = re.compile(rb'(\b(?:w|w15|p15|p188):(?:author|initials|userId|providerId)=")[^"]*(")')
NAMES = re.compile(rb'(<p:cmAuthor\b[^>]*?\bname=")[^"]*("(?:[^>]*?\binitials=")?)[^"]*(")')
EXCEL_AUTHORS = re.compile(rb"(<(?:\w+:)?author>)[^<]*(</(?:\w+:)?author>)")
OPEN_AUTHORS = re.compile(rb"(<dc:creator>)[^<]*(</dc:creator>)")


def without_metadata(content: bytes, name: str) -> bytes:
    """The document `content` (named `name`, and looked over by `sniffing.check_contents`) without author, dates,
    programs, places and names at comments. Other kinds come back as they are. Raises ValueError when it cannot be read.
    """
    extension = PurePosixPath(name).suffix.lower()
    try:
        if extension == ".pdf":
            return _pdf(content)
        if extension in (*OPEN_XML, *OPEN_DOCUMENT):
            return _package(content)
        if extension in (".jpg", ".jpeg", ".png"):
            return _image(content)
    except (pikepdf.PdfError, zipfile.BadZipFile, OSError) as error:
        raise ValueError(str(error)) from error
    return content


def _pdf(content: bytes) -> bytes:
    """Information and XMP go; where a PDF says that it is accessible or lasting, that stays."""
    with pikepdf.open(io.BytesIO(content)) as read:
        kept = _standards(read)
        if "/Info" in read.trailer:
            del read.trailer["/Info"]
        for item in read.objects:
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                    if key in item:
                        del item[key]
                if isinstance(item, pikepdf.Stream) and item.get("/Filter") == "/DCTDecode":
                    plain, how = unsaid(item.read_raw_bytes()), item.get("/DecodeParms")
                    parameters = how if isinstance(how, pikepdf.Dictionary | pikepdf.Array) else None
                    item.write(plain, filter=pikepdf.Name.DCTDecode, decode_parms=parameters)
                if item.get("/Subtype") in ("/Text", "/FreeText", "/Highlight", "/Popup") and "/T" in item:
                    del item["/T"]
        if kept:
            with read.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
                for key, value in kept.items():
                    metadata[key] = value
        written = io.BytesIO()
        read.save(written, deterministic_id=True)
    return written.getvalue()


def _standards(read: pikepdf.Pdf) -> dict[str, str]:
    names = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title")
    with read.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        return {name: str(metadata[name]) for name in names if name in metadata}


def _package(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for part in old.infolist():
            data = REPLACED.get(part.filename) or _unsigned(part.filename, old.read(part))
            kept = zipfile.ZipInfo(part.filename)
            kept.compress_type = part.compress_type
            new.writestr(kept, data)
    return written.getvalue()


def _unsigned(name: str, data: bytes) -> bytes:
    if not name.endswith(".xml"):
        return unsaid(data)
    data = NAMES.sub(rb"\1\2\3", AUTHORS.sub(rb"\1\2", data))
    return OPEN_AUTHORS.sub(rb"\1\2", EXCEL_AUTHORS.sub(rb"\1\2", data) if "comments" in name.lower() else data)


def _image(content: bytes) -> bytes:
    """The picture alone, upright, with its colours: no place, camera, maker or comment."""
    with Image.open(io.BytesIO(content)) as image:
        kind, profile = image.format, image.info.get("icc_profile")
        upright = ImageOps.exif_transpose(image)
        upright.info = {}
        written = io.BytesIO()
        upright.save(written, format=kind, icc_profile=profile, quality=95)
    return written.getvalue()
