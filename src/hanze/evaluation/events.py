"""What happens to evaluations, in words for the log."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("evaluation.created", _("%(actor)s made the evaluation %(subject)s"))
register("evaluation.changed", _("%(actor)s changed the evaluation %(subject)s"))
register("evaluation.text_written", _("%(actor)s wrote the text “%(section)s” of %(subject)s"))
register("evaluation.frozen", _("%(actor)s froze %(subject)s"))
register("evaluation.downloaded", _("%(actor)s downloaded %(subject)s as %(format)s"))
register("recommendation.made", _("%(actor)s recorded recommendation %(subject)s"))
register("recommendation.changed", _("%(actor)s changed recommendation %(subject)s"))
register("recommendation.removed", _("%(actor)s removed recommendation %(subject)s"))
register("recommendation.followed_up", _("%(actor)s recorded what became of recommendation %(subject)s"))
register("recorded_year.added", _("%(actor)s marked the year %(subject)s as recorded"))
register("recorded_year.changed", _("%(actor)s changed the note with the recorded year %(subject)s"))
register("recorded_year.removed", _("%(actor)s marked the year %(subject)s as not recorded"))
