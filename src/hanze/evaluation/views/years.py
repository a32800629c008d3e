"""Administration: which years the register covers."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.evaluation import operations
from hanze.evaluation.forms import RecordedYearForm, RecordedYearNoteForm
from hanze.evaluation.models import RecordedYear
from hanze.evaluation.views.shared import show_errors

PERMISSION = "evaluation.change_recorded_years"


def year_list(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), PERMISSION)
    return render(request, "evaluation/year_list.html", {"years": RecordedYear.objects.all()})


def year_add(request: HttpRequest) -> HttpResponse:
    """Mark a year as recorded; `?year=` fills it in."""
    require(reader_of(request), PERMISSION)
    asked = request.GET.get("year", "")
    form = RecordedYearForm(request.POST or None, initial={"year": asked if asked.isdecimal() else None})
    if request.method == "POST" and form.is_valid():
        try:
            operations.record_year(by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("%(year)s counts as recorded now.") % {"year": form.cleaned_data["year"]})
            return redirect("evaluation:recorded-years")
    return render(request, "evaluation/year_form.html", {"form": form})


@in_turn(RecordedYear, "year")
def year_edit(request: HttpRequest, year: int) -> HttpResponse:
    require(reader_of(request), PERMISSION)
    recorded = get_object_or_404(RecordedYear, pk=year)
    form = RecordedYearNoteForm(request.POST or None, instance=recorded)
    if request.method == "POST" and form.is_valid():
        stored = RecordedYear.objects.get(pk=year)
        operations.change_recorded_year(stored, by=reader_of(request), note=form.cleaned_data["note"])
        messages.success(request, _("The note was saved."))
        return redirect("evaluation:recorded-years")
    return render(request, "evaluation/year_form.html", {"form": form, "year": recorded})


def year_remove(request: HttpRequest, year: int) -> HttpResponse:
    require(reader_of(request), PERMISSION)
    recorded = get_object_or_404(RecordedYear, pk=year)
    if request.method == "POST":
        operations.forget_year(recorded, by=reader_of(request))
        messages.success(request, _("%(year)s counts as not recorded now.") % {"year": year})
        return redirect("evaluation:recorded-years")
    context = {
        "question": _("Mark %(year)s as not recorded?") % {"year": year},
        "consequence": _("Records of that year stay, but evaluations then say “not recorded” instead of a figure."),
        "confirm_label": _("Mark as not recorded"),
        "cancel_url": reverse("evaluation:recorded-years"),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)
