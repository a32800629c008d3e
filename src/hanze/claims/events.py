"""What happens to claims, as the log of the record says it. The values stay with the claims."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.audit.models import Event
from hanze.audit.registry import register
from hanze.claims.facts import label_of


def _sentence(template: Any) -> Any:
    def say(event: Event) -> str:
        fact = label_of(apps.get_model(event.subject_type), event.data.get("fact", ""))
        return str(template) % {
            "actor": event.actor_name or _("Hanze"),
            "subject": event.subject_label,
            "fact": fact.lower(),
        }

    return say


register("claim.made", _sentence(gettext_lazy("%(actor)s recorded a source for “%(fact)s” of %(subject)s")))
register(
    "claim.contradicts",
    _sentence(gettext_lazy("%(actor)s recorded that another source says otherwise about “%(fact)s” of %(subject)s")),
)
register("claim.decided", _sentence(gettext_lazy("%(actor)s decided which source holds for “%(fact)s” of %(subject)s")))
register(
    "claim.withdrawn", _sentence(gettext_lazy("%(actor)s withdrew what a source said on “%(fact)s” of %(subject)s"))
)
