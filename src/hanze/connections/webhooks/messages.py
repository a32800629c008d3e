"""What a message says: which event, when, and the keys of the records it is about. Never their contents."""

from __future__ import annotations

import json
from typing import Any

from hanze.accounts.models import User
from hanze.audit import registry
from hanze.audit.models import Event
from hanze.connections.api import resources
from hanze.connections.api.resources import Resource
from hanze.connections.models import Delivery


def offered() -> list[str]:
    """The names of the events that a webhook can be about: those of the records that are in the API."""
    beginnings = tuple(beginning for each in resources.every() for beginning in each.events)
    return [name for name in registry.names() if name.startswith(beginnings)]


def about(event: Event, reader: User) -> dict[str, Any] | None:
    """The records of an event that `reader` may see: `subject`, `case` when it is on another's page, and `claim` when
    it is about what a source says.

    None when none of them is in the API, or any that is there is hidden.
    """
    found: dict[str, Any] = {}
    for part, label, pk in (
        ("subject", event.subject_type, event.subject_id),
        ("case", event.case_type, event.case_id),
    ):
        resource = resources.of_model(label) if label else None
        if resource is None:
            continue
        if not _sees(resource, pk, reader):
            return None
        found[part] = {"type": resource.name, "id": int(pk), "url": resource.address(pk)}
    return {**found, **_claim(event, reader)} if found else None


def _claim(event: Event, reader: User) -> dict[str, Any]:
    """The claim that an event on a claim is about; its own key stands in the event's data."""
    resource, pk = resources.named("claims"), str(event.data.get("claim", ""))
    if resource is None or not event.name.startswith(resource.events) or not _sees(resource, pk, reader):
        return {}
    return {"claim": {"type": resource.name, "id": int(pk), "url": resource.address(pk)}}


def message(delivery: Delivery, found: dict[str, Any]) -> bytes:
    """The body of a delivery."""
    event = delivery.event
    data = {"event": event.pk, **found}
    return json.dumps({"type": event.name, "timestamp": event.at.isoformat(), "data": data}).encode()


def _sees(resource: Resource, pk: str, reader: User) -> bool:
    return reader.has_perm(resource.permission) and resource.rows(reader).filter(pk=pk).exists()
