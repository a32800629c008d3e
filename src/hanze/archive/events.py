from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("person.exported", _("%(actor)s made a copy of everything about %(subject)s"))
register("account.copied", _("%(actor)s made a copy of everything about the account of %(subject)s"))
register("account.erased", _("%(actor)s erased the personal data of somebody who worked here"))
register("person.erased", _("%(actor)s erased the personal data of a person"))
register("archiving.changed", _("%(actor)s changed how long %(subject)s is kept"))
register("archiving.packed", _("%(actor)s made %(subject)s into files for the archive"))
register("disposal.proposed", _("%(actor)s proposed a disposal: %(subject)s"))
register("disposal.approved", _("%(actor)s approved a disposal: %(subject)s"))
register("disposal.withdrawn", _("%(actor)s withdrew a disposal: %(subject)s"))
register("disposal.done", _("%(actor)s carried out a disposal: %(subject)s"))
