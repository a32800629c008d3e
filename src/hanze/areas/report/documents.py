"""The report as a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.text import slugify

from hanze.reporting import Report, to_docx, to_json, to_pdf, to_xlsx

_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    label: str
    content_type: str
    write: Callable[[Report], bytes]


def _json(report: Report) -> bytes:
    return json.dumps(to_json(report), ensure_ascii=False, indent=2).encode()


FORMATS = {
    "pdf": Format("PDF", "application/pdf", to_pdf),
    "docx": Format("Word", f"{_OFFICE}.wordprocessingml.document", to_docx),
    "xlsx": Format("Excel", f"{_OFFICE}.spreadsheetml.sheet", to_xlsx),
    "json": Format("JSON", "application/json", _json),
}


def file_name(report: Report, extension: str) -> str:
    """A name for the file: the title of the report and its language."""
    return f"{slugify(report.title) or 'plan'}-{report.language}.{extension}"
