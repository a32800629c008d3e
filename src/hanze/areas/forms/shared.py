"""What the forms of parts of an initiative share."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Model

from hanze.accounts.together import Together
from hanze.audit.models import Event


class TogetherOn(Together):
    """A form about a record that is no model form: two people may have it open at once."""

    shares = True
    about: Model

    def changed_by(self, name: str) -> tuple[str, datetime | None]:
        event = Event.objects.about(self.about).exclude(name="record.read").first()
        return (event.actor_name or "Hanze", event.at) if event else ("", None)
