"""The officer's texts: which sections have one, and writing one with figures in it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from hanze.accounts.requests import reader_of
from hanze.accounts.together import in_turn
from hanze.evaluation import operations
from hanze.evaluation.figures import compute
from hanze.evaluation.forms import TextForm
from hanze.evaluation.models import Evaluation
from hanze.evaluation.records import Records
from hanze.evaluation.scope import Scope
from hanze.evaluation.sections import TextSection, text_sections
from hanze.evaluation.views.shared import evaluation_for, frame_of, show_errors
from hanze.reporting import Language
from hanze.reporting.html import prose_html


def text_list(request: HttpRequest, pk: int) -> HttpResponse:
    evaluation = evaluation_for(request, pk)
    written = {each.section: each for each in evaluation.texts.select_related("updated_by")}
    sections = text_sections(Records(Scope.of(evaluation), reader_of(request), evaluation))
    rows = [{"section": each, "text": written.get(each.key)} for each in sections]
    context = {**frame_of(request, evaluation, "texts"), "rows": rows}
    return render(request, "evaluation/text_list.html", context)


@in_turn(Evaluation)
def text_edit(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    evaluation = evaluation_for(request, pk, "evaluation.change_evaluation")
    records = Records(Scope.of(evaluation), reader_of(request), evaluation)
    chosen = _section(records, section)
    text = evaluation.texts.filter(section=section).first()
    form = TextForm(request.POST or None, text=text)
    if request.method == "POST" and form.is_valid():
        try:
            operations.write_text(evaluation, by=reader_of(request), section=section, **form.cleaned_data)
        except ValidationError as error:
            show_errors(form, error)
        else:
            messages.success(request, _("The text “%(title)s” was saved.") % {"title": chosen.title})
            return redirect("evaluation:texts", pk)
    context = {
        **frame_of(request, evaluation, "texts"),
        "form": form,
        "section": chosen,
        "figures": compute(records).values(),
    }
    return render(request, "evaluation/text_form.html", context)


@require_POST
def text_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The text that is being written, as it will stand in the report."""
    evaluation = evaluation_for(request, pk, "evaluation.change_evaluation")
    languages: tuple[tuple[Language, str], ...] = (("nl", _("Dutch")), ("en", _("English")))
    previews = [
        {"language": language, "name": name, "html": _preview(request, evaluation, language)}
        for language, name in languages
        if request.POST.get(f"text_{language}", "").strip()
    ]
    return render(request, "evaluation/parts/preview.html", {"previews": previews})


def _preview(request: HttpRequest, evaluation: Evaluation, language: Language) -> str:
    with override(language):
        figures = compute(Records(Scope.of(evaluation), reader_of(request), evaluation))
    return prose_html(
        request.POST[f"text_{language}"],
        figures,
        language,
        lambda key: reverse("evaluation:figure", args=[evaluation.pk, key]),
        level=2,
    )


def _section(records: Records, key: str) -> TextSection:
    found = next((each for each in text_sections(records) if each.key == key), None)
    if found is None:
        raise Http404
    return found
