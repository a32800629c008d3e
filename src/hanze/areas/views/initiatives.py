"""The list of initiatives, and one initiative."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.areas import operations, queries
from hanze.areas.forms.initiatives import InitiativeForm
from hanze.areas.models import Initiative, PlanRun
from hanze.areas.views.shared import frame, initiative_for
from hanze.audit.reading import read
from hanze.register.forms.shared import attempt

PER_PAGE = 50


def initiative_list(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    require(reader, "areas.list_initiatives")
    listed = queries.listed(reader)
    if wanted(request):
        return export(request, title=_("Initiatives"), columns=_columns(), rows=listed)
    paginator = Paginator(listed, PER_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
        "may_create": reader.has_perm("areas.create_initiative"),
    }
    return render(request, "areas/initiative_list.html", context)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Initiative"), lambda each: each.title),
        Column(_("Farms"), lambda each: each.farm_count),
        Column(_("Parcels"), lambda each: each.parcel_count),
        Column(_("Areas"), lambda each: each.area_count),
        Column(_("Responsible officer"), lambda each: str(each.responsible or "")),
    )


def initiative_create(request: HttpRequest) -> HttpResponse:
    reader = reader_of(request)
    require(reader, "areas.create_initiative")
    form = InitiativeForm(
        request.POST if request.method == "POST" else None, reader=reader, initial={"responsible": reader.pk}
    )
    if request.method == "POST" and form.is_valid():
        made = attempt(form, operations.create_initiative, by=reader, **form.cleaned_data)
        if made:
            messages.success(request, _("The initiative was started."))
            return redirect(made)
    context = {"form": form, "heading": _("New initiative"), "cancel_url": reverse("areas:initiative-list")}
    return render(request, "areas/initiative_form.html", context, status=422 if form.errors else 200)


def initiative_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk)
    read(reader, initiative)
    context = frame(reader, initiative, "overview") | {
        "counts": queries.counts(initiative),
        "conclusion": initiative.conclusions.select_related("area").first(),
        "latest": initiative.plans.filter(state=PlanRun.State.DONE).first(),
    }
    return render(request, "areas/initiative_detail.html", context)


@in_turn(Initiative)
def initiative_edit(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, "areas.change_initiative")
    form = InitiativeForm(request.POST if request.method == "POST" else None, instance=initiative, reader=reader)
    if request.method == "POST" and form.is_valid():
        changed = attempt(form, operations.change_initiative, initiative, by=reader, **form.cleaned_data)
        if changed:
            messages.success(request, _("The initiative was changed."))
            return redirect(changed)
    title = Initiative.objects.values_list("title", flat=True).get(pk=pk)
    context = {
        "form": form,
        "heading": _("Change “%(title)s”") % {"title": title},
        "cancel_url": initiative.get_absolute_url(),
    }
    return render(request, "areas/initiative_form.html", context, status=422 if form.errors else 200)
