"""The conditions of an initiative, the advisory group and its points."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.language import language_in_force
from hanze.accounts.permissions import require
from hanze.accounts.together import in_turn
from hanze.areas import operations, priorities
from hanze.areas.forms.conditions import AdviserForm, ConditionForm, VoteForm
from hanze.areas.models import Condition, Initiative
from hanze.areas.priorities import Outcome, Weighed
from hanze.areas.views.shared import asked_twice, drawn, frame, initiative_for, part_form
from hanze.register.forms.shared import attempt
from hanze.register.views.shared import carry_out

CHANGE = "areas.change_initiative"


def condition_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The conditions as they are weighed, and who weighs them."""
    reader, initiative = initiative_for(request, pk)
    result = priorities.outcome(initiative)
    if wanted(request):
        return export(request, title=_("Conditions"), columns=_columns(), rows=_weighed(initiative, result))
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
        "chart": drawn(priorities.chart_of(result, language_in_force())) if result else "",
        "advisers": advisers,
    }
    return render(request, "areas/condition_list.html", context)


Row = tuple[Condition, Weighed | None]


def _weighed(initiative: Initiative, result: Outcome | None) -> list[Row]:
    """The conditions, the most important first; without their weight before the first vote."""
    return (
        [(row.condition, row) for row in result.rows]
        if result
        else [(one, None) for one in initiative.conditions.all()]
    )


def _columns() -> tuple[Column, ...]:
    def told(value: Callable[[Weighed], object]) -> Callable[[Row], object]:
        return lambda row: None if row[1] is None else value(row[1])

    return (
        Column(_("Place"), told(lambda one: one.place)),
        Column(_("Condition"), lambda row: row[0].label),
        Column(_("Share of the points, in percent"), told(lambda one: round(one.share * 100, 1))),
        Column(_("Mean rank"), told(lambda one: one.mean_rank)),
        Column(_("Chosen"), told(lambda one: one.chosen)),
        Column(_("Added by the advisory group"), lambda row: row[0].added),
        Column(_("Source"), lambda row: row[0].source),
    )


def condition_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = ConditionForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.add_condition, initiative, by=reader):
        return _back(pk)
    return _form(request, initiative, form, _("Add a condition"))


@in_turn(Initiative)
def condition_edit(request: HttpRequest, pk: int, condition: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.conditions, pk=condition)
    form = ConditionForm(request.POST if request.method == "POST" else None, instance=found)
    if carry_out(request, form, operations.change_condition, found, by=reader):
        return _back(pk)
    return _form(request, initiative, form, _("Change the condition"))


@in_turn(Initiative)
def condition_remove(request: HttpRequest, pk: int, condition: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.conditions.select_related("initiative"), pk=condition)
    return asked_twice(
        request,
        _("Take away the condition “%(label)s”?") % {"label": found},
        _("It goes from the inventory; the log keeps it."),
        reverse("areas:condition-list", args=[pk]),
        partial(operations.remove_condition, found, by=reader),
    )


def adviser_add(request: HttpRequest, pk: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    form = AdviserForm(request.POST if request.method == "POST" else None)
    if carry_out(request, form, operations.add_adviser, initiative, by=reader):
        return _back(pk)
    return _form(request, initiative, form, _("Add somebody to the advisory group"))


@in_turn(Initiative)
def adviser_remove(request: HttpRequest, pk: int, adviser: int) -> HttpResponse:
    reader, initiative = initiative_for(request, pk, CHANGE)
    found = get_object_or_404(initiative.advisers.select_related("initiative"), pk=adviser)
    gone = _("The points that were given go too, and the outcome changes; the log keeps them.")
    return asked_twice(
        request,
        _("Take %(name)s out of the advisory group?") % {"name": found},
        gone if found.votes.exists() else "",
        reverse("areas:condition-list", args=[pk]),
        partial(operations.remove_adviser, found, by=reader),
    )


@in_turn(Initiative)
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
    return part_form(request, initiative, form, heading, back, _("Conditions"))


def _back(pk: int) -> HttpResponse:
    return redirect("areas:condition-list", pk)
