"""A case as a whole: the record, the rows that stand under it, what refers to it; and taking it apart for good."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from hanze.audit.personal import declaration
from hanze.casework.models import Request
from hanze.claims.models import Claim
from hanze.missions.models import Activity

KINDS: dict[str, type[models.Model]] = {"casework.request": Request, "missions.activity": Activity}


class HeldError(ValidationError):
    """Something that stays refers to the record and cannot do without it."""


def reference_of(record: models.Model) -> str:
    """The number by which a case is named without saying what it is about."""
    return record.reference if isinstance(record, Request) else f"{record._meta.model_name}-{record.pk}"


def rows_under(record: models.Model) -> dict[str, list[models.Model]]:
    """The record and every row that stands under it, by model."""
    found: dict[str, list[models.Model]] = {record._meta.label_lower: [record]}
    for model, _field, rows in _references(record):
        if _stands_under(model, record):
            found.setdefault(model._meta.label_lower, []).extend(rows)
    return found


def destroy(record: models.Model) -> set[tuple[type[models.Model], Any]]:
    """Remove the record with all that stands under it and its files; what else referred to it no longer does.

    Returns the (model, pk) that are gone. Raises HeldError. Files are removed when the transaction is kept.
    """
    gone: set[tuple[type[models.Model], Any]] = set()
    for claim in Claim.objects.about(record):
        _take_apart(claim, record, gone)
    _take_apart(record, record, gone)
    return gone


def _take_apart(row: models.Model, case: models.Model, gone: set[tuple[type[models.Model], Any]]) -> None:
    for model, field, rows in _references(row):
        if model._meta.auto_created:
            models.QuerySet(model).filter(pk__in=[each.pk for each in rows])._raw_delete("default")
        elif not _stands_under(model, case) and field.null:
            models.QuerySet(model).filter(pk__in=[each.pk for each in rows]).update(**{field.name: None})
        elif _stands_under(model, case) or row is not case:
            for each in rows:
                _take_apart(each, case, gone)
        else:
            raise HeldError(_("%(kind)s refers to it.") % {"kind": model._meta.verbose_name})
    if (type(row), row.pk) in gone:
        return
    _remove_files(row)
    models.QuerySet(type(row)).filter(pk=row.pk)._raw_delete("default")
    gone.add((type(row), row.pk))


def _references(row: models.Model) -> list[tuple[type[models.Model], Any, list[models.Model]]]:
    """The rows of every model that refer to `row`, by the field that does."""
    found: list[tuple[type[models.Model], Any, list[models.Model]]] = []
    for relation in row._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one):
            model: Any = relation.related_model
            rows = list(models.QuerySet(model).filter(**{relation.field.name: row.pk}))
            if rows:
                found.append((model, relation.field, rows))
    return found


def _stands_under(model: type[models.Model], case: models.Model) -> bool:
    declared = declaration(model)
    if declared is None or not declared.under or "__" in declared.under:
        return False
    return model._meta.get_field(declared.under).related_model is type(case)


def _remove_files(row: models.Model) -> None:
    for field in row._meta.concrete_fields:
        if isinstance(field, models.FileField) and getattr(row, field.name):
            file = getattr(row, field.name)
            transaction.on_commit(lambda file=file: file.storage.delete(file.name))
