"""Frozen copies: making one, reading it, and comparing it with what the records say today."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from hanze.accounts.language import language_in_force
from hanze.accounts.requests import reader_of
from hanze.audit.reading import read
from hanze.evaluation import frozen, operations, queries
from hanze.evaluation.audience import Audience
from hanze.evaluation.documents import FORMATS
from hanze.evaluation.forms import FreezeForm
from hanze.evaluation.models import Evaluation, Snapshot
from hanze.evaluation.views.shared import evaluation_for, frame_of, show_errors
from hanze.reporting.html import to_html


def snapshot_list(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk)
    rows = [_described(each) for each in queries.snapshots_for(evaluation, reader_of(request))]
    context = {**frame_of(request, evaluation, "frozen"), "rows": rows}
    return render(request, "evaluation/snapshot_list.html", context)


def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk, "evaluation.freeze_evaluation")
    form = FreezeForm(request.POST or None, initial={"audience": Audience.of(evaluation)})
    if request.method == "POST" and form.is_valid():
        try:
            kept = operations.freeze(evaluation, by=reader_of(request), **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The evaluation was frozen."))
            return redirect("evaluation:snapshot", pk, kept.pk)
    context = {**frame_of(request, evaluation, "frozen"), "form": form}
    return render(request, "evaluation/freeze.html", context)


def snapshot_detail(request: HttpRequest, pk: int, snapshot: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk)
    read(reader_of(request), evaluation)
    kept = snapshot_for(evaluation, reader_of(request), snapshot)
    context = {
        **frame_of(request, evaluation, "frozen"),
        **_described(kept),
        "body": mark_safe(to_html(frozen.report_of(kept, language_in_force()))),
        "formats": FORMATS.values(),
        "download_base": f"{reverse('evaluation:snapshot', args=[pk, kept.pk])}report.",
    }
    return render(request, "evaluation/snapshot_detail.html", context)


def snapshot_compare(request: HttpRequest, pk: int, snapshot: int) -> HttpResponse:
    """What the records say today, beside what was frozen."""
    evaluation = evaluation_for(request, pk)
    kept = snapshot_for(evaluation, reader_of(request), snapshot)
    found = frozen.differences(kept, language_in_force())
    context = {**frame_of(request, evaluation, "frozen"), **_described(kept), "differences": found}
    return render(request, "evaluation/snapshot_compare.html", context)


def snapshot_for(evaluation: Evaluation, reader: Any, pk: int) -> Snapshot:
    """A frozen copy of this evaluation that is meant for the reader; else 404."""
    found = next((each for each in queries.snapshots_for(evaluation, reader) if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _described(kept: Snapshot) -> dict[str, Any]:
    return {
        "snapshot": kept,
        "audience": Audience(kept.content["audience"]).label,
        "intact": frozen.is_intact(kept),
    }
