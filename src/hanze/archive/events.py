from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("person.exported", _("%(actor)s made a copy of everything about %(subject)s"))
register("person.erased", _("%(actor)s erased the personal data of a person"))
