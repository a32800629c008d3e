"""Candidate areas: what they are compared by, what is known of them, and which suits best."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hanze.areas import comparing, operations
from hanze.areas.forms.criteria import METHODS, AreaForm, CriterionForm, IndicatorsForm, MethodForm
from hanze.areas.models import Initiative
from hanze.areas.views.shared import frame, initiative_for, language_in_force
from hanze.clusters.ranking.methods import Method
from hanze.register.forms.shared import attempt
from hanze.register.views.shared import carry_out
from hanze.reporting.charts import chart_svg

CHANGE = "areas.change_initiative"
DEFAULT: Method = "topsis"


def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    """The areas, the best first by the chosen method, with how sure that is and what would change it."""
    reader, initiative = initiative_for(request, pk)
    asked = request.GET.get("method")
    method: Method = cast("Method", asked) if asked in METHODS else DEFAULT
    result = comparing.compare(initiative, method)
    chart = chart_svg(comparing.chart_of(result), language_in_force()) if result else ""
    context = frame(reader, initiative, "ranking") | {
        "method_form": MethodForm(initial={"method": method}),
        "compared": result,
        "chart": mark_safe(chart),  # our own drawing, words escaped in it
        "missing": [] if result else comparing.missing(initiative),
        "criteria": initiative.criteria.all(),
        "areas": initiative.areas.all(),
    }
    return render(request, "areas/ranking.html", context)


def criterion_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = CriterionForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.add_criterion, initiative, by=reader):
        return redirect("areas:ranking", pk)
    return _form(request, initiative, form, _("Add a criterion"))


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
    context = {"initiative": initiative, "form": form, "heading": heading, "back": back, "place": _("Preferred areas")}
    return render(request, "areas/part_form.html", context, status=422 if form.errors else 200)
