from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("publication.published", _("%(actor)s made public: %(subject)s"))
register("publication.withdrawn", _("%(actor)s took back what was public: %(subject)s"))
