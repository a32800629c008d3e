"""Reading is logged too, for what is confidential or restricted."""

from __future__ import annotations

from typing import Any

from django.db import models

from hanze.audit.log import record

LOGGED_CLASSES = frozenset({"confidential", "restricted"})


def read(reader: Any, opened: models.Model) -> None:
    """Log that `reader` opened a record, when its classification asks for that."""
    if getattr(opened, "classification", "") in LOGGED_CLASSES:
        record("record.read", by=reader, subject=opened)
