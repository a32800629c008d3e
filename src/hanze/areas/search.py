"""What search finds among initiatives."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hanze.areas.models import Initiative
from hanze.register.searching import SearchSource


def text_of(initiative: Initiative) -> str:
    """The words of an initiative, and of what only its readers may read: its conditions, parties and meetings."""
    parts = [initiative.title, initiative.aim]
    parts += [condition.label for condition in initiative.conditions.all()]
    parts += [party.name for party in initiative.parties.all()]
    for meeting in initiative.meetings.all():
        parts += [meeting.title, meeting.place, meeting.concluded]
    return "\n".join(part for part in parts if part)


SOURCES = [
    SearchSource(
        model=Initiative,
        label=_("Initiative"),
        title=str,
        text=text_of,
        url=lambda initiative: initiative.get_absolute_url(),
        permission="areas.list_initiatives",
        prefetch=("conditions", "parties", "meetings"),
    )
]
