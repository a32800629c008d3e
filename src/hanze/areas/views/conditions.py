"""The conditions of an initiative, the advisory group and its points."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanze.accounts.permissions import require
from hanze.areas import operations, priorities
from hanze.areas.forms.conditions import AdviserForm, ConditionForm, VoteForm
from hanze.areas.models import Initiative
from hanze.areas.views.shared import frame, initiative_for, language_in_force
from hanze.register.forms.shared import attempt
from hanze.register.views.shared import carry_out
from hanze.reporting.charts import chart_svg

CHANGE = "areas.change_initiative"


def condition_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The conditions as they are weighed, and who weighs them."""
    reader, initiative = initiative_for(request, pk)
    result = priorities.outcome(initiative)
    advisers = [
        {
            "adviser": adviser,
            "voted": bool(adviser.votes.all()),
            "may_vote": reader.has_perm("areas.cast_votes", adviser),
        }
        for adviser in initiative.advisers.select_related("initiative").prefetch_related("votes")
    ]
    context = frame(reader, initiative, "conditions") | {
        "conditions": initiative.conditions.all(),
        "outcome": result,
        "chart": _drawn(result) if result else "",
        "advisers": advisers,
    }
    return render(request, "areas/condition_list.html", context)


def _drawn(result: priorities.Outcome) -> str:
    language = language_in_force()
    return mark_safe(chart_svg(priorities.chart_of(result, language), language))  # our own drawing, words escaped in it


def condition_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = ConditionForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.add_condition, initiative, by=reader):
        return _back(pk)
    return _form(request, initiative, form, _("Add a condition"))


def condition_edit(request: HttpRequest, pk: int, condition: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.conditions, pk=condition)
    form = ConditionForm(request.POST if request.method == "POST" else None, instance=found)
    if carry_out(request, form, operations.change_condition, found, by=reader):
        return _back(pk)
    return _form(request, initiative, form, _("Change the condition"))


@require_POST
def condition_remove(request: HttpRequest, pk: int, condition: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    try:
        operations.remove_condition(get_object_or_404(initiative.conditions, pk=condition), by=reader)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return _back(pk)


def adviser_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = AdviserForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.add_adviser, initiative, by=reader):
        return _back(pk)
    return _form(request, initiative, form, _("Add somebody to the advisory group"))


@require_POST
def adviser_remove(request: HttpRequest, pk: int, adviser: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    operations.remove_adviser(get_object_or_404(initiative.advisers, pk=adviser), by=reader)
    return _back(pk)


def vote(request: HttpRequest, pk: int, adviser: int) -> HttpResponse:
    """The points of a member: by herself, or by an officer who notes them down."""
    reader, initiative = initiative_for(request, pk)
    found = get_object_or_404(initiative.advisers, pk=adviser)
    require(reader, "areas.cast_votes", found)
    form = VoteForm(request.POST if request.method == "POST" else None, adviser=found)
    valid = request.method == "POST" and form.is_valid()
    if valid and attempt(form, operations.cast_votes, found, by=reader, points=form.points):
        messages.success(request, _("The points were kept."))
        return _back(pk)
    return _form(request, initiative, form, _("Points of %(name)s") % {"name": found.name})


def _form(request: HttpRequest, initiative: Initiative, form: BaseForm, heading: str) -> HttpResponse:
    back = reverse("areas:condition-list", args=[initiative.pk])
    context = {"initiative": initiative, "form": form, "heading": heading, "back": back, "place": _("Conditions")}
    return render(request, "areas/part_form.html", context, status=422 if form.errors else 200)


def _back(pk: int) -> HttpResponse:
    return redirect("areas:condition-list", pk)
