from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("application.created", _("%(actor)s let the application %(subject)s in"))
register("application.closed", _("%(actor)s closed the application %(subject)s"))
register("token.created", _("%(actor)s made a token for the application %(subject)s"))
register("token.revoked", _("%(actor)s revoked a token of the application %(subject)s"))
register("webhook.added", _("%(actor)s added a webhook for the application %(subject)s"))
register("webhook.changed", _("%(actor)s changed a webhook of the application %(subject)s"))
register("webhook.switched-on", _("%(actor)s switched a webhook of the application %(subject)s on"))
register("webhook.switched-off", _("%(actor)s switched a webhook of the application %(subject)s off"))
register("webhook.failed", _("A webhook of the application %(subject)s was switched off: it kept failing"))
register("webhook.secret-renewed", _("%(actor)s made a new secret for a webhook of the application %(subject)s"))
register("webhook.redelivered", _("%(actor)s sent a message of the application %(subject)s again"))
register("feed.created", _("%(actor)s made the calendar feed %(subject)s"))
register("feed.renewed", _("%(actor)s gave the calendar feed %(subject)s another address"))
register("feed.revoked", _("%(actor)s ended the calendar feed %(subject)s"))
register("feed.fetched", _("The calendar feed %(subject)s of %(actor)s gave out confidential records"))
