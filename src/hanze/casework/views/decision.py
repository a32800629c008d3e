"""The decision on a request, and the letter that goes with it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hanze.audit.reading import read
from hanze.casework import letters, operations
from hanze.casework.advice import latest, measures_of
from hanze.casework.assessment import assessment_of
from hanze.casework.forms.choosing import show_error
from hanze.casework.forms.decision import DecisionForm
from hanze.casework.models import Decision, Request
from hanze.casework.operations.decision import consulted, must_consult
from hanze.casework.views.opening import open_request, reader_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "POST"])
def decision(http: HttpRequest, pk: int) -> HttpResponse:
    """The decision that was taken; before that, the form of the one who decides, with a page that confirms."""
    request = open_request(http, pk, "casework.view_assessment")
    taken = getattr(request, "decision", None)
    if taken:
        return _taken(http, request, taken)
    if request.state != Request.State.ADVISED or not http.user.has_perm("casework.decide_request", request):
        raise PermissionDenied
    receipt = latest(request)
    assert receipt is not None
    form = DecisionForm(http.POST or None, request=request, receipt=receipt, decider=reader_of(http))
    if http.method == "POST" and "change" not in http.POST and form.is_valid():
        if "confirmed" not in http.POST:
            return _confirm(http, request, form)
        try:
            operations.decide(request, by=reader_of(http), **form.cleaned_data)
        except ValidationError as error:
            show_error(form, error)
        else:
            messages.success(http, _("The decision was recorded."))
            return redirect("casework:decision", pk=pk)
    read(http.user, request)
    status = 422 if form.is_bound and form.errors else 200
    context = {
        "case": request,
        "form": form,
        "assessment": assessment_of(request, reader_of(http)),
        "must_consult": must_consult(receipt),
        "consulted": consulted(request, timezone.localdate()),
        "may_record_contact": reader_of(http).has_perm("casework.add_contact"),
    }
    return render(http, "casework/decision_form.html", context, status=status)


@require_GET
def letter(http: HttpRequest, pk: int) -> HttpResponse:
    """The letter to the requester as DOCX, in `?language=` or else the requester's language."""
    request = open_request(http, pk, "casework.view_assessment")
    taken = getattr(request, "decision", None)
    if taken is None:
        raise Http404
    read(http.user, request)
    language = http.GET.get("language", request.language)
    if language not in letters.LANGUAGES:
        raise Http404
    response = HttpResponse(letters.docx(taken, language, reader_of(http)), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="{request.reference}-{language}.docx"'
    return response


def _taken(http: HttpRequest, request: Request, taken: Decision) -> HttpResponse:
    if http.method == "POST":
        messages.error(http, _("This request was decided already. A decision does not change any more."))
        return redirect("casework:decision", pk=request.pk)
    read(http.user, request)
    languages = sorted(letters.LANGUAGES, key=lambda code: code != request.language)
    context = {
        "case": request,
        "decision": taken,
        "assessment": assessment_of(request, reader_of(http)),
        "languages": [(code, get_language_info(code)["name_translated"]) for code in languages],
        "letter": letters.letter_for(taken, request.language, reader_of(http)),
    }
    return render(http, "casework/decision.html", context)


def _confirm(http: HttpRequest, request: Request, form: DecisionForm) -> HttpResponse:
    outcome = Decision.Outcome(form.cleaned_data["outcome"])
    context: dict[str, Any] = {
        "case": request,
        "form": form,
        "outcome": outcome,
        "differs": form.instance_to_check().differs,
        "ground": dict(Decision.Ground.choices).get(form.cleaned_data["ground"], ""),
        "consequences": _consequences(outcome, form),
    }
    return render(http, "casework/decision_confirm.html", context)


def _consequences(outcome: Decision.Outcome, form: DecisionForm) -> list[str]:
    """What follows from this decision, in words."""
    follows = [_("The request becomes “Decided”. Its facts and its weighing do not change any more.")]
    measures = len(measures_of(form.receipt))
    if outcome in (Decision.Outcome.TAKE_UP, Decision.Outcome.WITH_MEASURES) and measures:
        follows.append(
            ngettext(
                "The activity that is planned for it gets %(count)s measure on its checklist.",
                "The activity that is planned for it gets %(count)s measures on its checklist.",
                measures,
            )
            % {"count": measures}
        )
    if outcome in (Decision.Outcome.REFER, Decision.Outcome.REFUSE):
        follows.append(_("No activity can be planned for this request."))
    follows.append(_("A letter to the requester is ready for you to download. Hanze does not send it."))
    follows.append(_("The decision cannot be corrected or withdrawn. It counts in the evaluation."))
    return follows
