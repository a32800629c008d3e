"""Filling, checking and saving one record; used by the operations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models

_by_database: ContextVar[bool] = ContextVar("constraints are left to the database", default=False)


@contextmanager
def checked_by_database() -> Iterator[None]:
    """Within this block `fill` leaves to the database what it checks anyway: constraints, and that a record that was
    read is there. It then raises IntegrityError instead of ValidationError: for thousands of records at once, of which
    the few that are refused are tried again outside the block."""
    token = _by_database.set(True)
    try:
        yield
    finally:
        _by_database.reset(token)


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
    _check(record)
    record.save()
    for name in fields.keys() & many:
        getattr(record, name).set(fields[name])


def _check(record: models.Model) -> None:
    if not _by_database.get():
        record.full_clean()
        return
    relations = (field for field in record._meta.concrete_fields if field.is_relation)
    read = {field.name for field in relations if field.is_cached(record) and field.value_from_object(record)}
    record.full_clean(exclude=read, validate_unique=False, validate_constraints=False)


def snapshot(record: models.Model, names: list[str] | None = None) -> dict[str, Any]:
    """The plain values of a record's fields (many-to-many as sorted keys), to compare before and after."""
    fields = [field for field in record._meta.concrete_fields if names is None or field.name in names]
    values = {field.name: field.value_from_object(record) for field in fields}
    for field in record._meta.many_to_many:
        if names is None or field.name in names:
            values[field.name] = sorted(getattr(record, field.name).values_list("pk", flat=True), key=str)
    return values
