"""The evaluation as a file: in every format of a report, and as a page that stands on its own."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from django.utils.text import slugify

from hanze.reporting import Report, formats
from hanze.reporting.formats import Format
from hanze.reporting.html import to_html

_PAGE = Path(__file__).parent / "standalone"


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


_ALL = formats.FORMATS | {"html": Format("html", "HTML", "text/html; charset=utf-8", _html)}
FORMATS = {name: _ALL[name] for name in ("pdf", "docx", "xlsx", "html", "json")}


def file_name(report: Report, extension: str) -> str:
    """A name for the file: the title of the report and its language."""
    return f"{slugify(report.title) or 'report'}-{report.language}.{extension}"
