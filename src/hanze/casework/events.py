"""The events of casework, and the sentences that the log shows for them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hanze.audit.models import Event
from hanze.audit.registry import register
from hanze.casework.models import RequestParticipant


def _screened(event: Event) -> str:
    """Says the result in the reader's language; the event keeps its code."""
    result = dict(RequestParticipant.Screening.choices).get(event.data.get("result", ""), "")
    return _("%(actor)s recorded the screening of %(participant)s: %(result)s") % {
        "actor": event.actor_name or "Hanze",
        "participant": event.data.get("participant", ""),
        "result": result,
    }


register("request.received", gettext_lazy("%(actor)s registered the request %(subject)s"))
register("request.submitted", gettext_lazy("The request %(subject)s came in through the public form"))
register("request.changed", gettext_lazy("%(actor)s changed %(subject)s"))
register("request.participant-added", gettext_lazy("%(actor)s added the participant %(participant)s"))
register("request.participant-removed", gettext_lazy("%(actor)s removed the participant %(participant)s"))
register("request.screened", _screened)
register("request.reassessed", gettext_lazy("The facts changed after the advice: %(subject)s is in assessment again"))
register("request.withdrawn", gettext_lazy("%(actor)s withdrew %(subject)s"))
register("request.closed", gettext_lazy("%(actor)s closed %(subject)s"))
register("contact.recorded", gettext_lazy("%(actor)s recorded the contact moment with %(subject)s"))
register("contact.changed", gettext_lazy("%(actor)s changed the contact moment with %(subject)s"))
