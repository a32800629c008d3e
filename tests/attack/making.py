"""One row of any model, made from its fields alone, so that a model or field of tomorrow is tried by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction

from hanze.areas.models import Wish
from hanze.publication.models import Item
from hanze.register.models import Merge, Person, SetApart
from hanze.watchlists.models import Finding, Subject

Words = Callable[[models.Field], str]
"""Gives the word that a text field is to hold."""

# What the database itself asks of a row, beyond its fields one by one.
ASKED: dict[type[models.Model], dict[str, Any]] = {
    Subject: {"organisation": None, "name_text": ""},
    Finding: {"classification": "confidential"},
    Merge: {"kept_id": 1, "gone_id": 2},
    SetApart: {"one_id": 1, "other_id": 2},
    # Of no record that is made here, whose own saving would take it back.
    Item: {"record_id": 10**9},
}
# References that must lead to another row than the first of its model, named apart by the field given.
ANOTHER: dict[type[models.Model], tuple[str, str]] = {Wish: ("other", "name")}
PLAIN: dict[type[models.Field], Any] = {
    models.BooleanField: False,
    models.DateTimeField: datetime(2024, 5, 23, 12, tzinfo=UTC),
    models.DateField: date(2024, 5, 23),
    models.TimeField: time(12),
    models.DecimalField: Decimal(1),
    models.FloatField: 1.0,
    models.IntegerField: 1,
    models.BinaryField: b"x",
}


class Maker:
    """Makes rows that refer to each other: one of each model, texts filled by `word_for`."""

    def __init__(self, word_for: Words, given: dict[type[models.Model], models.Model] | None = None) -> None:
        self.word_for = word_for
        self.made: dict[type[models.Model], models.Model] = dict(given or {})
        self.making: set[type[models.Model]] = set()

    def one(self, model: type[models.Model]) -> models.Model:
        """The row of `model`; made when there was none."""
        if model not in self.made:
            self.making.add(model)
            row = model(**{field.name: self._value(field) for field in model._meta.local_fields if self._asks(field)})
            for name, value in ASKED.get(model, {}).items():
                setattr(row, name, value)
            if model in ANOTHER:
                name, label = ANOTHER[model]
                setattr(row, name, _another(getattr(row, name), label))
            self.made[model] = _saved(row)
            self.making.discard(model)
        return self.made[model]

    def _asks(self, field: Any) -> bool:
        return not (field.primary_key and field.get_internal_type() in ("BigAutoField", "AutoField", "UUIDField"))

    def _value(self, field: Any) -> Any:
        if field.is_relation:
            return self._related(field)
        if field.choices:
            return field.choices[0][0]
        if isinstance(field, models.FileField):
            return ContentFile(self.word_for(field).encode(), name=f"{self.word_for(field)}.txt")
        if isinstance(field, models.JSONField):
            return {"word": self.word_for(field), self.word_for(field): [1, self.word_for(field)]}
        if isinstance(field, models.EmailField):
            return f"{self.word_for(field).replace(' ', '.')}@somewhere.example"[: field.max_length]
        if isinstance(field, models.URLField):
            return f"https://somewhere.example/{self.word_for(field).replace(' ', '-')}"
        if isinstance(field, models.CharField | models.TextField):
            return self.word_for(field)[: field.max_length]
        if field.null:
            return None
        if field.has_default():
            return field.get_default()
        return next((value for kind, value in PLAIN.items() if isinstance(field, kind)), None)

    def _related(self, field: Any) -> Any:
        related = field.related_model
        if related in self.making or (field.null and related is not Person and related not in self.made):
            return None
        return self.one(related)


def _another(row: models.Model, label: str) -> models.Model:
    """A row as this one, with a name of its own and without what only one row may refer to."""
    copy = type(row)._base_manager.get(pk=row.pk)
    copy.pk = None
    copy._state.adding = True
    setattr(copy, label, f"{getattr(copy, label)} 2")
    return _saved(copy)


def _saved(row: models.Model) -> models.Model:
    """The row in the database; where a constraint refuses it, without the references that it can do without."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        for field in row._meta.local_fields:
            if field.is_relation and field.null and field.related_model is not Person:
                setattr(row, field.name, None)
        row.save()
    return row
