"""Writing the log. `record` is called by every operation; nothing else adds events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from hanze.audit.models import Event
from hanze.audit.registry import known

_moment: ContextVar[datetime | None] = ContextVar("moment of recorded history", default=None)


@contextmanager
def history_of(moment: datetime) -> Iterator[None]:
    """Within this block events carry `moment` instead of now: for history that is loaded, such as the demo's."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def record(
    name: str,
    *,
    by: Any | None,
    subject: models.Model,
    case: models.Model | None = None,
    reason: str = "",
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Add the event `name` about `subject` to the log and return it.

    `by` is the acting user, or None for Hanze itself. `case` is the record on whose page the event also
    belongs, such as the request of a decision. `data` must be JSON-able (dates and decimals are).
    Raises `UnknownEventError` when no app has registered the name.
    """
    known(name)
    return Event.objects.create(
        name=name,
        at=at or _moment.get() or timezone.now(),
        actor=by,
        actor_name=str(by) if by is not None else "",
        subject_type=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:300],
        case_type=case._meta.label_lower if case is not None else "",
        case_id=str(case.pk) if case is not None else "",
        reason=reason,
        data=_plain(data),
    )


def changes(record_before: dict[str, Any], record_after: dict[str, Any]) -> dict[str, list[Any]]:
    """The fields that differ, as {field: [before, after]}, for the data of a `….changed` event."""
    return {
        field: [record_before.get(field), value]
        for field, value in record_after.items()
        if record_before.get(field) != value
    }


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder, default=str))
