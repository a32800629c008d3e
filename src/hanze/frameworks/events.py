"""The events of drafts, and the sentences that the log shows for them."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("framework-draft.started", _("%(actor)s started a draft of %(subject)s"))
register("framework-draft.changed", _("%(actor)s changed %(place)s in the draft %(subject)s"))
register("framework-draft.offered", _("%(actor)s offered the draft %(subject)s for approval"))
register("framework-draft.returned", _("%(actor)s returned the draft %(subject)s"))
register("framework-draft.withdrawn", _("%(actor)s withdrew the draft %(subject)s"))
register("framework-draft.approved", _("%(actor)s approved %(subject)s"))
