"""What happens in initiatives, as the log says it."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("initiative.created", _("%(actor)s started the initiative %(subject)s"))
register("initiative.changed", _("%(actor)s changed the initiative %(subject)s"))
register("condition.added", _("%(actor)s added the condition %(subject)s"))
register("condition.changed", _("%(actor)s changed the condition %(subject)s"))
register("condition.removed", _("%(actor)s took away the condition %(subject)s"))
register("adviser.added", _("%(actor)s put %(subject)s in the advisory group"))
register("adviser.removed", _("%(actor)s took %(subject)s out of the advisory group"))
register("adviser.voted", _("%(actor)s recorded the points of %(subject)s"))
register("criterion.added", _("%(actor)s added the criterion %(subject)s"))
register("criterion.changed", _("%(actor)s changed the criterion %(subject)s"))
register("criterion.removed", _("%(actor)s took away the criterion %(subject)s"))
register("area.removed", _("%(actor)s took away the area %(subject)s"))
register("areas.concluded", _("%(actor)s concluded that %(subject)s is the preferred area"))
register("area.named", _("%(actor)s named the area %(subject)s"))
register("area.valued", _("%(actor)s recorded what is known of the area %(subject)s"))
register("places.received", _("%(actor)s handed in the file %(subject)s"))
register("places.refused", _("The file %(subject)s was not brought in"))
register("places.done", _("%(actor)s brought in the file %(subject)s"))
register("places.discarded", _("%(actor)s did not bring in the file %(subject)s"))
register("plan.asked", _("%(actor)s asked for the plan %(subject)s"))
register("plan.done", _("The plan %(subject)s was made"))
register("plan.refused", _("The plan %(subject)s could not be made"))
register("plan.cancelled", _("%(actor)s called off the plan %(subject)s"))
register("plan.removed", _("%(actor)s removed the plan %(subject)s"))
