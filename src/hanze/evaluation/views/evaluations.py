"""The list of evaluations, and an evaluation with the records behind each figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from hanze.accounts.exporting import Column, export, wanted
from hanze.accounts.language import language_in_force
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.audit.reading import read
from hanze.evaluation import operations, queries
from hanze.evaluation.documents import FORMATS
from hanze.evaluation.figures import compute_one
from hanze.evaluation.figures.rows import row_types
from hanze.evaluation.forms import EvaluationForm
from hanze.evaluation.models import Evaluation, RecordedYear
from hanze.evaluation.records import Records
from hanze.evaluation.report import HEADLINE, build
from hanze.evaluation.scope import Scope
from hanze.evaluation.views.shared import evaluation_for, frame_of, show_errors
from hanze.evaluation.words import basis, default_title, period_in_words, scope_in_words, title_of
from hanze.reporting import Figure, FigureKeyError, Report
from hanze.reporting.html import to_html

BESIDE = {"talks": "exploratory_talks", "distinct_parties": "attendances"}
FIRST_SHOWN = "distinct_parties"
MOST_ROWS = 200  # of a table on the screen; the spreadsheet has all


def evaluation_list(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "evaluation.list_evaluations")
    listed = queries.listed(reader_of(request))
    if wanted(request):
        return export(request, title=_("Evaluations"), columns=_columns(), rows=listed)
    paginator = Paginator(listed, 50)
    page = paginator.get_page(request.GET.get("page"))
    rows = [
        {
            "evaluation": each,
            "title": title_of(each),
            "period": period_in_words(each.period_start, each.period_end),
            "scope": scope_in_words(Scope.of(each)),
        }
        for each in page
    ]
    context = {
        "rows": rows,
        "page_obj": page,
        "page_numbers": paginator.get_elided_page_range(page.number),
        "may_create": reader_of(request).has_perm("evaluation.create_evaluation"),
    }
    return render(request, "evaluation/evaluation_list.html", context)


def _columns() -> tuple[Column, ...]:
    """What an export of the list holds."""
    return (
        Column(_("Evaluation"), title_of),
        Column(_("From"), lambda evaluation: evaluation.period_start),
        Column(_("Until"), lambda evaluation: evaluation.period_end),
        Column(_("About"), lambda evaluation: scope_in_words(Scope.of(evaluation))),
        Column(_("Recommendations"), lambda evaluation: evaluation.advised),
        Column(_("Frozen"), lambda evaluation: evaluation.frozen_at),
    )


def evaluation_create(request: HttpRequest) -> HttpResponse:
    require(reader_of(request), "evaluation.create_evaluation")
    today = timezone.localdate()
    form = EvaluationForm(request.POST or None, initial=_preset(request, today), reader=reader_of(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.create_evaluation(by=reader_of(request), **_named(form.cleaned_data))
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The evaluation was made; its figures are counted from the records."))
            return redirect("evaluation:evaluation-detail", made.pk)
    return render(request, "evaluation/evaluation_form.html", {"form": form, "this_year": today.year})


@in_turn(Evaluation)
def evaluation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk, "evaluation.change_evaluation")
    form = EvaluationForm(request.POST or None, instance=evaluation, reader=reader_of(request))
    if request.method == "POST" and form.is_valid():
        stored = Evaluation.objects.get(pk=pk)
        try:
            operations.change_evaluation(stored, by=reader_of(request), **_named(form.cleaned_data))
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The evaluation was changed."))
            return redirect("evaluation:evaluation-detail", pk)
    return render(request, "evaluation/evaluation_form.html", {"form": form, "evaluation": evaluation})


def evaluation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk)
    read(reader_of(request), evaluation)
    return _page(request, evaluation, FIRST_SHOWN)


def figure(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """The records behind a figure: beside the report, or on their own for htmx."""
    evaluation = evaluation_for(request, pk)
    if not request.htmx:
        return _page(request, evaluation, key)
    records = Records(Scope.of(evaluation), reader_of(request), evaluation)
    try:
        shown = compute_one(records, key, evaluation.compare_year)
    except FigureKeyError as error:
        raise Http404 from error
    may_change = reader_of(request).has_perm("evaluation.change_evaluation", evaluation)
    response = render(
        request, "evaluation/parts/rows.html", _rows(request, evaluation, shown) | {"may_change": may_change}
    )
    response["HX-Push-Url"] = request.get_full_path()
    return response


def _page(request: HttpRequest, evaluation: Evaluation, key: str) -> HttpResponse:
    language = language_in_force()
    report = build(evaluation, language, reader_of(request))
    shown = report.figures.get(key)
    if shown is None:
        try:
            shown = compute_one(Records(Scope.of(evaluation), reader_of(request), evaluation), key)
        except FigureKeyError as error:
            raise Http404 from error
    missing = _missing_years(evaluation)
    context = {
        **frame_of(request, evaluation, "report"),
        **_rows(request, evaluation, shown),
        "strip": _strip(report),
        "body": _body(report, evaluation),
        "basis": basis(reader_of(request)),
        "missing_years": missing,
        "may_record": bool(missing) and reader_of(request).has_perm("evaluation.change_recorded_years"),
        "compared": _compared_in_words(evaluation),
        "formats": FORMATS.values(),
        "download_base": f"{reverse('evaluation:evaluation-detail', args=[evaluation.pk])}report.",
    }
    return render(request, "evaluation/evaluation_detail.html", context)


def _strip(report: Report) -> list[dict[str, Any]]:
    """The figures on top, some with a second one beside them."""
    beside = {key: report.figures[other] for key, other in BESIDE.items()}
    return [{"figure": report.figures[key], "beside": beside.get(key)} for key in HEADLINE]


def _body(report: Report, evaluation: Evaluation) -> str:
    """The report as HTML; the figures on top have been shown already."""
    return mark_safe(to_html(replace(report, headline=(), colophon=""), _figure_url(evaluation), MOST_ROWS))


def _figure_url(evaluation: Evaluation) -> Callable[[str], str]:
    return lambda key: reverse("evaluation:figure", args=[evaluation.pk, key]) + "#rows"


def _rows(request: HttpRequest, evaluation: Evaluation, shown: Figure) -> dict[str, Any]:
    """A page of the records behind a figure."""
    types = row_types()
    page = Paginator(shown.rows, 100).get_page(request.GET.get("page"))
    behind = list(page)
    mixed = len({row.type for row in behind}) > 1
    rows = [{"row": row, "type": types.get(row.type, row.type) if mixed else ""} for row in behind]
    return {"evaluation": evaluation, "figure": shown, "rows": rows, "rows_page": page}


def _missing_years(evaluation: Evaluation) -> list[int]:
    years = Scope.of(evaluation).years
    covered = set(RecordedYear.objects.filter(year__in=list(years)).values_list("year", flat=True))
    return [year for year in years if year not in covered]


def _compared_in_words(evaluation: Evaluation) -> str:
    year = evaluation.compare_year
    if not year:
        return ""
    if Scope.of(evaluation).in_year(year).is_recorded():
        return _("compared with %(year)s") % {"year": year}
    return _("compared with %(year)s: not recorded") % {"year": year}


def _preset(request: HttpRequest, today: date) -> dict[str, Any]:
    """A whole year as the period to begin with, this year unless another is asked for."""
    text = request.GET.get("year", "")
    year = int(text) if text.isdecimal() and 1900 <= int(text) <= 2999 else today.year
    return {
        "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31),
        "compare_year": year - 1,
        "responsible": reader_of(request).pk,
    }


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, with a title after scope and period where none was given."""
    if fields["title_nl"]:
        return fields
    scope = Scope(
        fields["period_start"], fields["period_end"], fields["country"], fields["region"], fields["framework"]
    )
    with override("nl"):
        fields["title_nl"] = default_title(scope)
    with override("en"):
        fields["title_en"] = fields["title_en"] or default_title(scope)
    return fields
