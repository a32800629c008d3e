"""What was asked of the database before, and still holds because nothing was written since.

Safe because the witness is the database's own and every writer touches it: SQLite counts what others committed
(`data_version`) and what this connection changed; PostgreSQL's snapshot names every transaction that is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from hanze.accounts.asking import once_while_reading

MOST = 1_000
"""As many answers are kept for a connection; with one more it begins anew."""

Answer = TypeVar("Answer")


@dataclass
class _Memory:
    """The answers of one connection, which is opened anew when another database is put in its place."""

    opened: object
    witness: object = None
    answers: dict[Hashable, Any] = field(default_factory=dict)


def remembered(key: Hashable, answer: Callable[[], Answer]) -> Answer:
    """`answer()`, or what it gave for `key` when the database has not changed in anything since.

    The key says all that the answer depends on beside the database: whose rights, which day, what language; `key_of`
    gives that of rows. The answer is one that nobody changes. Within a transaction nothing is remembered.
    """
    if connection.in_atomic_block:
        return answer()
    memory = _memory()
    # Asked before the answer is: what is written meanwhile makes it stale.
    if (witness := _witness()) != memory.witness or len(memory.answers) >= MOST:
        memory.witness, memory.answers = witness, {}
    if key not in memory.answers:
        answers = memory.answers
        answers[key] = answer()
        return answers[key]
    return cast(Answer, memory.answers[key])


def key_of(rows: QuerySet[Any]) -> Hashable:
    """The question for `rows` as it goes to the database, in which the reader's rights are."""
    try:
        sql, values = rows.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # such as for who has no role
        return "nothing"
    return sql, tuple(repr(value) for value in values)


def _memory() -> _Memory:
    connection.ensure_connection()
    kept: _Memory | None = getattr(connection, "hanze_memory", None)
    if kept is None or kept.opened is not connection.connection:
        kept = _Memory(connection.connection)
        connection.hanze_memory = kept  # type: ignore[attr-defined]
    return kept


def _witness() -> object:
    opened: Any = connection.connection
    if connection.vendor == "sqlite":
        return opened.execute("PRAGMA data_version").fetchone(), opened.total_changes
    # What is answered later in the request is kept under the snapshot from before it, so the next request asks anew.
    return once_while_reading("snapshot", _snapshot)


def _snapshot() -> object:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return cursor.fetchone()
