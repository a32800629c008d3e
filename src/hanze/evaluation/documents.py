"""A report as a file: which formats there are, what they are called and how they are written."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template

from django.utils.text import slugify

from hanze.reporting import Report
from hanze.reporting.docx import to_docx
from hanze.reporting.html import to_html
from hanze.reporting.json import to_json
from hanze.reporting.pdf import to_pdf
from hanze.reporting.xlsx import to_xlsx

_PAGE = Path(__file__).parent / "standalone"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    extension: str
    label: str
    content_type: str
    write: Callable[[Report], bytes]


def _html(report: Report) -> bytes:
    """A page that stands on its own, with its style in it."""
    page = Template((_PAGE / "page.html").read_text())
    about = " · ".join(filter(None, (report.subtitle, report.period, report.status)))
    words = {"title": report.title, "organisation": report.organisation, "about": about, "language": report.language}
    return page.substitute(
        {name: escape(word) for name, word in words.items()},
        style=(_PAGE / "page.css").read_text(),
        body=to_html(report),
    ).encode()


def _json(report: Report) -> bytes:
    return json.dumps(to_json(report), ensure_ascii=False, indent=2).encode()


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS = {
    each.extension: each
    for each in (
        Format("pdf", "PDF", "application/pdf", to_pdf),
        Format("docx", "Word", f"{_OFFICE}.wordprocessingml.document", to_docx),
        Format("xlsx", "Excel", f"{_OFFICE}.spreadsheetml.sheet", to_xlsx),
        Format("html", "HTML", "text/html; charset=utf-8", _html),
        Format("json", "JSON", "application/json", _json),
    )
}


def file_name(report: Report, extension: str) -> str:
    """A name for the file: the title of the report and its language."""
    return f"{slugify(report.title) or 'report'}-{report.language}.{extension}"
