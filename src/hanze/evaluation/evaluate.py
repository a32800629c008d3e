"""An evaluation from the command line: the same figures and documents as on screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import override

from hanze.evaluation import queries
from hanze.evaluation.documents import FORMATS
from hanze.evaluation.models import Evaluation
from hanze.evaluation.report import build
from hanze.evaluation.scope import Scope, parse_period
from hanze.evaluation.words import default_title
from hanze.frameworks import library
from hanze.register.models import Country, Region
from hanze.reporting import Language


class EvaluateError(ValueError):
    """Something that was asked for does not exist; the text says what does."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to evaluate and how to write it, as given on the command line."""

    period: str
    format: str = "json"
    country: str = ""
    region: str = ""
    framework: str = ""
    language: Language = "nl"
    compare: int | None = None


def evaluate(wanted: Wanted, reader: Any | None = None) -> bytes:
    """The evaluation as a file. A stored evaluation of the same scope gives its texts and recommendations.

    `reader` None is Hanze itself, which sees everything. Raises PeriodError, EvaluateError.
    """
    with override(wanted.language):
        scope = _scope(wanted)
        evaluation = _evaluation(scope, wanted, reader)
        return FORMATS[wanted.format].write(build(evaluation, wanted.language, reader))


def _evaluation(scope: Scope, wanted: Wanted, reader: Any | None) -> Evaluation:
    """The stored evaluation with the scope as it was asked for, or one that is not stored."""
    found = queries.stored(scope, reader)
    if found is None:
        found = Evaluation(compare_year=wanted.compare)
        for language in ("nl", "en"):
            with override(language):
                setattr(found, f"title_{language}", default_title(scope))
    found.period_start, found.period_end = scope.start, scope.end
    found.country, found.region, found.framework = scope.country, scope.region, scope.framework
    found.compare_year = wanted.compare or found.compare_year
    return found


def _scope(wanted: Wanted) -> Scope:
    start, end = parse_period(wanted.period)
    country = region = None
    if wanted.country:
        country = Country.objects.filter(pk=wanted.country.upper()).first()
        if country is None:
            raise EvaluateError(f"There is no country with the code {wanted.country}. Give an ISO code, such as CN.")
    if wanted.region:
        region = Region.objects.filter(pk=wanted.region.upper()).first()
        if region is None:
            raise EvaluateError(f"There is no region with the code {wanted.region}. Give an ISO code, such as CN-HE.")
    known = sorted({each.id for each in library.installed()})
    if wanted.framework and wanted.framework not in known:
        raise EvaluateError(f"There is no framework {wanted.framework}. Installed: {', '.join(known) or 'none'}.")
    return Scope(start, end, country, region, wanted.framework)
