"""The events of casework, and the sentences that the log shows for them."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.audit.models import Event
from hanze.audit.registry import register
from hanze.casework.models import RequestParticipant


def _with_participant(sentence: Promise) -> Callable[[Event], str]:
    """A sentence about a participant, whose name the event only has when the record itself is no secret."""
    return lambda event: (
        str(sentence)
        % {
            "actor": event.actor_name or "Hanze",
            "participant": event.data.get("participant") or _("a participant"),
            "result": dict(RequestParticipant.Screening.choices).get(event.data.get("result", ""), ""),
        }
    )


register("request.received", gettext_lazy("%(actor)s registered the request %(subject)s"))
register("request.submitted", gettext_lazy("The request %(subject)s came in through the public form"))
register("request.changed", gettext_lazy("%(actor)s changed %(subject)s"))
register(
    "request.participant-added", _with_participant(gettext_lazy("%(actor)s added %(participant)s as a participant"))
)
register(
    "request.participant-removed", _with_participant(gettext_lazy("%(actor)s removed %(participant)s as a participant"))
)
register(
    "request.screened",
    _with_participant(gettext_lazy("%(actor)s recorded the screening of %(participant)s: %(result)s")),
)
register("request.reassessed", gettext_lazy("The facts changed after the advice: %(subject)s is in assessment again"))
register("request.withdrawn", gettext_lazy("%(actor)s withdrew %(subject)s"))
register("request.closed", gettext_lazy("%(actor)s closed %(subject)s"))
register("contact.recorded", gettext_lazy("%(actor)s recorded a contact moment about %(subject)s"))
register("contact.changed", gettext_lazy("%(actor)s changed the contact moment about %(subject)s"))
