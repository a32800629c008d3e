"""Filling, checking and saving one record; used by the operations."""

from __future__ import annotations

from typing import Any

from django.db import models


def fill(record: models.Model, fields: dict[str, Any]) -> None:
    """Give `record` the `fields`, check it as a whole and save it with its many-to-many fields.

    Raises ValidationError keyed by field, and TypeError for a name that is no field of the record.
    """
    many = {field.name for field in record._meta.many_to_many}
    known = {field.name for field in record._meta.concrete_fields} | many
    if unknown := fields.keys() - known:
        raise TypeError(f"{record._meta.label} has no field {', '.join(sorted(unknown))}")
    for name in fields.keys() - many:
        setattr(record, name, fields[name])
    record.full_clean()
    record.save()
    for name in fields.keys() & many:
        getattr(record, name).set(fields[name])


def snapshot(record: models.Model, names: list[str] | None = None) -> dict[str, Any]:
    """The plain values of a record's fields (many-to-many as sorted keys), to compare before and after."""
    fields = [field for field in record._meta.concrete_fields if names is None or field.name in names]
    values = {field.name: field.value_from_object(record) for field in fields}
    for field in record._meta.many_to_many:
        if names is None or field.name in names:
            values[field.name] = sorted(getattr(record, field.name).values_list("pk", flat=True), key=str)
    return values
