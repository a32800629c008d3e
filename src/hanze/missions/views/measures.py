"""The checklist of measures, changed in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from hanze.accounts.requests import reader_of
from hanze.casework.forms.choosing import show_error
from hanze.missions import operations
from hanze.missions.forms.measures import AddMeasureForm, AssignForm, BecauseForm, SettleForm, SettleGroupForm
from hanze.missions.models import Measure
from hanze.missions.presenting import Shown
from hanze.missions.queries import hidden_parties
from hanze.missions.views.helpers import form_page, opened, sent
from hanze.missions.views.page import checklist_context


@dataclass(frozen=True)
class Action:
    """What can be done with one measure: its words, its form, its operation and who may."""

    label: Promise
    said: Promise
    form: Callable[..., forms.Form]
    operation: Callable[..., Measure]
    permission: str = "missions.settle_measure"


ACTIONS = {
    "settle": Action(gettext_lazy("Done"), gettext_lazy("The measure is done."), SettleForm, operations.settle_measure),
    "waive": Action(
        gettext_lazy("Waive"),
        gettext_lazy("The measure is waived."),
        BecauseForm,
        operations.waive_measure,
        "missions.waive_measure",
    ),
    "assign": Action(gettext_lazy("Owner and date"), gettext_lazy("Saved."), AssignForm, operations.assign_measure),
    "reopen": Action(
        gettext_lazy("Reopen"), gettext_lazy("The measure is open again."), BecauseForm, operations.reopen_measure
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def measure_action(request: HttpRequest, pk: int, measure_pk: int, key: str) -> HttpResponse:
    """Settle, waive, assign or reopen a measure: in the checklist by htmx, else on a page of its own."""
    if key not in ACTIONS:
        raise Http404
    action = ACTIONS[key]
    activity = opened(request, pk, action.permission)
    measure = get_object_or_404(Measure.objects.select_related("organisation"), activity=activity, pk=measure_pk)
    form = action.form(sent(request), measure=measure)
    context = {"activity": activity, "measure": measure, "form": form, "action": action, "key": key}
    context["party"] = _party_name(request, measure)
    if request.method == "POST" and form.is_valid():
        try:
            action.operation(measure, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_error(form, error)
        else:
            return _answer(request, pk, measure, action)
    template = "missions/measure_form.html" if request.htmx else "missions/measure_page.html"  # type: ignore[attr-defined]
    return render(request, template, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def measure_add(request: HttpRequest, pk: int) -> HttpResponse:
    activity = opened(request, pk, "missions.change_activity")
    form = AddMeasureForm(sent(request), activity=activity)

    def save() -> None:
        operations.add_measure(activity, by=reader_of(request), measure=form.measure())

    said = _("The measure is on the activity.")
    return form_page(
        request,
        activity,
        form,
        save,
        title=_("Add a measure"),
        said=said,
        anchor="#measures",
        template="missions/measure_add.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def measure_group(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Settle a measure that is asked per party for several parties in one go."""
    activity = opened(request, pk, "missions.settle_measure")
    shown = Shown(activity, reader_of(request))
    groups = [group for moment in shown.moments for group in moment.groups if group.asked and group.asked.code == code]
    rows = [row for group in groups for row in group.rows if row.state == Measure.State.OPEN]
    if not rows:
        raise Http404
    form = SettleGroupForm(sent(request), rows=rows)

    def save() -> None:
        chosen = form.cleaned_data.pop("measures")
        with transaction.atomic():
            for measure in chosen:
                operations.settle_measure(measure, by=reader_of(request), **form.cleaned_data)

    said = _("The measures are done.")
    return form_page(request, activity, form, save, title=groups[0].label, said=said, anchor="#measures")


def _answer(request: HttpRequest, pk: int, measure: Measure, action: Action) -> HttpResponse:
    """The checklist as it is now, or the way back to it."""
    activity = opened(request, pk)
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, str(action.said))
        return redirect(f"{activity.get_absolute_url()}#measures")
    context: dict[str, Any] = checklist_context(request, activity)
    context |= {"changed": measure.pk, "changed_code": measure.code, "said": action.said}
    response = render(request, "missions/checklist.html", context)
    response["HX-Retarget"] = "#measures"
    response["HX-Reswap"] = "outerHTML"
    return response


def _party_name(request: HttpRequest, measure: Measure) -> str:
    if measure.organisation is None:
        return ""
    hidden, _people = hidden_parties(reader_of(request), {measure.organisation.pk}, set())
    return "" if hidden else measure.organisation.name
