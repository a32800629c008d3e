"""The search index: one entry a record, one row a word stem, the same on every database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    stem = models.CharField(max_length=60, db_index=True)
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("search term")
        verbose_name_plural = _("search terms")
        constraints = [models.UniqueConstraint(fields=["entry", "stem"], name="stem_once_per_entry")]

    def __str__(self) -> str:
        return self.stem
