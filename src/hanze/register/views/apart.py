"""Likely duplicates that prove to be different: setting a pair aside, the list of such pairs, taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.permissions import require
from hanze.register.apart import set_aside_for
from hanze.register.forms.merging import SetApartForm
from hanze.register.models import Organisation, Person, SetApart
from hanze.register.operations import set_apart, take_back_set_apart
from hanze.register.views.shared import PER_PAGE, allowed, carry_out

COLUMNS = [
    Column(gettext_lazy("One record"), lambda row: row[0]),
    Column(gettext_lazy("Number of the record"), lambda row: row[0].pk),
    Column(gettext_lazy("Is another than"), lambda row: row[1]),
    Column(gettext_lazy("Number of the other record"), lambda row: row[1].pk),
    Column(gettext_lazy("Why"), lambda row: row[2].reason),
    Column(gettext_lazy("Set aside by"), lambda row: row[2].by or "Hanze"),
    Column(gettext_lazy("Set aside on"), lambda row: localtime(row[2].at).date()),
]


@require_safe
def organisation_apart(request: HttpRequest) -> HttpResponse:
    return _list(request, Organisation, _("Organisations set aside as different"))


@require_safe
def person_apart(request: HttpRequest) -> HttpResponse:
    return _list(request, Person, _("People set aside as different"))


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_set_apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    return _set_apart(request, Organisation, pk, other)


@require_http_methods(["GET", "HEAD", "POST"])
def person_set_apart(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    return _set_apart(request, Person, pk, other)


@require_http_methods(["GET", "HEAD", "POST"])
def apart_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    apart = get_object_or_404(SetApart.objects.select_related("content_type"), pk=pk)
    model: Any = apart.content_type.model_class()
    one, other = (get_visible_or_404(model.objects.all(), reader, pk=key) for key in (apart.one_id, apart.other_id))
    for party in (one, other):
        require(reader, f"register.merge_{model._meta.model_name}", party)
    back = reverse(f"register:{model._meta.model_name}-apart")
    if request.method == "POST":
        take_back_set_apart(apart, by=reader)
        messages.success(request, _("These two may be likely duplicates again."))
        return redirect(back)
    context = {
        "question": _("Take back that %(one)s and %(other)s are different?") % {"one": one, "other": other},
        "consequence": _("When they look alike, they stand among the likely duplicates again."),
        "confirm_label": _("Take this back"),
        "cancel_url": back,
    }
    return render(request, "web/confirm.html", context)


def _list(request: HttpRequest, model: type[Any], title: str) -> HttpResponse:
    """Every pair that was set aside and still holds, for who may merge."""
    reader = allowed(request, "register.list_parties")
    require(reader, f"register.merge_{model._meta.model_name}")
    pairs = set_aside_for(model, reader)
    if wanted(request):
        return export(request, title=title, columns=COLUMNS, rows=pairs)
    page = Paginator(pairs, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": title,
        "kind": model._meta.model_name,
        "page_obj": page,
        "page_numbers": page.paginator.get_elided_page_range(page.number),
        "rows": list(page),
    }
    return render(request, "register/apart_list.html", context)


def _set_apart(request: HttpRequest, model: type[Any], pk: int, other: int) -> HttpResponse:
    reader = allowed(request, "register.list_parties")
    pair = [get_visible_or_404(model.objects.all(), reader, pk=key) for key in (pk, other)]
    for party in pair:
        require(reader, f"register.merge_{model._meta.model_name}", party)
    form = SetApartForm(request.POST if request.method == "POST" else None)
    back = reverse(f"register:{model._meta.model_name}-alike")
    if carry_out(request, form, set_apart, *pair, by=reader):
        messages.success(request, _("Set aside: these two are different. You can take that back."))
        return redirect(back)
    context = {
        "question": _("Are %(one)s and %(other)s different?") % {"one": pair[0], "other": pair[1]},
        "consequence": _("They stand no longer among the likely duplicates, until one of the two changes its name."),
        "form": form,
        "confirm_label": _("These two are different"),
        "cancel_url": back,
    }
    return render(request, "web/confirm.html", context)
