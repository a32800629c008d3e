"""What search finds among initiatives."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hanze.areas.models import Initiative
from hanze.register.searching import SearchSource

SOURCES = [
    SearchSource(
        model=Initiative,
        label=_("Initiative"),
        title=str,
        text=lambda initiative: "\n".join(part for part in (initiative.title, initiative.aim) if part),
        url=lambda initiative: initiative.get_absolute_url(),
        permission="areas.list_initiatives",
    )
]
