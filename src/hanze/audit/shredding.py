"""The one way to take personal data out of the log: a permanent row says that it happened, and the rest stays.

The database lets an event be changed only together with a new row of `Shredding` for it, and never its moment, name,
actor or subject. Neither events nor those rows can be removed.
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from hanze.audit.models import Event, Shredding


@transaction.atomic
def shred(event: Event, *, cause: str, **payload: Any) -> None:
    """Write `payload` (of actor_name, subject_label, reason, data) over that of `event`; `cause` says why."""
    unknown = set(payload) - {"actor_name", "subject_label", "reason", "data"}
    if unknown:
        raise ValueError(f"Of an event these stay as they are: {sorted(unknown)}")
    mark = Shredding.objects.create(event=event, cause=cause)
    models.QuerySet(Event).filter(pk=event.pk).update(shredded=mark.pk, **payload)
