"""What is done to a request from its page: participants, screening, documents, withdrawing and closing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanze.casework import operations
from hanze.casework.forms.choosing import show_error
from hanze.casework.forms.requests import ParticipantForm, ScreeningForm, WithdrawForm
from hanze.casework.models import Request, RequestDocument, RequestParticipant
from hanze.casework.views.detail import page_of
from hanze.casework.views.opening import open_request, reader_of
from hanze.register.documents import download_response
from hanze.register.forms.documents import DocumentForm
from hanze.register.operations import attach


@require_POST
def participant_add(request: HttpRequest, pk: int) -> HttpResponse:
    case = open_request(request, pk, "casework.change_request")
    form = ParticipantForm(request.POST, reader=reader_of(request), instance=RequestParticipant(request=case))
    if form.is_valid():
        try:
            added = operations.add_participant(case, by=reader_of(request), **form.cleaned_data)
            messages.success(request, _("%(name)s is added.") % {"name": added})
            return _back_to(case, "participants")
        except ValidationError as error:
            show_error(form, error)
    return render(request, "casework/request/detail.html", page_of(request, case, participant_form=form), status=422)


@require_POST
def participant_remove(request: HttpRequest, pk: int, participant_pk: int) -> HttpResponse:
    case = open_request(request, pk, "casework.change_request")
    participant = get_object_or_404(case.participants, pk=participant_pk)
    try:
        operations.remove_participant(participant, by=reader_of(request))
        messages.success(request, _("The participant is removed."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back_to(case, "participants")


@require_POST
def participant_screen(request: HttpRequest, pk: int, participant_pk: int) -> HttpResponse:
    case = open_request(request, pk, "casework.screen_participant")
    participant = get_object_or_404(case.participants.select_related("request"), pk=participant_pk)
    form = ScreeningForm(request.POST, participant=participant)
    if form.is_valid():
        try:
            operations.set_screening(participant, by=reader_of(request), **form.cleaned_data)
            messages.success(request, _("The screening is recorded."))
            return _back_to(case, "participants")
        except ValidationError as error:
            show_error(form, error)
    return render(request, "casework/request/detail.html", page_of(request, case, screening_form=form), status=422)


@require_POST
def document_add(request: HttpRequest, pk: int) -> HttpResponse:
    case = open_request(request, pk, "casework.change_request")
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            attach(by=reader_of(request), attachment_model=RequestDocument, parent=case, **form.cleaned_data)
            messages.success(request, _("The document is added."))
            return _back_to(case, "documents")
        except ValidationError as error:
            show_error(form, error)
    return render(request, "casework/request/detail.html", page_of(request, case, document_form=form), status=422)


def document_download(request: HttpRequest, pk: int, document_pk: int) -> FileResponse:
    case = open_request(request, pk)
    return download_response(get_object_or_404(case.documents, pk=document_pk))


def request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    case = open_request(request, pk, "casework.withdraw_request")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_request(case, by=reader_of(request), **form.cleaned_data)
            messages.success(request, _("The request is withdrawn."))
            return _back_to(case)
        except ValidationError as error:
            show_error(form, error)
    context = {
        "question": _("Withdraw request %(reference)s?") % {"reference": case.reference},
        "consequence": _("It no longer asks for a decision. This cannot be undone."),
        "form": form,
        "confirm_label": _("Withdraw"),
        "cancel_url": reverse("casework:request-detail", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


def request_close(request: HttpRequest, pk: int) -> HttpResponse:
    case = open_request(request, pk, "casework.change_request")
    if request.method == "POST":
        try:
            operations.close_request(case, by=reader_of(request))
            messages.success(request, _("The request is closed."))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return _back_to(case)
    context = {
        "question": _("Close request %(reference)s?") % {"reference": case.reference},
        "consequence": _("Nothing is left to do. It stays to be read, but nothing in it changes any more."),
        "confirm_label": _("Close"),
        "cancel_url": reverse("casework:request-detail", args=[pk]),
    }
    return render(request, "web/confirm.html", context)


def _back_to(case: Request, part: str = "") -> HttpResponse:
    address = reverse("casework:request-detail", args=[case.pk])
    return redirect(f"{address}#{part}" if part else address)
