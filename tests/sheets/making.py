"""Spreadsheets and imports for tests, made as people make them."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
from django.core.files.base import ContentFile

from hanze.accounts.models import Role, User
from hanze.sheets import operations
from hanze.sheets.models import Import, ImportRow
from tests import factories


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets; an underscore in a name is a space."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def officer(role: Role = Role.COORDINATOR) -> User:
    return factories.user(role)


def handed_in(content: bytes | str, by: User | None = None, name: str = "register.xlsx", **fields: Any) -> Import:
    """A file that was handed in and read."""
    data = content.encode() if isinstance(content, str) else content
    given = {"file_date": date(2024, 6, 1), "said_by": "Bureau buitenland", **fields}
    made = operations.receive_import(by=by or officer(), file=ContentFile(data, name=name), **given)
    return operations.read_received(made)


def compared(imported: Import) -> Import:
    """The import with its rows compared with the register."""
    operations.start_comparing(imported, by=imported.by)
    return operations.compare(imported)


def choose(imported: Import, sheet: int = 0, kind: str | None = None, **constants: str) -> None:
    """Choose for a sheet what holds for all rows, and perhaps another kind."""
    chosen = list(imported.sheets.all())[sheet]
    if kind is not None and kind != chosen.kind:
        operations.choose_columns(
            chosen, by=imported.by, kind=kind, columns={}, constants={}, header_row=chosen.header_row
        )
    operations.choose_columns(
        chosen,
        by=imported.by,
        kind=chosen.kind,
        columns=chosen.mapping,
        constants={**chosen.constants, **constants},
        header_row=chosen.header_row,
    )


def brought_in(imported: Import) -> Import:
    operations.start_bringing_in(imported, by=imported.by)
    return operations.bring_in(imported)


def undone(imported: Import, **how: Any) -> Import:
    operations.start_undoing(imported, by=imported.by)
    return operations.undo(imported, **how)


def rows(imported: Import) -> list[ImportRow]:
    return list(ImportRow.objects.filter(sheet__imported=imported).order_by("sheet__order", "number"))


def outcomes(imported: Import) -> list[str]:
    return [row.outcome for row in rows(imported)]


def problems(imported: Import) -> list[str]:
    """What is wrong, at which field."""
    return [f"{name}: {text}" for row in rows(imported) for name, _label, text in row.problems]
