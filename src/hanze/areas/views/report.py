"""The plan as a file to hand out."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import override

from hanze.accounts.language import language_in_force
from hanze.areas.models import PlanRun
from hanze.areas.report import build
from hanze.areas.views.shared import initiative_for
from hanze.audit.log import record
from hanze.audit.reading import read
from hanze.reporting import Language
from hanze.reporting.formats import FORMATS


def report(request: HttpRequest, pk: int, extension: str) -> HttpResponse:
    """The report with the plan `?plan=`, else the latest that was made; `?language=` nl or en."""
    reader, initiative = initiative_for(request, pk)
    if extension not in FORMATS:
        raise Http404
    made = initiative.plans.filter(state=PlanRun.State.DONE)
    asked = request.GET.get("plan", "")
    run = made.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 10 else made.first()
    if asked and run is None:
        raise Http404
    told = request.GET.get("language")
    language: Language = "nl" if told == "nl" else "en" if told == "en" else language_in_force()
    found, chosen = build(initiative, run, language), FORMATS[extension]
    with override(language):
        content = chosen.write(found)
    read(reader, initiative)
    record("areas.report-made", by=reader, subject=initiative, format=chosen.label, plan=str(run or ""))
    answer = HttpResponse(content, content_type=chosen.content_type)
    name = f"{slugify(found.title) or 'plan'}-{language}.{extension}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
