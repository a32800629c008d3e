"""A file is handed in and read; or it is refused, or not brought in after all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.register.documents import check_size, fingerprint, on_disk
from hanze.register.sniffing import RefusedError, check_contents
from hanze.sheets import mapping
from hanze.sheets.kinds import KINDS
from hanze.sheets.models import Import, ImportedSheet, ImportRow, KnownHeadings
from hanze.sheets.reading import Cell, Found, Sheet, SheetError, find_table, read_sheets, shown

State = Import.State
ENDINGS = (".xlsx", ".csv", ".txt", ".tsv")
LONGEST_NAME = 200
SAMPLES = 3


@transaction.atomic
def receive_import(
    *,
    by: User,
    file: File,
    file_date: date | None = None,
    said_by: str = "",
    classification: str = "internal",
    differing: str = Import.Differing.SIDE_BY_SIDE,
) -> Import:
    """Keep a spreadsheet that is to be brought in; `read_received` reads it.

    `file_date` and `said_by` become the source of what it brings in, `classification` that of the file and of the
    records that it makes. Raises PermissionDenied, ValidationError (kind, size).
    """
    require(by, "sheets.add_import")
    name = Path((file.name or "").replace("\\", "/")).name
    _check(file, name)
    made = Import(
        by=by,
        file_name=Path(name).stem[:LONGEST_NAME] + Path(name).suffix,
        sha256=fingerprint(file),
        size=file.size,
        file_date=file_date,
        said_by=said_by.strip(),
        classification=classification,
        differing=differing,
    )
    made.file = File(file, name=made.file_name)
    made.full_clean()
    made.save()
    record("import.received", by=by, subject=made, sha256=made.sha256)
    return made


def _check(file: File, name: str) -> None:
    """Raise ValidationError when this is no file to bring in: its kind, its size or its contents."""
    if not name.casefold().endswith(ENDINGS):
        raise ValidationError({"file": _("Hand in an Excel workbook (.xlsx) or a CSV file.")})
    check_size(file)
    try:
        check_contents(file, name)  # type: ignore[arg-type]
    except RefusedError as error:
        raise ValidationError({"file": str(error)}) from error


def read_received(imported: Import) -> Import:
    """Read a received file: its sheets with a guess what they are, or refused in plain words. Does nothing when that
    was done before."""
    try:
        sheets = [(sheet, find_table(sheet, mapping.is_known)) for sheet in read_file(imported)]
        tables = [(sheet, table) for sheet, table in sheets if table is not None and table.rows]
        if not tables:
            raise SheetError(_("No table with headings and rows is found in this file."))
    except SheetError as error:
        return refuse(imported, str(error))
    with transaction.atomic():
        if Import.objects.select_for_update().get(pk=imported.pk).state != State.READING:
            return imported
        for order, (sheet, table) in enumerate(tables):
            _keep_sheet(imported, order, sheet, table)
        imported.state = State.MAPPING
        imported.save(update_fields=["state"])
    return imported


def read_file(imported: Import) -> list[Sheet]:
    """The sheets of the kept file. Raises SheetError."""
    with on_disk(imported.file, imported.file_name) as path:
        return read_sheets(path)


@transaction.atomic
def refuse(imported: Import, problem: str) -> Import:
    """Keep why a file could not be read."""
    imported.state, imported.problem = State.REFUSED, problem
    imported.save(update_fields=["state", "problem"])
    record("import.refused", by=None, subject=imported, reason=problem)
    return imported


@transaction.atomic
def discard(imported: Import, *, by: User) -> Import:
    """Do not bring in a file after all. Raises PermissionDenied, ValidationError (too late)."""
    require(by, "sheets.change_import", imported)
    imported.refresh_from_db(fields=["state"])
    if imported.state not in (State.MAPPING, State.PREVIEW, State.REFUSED):
        raise ValidationError(_("This import cannot be stopped any more."))
    imported.state = State.DISCARDED
    imported.save(update_fields=["state"])
    record("import.discarded", by=by, subject=imported)
    return imported


def keep_rows(sheet: ImportedSheet, table: Found) -> None:
    """Replace the rows of a sheet with those of a table, and take over its headings."""
    sheet.header_row = table.header_row
    sheet.headings = table.headings
    sheet.samples = _samples(table)
    sheet.left_out = [[number, why, _line(cells)] for number, cells, why in table.left_out]
    sheet.rows_found = len(table.rows)
    sheet.save()
    sheet.rows.all().delete()
    rows = (ImportRow(sheet=sheet, number=number, cells=cells) for number, cells in table.rows)
    ImportRow.objects.bulk_create(rows, batch_size=500)


def allowed_kinds(by: User) -> list[str]:
    """The kinds of rows that somebody may bring in."""
    return [code for code, kind in KINDS.items() if by.has_perm(kind.permission)]


def start_mapping(sheet: ImportedSheet, by: User) -> None:
    """What the columns of a sheet hold, as the last time or as it is guessed."""
    known = KnownHeadings.objects.filter(fingerprint=mapping.fingerprint(sheet.headings)).first()
    if known is not None and known.kind in allowed_kinds(by):
        by_plain = {mapping.plain(heading): name for heading, name in known.mapping.items()}
        sheet.kind, sheet.constants, sheet.is_remembered = known.kind, known.constants, True
        plain = {heading: mapping.plain(heading) for heading in sheet.headings}
        sheet.mapping = {heading: by_plain[word] for heading, word in plain.items() if word in by_plain}
        return
    sheet.is_remembered = False
    sheet.kind = mapping.guess_kind(sheet.name, sheet.headings, allowed_kinds(by))
    propose_columns(sheet)


def propose_columns(sheet: ImportedSheet) -> None:
    """Guess what the columns hold, for the kind that the sheet has."""
    kind = KINDS.get(sheet.kind)
    sheet.mapping = mapping.propose(sheet.headings, kind) if kind else {}
    sheet.constants = mapping.starting_constants(kind) if kind else {}


def _keep_sheet(imported: Import, order: int, sheet: Sheet, table: Found) -> None:
    made = ImportedSheet(imported=imported, name=sheet.name[:200], order=order, headings=table.headings)
    start_mapping(made, imported.by)
    made.save()
    keep_rows(made, table)


def _line(cells: list[Cell]) -> str:
    return " ".join(shown(cell) for cell in cells if cell is not None)[:200]


def _samples(table: Found) -> list[list[Any]]:
    """For each column a few of its cells that hold something."""
    samples: list[list[str]] = []
    for at in range(len(table.headings)):
        column = (shown(cells[at]) for _number, cells in table.rows if at < len(cells) and cells[at] not in (None, ""))
        found: list[str] = []
        for text in column:
            if text[:60] not in found:
                found.append(text[:60])
            if len(found) == SAMPLES:
                break
        samples.append(found)
    return samples
