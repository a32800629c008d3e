"""Sendings through the public form, counted so that one address cannot flood it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Submission(models.Model):
    """That an address used the public form. Only a keyed hash of the address is kept, for an hour."""

    address_hash = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
