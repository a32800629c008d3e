"""Contact moments with the national government, civil society and other authorities."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import export_table, wanted
from hanze.accounts.permissions import require
from hanze.accounts.together import in_turn
from hanze.audit.reading import read
from hanze.casework import operations, queries
from hanze.casework.filters import ContactFilter
from hanze.casework.forms.choosing import show_error
from hanze.casework.forms.contacts import ContactForm
from hanze.casework.models import ContactMoment, Request
from hanze.casework.tables import ContactTable
from hanze.casework.views.opening import is_inside, open_contact, open_request, reader_of
from hanze.watchlists.models import Finding
from hanze.watchlists.operations import escalate

PAGES: Any = {"per_page": 50}


def contact_list(request: HttpRequest) -> HttpResponse:
    """Contact moments, latest first."""
    reader = reader_of(request)
    require(reader, "casework.list_contacts")
    found = ContactFilter(request.GET, queryset=queries.contact_rows(reader))
    table = ContactTable(found.qs.order_by("-held_on", "-pk"))
    if wanted(request):
        return export_table(request, table, title=_("Contact moments"), form=found.form)
    RequestConfig(request, paginate=PAGES).configure(table)
    context = {
        "filter": found,
        "table": table,
        "nothing_yet": not request.GET
        and not len(table.rows)
        and not ContactMoment.objects.visible_to(reader).exists(),
        "may_add": reader.has_perm("casework.add_contact"),
    }
    return render(request, "casework/contact/list.html", context)


def contact_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """With whom was spoken, about what, and what was agreed."""
    open_contact(request, pk)
    reader = reader_of(request)
    contact = queries.contact_rows(reader).select_related("recorded_by", "organisation", "request").get(pk=pk)
    read(reader, contact)
    context = {
        "contact": contact,
        "inside": is_inside(reader),
        "may_change": reader.has_perm("casework.change_contact", contact),
    }
    return render(request, "casework/contact/detail.html", context)


def contact_create(request: HttpRequest) -> HttpResponse:
    """Record a contact moment; `?request=` says which request it is about."""
    reader = reader_of(request)
    require(reader, "casework.add_contact")
    about, finding = _about(request), _finding(request)
    form = ContactForm(request.POST or None, reader=reader, about=about, initial=_escalating(finding))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.record_contact(by=reader, **form.record_fields)
            if finding is not None:
                escalate(finding, by=reader, to=str(made))
                messages.success(request, _("The finding is put to others; it stays open until somebody decides."))
                return redirect(finding)
            messages.success(request, _("The contact moment is recorded."))
            if made.request is not None:
                return redirect("casework:request-detail", made.request.pk)
            return redirect("casework:contact-detail", made.pk)
        except ValidationError as error:
            show_error(form, error)
    return render(request, "casework/contact/form.html", {"form": form, "about": about})


@in_turn(ContactMoment)
def contact_change(request: HttpRequest, pk: int) -> HttpResponse:
    contact = open_contact(request, pk, "casework.change_contact")
    reader = reader_of(request)
    form = ContactForm(request.POST or None, reader=reader, instance=ContactMoment.objects.get(pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_contact(contact, by=reader, **form.record_fields)
            messages.success(request, _("The contact moment is saved."))
            return redirect("casework:contact-detail", pk)
        except ValidationError as error:
            show_error(form, error)
    return render(request, "casework/contact/form.html", {"form": form, "contact": contact})


def _finding(request: HttpRequest) -> Finding | None:
    """The finding that is put to others; Http404 when the reader may not see it."""
    asked = request.GET.get("finding", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return get_visible_or_404(Finding.objects.select_related("subject", "entry"), reader_of(request), pk=int(asked))


def _escalating(finding: Finding | None) -> dict[str, Any]:
    """What the form holds when a finding is put to others: as closed as the finding."""
    if finding is None:
        return {}
    subject = _("Finding: %(finding)s") % {"finding": finding}
    return {"subject": subject[:200], "classification": finding.classification}


def _about(request: HttpRequest) -> Request | None:
    """The request that the address names; Http404 when the reader may not add to it."""
    asked = request.GET.get("request", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return open_request(request, int(asked), "casework.change_request")
