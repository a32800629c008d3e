"""This year's recommendations, and what became of those of the year before."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.evaluation import operations
from hanze.evaluation.figures.rows import recommendation_text
from hanze.evaluation.forms import FollowUpForm, RecommendationForm
from hanze.evaluation.models import Evaluation, Recommendation
from hanze.evaluation.records import Records
from hanze.evaluation.scope import Scope
from hanze.evaluation.views.shared import evaluation_for, frame_of, show_errors


def recommendation_list(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk)
    records = Records(Scope.of(evaluation), reader_of(request), evaluation)
    context = {
        **frame_of(request, evaluation, "recommendations"),
        "recommendations": [_shown(each) for each in records.recommendations],
        "earlier": [_shown(each) for each in records.previous_recommendations],
        "year": records.scope.year,
        "last_year": records.scope.year - 1,
    }
    return render(request, "evaluation/recommendation_list.html", context)


def recommendation_add(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk, "evaluation.change_evaluation")
    found = Records(Scope.of(evaluation), reader_of(request), evaluation).recommendations
    blank = Recommendation(year=evaluation.period_end.year, number=max([each.number for each in found], default=0) + 1)
    form = RecommendationForm(request.POST or None, instance=blank)
    if request.method == "POST" and form.is_valid():
        try:
            operations.recommend(evaluation, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The recommendation was added."))
            return redirect("evaluation:recommendations", pk)
    return _form(request, evaluation, form, _("New recommendation"))


@in_turn(Recommendation, "recommendation")
def recommendation_edit(request: HttpRequest, pk: int, recommendation: int) -> HttpResponse:
    evaluation, found = _editable(request, pk, recommendation)
    form = RecommendationForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        stored = Recommendation.objects.get(pk=found.pk)
        try:
            operations.change_recommendation(stored, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The recommendation was changed."))
            return redirect("evaluation:recommendations", pk)
    return _form(request, evaluation, form, _("Change recommendation %(number)s") % {"number": found.number})


def recommendation_remove(request: HttpRequest, pk: int, recommendation: int) -> HttpResponse:
    _evaluation, found = _editable(request, pk, recommendation)
    if request.method == "POST":
        operations.remove_recommendation(found, by=reader_of(request))
        messages.success(request, _("The recommendation was removed."))
        return redirect("evaluation:recommendations", pk)
    context = {
        "question": _("Remove recommendation %(number)s?") % {"number": found.number},
        "consequence": recommendation_text(found),
        "confirm_label": _("Remove"),
        "cancel_url": reverse("evaluation:recommendations", args=[pk]),
        "danger": True,
    }
    return render(request, "web/confirm.html", context)


@in_turn(Recommendation, "recommendation")
def recommendation_follow_up(request: HttpRequest, pk: int, recommendation: int) -> HttpResponse:
    """Say what became of a recommendation, this year's or that of the year before."""
    evaluation, found = _editable(request, pk, recommendation)
    form = FollowUpForm(request.POST or None, instance=found, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        stored, given = Recommendation.objects.get(pk=found.pk), form.cleaned_data
        try:
            operations.follow_up(
                stored,
                by=reader_of(request),
                state=given["follow_up"],
                on=given["follow_up_on"],
                text_nl=given["follow_up_nl"],
                text_en=given["follow_up_en"],
            )
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("What became of the recommendation was saved."))
            return redirect("evaluation:recommendations", pk)
    title = _("What became of recommendation %(number)s of %(year)s?") % {"number": found.number, "year": found.year}
    return _form(request, evaluation, form, title, recommendation_text(found))


def _editable(request: HttpRequest, pk: int, recommendation: int) -> tuple[Evaluation, Recommendation]:
    """A recommendation that this evaluation shows and that the reader may change."""
    evaluation = evaluation_for(request, pk, "evaluation.change_evaluation")
    records = Records(Scope.of(evaluation), reader_of(request), evaluation)
    shown = {each.pk: each for each in (*records.recommendations, *records.previous_recommendations)}
    if recommendation not in shown:
        raise Http404
    return evaluation, shown[recommendation]


def _form(request: HttpRequest, evaluation: Evaluation, form: object, title: str, about: str = "") -> HttpResponse:
    context = {**frame_of(request, evaluation, "recommendations"), "form": form, "form_title": title, "about": about}
    return render(request, "evaluation/recommendation_form.html", context)


def _shown(recommendation: Recommendation) -> dict[str, object]:
    return {"recommendation": recommendation, "text": recommendation_text(recommendation)}
