"""Adding files to a record and handing them out, for every app that keeps files."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hanze.accounts.classification import get_visible_or_404
from hanze.audit.reading import read
from hanze.register.documents import Attachment, download_response
from hanze.register.forms import DocumentForm
from hanze.register.models import Agreement, AgreementDocument
from hanze.register.operations import attach
from hanze.register.views.shared import allowed, carry_out


def add_document(request: HttpRequest, parent: Any, attachment_model: type[Attachment]) -> HttpResponse:
    """The page on which a file is added to `parent`, a record that the reader may see and change.

    Afterwards it goes back to the record's own page.
    """
    reader = allowed(request, f"{parent._meta.app_label}.change_{parent._meta.model_name}", parent)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if kept := carry_out(request, form, attach, by=reader, attachment_model=attachment_model, parent=parent):
        messages.success(request, _("The document “%(title)s” has been added.") % {"title": kept})
        return redirect(parent)
    return render(request, "register/document_form.html", {"form": form, "parent": parent})


def agreement_document_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_relations")
    agreement = get_visible_or_404(Agreement.objects.all(), reader, pk=pk)
    return add_document(request, agreement, AgreementDocument)


def agreement_document(request: HttpRequest, pk: int, document: int) -> FileResponse:
    reader = allowed(request, "register.list_relations")
    agreement = get_visible_or_404(Agreement.objects.all(), reader, pk=pk)
    kept = get_object_or_404(AgreementDocument, agreement=agreement, pk=document)
    read(reader, agreement)
    return download_response(kept)
