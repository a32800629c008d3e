"""Conditions on rows that depend on who reads, put into SQL once for her rights.

`Among(Person.objects.visible_to, reader, "person")` says what `Exists(Person.objects.visible_to(reader).filter(
pk=OuterRef("person")))` says. Django puts that together anew for every query, which takes longer than the database.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models
from django.db.models.expressions import RawSQL


@dataclass(frozen=True)
class Rights:
    """All that such a condition may know of who reads, so that what was written for these rights holds for them
    always: when she gets another role, they are other rights."""

    pk: int | None
    roles: frozenset[str]
    ceiling: str | None
    is_authenticated: bool

    @classmethod
    def of(cls, reader: Any) -> Rights:
        """The rights of a user, who may be anonymous."""
        if isinstance(reader, Rights):
            return reader
        signed_in = bool(getattr(reader, "is_authenticated", False))
        roles = reader.roles if signed_in else frozenset()
        return cls(getattr(reader, "pk", None), roles, getattr(reader, "ceiling", None), signed_in)

    def has_role(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)


Rows = Callable[[Any], models.QuerySet[Any]]


class Among(models.Func):
    """Whether the field `key` of a row is the `by` of one of `rows(reader)`.

    `rows` is the same object at each call (a function of a module, a manager's `visible_to`), is given `Rights` for
    the reader, and looks at nothing else that can change.
    """

    def __init__(self, rows: Rows, reader: Any, key: str | models.Expression, by: str = "pk") -> None:
        super().__init__(key, output_field=models.BooleanField())
        self.asked = (rows, Rights.of(reader), by)
        self.key = key

    @property
    def identity(self) -> tuple[Any, ...]:
        return (type(self), self.asked, self.key)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        written = _written(*self.asked, connection.alias)
        if written is None:
            raise EmptyResultSet
        (before, given_before), (after, given_after) = written
        key, given = compiler.compile(self.source_expressions[0])
        return f"{before}{key}{after}", (*given_before, *given, *given_after)


class KeyIn(models.Func):
    """Whether the field `key` of a row is one of these numbers: as `__in`, for a thousand of them in one parameter."""

    def __init__(self, key: str, numbers: Iterable[int]) -> None:
        super().__init__(key, output_field=models.BooleanField())
        self.numbers = list(numbers)

    @property
    def identity(self) -> tuple[Any, ...]:
        return (type(self), *self.source_expressions, *self.numbers)

    def as_sql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:  # type: ignore[override]
        key, given = compiler.compile(self.source_expressions[0])
        return f"{key} = ANY(%s::bigint[])", (*given, self.numbers)

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        key, given = compiler.compile(self.source_expressions[0])
        return f"{key} IN (SELECT value FROM json_each(%s))", (*given, json.dumps(self.numbers))


Part = tuple[str, tuple[Any, ...]]
_HOLE, _NOTHING = "\0%s", object()


@lru_cache(maxsize=2048)
def _written(rows: Rows, rights: Rights, by: str, using: str) -> tuple[Part, Part] | None:
    """The SQL before and after the key that is asked about, each with its parameters; None when no row is meant."""
    asked: Any = rows(rights).filter(**{by: RawSQL(_HOLE, (_NOTHING,))}).query.exists()
    try:
        plain, _given = asked.get_compiler(using).as_sql()
        # The key belongs to a table outside, so tables inside get names that none outside or further in has.
        depth = next(number for number in count() if f"among{number}_" not in plain)
        asked.change_aliases({alias: f"among{depth}_{place}" for place, alias in enumerate(asked.alias_map)})
        sql, given = asked.get_compiler(using).as_sql()
    except EmptyResultSet:
        return None
    before, _hole, after = sql.partition(_HOLE)
    at = next(place for place, each in enumerate(given) if each is _NOTHING)
    return (f"EXISTS({before}", tuple(given[:at])), (f"{after})", tuple(given[at + 1 :]))
