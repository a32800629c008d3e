"""What search finds among evaluations."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hanze.evaluation.models import Evaluation
from hanze.evaluation.words import title_of
from hanze.register.searching import SearchSource


def _text(evaluation: Evaluation) -> str:
    """The titles, the officer's texts and the recommendations."""
    texts = [part for each in evaluation.texts.all() for part in (each.text_nl, each.text_en)]
    advice = [part for each in evaluation.recommendations.all() for part in (each.text_nl, each.text_en)]
    country = evaluation.country
    place = [country.name_nl, country.name_en] if country else []
    return "\n".join(part for part in (evaluation.title_nl, evaluation.title_en, *place, *texts, *advice) if part)


SOURCES = [
    SearchSource(
        model=Evaluation,
        label=_("Evaluation"),
        title=title_of,
        text=_text,
        url=lambda evaluation: reverse("evaluation:evaluation-detail", args=[evaluation.pk]),
        permission="evaluation.list_evaluations",
        prefetch=("country", "texts", "recommendations"),
    )
]
