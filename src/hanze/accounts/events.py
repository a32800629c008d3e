from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register

register("account.created", _("%(actor)s created the account of %(subject)s"))
register("account.changed", _("%(actor)s changed the account of %(subject)s"))
register("account.closed", _("%(actor)s closed the account of %(subject)s"))
register("account.reopened", _("%(actor)s reopened the account of %(subject)s"))
register("account.signed-in", _("%(subject)s signed in"))
register("account.sign-in-failed", _("Somebody failed to sign in to the account of %(subject)s"))
register("account.sessions-ended", _("%(actor)s ended sessions of %(subject)s (%(sessions)s)"))
register("account.second-step-added", _("%(actor)s set up a second step to sign in (%(kind)s)"))
register("account.second-step-removed", _("%(actor)s removed a second step to sign in (%(kind)s)"))
register("account.second-step-failed", _("Somebody gave a wrong code for the account of %(subject)s"))
register("account.second-step-reset", _("%(actor)s removed the second step of %(subject)s"))
register("account.recovery-code-used", _("%(actor)s used a recovery code; %(left)s are left"))
register("account.recovery-codes-renewed", _("%(actor)s made new recovery codes"))
register("account.linked", _("%(subject)s signs in through %(provider)s from now on"))
register("account.unlinked", _("%(actor)s parted the account of %(subject)s from %(provider)s"))
register("account.language-chosen", _("%(actor)s chose another language"))
register("list.exported", _("%(actor)s exported a list: %(list)s"))
