"""An evaluation as a report: figures with their records, the officer's texts, tables and charts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from hanze.evaluation.figures import compute, definitions
from hanze.evaluation.figures.rows import row_types
from hanze.evaluation.models import Evaluation
from hanze.evaluation.records import Records
from hanze.evaluation.report.chapters import annexes, chapters
from hanze.evaluation.report.material import Material
from hanze.evaluation.scope import Scope
from hanze.evaluation.words import basis, period_in_words, scope_in_words, title_of
from hanze.register.models import Organisation
from hanze.reporting import Chart, Figure, FigureRef, Figures, Language, Report, Section, Table
from hanze.reporting.figures import recorded

HEADLINE = (
    *("incoming_delegations", "outgoing_missions", "talks", "distinct_parties", "agreements", "refused_high_risk"),
)
_NAMED_IN_TEXT = re.compile(r"\{\{\s*([^{}\s]+)\s*\}\}")


def build(evaluation: Evaluation, language: Language, reader: Any | None, at: datetime | None = None) -> Report:
    """The report of an evaluation in a language, with only what `reader` may see (None: Hanze itself).

    An evaluation that was not saved gives a report without texts.
    """
    with override(language):
        material = gather(evaluation, language, reader)
        sections, more = chapters(material), annexes(material)
        home = Organisation.objects.filter(is_home=True).values_list("name", flat=True).first()
        return Report(
            title=title_of(evaluation),
            subtitle=scope_in_words(material.records.scope),
            organisation=home or "",
            period=period_in_words(evaluation.period_start, evaluation.period_end),
            language=language,
            generated_at=at or timezone.now(),
            figures=_kept(material, (*sections, *more)),
            sections=sections,
            annexes=more,
            summary=material.texts.get("summary", ""),
            headline=HEADLINE,
            status=_("Draft"),
            colophon=basis(reader),
            row_types=row_types(),
        )


def gather(evaluation: Evaluation, language: Language, reader: Any | None) -> Material:
    """The records, figures and texts that the report is made from."""
    records = Records(Scope.of(evaluation), reader, evaluation if evaluation.pk else None)
    known = definitions(records)
    figures = compute(records, evaluation.compare_year, known)
    minor = frozenset(key for key, each in known.items() if each.minor)
    return Material(evaluation, records, figures, texts_of(evaluation, language), language, minor)


def texts_of(evaluation: Evaluation, language: str) -> dict[str, str]:
    """The officer's texts by section; Dutch where no English was written."""
    if not evaluation.pk:
        return {}
    texts = {each.section: (each.text_nl, each.text_en) for each in evaluation.texts.all()}
    return {section: (en or nl) if language == "en" else nl for section, (nl, en) in texts.items()}


def _kept(material: Material, sections: tuple[Section, ...]) -> Mapping[str, Figure]:
    """All figures but the minor ones that counted nothing and that nobody names.

    A year of comparison that is not recorded is said once, in its own chapter, instead of beside every figure.
    """
    named = {key for text in material.texts.values() for key in _NAMED_IN_TEXT.findall(text)}
    named |= {key for section in sections for key in _shown(section)}
    return {
        key: figure if figure.compared and recorded(figure.compared.value) else replace(figure, compared=None)
        for key, figure in material.figures.items()
        if figure.rows or key not in material.minor or key in named
    }


def _shown(section: Section) -> set[str]:
    """The figures that stand in the bands and tables of a section."""
    shown: set[str] = set()
    for block in section.blocks:
        if isinstance(block, Figures):
            shown |= set(block.keys)
        elif isinstance(block, Table | Chart):
            table = block.table if isinstance(block, Chart) else block
            shown |= {cell.key for row in table.rows for cell in row if isinstance(cell, FigureRef)}
    return shown
