"""What an external requester sees: the own requests, as they were sent, and what became of them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.permissions import require
from hanze.casework import operations
from hanze.casework.forms.choosing import show_error
from hanze.casework.forms.public import PublicRequestForm
from hanze.casework.forms.requests import WithdrawForm
from hanze.casework.models import Decision, Request
from hanze.casework.progress import state_for_requester
from hanze.casework.sending import lines_as_sent
from hanze.casework.states import State, can_move
from hanze.casework.views.opening import reader_of
from hanze.casework.views.public import submit

REMEMBERED = ("asked_by_text", "contact_name", "contact_email", "contact_phone", "country")


def own_request_list(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    require(reader, "casework.view_own_requests")
    own = Request.objects.filter(submitted_by=reader).order_by("-received_on", "-reference")
    rows = [{"request": each, "state": state_for_requester(each)} for each in own]
    return render(request, "casework/mine/list.html", {"rows": rows})


def own_request_create(request: HttpRequest) -> HttpResponse:
    """The public form, with who asks filled in as it was the last time."""
    reader = reader_of(request)
    require(reader, "casework.send_request")
    form = PublicRequestForm(request.POST or None, initial=_last_time(request))
    if request.method == "POST" and form.is_valid():
        made = submit(form, by=reader)
        if made is not None:
            messages.success(request, _("Your request is sent. Its reference is %(ref)s.") % {"ref": made.reference})
            return redirect("casework:own-request-detail", made.pk)
    return render(request, "casework/mine/form.html", {"form": form})


def own_request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent and where it stands; of the decision only what the letter says."""
    own = _own(request, pk)
    context = {
        "sent": own,
        "state": state_for_requester(own),
        "lines": lines_as_sent(own),
        "decision": Decision.objects.filter(request=own).first(),
        "may_withdraw": can_move(own, State.WITHDRAWN),
    }
    return render(request, "casework/mine/detail.html", context)


def own_request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    own = _own(request, pk)
    require(reader_of(request), "casework.withdraw_request", own)
    form = WithdrawForm(request.POST or None)
    del form.fields["on"]
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_request(own, by=reader_of(request), **form.cleaned_data, on=timezone.localdate())
            messages.success(request, _("Your request is withdrawn."))
            return redirect("casework:own-request-detail", pk)
        except ValidationError as error:
            show_error(form, error)
    context = {
        "question": _("Withdraw your request %(reference)s?") % {"reference": own.reference},
        "consequence": _("We will not look at it any further. This cannot be undone."),
        "form": form,
        "confirm_label": _("Withdraw"),
        "cancel_url": reverse("casework:own-request-detail", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def _own(request: HttpRequest, pk: int) -> Request:
    reader = reader_of(request)
    require(reader, "casework.view_own_requests")
    return get_object_or_404(Request.objects.select_related("country"), pk=pk, submitted_by=reader)


def _last_time(request: HttpRequest) -> dict[str, object]:
    reader = reader_of(request)
    last = Request.objects.filter(submitted_by=reader).order_by("-pk").values(*REMEMBERED).first()
    return last or {"contact_name": reader.name, "contact_email": reader.email}
