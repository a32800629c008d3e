"""`{% history record %}`: what happened to a record, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.db import models

from hanze.audit.models import Event
from hanze.audit.registry import sentence

register = template.Library()


@register.inclusion_tag("audit/history.html")
def history(record: models.Model, former: Iterable[models.Model] = (), limit: int = 30) -> dict[str, Any]:
    """The latest events about `record`, and about those that went up in it, newest first; the caller has checked that
    the reader may see it."""
    events = Event.objects.about(record, *former).exclude(name="record.read")
    shown = list(events[: limit + 1])
    return {"events": shown[:limit], "earlier": events.count() - limit if len(shown) > limit else 0}


@register.filter
def in_words(event: Event) -> str:
    return sentence(event)
