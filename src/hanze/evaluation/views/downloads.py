"""A report as a file, from the records as they are or from a frozen copy."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override

from hanze.accounts.language import language_in_force
from hanze.accounts.requests import reader_of
from hanze.audit.log import record
from hanze.evaluation import frozen
from hanze.evaluation.documents import FORMATS, file_name
from hanze.evaluation.models import Evaluation
from hanze.evaluation.report import build
from hanze.evaluation.views.frozen import snapshot_for
from hanze.evaluation.views.shared import evaluation_for
from hanze.reporting import Language, Report


def report(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The report of today, as far as the reader may see it."""
    evaluation = evaluation_for(request, pk)
    return _file(request, evaluation, build(evaluation, _language(request), reader_of(request)), extension)


def frozen_report(request: HttpRequest, pk: int, snapshot: int, extension: str) -> HttpResponse:
    """The report as it was frozen."""
    evaluation = evaluation_for(request, pk)
    kept = snapshot_for(evaluation, reader_of(request), snapshot)
    return _file(request, evaluation, frozen.report_of(kept, _language(request)), extension)


def _file(request: HttpRequest, evaluation: Evaluation, made: Report, extension: str) -> HttpResponse:
    if extension not in FORMATS:
        raise Http404
    chosen = FORMATS[extension]
    with override(made.language):
        content = chosen.write(made)
    record("evaluation.downloaded", by=reader_of(request), subject=evaluation, format=chosen.label)
    response = HttpResponse(content, content_type=chosen.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name(made, extension)}"'
    return response


def _language(request: HttpRequest) -> Language:
    asked = request.GET.get("language")
    return asked if asked in ("nl", "en") else language_in_force()
