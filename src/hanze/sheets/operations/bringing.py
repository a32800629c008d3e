"""Bringing in: every row through the operation of its kind, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import DatabaseError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.claims.models import Claim
from hanze.register.models import Relation
from hanze.register.saving import checked_by_database
from hanze.register.searching import at_once
from hanze.sheets import progress
from hanze.sheets.claiming import BESIDE, COMPANIONS, STAYS, fields_of, say, way
from hanze.sheets.judging import Judged, judge, rows_of
from hanze.sheets.kinds import Kind, Making, Values
from hanze.sheets.kinds.base import errors_of
from hanze.sheets.known import Known
from hanze.sheets.models import Effect, Import, ImportedSheet, ImportRow
from hanze.sheets.operations.choosing import BATCH, _must_be
from hanze.sheets.plain import plain_fields

State = Import.State
Outcome, Choice = ImportRow.Outcome, ImportRow.Choice
SPECIAL = ("identifiers", "post")
MOST_PROBLEMS = 200
Problems = dict[int, list[list[str]]]


class RowsRefusedError(Exception):
    """Rows that their operation refused; nothing was brought in."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(f"{len(problems)} rows")
        self.problems = problems


@transaction.atomic
def start_bringing_in(imported: Import, *, by: User) -> Import:
    """Have everything brought in that the preview shows.

    Raises PermissionDenied; ValidationError while a row is refused and not left out, or nothing is chosen about a
    likely duplicate.
    """
    require(by, "sheets.change_import", imported)
    if by.pk != imported.by_id:
        raise PermissionDenied
    _must_be(imported, State.PREVIEW)
    rows = ImportRow.objects.filter(sheet__imported=imported, choice="").exclude(sheet__kind="")
    if refused := rows.filter(outcome=Outcome.REFUSED).count():
        raise ValidationError(
            _("%(n)s rows are refused. Mend them in the sheet and hand it in again, or leave them out.")
            % {"n": refused}
        )
    if open_rows := rows.filter(outcome=Outcome.DUPLICATE).count():
        raise ValidationError(_("Choose first what %(n)s likely duplicates are.") % {"n": open_rows})
    imported.state, imported.problem = State.BRINGING_IN, ""
    imported.save(update_fields=["state", "problem"])
    return imported


def bring_in(imported: Import) -> Import:
    """Bring in what was looked at: all of it, or nothing with the reason at each row that was refused.

    Does nothing when it was done before.
    """
    if imported.state != State.BRINGING_IN:
        return imported
    try:
        with transaction.atomic(), at_once():
            _bring_in_all(imported)
    except RowsRefusedError as error:
        _tell(imported, error.problems)
    finally:
        progress.forget(imported.pk)
    return imported


def _bring_in_all(imported: Import) -> None:
    known = Known(imported.by, imported.file_date)
    total = ImportRow.objects.filter(sheet__imported=imported).exclude(sheet__kind="").count()
    problems: Problems = {}
    made_by: dict[int, int] = {}
    effects: list[Effect] = []
    done = 0
    for kind, sheet, rows in rows_of(imported):
        for row in rows:
            done += 1
            progress.report(imported.pk, done, total)
            try:
                effects += _bring_in_checked(kind, sheet, row, known, made_by)
            except (ValidationError, PermissionDenied, DatabaseError) as error:
                problems[row.pk] = _in_words(kind, error)
            if len(problems) >= MOST_PROBLEMS:
                raise RowsRefusedError(problems)
        Effect.objects.bulk_create(effects, batch_size=BATCH)
        effects = []
    if problems:
        raise RowsRefusedError(problems)
    counts = {"rows": done, "made": imported.effects.filter(made=True).count()}
    event = record("import.done", by=imported.by, subject=imported, **counts)
    imported.state, imported.done_at, imported.last_event = State.DONE, timezone.now(), event.pk
    imported.save(update_fields=["state", "done_at", "last_event"])


def _bring_in_checked(
    kind: Kind, sheet: ImportedSheet, row: ImportRow, known: Known, made_by: dict[int, int]
) -> list[Effect]:
    """Bring in a row, with the constraints left to the database; when that refuses, once more to have the reason."""
    try:
        with transaction.atomic(), checked_by_database():
            return _bring_in_row(kind, sheet, row, known, made_by)
    except DatabaseError as refused:
        try:
            with transaction.atomic():
                return _bring_in_row(kind, sheet, row, known, made_by)
        except ObjectDoesNotExist:
            # What the first attempt made for this row went with it.
            raise refused from None


def _bring_in_row(
    kind: Kind, sheet: ImportedSheet, row: ImportRow, known: Known, made_by: dict[int, int]
) -> list[Effect]:
    """Do what a row says, and keep what it did."""
    if row.choice == Choice.SKIP or row.outcome == Outcome.SAME:
        return []
    outcome, choice, match = row.outcome, row.choice, row.match
    shown_before = row.differences
    judged = judge(kind, sheet, row, known)
    imported = sheet.imported
    place = _("sheet %(sheet)s, row %(row)s") % {"sheet": sheet.name, "row": row.number}
    making = Making(known, imported.source, place, imported.classification)
    if outcome == Outcome.DUPLICATE and choice == Choice.THIS:
        key = made_by.get(-(match or 0), match)
        return _change(kind, judged, key, making, imported, row)
    if outcome == Outcome.CHANGED:
        if judged.outcome != Outcome.CHANGED or judged.key != match or row.differences != shown_before:
            raise ValidationError(_("What stands was changed since you looked at it. Compare again."))
        return _change(kind, judged, match, making, imported, row)
    if outcome == Outcome.NEW and judged.outcome != Outcome.NEW:
        raise ValidationError(_("It is in the register meanwhile, or cannot be added any more. Compare again."))
    if judged.values.problems:
        raise ValidationError(_("It cannot be added any more. Compare again."))
    made = kind.make(judged.values, making)
    kind.expect(judged.values, _key(made[-1]), known)
    made_by[row.pk] = _key(made[-1])
    return [_made(imported, row, each) for each in made]


def _change(
    kind: Kind, judged: Judged, key: int | None, making: Making, imported: Import, row: ImportRow
) -> list[Effect]:
    """Change a record as its row says; what another source said otherwise stands beside it from now on."""
    seen = kind.model.objects.all() if making.by is None else kind.model.objects.visible_to(making.by)  # type: ignore[attr-defined]
    stands = seen.filter(pk=key).first()
    if stands is None:
        raise ValidationError(_("The record is no longer there. Compare again."))
    fields = _to_write(kind, stands, judged.values, imported)
    if not fields:
        return []
    before, statuses = plain_fields(stands), _statuses(stands)
    made = kind.resolve(fields, judged.values, making)
    own = {name: value for name, value in fields.items() if name not in SPECIAL}
    special = {name: value for name, value in fields.items() if name in SPECIAL}
    claims: list[Claim] = []
    if kind.claims and own:
        claims = say(kind, stands, own, making, imported)
    elif own:
        made += kind.change(stands, own, making)
    if special:
        made += kind.change(type(stands)._default_manager.get(pk=stands.pk), special, making)
    effects = [_made(imported, row, each) for each in (*made, *claims, *(_statuses(stands) - statuses))]
    return [*effects, *_changed(imported, row, stands, before)]


def _to_write(kind: Kind, stands: Any, values: Values, imported: Import) -> dict[str, Any]:
    """The fields that are not to stay as they are, with how precisely a date among them is known."""
    different = kind.differences(stands, values)
    ways = {name: way(kind, stands, name, stood, imported) for name, (stood, _says) in different.items()}
    fields = {name: says for name, (_stood, says) in different.items() if ways[name] != STAYS}
    for name, companion in COMPANIONS.items():
        goes_along = name in fields and (ways[name] != BESIDE or companion in fields_of(kind, stands, name))
        if goes_along and companion in values.given:
            fields[companion] = values.given[companion]
    return fields


def _statuses(stands: Any) -> set[Any]:
    return set(stands.statuses.all()) if isinstance(stands, Relation) else set()


def _changed(imported: Import, row: ImportRow, stands: Any, before: dict[str, Any]) -> list[Effect]:
    after = plain_fields(type(stands)._default_manager.get(pk=stands.pk))
    changed = [name for name in after if after[name] != before.get(name) and name != "updated_at"]
    if not changed:
        return []
    fields = {"before": {name: before.get(name) for name in changed}, "after": {name: after[name] for name in changed}}
    model = stands._meta.label_lower
    return [Effect(imported=imported, row=row, model=model, record=stands.pk, made=False, **fields)]


def _made(imported: Import, row: ImportRow, each: models.Model) -> Effect:
    return Effect(imported=imported, row=row, model=each._meta.label_lower, record=_key(each), made=True)


def _key(each: models.Model) -> int:
    key: Any = each.pk
    return int(key)


def _in_words(kind: Kind, error: Exception) -> list[list[str]]:
    if isinstance(error, ValidationError):
        labels = {each.name: str(each.label) for each in kind.fields}
        return [[name, labels.get(name, ""), text] for name, text in errors_of(error)]
    if isinstance(error, PermissionDenied):
        return [["", "", _("You may not do this with this record.")]]
    return [["", "", _("The database refuses this row.")]]


def _tell(imported: Import, problems: Problems) -> None:
    """Show at its row why nothing was brought in."""
    with transaction.atomic():
        for row in _rows(problems):
            row.outcome, row.problems, row.choice = Outcome.REFUSED, problems[row.pk], ""
            row.save(update_fields=["outcome", "problems", "choice"])
        imported.state = State.PREVIEW
        imported.problem = _("Nothing was brought in: %(n)s rows were refused.") % {"n": len(problems)}
        imported.save(update_fields=["state", "problem"])


def _rows(problems: Problems) -> Iterator[ImportRow]:
    keys = list(problems)
    for at in range(0, len(keys), BATCH):
        yield from ImportRow.objects.filter(pk__in=keys[at : at + BATCH])
