"""The public form: anybody can send a request, without an account."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.requests import address_of
from hanze.casework import operations, spam
from hanze.casework.forms.choosing import show_error
from hanze.casework.forms.public import PublicRequestForm
from hanze.casework.models import Request
from hanze.casework.sending import lines_as_sent
from hanze.register.queries import home

log = logging.getLogger(__name__)
SALT = "hanze.casework.sent"


@login_not_required
def public_request(request: HttpRequest) -> HttpResponse:
    """The form, and after sending a page with the reference."""
    form = PublicRequestForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        if spam.may_send(address_of(request)):
            made = submit(form, by=None)
            if made is not None:
                return redirect("casework:public-request-sent", signing.dumps(made.reference, salt=SALT))
        else:
            status = 429
            form.add_error(None, _("Too many requests came from your address. Nothing is lost: try again in an hour."))
    return render(request, "casework/public/form.html", {"form": form}, status=status)


@login_not_required
def public_request_sent(request: HttpRequest, sent: str) -> HttpResponse:
    """Thanks, with the reference; it opens nothing, and nobody can ask for another."""
    try:
        reference = signing.loads(sent, salt=SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    return render(request, "casework/public/sent.html", {"reference": reference})


def submit(form: PublicRequestForm, by: User | None) -> Request | None:
    """The request as it came in, with a copy on its way; None with the errors shown in the form."""
    try:
        made = operations.submit_request(by=by, participants=form.participant_rows, **form.record_fields)
    except ValidationError as error:
        show_error(form, error)
        return None
    if made.contact_email:
        transaction.on_commit(lambda: _send_copy(made))
    return made


def _send_copy(sent: Request) -> None:
    """A copy to the sender. That it cannot be sent is no reason to refuse the request."""
    context = {"sent": sent, "lines": lines_as_sent(sent), "organisation": home()}
    text = render_to_string("casework/public/copy.txt", context)
    subject = _("Your request %(reference)s") % {"reference": sent.reference}
    try:
        EmailMessage(subject, text, to=[sent.contact_email]).send()
    except OSError:
        log.exception("The copy of request %s could not be sent", sent.reference)
