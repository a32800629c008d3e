"""Candidate areas: what they are compared by, what is known of them, and which suits best."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.together import in_turn
from hanze.areas import comparing, operations
from hanze.areas.forms.conclusions import ConclusionForm
from hanze.areas.forms.criteria import AreaForm, CriterionForm, IndicatorsForm, MethodForm
from hanze.areas.models import Initiative
from hanze.areas.views.shared import asked_twice, drawn, frame, initiative_for, part_form
from hanze.register.forms.shared import attempt
from hanze.register.views.shared import carry_out

CHANGE = "areas.change_initiative"


def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """The areas, the best first by the chosen method, with how sure that is, and what a person concluded."""
    reader, initiative = initiative_for(request, pk)
    method = comparing.method_of(request.GET.get("method"))
    result = comparing.compare(initiative, method)
    if wanted(request):
        asked = MethodForm({"method": method})
        rows = result.rows if result else ()
        return export(request, title=_("Preferred areas"), columns=_columns(len(rows)), rows=rows, form=asked)
    conclusions = list(initiative.conclusions.select_related("area", "by"))
    context = frame(reader, initiative, "ranking") | {
        "method_form": MethodForm(initial={"method": method}),
        "method": method,
        "compared": result,
        "shares": comparing.shares_table(result) if result else None,
        "chart": drawn(comparing.chart_of(result)) if result else "",
        "missing": [] if result else comparing.missing(initiative),
        "conclusion": conclusions[0] if conclusions else None,
        "former": conclusions[1:],
        "criteria": initiative.criteria.all(),
        "areas": initiative.areas.all(),
    }
    return render(request, "areas/ranking.html", context)


def _columns(places: int) -> tuple[Column, ...]:
    """`Place 1` and further: in how many percent of the draws the area takes that place."""

    def share(at: int) -> Column:
        return Column(_("Place %(place)s") % {"place": at + 1}, lambda row: row.percents[at])

    return (
        Column(_("Place"), lambda row: row.place),
        Column(_("Number"), lambda row: row.area.code),
        Column(_("Area"), lambda row: row.area.name),
        Column(_("Score"), lambda row: row.score),
        *(share(at) for at in range(places)),
    )


@in_turn(Initiative)
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    method = comparing.method_of(request.GET.get("method"))
    form = ConclusionForm(request.POST if request.method == "POST" else None, initiative=initiative, method=method)
    if carry_out(request, form, operations.conclude, initiative, by=reader):
        messages.success(request, _("The conclusion was kept."))
        return redirect("areas:ranking", pk)
    return _form(request, initiative, form, _("Conclude which area is preferred"))


def criterion_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = CriterionForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.add_criterion, initiative, by=reader):
        return redirect("areas:ranking", pk)
    return _form(request, initiative, form, _("Add a criterion"))


@in_turn(Initiative)
def criterion_edit(request: HttpRequest, pk: int, criterion: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.criteria, pk=criterion)
    form = CriterionForm(request.POST if request.method == "POST" else None, instance=found)
    if carry_out(request, form, operations.change_criterion, found, by=reader):
        return redirect("areas:ranking", pk)
    return _form(request, initiative, form, _("Change the criterion"))


def area_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = AreaForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.name_area, initiative, by=reader):
        return redirect("areas:ranking", pk)
    return _form(request, initiative, form, _("Name an area"))


@in_turn(Initiative)
def criterion_remove(request: HttpRequest, pk: int, criterion: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.criteria.select_related("initiative"), pk=criterion)
    return asked_twice(
        request,
        _("Take away the criterion “%(label)s”?") % {"label": found},
        _lost(found.indicators.count()),
        reverse("areas:ranking", args=[pk]),
        partial(operations.remove_criterion, found, by=reader),
    )


@in_turn(Initiative)
def area_remove(request: HttpRequest, pk: int, area: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.areas.select_related("initiative"), pk=area)
    return asked_twice(
        request,
        _("Take away the area “%(name)s”?") % {"name": found},
        _lost(found.indicators.count()),
        reverse("areas:ranking", args=[pk]),
        partial(operations.remove_area, found, by=reader),
    )


def _lost(count: int) -> str:
    if not count:
        return ""
    said = ngettext(
        "%(count)s value that was recorded goes with it; the log keeps it.",
        "%(count)s values that were recorded go with it; the log keeps them.",
        count,
    )
    return said % {"count": count}


@in_turn(Initiative)
def area_values(request: HttpRequest, pk: int, area: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.areas.select_related("initiative"), pk=area)
    form = IndicatorsForm(request.POST if request.method == "POST" else None, area=found)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, operations.record_indicators, found, by=reader, values=form.values):
        messages.success(request, _("What is known of the area was kept."))
        return redirect("areas:ranking", pk)
    context = {"initiative": initiative, "area": found, "form": form}
    return render(request, "areas/area_values.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, initiative: Initiative, form: BaseForm, heading: str) -> HttpResponse:
    back = reverse("areas:ranking", args=[initiative.pk])
    return part_form(request, initiative, form, heading, back, _("Preferred areas"))
