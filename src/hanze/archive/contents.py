"""The words in a kept file, as far as they can be read without running anything: plain text and office files."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePosixPath
from typing import Any

PLAIN = {".txt", ".csv", ".md", ".eml", ".ics", ".json", ".html", ".xml", ".vcf"}
OFFICE = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}
LARGEST = 40 * 1024 * 1024
TAG = re.compile(r"<[^>]*>")


def words_in(file: Any) -> str:
    """The text of a plain or office file; empty for every other kind, a file that is gone, broken or too large."""
    extension = PurePosixPath(file.name or "").suffix.lower()
    try:
        if extension in PLAIN and file.size <= LARGEST:
            with file.open("rb") as opened:
                return opened.read().decode("utf-8", "replace")
        if extension in OFFICE and file.size <= LARGEST:
            with file.open("rb") as opened, zipfile.ZipFile(opened) as package:
                return _words_of(package)
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return ""
    return ""


def _words_of(package: zipfile.ZipFile) -> str:
    parts = [part for part in package.infolist() if part.filename.endswith((".xml", ".rels"))]
    if sum(part.file_size for part in parts) > LARGEST:
        return ""
    return "\n".join(TAG.sub("", package.read(part).decode("utf-8", "replace")) for part in parts)
