"""Files that are made to do harm, sent to every field that takes a file; the pages themselves say which those are."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.accounts.models import Role
from tests.leaks.addresses import addresses
from tests.leaks.conftest import client_of
from tests.leaks.neighbours import Neighbourhood

pytestmark = pytest.mark.django_db

FILE_FIELD = re.compile(r'<input[^>]*type="file"[^>]*>')
NAME = re.compile(r'name="([^"]+)"')
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"x" * 1000 + b'">' + b"".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 50}">'.encode() for n in range(8)
) + b"]><l>&i;</l>"  # fmt: skip
OUTSIDE_ENTITY = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><l>&a;</l>'
SHARED_STRINGS = "xl/sharedStrings.xml"
MOST_MEMORY = 120 * 1024 * 1024


def bomb(name: str, content: bytes = b"\0" * 60_000_000) -> bytes:
    """A small zip that is large when it is opened."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types/>')
        for part in range(3):
            package.writestr(f"{name}{part or ''}", content)
    return packed.getvalue()


HARMFUL = {
    "bomb.xlsx": bomb(SHARED_STRINGS),
    "bomb.docx": bomb("word/document.xml"),
    "entities.xml": ENTITIES,
    "entities.xlsx": bomb("xl/workbook.xml", ENTITIES),
    "outside.xml": OUTSIDE_ENTITY,
    "slip.xlsx": bomb("../../evil.txt", b"evil"),
    "page.html": b"<script>alert(1)</script>",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "program.exe": b"MZ" + b"\0" * 100,
    "empty.csv": b"",
    "nul.csv": b"\0" * 1000,
    "deep.json": b"[" * 100_000,
}


@pytest.fixture(scope="module")
def doors(users: dict[Any, Any], around: dict[str, Neighbourhood]) -> list[tuple[str, list[str]]]:
    """Each page with a field for a file, and the names of those fields."""
    client = client_of(users[Role.COORDINATOR])
    return list(_doors(client, addresses(around["internal"])))


def _doors(client: Any, pages: list[str]) -> Iterator[tuple[str, list[str]]]:
    for address in pages:
        answer = client.get(address)
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            names = [NAME.search(tag) for tag in FILE_FIELD.findall(answer.getvalue().decode())]
            if names:
                yield address, [name[1] for name in names if name]


def test_the_pages_that_take_a_file_are_found(doors: list[tuple[str, list[str]]]) -> None:
    assert len(doors) >= 4, doors


@pytest.mark.parametrize("name", HARMFUL)
def test_no_harmful_file_breaks_a_page_or_fills_the_memory(
    name: str, doors: list[tuple[str, list[str]]], users: dict[Any, Any]
) -> None:
    client = client_of(users[Role.COORDINATOR])
    tracemalloc.start()
    try:
        for address, fields in doors:
            files = {field: SimpleUploadedFile(name, HARMFUL[name]) for field in fields}
            answer = client.post(address, {"title": "A", "source_name": "A", **files})
            assert answer.status_code < 500, address
            assert b"root:" not in answer.getvalue(), address
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
