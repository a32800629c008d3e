"""Mail to somebody when how she signs in changes: whoever is in her account must not be able to change it unseen."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User

logger = logging.getLogger("hanze.mails")

ADDED = {
    "totp": _("An app with codes was added as a second step."),
    "webauthn": _("A passkey was added."),
}
REMOVED = {
    "totp": _("The app with codes was removed as a second step."),
    "webauthn": _("A passkey was removed."),
}
CODE_USED = _("A recovery code was used to sign in or to confirm who you are.")
CODES_RENEWED = _("New recovery codes were made; those before no longer work.")
RESET = _("An administrator removed your second step and your recovery codes, and signed you out everywhere.")


def tell(user: User, what: str | Promise, *, codes_left: int | None = None) -> None:
    """Write to `user`, in her language, `what` happened to how she signs in, once it is certain that it did.

    A mail that cannot be sent is noted and stops nothing: the log of Hanze says the same.
    """
    moment = timezone.now()
    transaction.on_commit(lambda: _send(user, what, moment, codes_left))


def _send(user: User, what: str | Promise, moment: object, codes_left: int | None) -> None:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        context = {"user": user, "what": what, "moment": moment, "codes_left": codes_left}
        text = render_to_string("accounts/email/sign_in_changed.txt", context)
        subject = translation.gettext("How you sign in to Hanze has changed")
        if codes_left is not None:
            subject = translation.gettext("A recovery code of your account in Hanze was used")
    try:
        EmailMessage(subject, text, to=[user.email]).send()
    except OSError:
        logger.exception("The mail about the second step of account %s could not be sent", user.pk)
