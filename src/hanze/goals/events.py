"""What happens to goals and themes, as the log says it."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("goal.created", _("%(actor)s added the goal “%(subject)s”"))
register("goal.changed", _("%(actor)s changed the goal “%(subject)s”"))
register("theme.created", _("%(actor)s added the theme “%(subject)s”"))
register("theme.changed", _("%(actor)s changed the theme “%(subject)s”"))
