"""Records that are named in what is sent: found when the application may see them, else wrong at that field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from hanze.accounts.classification import up_to
from hanze.accounts.models import User


def chosen(model: type[models.Model], pk: Any, reader: User, field: str) -> Any:
    """The record with that key, None for None. Raises ValidationError (field) when it does not exist or is hidden."""
    if pk is None:
        return None
    rows: Any = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(reader)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise ValidationError({field: _("There is no such record, or this application may not see it.")})
    return found


def chosen_each(model: type[models.Model], keys: Iterable[Any], reader: User, field: str) -> list[Any]:
    """The same for several keys."""
    return [chosen(model, pk, reader, field) for pk in keys]


def within_ceiling(classification: str | None, reader: User) -> None:
    """Raise ValidationError (classification) when an application would write what it may not read."""
    if classification is not None and reader.ceiling is not None and classification not in up_to(reader.ceiling):
        raise ValidationError({"classification": _("This is above the highest class of this application.")})


def replaced(
    fields: dict[str, Any],
    reader: User,
    one: Mapping[str, type[models.Model]],
    many: Mapping[str, tuple[str, type[models.Model]]] | None = None,
) -> dict[str, Any]:
    """`fields` with records for keys: `one` says the model of each `…_id`, `many` of each `…_ids`.

    `asked_by_id` becomes `asked_by`, `theme_ids` what `many` calls it. Raises ValidationError at the field.
    """
    left = dict(fields)
    for name, model in one.items():
        if name in left:
            field = name.removesuffix("_id").removesuffix("_code")
            left[field] = chosen(model, left.pop(name), reader, name)
    for name, (field, model) in (many or {}).items():
        if name in left:
            left[field] = chosen_each(model, left.pop(name), reader, name)
    within_ceiling(left.get("classification"), reader)
    return left
