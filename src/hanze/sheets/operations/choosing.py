"""What the columns hold, what each row would do, and what is chosen where it may be a duplicate."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.sheets import mapping, progress
from hanze.sheets.judging import expects, judge, rows_of
from hanze.sheets.kinds import KINDS
from hanze.sheets.known import Known
from hanze.sheets.models import Import, ImportedSheet, ImportRow, KnownHeadings
from hanze.sheets.operations.receiving import (
    allowed_kinds,
    keep_rows,
    propose_columns,
    read_file,
    start_mapping,
)
from hanze.sheets.reading import SheetError, find_table

State = Import.State
JUDGED = ("label", "outcome", "match", "likely", "differences", "problems", "remarks", "choice")
BATCH = 500


@transaction.atomic
def choose_columns(
    sheet: ImportedSheet, *, by: User, kind: str, columns: dict[str, str], constants: dict[str, str], header_row: int
) -> ImportedSheet:
    """Say what the rows of a sheet are ("" leaves it out), which column (by heading) holds which field, and what holds
    for all rows. Another kind, or another row of headings, begins with a new guess.

    Raises PermissionDenied, ValidationError (kind; header_row; a field twice).
    """
    imported = sheet.imported
    require(by, "sheets.change_import", imported)
    _must_be(imported, State.MAPPING, State.PREVIEW)
    if kind and kind not in allowed_kinds(by):
        raise ValidationError({"kind": _("You may not bring in rows of this kind.")})
    if header_row != sheet.header_row:
        _read_again(sheet, header_row)
        start_mapping(sheet, by)
    elif kind != sheet.kind:
        sheet.kind, sheet.is_remembered = kind, False
        propose_columns(sheet)
    elif kind:
        _check_columns(kind, columns)
        sheet.mapping = {heading: name for heading, name in columns.items() if name and heading in sheet.headings}
        sheet.constants = {name: value for name, value in constants.items() if value}
    sheet.save()
    if imported.state == State.PREVIEW:
        imported.state = State.MAPPING
        imported.save(update_fields=["state"])
    return sheet


@transaction.atomic
def start_comparing(imported: Import, *, by: User) -> Import:
    """Have the rows compared with the register, and remember what these headings hold.

    Raises PermissionDenied, ValidationError (no sheet is chosen; a column is missing).
    """
    require(by, "sheets.change_import", imported)
    _must_be(imported, State.MAPPING, State.PREVIEW)
    chosen = [sheet for sheet in imported.sheets.all() if sheet.kind]
    if not chosen:
        raise ValidationError(_("Choose for at least one sheet what its rows are."))
    for sheet in chosen:
        if lacking := lacking_fields(sheet):
            words = {"sheet": sheet.name, "fields": ", ".join(lacking)}
            raise ValidationError(
                _("“%(sheet)s” lacks: %(fields)s. Choose a column, or what holds for all rows.") % words
            )
        _remember(sheet, by)
    imported.state, imported.problem = State.JUDGING, ""
    imported.save(update_fields=["state", "problem"])
    return imported


def lacking_fields(sheet: ImportedSheet) -> list[str]:
    """The labels of required fields that no column holds and nothing for all rows is chosen for."""
    given = {*sheet.mapping.values(), *(name for name, value in sheet.constants.items() if value)}
    kind = KINDS[sheet.kind]
    if sheet.kind == "people" and "family_name" in given:
        given.add("name")
    return [str(each.label) for each in kind.fields if each.required and each.name not in given]


def compare(imported: Import) -> Import:
    """Judge every row as the register stands for who brings it in; does nothing when that was done before."""
    if imported.state != State.JUDGING:
        return imported
    known = Known(imported.by, imported.file_date)
    total = ImportRow.objects.filter(sheet__imported=imported).exclude(sheet__kind="").count()
    done = 0
    for kind, sheet, rows in rows_of(imported):
        batch: list[ImportRow] = []
        for row in rows:
            judged = judge(kind, sheet, row, known)
            row.choice = row.choice if row.outcome == ImportRow.Outcome.DUPLICATE else ""
            if expects(judged):
                kind.expect(judged.values, -row.pk, known)
            batch.append(row)
            done += 1
            progress.report(imported.pk, done, total)
            if len(batch) == BATCH:
                ImportRow.objects.bulk_update(batch, JUDGED)
                batch = []
        ImportRow.objects.bulk_update(batch, JUDGED)
    imported.state = State.PREVIEW
    imported.save(update_fields=["state"])
    progress.forget(imported.pk)
    return imported


@transaction.atomic
def choose(row: ImportRow, *, by: User, choice: str, this: int | None = None) -> ImportRow:
    """Say of a likely duplicate that it is one of those it is like (`this`, its key), that it is another, or that the
    row is left out; any row may be left out. Raises PermissionDenied, ValidationError."""
    imported = row.sheet.imported
    require(by, "sheets.change_import", imported)
    _must_be(imported, State.PREVIEW)
    keys = [key for key, _score in row.likely]
    if choice == ImportRow.Choice.THIS and (this or (keys or [None])[0]) not in keys:
        raise ValidationError(_("Choose one of those that it is like."))
    if choice not in ImportRow.Choice.values or (choice in ("this", "new") and not keys):
        raise ValidationError(_("This cannot be chosen for this row."))
    row.choice = choice
    row.match = (this or keys[0]) if choice == ImportRow.Choice.THIS else row.match if not keys else None
    row.save(update_fields=["choice", "match"])
    return row


@transaction.atomic
def choose_all(imported: Import, *, by: User, choice: str, outcome: str = ImportRow.Outcome.DUPLICATE) -> int:
    """Choose the same for all likely duplicates about which nothing is chosen yet (or leave out all refused rows);
    returns how many there were. Raises PermissionDenied, ValidationError."""
    require(by, "sheets.change_import", imported)
    _must_be(imported, State.PREVIEW)
    rows = ImportRow.objects.filter(sheet__imported=imported, outcome=outcome, choice="").exclude(sheet__kind="")
    if outcome == ImportRow.Outcome.REFUSED:
        if choice != ImportRow.Choice.SKIP:
            raise ValidationError(_("This cannot be chosen for this row."))
        return rows.update(choice=choice)
    chosen = list(_with_choice(rows, choice))
    ImportRow.objects.bulk_update(chosen, ["choice", "match"], batch_size=BATCH)
    return len(chosen)


def _with_choice(rows: Iterable[ImportRow], choice: str) -> Iterable[ImportRow]:
    for row in rows:
        row.choice = choice
        row.match = row.likely[0][0] if choice == ImportRow.Choice.THIS and row.likely else None
        yield row


def _read_again(sheet: ImportedSheet, header_row: int) -> None:
    """Take another row for the headings."""
    try:
        found = next((each for each in read_file(sheet.imported) if each.name[:200] == sheet.name), None)
    except (SheetError, OSError) as error:
        raise ValidationError(_("The file cannot be read any more.")) from error
    table = find_table(found, mapping.is_known, header_row) if found else None
    if table is None or not table.rows:
        raise ValidationError({"header_row": _("There are no headings with rows below them in this row.")})
    sheet.headings = table.headings
    keep_rows(sheet, table)


def _check_columns(kind: str, columns: dict[str, str]) -> None:
    fields = {each.name: each for each in KINDS[kind].fields}
    seen: set[str] = set()
    for heading, name in columns.items():
        if name and name not in fields:
            raise ValidationError(_("“%(heading)s” cannot hold this.") % {"heading": heading})
        if name in seen and not fields[name].many:
            raise ValidationError(
                _("Two columns hold “%(field)s”. Choose one of them.") % {"field": fields[name].label}
            )
        seen |= {name} if name else set()


def _remember(sheet: ImportedSheet, by: User) -> None:
    KnownHeadings.objects.update_or_create(
        fingerprint=mapping.fingerprint(sheet.headings),
        defaults={
            "kind": sheet.kind,
            "mapping": sheet.mapping,
            "constants": sheet.constants,
            "by": by,
            "used_at": timezone.now(),
        },
    )


def _must_be(imported: Import, *states: str) -> None:
    Import.objects.select_for_update().filter(pk=imported.pk).values_list("pk").first()
    imported.refresh_from_db(fields=["state"])
    if imported.state not in states:
        raise ValidationError(_("This import has gone on meanwhile; look at it again."), code="state")
