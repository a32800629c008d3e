"""Pictures without what they say of place, camera and maker, their points untouched: for those inside documents."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

from PIL import Image

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
ORIENTATION = 0x0112
# EXIF and XMP, IPTC, and comments; colour profiles and what decodes the picture stay.
SAID_IN_JPEG = (0xE1, 0xED, 0xFE)
SAID_IN_PNG = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
SCAN = 0xDA


def unsaid(picture: bytes) -> bytes:
    """A JPEG or PNG without metadata, upright as it was; anything else, or what cannot be followed, as it is."""
    try:
        if picture.startswith(JPEG):
            return _jpeg(picture)
        if picture.startswith(PNG):
            return PNG + b"".join(chunk for kind, chunk in _chunks(picture) if kind not in SAID_IN_PNG)
    except (struct.error, IndexError, OSError):
        return picture
    return picture


def _jpeg(picture: bytes) -> bytes:
    kept = [JPEG]
    position = len(JPEG)
    while picture[position] == 0xFF and picture[position + 1] != SCAN:
        marker = picture[position + 1]
        end = position + 2 + struct.unpack_from(">H", picture, position + 2)[0]
        if marker not in SAID_IN_JPEG:
            kept.append(picture[position:end])
        position = end
    return b"".join([*kept[:1], _orientation(picture), *kept[1:], picture[position:]])


def _orientation(picture: bytes) -> bytes:
    """Which side is up, and nothing more, as the part of a JPEG that says so."""
    with Image.open(io.BytesIO(picture)) as opened:
        turned = opened.getexif().get(ORIENTATION, 1)
    if turned == 1:
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = turned
    said = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = len(PNG)
    while position < len(picture):
        length, kind = struct.unpack_from(">I4s", picture, position)
        end = position + length + 12
        yield kind, picture[position:end]
        position = end
