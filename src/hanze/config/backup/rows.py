"""The rows of the database as lines of text, in an order in which they can be read back; the same on each database."""

from __future__ import annotations

import base64
import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.color import no_style
from django.db import connections, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils.duration import duration_iso_string

CHUNK = 500
ALIAS = "default"
COPY = "backup_copy"
Nodes = list[tuple[str, str]]


def applied(alias: str = ALIAS) -> Nodes:
    """The migrations that the database has, in alphabetical order."""
    return sorted(MigrationLoader(connections[alias]).applied_migrations)


def is_behind(alias: str = ALIAS) -> bool:
    """Whether the database waits for a migration of this version."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def tables(nodes: Iterable[tuple[str, str]], alias: str = ALIAS) -> list[type[models.Model]]:
    """Every model with a table as it was after the migrations `nodes`, each after those that it refers to."""
    loader = MigrationLoader(connections[alias])
    known = [node for node in nodes if node in loader.graph.nodes]
    state: Any = loader.project_state(known, at_end=True)
    found = state.apps.get_models(include_auto_created=True)
    return _in_order([model for model in found if model._meta.managed and not model._meta.proxy])


def _in_order(found: list[type[models.Model]]) -> list[type[models.Model]]:
    rest = {model._meta.label_lower: model for model in sorted(found, key=lambda model: model._meta.label_lower)}
    ordered: list[type[models.Model]] = []
    while rest:
        ready = [label for label, model in rest.items() if not (_refers_to(model) - {label}) & rest.keys()]
        for label in ready or [next(iter(rest))]:
            ordered.append(rest.pop(label))
    return ordered


def _refers_to(model: type[models.Model]) -> set[str]:
    related = (field.related_model for field in fields_of(model) if field.is_relation)
    return {other._meta.label_lower for other in related if isinstance(other, type)}


def fields_of(model: type[models.Model]) -> list[Any]:
    """The fields that hold a value of their own."""
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def lines(model: type[models.Model], alias: str) -> Iterator[str]:
    """Each row of `model` as a line, by its key."""
    names = [field.attname for field in fields_of(model)]
    rows = model._base_manager.using(alias).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield json.dumps(dict(zip(names, row, strict=True)), default=_plain, ensure_ascii=False) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    raise TypeError(f"{type(value)} cannot be written down")


def add(model: type[models.Model], texts: Iterable[str], alias: str = ALIAS) -> int:
    """Put the rows of `texts` into the table of `model` as they are; how many. Raises ValueError, KeyError."""
    fields = fields_of(model)
    count, waiting = 0, []
    for text in texts:
        held = json.loads(text)
        waiting.append(model(**{field.attname: _read(field, held[field.attname]) for field in fields}))
        if len(waiting) == CHUNK:
            count += _insert(model, waiting, fields, alias)
            waiting = []
    return count + _insert(model, waiting, fields, alias)


def _read(field: Any, value: Any) -> Any:
    target = field.target_field if field.is_relation else field
    return target.to_python(value) if value is not None and not isinstance(target, models.JSONField) else value


def _insert(model: type[models.Model], objects: list[Any], fields: list[Any], alias: str) -> int:
    """Raw, so that "changed at" stays what it was."""
    connection = connections[alias]
    size = max(connection.ops.bulk_batch_size(fields, objects), 1) if objects else 1
    for start in range(0, len(objects), size):
        manager: Any = model._base_manager
        manager._insert(objects[start : start + size], fields=fields, using=alias, raw=True)
    return len(objects)


def set_counters(found: list[type[models.Model]], alias: str = ALIAS) -> None:
    """Let new rows get keys after those that were put in."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), found):
            cursor.execute(statement)


@contextmanager
def as_of_now() -> Iterator[str]:
    """The alias of a database that stands still while it is read: a copy of SQLite's file, a snapshot of PostgreSQL."""
    connection = connections[ALIAS]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield ALIAS
        finally:
            connection.close()
        return
    with tempfile.TemporaryDirectory(prefix="hanze-backup-") as folder:
        path = Path(folder) / "copy.sqlite3"
        connection.ensure_connection()
        target = sqlite3.connect(path)
        connection.connection.backup(target, pages=5000)
        target.close()
        connections.databases[COPY] = {**connections.databases[ALIAS], "NAME": str(path)}
        try:
            yield COPY
        finally:
            connections[COPY].close()
            del connections.databases[COPY]
            with suppress(AttributeError):
                del connections[COPY]
