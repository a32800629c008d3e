from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("record.read", _("%(actor)s read %(subject)s"))
