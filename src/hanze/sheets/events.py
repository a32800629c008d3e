"""What happens with imports and exports, as the log says it."""

from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("import.received", _("%(actor)s handed in the spreadsheet %(subject)s"))
register("import.refused", _("The spreadsheet %(subject)s could not be read"))
register("import.done", _("%(actor)s brought in the spreadsheet %(subject)s"))
register("import.discarded", _("%(actor)s did not bring in the spreadsheet %(subject)s"))
register("import.undone", _("%(actor)s undid the import of %(subject)s"))
register("import.record-removed", _("%(actor)s removed %(subject)s by undoing an import"))
