"""Weighing a request: facts, questions, the advice beside them, and the receipts that were kept."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, HttpResponseClientRefresh

from hanze.audit.reading import read
from hanze.casework import frameworks, operations
from hanze.casework.advice import still_holds
from hanze.casework.assessment import Assessment, assessment_of, value_from_form
from hanze.casework.models import Request
from hanze.casework.panel import facts_of_receipt, panel_of
from hanze.casework.views.opening import open_request, reader_of
from hanze.frameworks import library
from hanze.frameworks.words import kind_in_words, tone_of


@require_GET
def assessment(http: HttpRequest, pk: int) -> HttpResponse:
    request = open_request(http, pk, "casework.view_assessment")
    read(http.user, request)
    return _page(http, assessment_of(request, reader_of(http)))


@require_POST
def start(http: HttpRequest, pk: int) -> HttpResponse:
    request = open_request(http, pk, "casework.view_assessment")
    _try(http, lambda: operations.start_assessment(request, by=reader_of(http)))
    return redirect("casework:assessment", pk=pk)


@require_POST
def weigh(http: HttpRequest, pk: int) -> HttpResponse:
    """Compute the advice again, for instance after the framework was put right."""
    request = open_request(http, pk, "casework.view_assessment")
    _try(http, lambda: operations.assess(request, by=reader_of(http)))
    return redirect("casework:assessment", pk=pk)


@require_POST
def answer(http: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """Keep an answer and give the facts and advice that follow from it: the changed parts to htmx, else the page."""
    request = open_request(http, pk, "casework.view_assessment")
    framework = frameworks.for_request(request)
    asked = next((each for each in framework.facts if each.id == fact), None) if framework else None
    written = http.POST.get("answer", "")
    before = request.state
    try:
        operations.answer_fact(
            request,
            fact,
            value_from_form(asked, written),
            by=reader_of(http),
            explanation=http.POST.get("explanation", ""),
        )
    except ValidationError as error:
        return _refused(http, request, error, fact, written)
    if before == Request.State.ADVISED != request.state:
        messages.warning(http, _("A fact changed after the advice was presented. The request is in assessment again."))
    if http.htmx:  # type: ignore[attr-defined]
        if before != request.state:
            return HttpResponseClientRefresh()
        return _parts(http, assessment_of(request, reader_of(http)))
    return redirect(f"{_back(http, request)}#fact-{fact}")


@require_http_methods(["GET", "POST"])
def present(http: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the advice may go to the one who decides, and present it."""
    request = open_request(http, pk, "casework.assess_request")
    shown = assessment_of(request, reader_of(http))
    if http.method == "POST":
        if _try(http, lambda: operations.present(request, by=reader_of(http))):
            messages.success(http, _("The advice was presented for decision."))
        return redirect("casework:request-detail", pk=pk)
    if not shown.may_present:
        messages.error(http, _("There is no advice to present yet, or it was presented already."))
        return redirect("casework:assessment", pk=pk)
    return render(http, "casework/assessment_present.html", {"case": request, "assessment": shown})


@require_GET
def receipt(http: HttpRequest, pk: int, receipt: int) -> HttpResponse:
    """A kept advice as it was computed, read from what was stored, and computed again to see whether it holds."""
    request = open_request(http, pk, "casework.view_assessment")
    kept = get_object_or_404(request.receipts.select_related("computed_by"), pk=receipt)
    read(http.user, request)
    framework = library.get(kept.framework, kept.version)
    context = {
        "case": request,
        "receipt": kept,
        "panel": panel_of(kept.content, framework),
        "facts": facts_of_receipt(kept.content, framework),
        "differences": still_holds(kept),
        "installed": framework is not None,
        "decision": kept.decisions.first(),
    }
    return render(http, "casework/assessment_receipt.html", context)


@require_GET
def receipt_json(http: HttpRequest, pk: int, receipt: int) -> HttpResponse:
    request = open_request(http, pk, "casework.view_assessment")
    kept = get_object_or_404(request.receipts, pk=receipt)
    read(http.user, request)
    written = {**kept.content, "hash": kept.content_hash}
    response = HttpResponse(json.dumps(written, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{request.reference}-advice-{kept.pk}.json"'
    return response


def _page(http: HttpRequest, shown: Assessment, status: int = 200) -> HttpResponse:
    kept = shown.request.receipts.select_related("computed_by").defer("content")
    receipts = [(each, kind_in_words(each.outcome), tone_of(each.outcome, each.is_final)) for each in kept]
    context = {"case": shown.request, "assessment": shown, "receipts": receipts}
    return render(http, "casework/assessment.html", context, status=status)


def _parts(http: HttpRequest, shown: Assessment, status: int = 200) -> HttpResponse:
    on_case = http.POST.get("from") == "case"
    context = {"case": shown.request, "assessment": shown, "said": _said(shown), "from_case": on_case}
    return render(http, "casework/assessment_parts.html", context, status=status)


def _said(shown: Assessment) -> str:
    """What a screen reader hears after an answer."""
    if shown.panel is None:
        return ""
    outcome = shown.panel.outcome.label if shown.panel.outcome else _("none yet")
    left = ngettext("%(count)s question is open", "%(count)s questions are open", shown.open_count)
    return _("Advice: %(outcome)s; %(left)s.") % {"outcome": outcome, "left": left % {"count": shown.open_count}}


def _refused(http: HttpRequest, request: Request, error: ValidationError, fact: str, written: str) -> HttpResponse:
    request.refresh_from_db()
    if not hasattr(error, "error_dict") or not request.is_open:
        messages.error(http, " ".join(error.messages))
        go_to: Any = HttpResponseClientRedirect if http.htmx else redirect  # type: ignore[attr-defined]
        return go_to(_back(http, request))
    shown = assessment_of(request, reader_of(http), error, {fact: written})
    if fact not in {question.fact for question in shown.questions}:
        messages.error(http, " ".join(error.messages))
    answer_with: Any = _parts if http.htmx else _page  # type: ignore[attr-defined]
    return answer_with(http, shown, status=422)


def _back(http: HttpRequest, request: Request) -> str:
    page = "casework:request-detail" if http.POST.get("from") == "case" else "casework:assessment"
    return reverse(page, args=[request.pk])


def _try(http: HttpRequest, operation: Any) -> bool:
    try:
        operation()
    except ValidationError as error:
        messages.error(http, " ".join(error.messages))
        return False
    return True
