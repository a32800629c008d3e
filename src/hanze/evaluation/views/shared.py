"""What the pages of an evaluation share: the reader's evaluation, the language, the tabs, errors at their field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.evaluation.models import Evaluation
from hanze.evaluation.scope import Scope
from hanze.evaluation.words import period_in_words, scope_in_words, title_of


def evaluation_for(request: HttpRequest, pk: int, permission: str = "evaluation.list_evaluations") -> Evaluation:
    """The evaluation, when the reader may see it and holds `permission` for it; else 404."""
    require(reader_of(request), "evaluation.list_evaluations")
    evaluation = get_visible_or_404(Evaluation.objects.select_related("country", "region"), reader_of(request), pk=pk)
    require(reader_of(request), permission, evaluation)
    return evaluation


def frame_of(request: HttpRequest, evaluation: Evaluation, tab: str) -> dict[str, Any]:
    """The context of everything above the tabs of an evaluation."""
    return {
        "evaluation": evaluation,
        "title": title_of(evaluation),
        "period": period_in_words(evaluation.period_start, evaluation.period_end),
        "scope": scope_in_words(Scope.of(evaluation)),
        "tab": tab,
        "may_change": reader_of(request).has_perm("evaluation.change_evaluation", evaluation),
        "may_freeze": reader_of(request).has_perm("evaluation.freeze_evaluation", evaluation),
    }


def show_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put what an operation refused at its field; what the form has no field for stands above it."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
