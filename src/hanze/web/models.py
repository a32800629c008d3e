"""The search index: one entry a record, one row a word stem, the same on every database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

LAST_OF_ALL = chr(0x10FFFF)


class Stem(models.CharField):
    """A word form; `stem__begins` finds by its beginning."""


@Stem.register_lookup
class Begins(models.Lookup):  # type: ignore[type-arg]
    """A beginning that an index finds. Only for letters and digits, as stems are: nothing in it is escaped."""

    lookup_name = "begins"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return self._compared(compiler, connection, "LIKE", "%")

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        # LIKE takes no index here, for it does not look at upper and lower case.
        return self._compared(compiler, connection, "GLOB", "*")

    def _compared(self, compiler: Any, connection: Any, operator: str, rest: str) -> tuple[str, tuple[Any, ...]]:
        stem, given = self.process_lhs(compiler, connection)
        return f"{stem} {operator} %s", (*given, f"{self.rhs}{rest}")


@Stem.register_lookup
class BeginsAfter(models.Lookup):  # type: ignore[type-arg]
    """`stem__begins_after=(beginning, last)`: a beginning as in `begins`, of the stems that come after the last."""

    lookup_name = "begins_after"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        beginning, last = self.rhs
        stem, given = self.process_lhs(compiler, connection)
        return f"({stem} LIKE %s AND {stem} > %s)", (*given, f"{beginning}%", *given, last)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        beginning, last = self.rhs
        stem, given = self.process_lhs(compiler, connection)
        # With GLOB it would look from the beginning on, at all that comes before the last.
        return f"({stem} > %s AND {stem} < %s)", (*given, last, *given, f"{beginning}{LAST_OF_ALL}")


class SearchEntry(models.Model):
    """A record as search knows it. What a reader finds is decided by the record itself, at the moment of asking."""

    record_type = models.CharField(max_length=80)
    record_id = models.CharField(max_length=64)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [models.UniqueConstraint(fields=["record_type", "record_id"], name="one_entry_per_record")]

    def __str__(self) -> str:
        return self.title


class SearchTerm(models.Model):
    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="terms")
    stem = Stem(max_length=60, db_index=True)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        constraints = [models.UniqueConstraint(fields=["entry", "stem"], name="stem_once_per_entry")]
        indexes = [
            # All that finding asks, so that it opens no row.
            models.Index(fields=["stem", "entry", "weight"], name="search_term_found"),
            # Of a word that is everywhere, the entries in which it weighs most come first.
            models.Index("stem", models.F("weight").desc(), "entry", name="search_term_heaviest"),
        ]

    def __str__(self) -> str:
        return self.stem
