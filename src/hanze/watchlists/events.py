"""What happens in the screening, as the log says it."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("watchlist.created", _("%(actor)s added the list %(subject)s"))
register("watchlist.changed", _("%(actor)s changed the list %(subject)s"))
register("edition.received", _("%(actor)s handed in an edition: %(subject)s"))
register("edition.columns", _("%(actor)s said what the columns are of %(subject)s"))
register("edition.not-fetched", _("The newest edition of %(subject)s could not be fetched for %(actor)s"))
register("edition.fetched-again", _("The newest edition of %(subject)s could be fetched again for %(actor)s"))
register("edition.refused", _("%(subject)s could not be read"))
register("edition.discarded", _("%(actor)s did not take %(subject)s into use"))
register("edition.in-force", _("%(actor)s brought %(subject)s into force"))
register("screening.done", _("%(actor)s had parties screened"))
register("screening.removed", _("%(actor)s removed old looks that found nothing (%(looks)s)"))
register("subject.merged", _("%(actor)s brought the screening of two parties together: %(subject)s"))
register("subject.parted", _("%(actor)s took apart the screening of two parties: %(subject)s"))
register("finding.carried", _("A finding goes on with its verdicts: %(subject)s"))
register("findings.seen", _("%(actor)s was shown findings (%(findings)s)"))
register("finding.found", _("Found in the screening: %(subject)s"))
register("finding.reopened", _("A change re-opened the finding %(subject)s"))
register("finding.decided", _("%(actor)s decided about %(subject)s"))
register("finding.confirmed", _("%(actor)s confirmed the verdict about %(subject)s"))
register("finding.disputed", _("%(actor)s does not agree with the verdict about %(subject)s"))
register("finding.taken-up", _("%(actor)s took up %(subject)s again"))
register("finding.escalated", _("%(actor)s escalated the finding %(subject)s"))
