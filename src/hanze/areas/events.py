"""What happens in initiatives, as the log says it."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("initiative.created", _("%(actor)s started the initiative %(subject)s"))
register("initiative.changed", _("%(actor)s changed the initiative %(subject)s"))
register("places.received", _("%(actor)s handed in the file %(subject)s"))
register("places.refused", _("The file %(subject)s was not brought in"))
register("places.done", _("%(actor)s brought in the file %(subject)s"))
register("places.discarded", _("%(actor)s did not bring in the file %(subject)s"))
