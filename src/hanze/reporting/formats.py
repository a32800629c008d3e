"""A report as a file: which formats there are, what they are called and how they are written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from hanze.reporting.docx import to_docx
from hanze.reporting.json import to_json
from hanze.reporting.pdf import to_pdf
from hanze.reporting.report import Report
from hanze.reporting.xlsx import to_xlsx


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    extension: str
    label: str
    content_type: str
    write: Callable[[Report], bytes]


def _json(report: Report) -> bytes:
    return json.dumps(to_json(report), ensure_ascii=False, indent=2).encode()


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    each.extension: each
    for each in (
        Format("pdf", "PDF", "application/pdf", to_pdf),
        Format("docx", "Word", f"{_OFFICE}.wordprocessingml.document", to_docx),
        Format("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", to_xlsx),
        Format("json", "JSON", "application/json", _json),
    )
}
