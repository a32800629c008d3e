"""Words planted in every text field of chosen rows, read from the models, so that a field of tomorrow is tried too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models

from hanze.archive.dossiers import rows_under
from hanze.audit.models import Event
from hanze.audit.personal import Way, declaration

WRITTEN = {Way.SEARCHED, Way.BLANKED, Way.REPLACED}
# What other rows are found by, and what the database keeps unique.
LEFT = {"email", "website", "name_text"}


def texts(model: type[models.Model]) -> Iterator[Any]:
    """The fields of `model` in which people write, by what its app declares (`personal.py`)."""
    declared = declaration(model)
    for field in model._meta.local_fields:
        way = declared.fields.get(field.name) if declared else None
        plain = isinstance(field, models.CharField | models.TextField) and not field.choices
        if way in WRITTEN and plain and field.name not in LEFT and not isinstance(field, models.FileField):
            yield field


def plant(row: models.Model, word_for: Callable[[Any], str]) -> list[str]:
    """Write a word in every text of `row`, past everything that would look at it; returns the words."""
    values = {field.name: word_for(field)[: field.max_length] for field in texts(type(row))}
    if values:
        models.QuerySet(type(row)).filter(pk=row.pk).update(**values)
    return list(values.values())


def plant_case(record: models.Model, word_for: Callable[[Any], str]) -> list[str]:
    """The same in a record and in every row that stands under it."""
    return [word for rows in rows_under(record).values() for row in rows for word in plant(row, word_for)]


def plant_log(record: models.Model, word: str) -> None:
    """An event about `record` with a word in every part."""
    Event.objects.create(
        name="record.read",
        actor_name=word,
        subject_type=record._meta.label_lower,
        subject_id=str(record.pk),
        subject_label=word,
        reason=word,
        data={"word": word},
    )
