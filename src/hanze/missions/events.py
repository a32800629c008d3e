"""The events of activities, each with its sentence in the log."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("activity.planned", _("%(actor)s planned %(subject)s"))
register("activity.changed", _("%(actor)s changed %(subject)s"))
register("activity.confirmed", _("%(actor)s confirmed %(subject)s"))
register("activity.held", _("%(actor)s recorded that %(subject)s was held"))
register("activity.closed", _("%(actor)s closed %(subject)s"))
register("activity.cancelled", _("%(actor)s cancelled %(subject)s"))
register("activity.reopened", _("%(actor)s reopened %(subject)s"))
register("activity.report-published", _("%(actor)s published the report of %(subject)s"))
register("activity.report-withdrawn", _("%(actor)s took the report of %(subject)s back from the public pages"))
register("activity.publication-set", _("%(actor)s set the publication of %(subject)s"))

register("participation.added", _("%(actor)s added participant %(subject)s"))
register("participation.changed", _("%(actor)s changed participant %(subject)s"))
register("participation.withdrew", _("%(actor)s recorded that %(subject)s withdrew"))
register("participation.returned", _("%(actor)s recorded that %(subject)s takes part after all"))
register("participation.removed", _("%(actor)s removed participant %(subject)s, who was entered by mistake"))

register("measure.added", _("%(actor)s added the measure %(subject)s"))
register("measure.settled", _("%(actor)s recorded the measure %(subject)s as done"))
register("measure.waived", _("%(actor)s waived the measure %(subject)s"))
register("measure.reopened", _("%(actor)s reopened the measure %(subject)s"))
register("measure.assigned", _("%(actor)s assigned the measure %(subject)s"))

register("place.added", _("%(actor)s added the place %(subject)s"))
register("place.changed", _("%(actor)s changed the place %(subject)s"))
register("place.removed", _("%(actor)s removed the place %(subject)s"))
register("programme-item.added", _("%(actor)s added %(subject)s to the programme"))
register("programme-item.changed", _("%(actor)s changed %(subject)s in the programme"))
register("programme-item.removed", _("%(actor)s took %(subject)s out of the programme"))
register("topic.added", _("%(actor)s recorded the topic %(subject)s"))
register("topic.changed", _("%(actor)s changed the topic %(subject)s"))
register("topic.removed", _("%(actor)s removed the topic %(subject)s"))
register("cost.added", _("%(actor)s added the cost %(subject)s"))
register("cost.changed", _("%(actor)s changed the cost %(subject)s"))
register("cost.removed", _("%(actor)s removed the cost %(subject)s"))

register("activity.agreement-added", _("%(actor)s recorded an agreement signed at %(subject)s"))
register("activity.agreement-removed", _("%(actor)s took an agreement off %(subject)s"))
register("activity.contact-linked", _("%(actor)s linked a contact moment with %(subject)s"))
register("activity.contact-unlinked", _("%(actor)s took a contact moment off %(subject)s"))
