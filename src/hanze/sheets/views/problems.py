"""The rows with something wrong, as the same sheet with a column that says what."""

from __future__ import annotations

import tempfile

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import XLSX
from hanze.accounts.language import language_in_force
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.reporting.listing import Listing, listing_xlsx
from hanze.sheets.models import Import, ImportedSheet


def import_problems(request: HttpRequest, pk: int) -> FileResponse:
    """A workbook with the refused rows of the first sheet that has any (`?sheet=` for another)."""
    reader = reader_of(request)
    require(reader, "sheets.list_imports")
    imported = get_visible_or_404(Import.objects.all(), reader, pk=pk)
    read(reader, imported)
    sheets = imported.sheets.filter(rows__outcome="refused").exclude(kind="").distinct()
    asked = request.GET.get("sheet", "")
    one = sheets.filter(pk=asked) if asked.isdecimal() and len(asked) < 18 else sheets
    chosen = one.first() or imported.sheets.first()
    file = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it
    listing_xlsx(_listing(imported, chosen), file)
    file.seek(0)
    name = f"{imported.file_name.rsplit('.', 1)[0]}-{_('problems')}.xlsx"
    response = FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    response["Cache-Control"] = "private, no-store"
    return response


def _listing(imported: Import, sheet: ImportedSheet | None) -> Listing:
    language = language_in_force()
    about = _("Mend these rows and hand this file in again.")
    if sheet is None:
        return Listing(imported.file_name, about, [_("What is wrong")], [], language)
    headings = [*sheet.headings, _("Row in the sheet"), _("What is wrong")]
    rows = (
        [*(cells + [None] * (len(sheet.headings) - len(cells)))[: len(sheet.headings)], number, _wrong(problems)]
        for number, cells, problems in sheet.rows.filter(outcome="refused").values_list("number", "cells", "problems")
    )
    return Listing(sheet.name, about, headings, rows, language)


def _wrong(problems: list[list[str]]) -> str:
    return "; ".join(f"{label}: {text}" if label else text for _name, label, text in problems)
