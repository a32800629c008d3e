"""What the forms of parts of an initiative share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db.models import Model

from hanze.accounts.together import Difference, Together
from hanze.audit.models import Event


class TogetherOn(Together):
    """A form about a record that is no model form: two people may have it open at once."""

    shares = True
    about: Model

    def changed_by(self, name: str) -> tuple[str, datetime | None]:
        event = Event.objects.about(self.about).exclude(name="record.read").first()
        return (event.actor_name or "Hanze", event.at) if event else ("", None)


def told_apart(found: tuple[Difference, ...], labels: Mapping[str, str]) -> tuple[Difference, ...]:
    """Differences of fields named `<name>-<key>`, each told with the label of its key."""
    return tuple(replace(each, label=f"{labels[each.name.partition('-')[2]]}: {each.label}") for each in found)
