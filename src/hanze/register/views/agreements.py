"""Agreements: the list, one of them, making, changing, renewing and ending."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import export_table, wanted
from hanze.accounts.models import User
from hanze.accounts.together import in_turn
from hanze.audit.reading import read
from hanze.claims.forms import saying
from hanze.register.filters import AgreementFilter
from hanze.register.forms import AgreementForm, EndForm, RenewalForm
from hanze.register.models import Agreement, Relation
from hanze.register.operations import create_agreement, end_agreement, renew_agreement
from hanze.register.panels import panels
from hanze.register.queries import home, parties_for
from hanze.register.tables import AgreementTable
from hanze.register.views.shared import allowed, carry_out, form_page, paged


def agreement_list(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.list_relations")
    visible = Agreement.objects.visible_to(reader).annotate(end=Coalesce("ended_on", "valid_until"))
    chosen = AgreementFilter(request.GET, queryset=visible)
    if wanted(request):
        return export_table(request, AgreementTable(chosen.qs), title=_("Agreements"), form=chosen.form)
    table = paged(request, AgreementTable(chosen.qs))
    context = {
        "filter": chosen,
        "table": table,
        "is_empty": not (len(table.rows) or visible.exists()),
        "may_create": reader.has_perm("register.create_agreement"),
    }
    return render(request, "register/agreement_list.html", context)


def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_relations")
    agreement = get_visible_or_404(Agreement.objects.all(), reader, pk=pk)
    read(reader, agreement)
    parties, others = parties_for(agreement, reader)
    may_change = reader.has_perm("register.change_agreement", agreement)
    context = {
        "agreement": agreement,
        "parties": parties,
        "others": others,
        "relation": Relation.objects.visible_to(reader).filter(pk=agreement.relation_id).first(),
        "renewals": agreement.renewals.all(),
        "documents": agreement.documents.all(),
        "panels": panels(request, agreement),
        "may_change": may_change,
        "may_renew": may_change and agreement.ended_on is None and agreement.valid_until is not None,
        "may_end": may_change and agreement.ended_on is None,
    }
    return render(request, "register/agreement_detail.html", context)


def agreement_create(request: HttpRequest) -> HttpResponse:
    reader = allowed(request, "register.create_agreement")
    form = AgreementForm(request.POST or None, reader=reader, initial=_first_guess(request, reader))
    if made := carry_out(request, form, create_agreement, by=reader):
        messages.success(request, _("The agreement has been recorded. You can add its document now."))
        return redirect(made)
    return form_page(request, form, _("New agreement"), reverse("register:agreement-list"))


def _first_guess(request: HttpRequest, reader: User) -> dict[str, Any]:
    """Our own organisation is a party; opened from a relation, so is its partner."""
    relation = Relation.objects.visible_to(reader).filter(pk=request.GET.get("relation") or None).first()
    parties = [party for party in (home(), relation.partner if relation else None) if party]
    return {"parties": parties, "relation": relation}


@in_turn(Agreement)
def agreement_change(request: HttpRequest, pk: int) -> HttpResponse:
    reader, agreement = _to_change(request, pk)
    title = _("Change the agreement “%(title)s”") % {"title": agreement}
    form = AgreementForm(request.POST or None, instance=agreement, reader=reader)
    if carry_out(request, form, saying(form, request), agreement, by=reader):
        messages.success(request, _("The changes have been saved."))
        return redirect(agreement)
    return form_page(request, form, title, agreement.get_absolute_url())


def agreement_renew(request: HttpRequest, pk: int) -> HttpResponse:
    reader, agreement = _to_change(request, pk)
    form = RenewalForm(request.POST or None, initial={"renewed_on": timezone.localdate()})
    if carry_out(request, form, renew_agreement, agreement, by=reader):
        messages.success(request, _("The agreement has been renewed."))
        return redirect(agreement)
    title = _("Renew “%(title)s”") % {"title": agreement}
    return form_page(request, form, title, agreement.get_absolute_url(), _("Renew"))


def agreement_end(request: HttpRequest, pk: int) -> HttpResponse:
    reader, agreement = _to_change(request, pk)
    form = EndForm(request.POST or None, initial={"on": agreement.valid_until or timezone.localdate()})
    if carry_out(request, form, end_agreement, agreement, by=reader):
        messages.success(request, _("The end of the agreement has been recorded."))
        return redirect(agreement)
    title = _("End “%(title)s”") % {"title": agreement}
    return form_page(request, form, title, agreement.get_absolute_url(), _("Record the end"))


def _to_change(request: HttpRequest, pk: int) -> tuple[User, Agreement]:
    reader = allowed(request, "register.list_relations")
    agreement = get_visible_or_404(Agreement.objects.all(), reader, pk=pk)
    allowed(request, "register.change_agreement", agreement)
    return reader, agreement
