"""The lines of action of the framework that an activity falls under, and the measures that the framework knows."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language

from hanze.casework.advice import MeasureBrought
from hanze.frameworks import library
from hanze.missions.models import Activity
from hanze.policy import Framework


def framework_of(activity: Activity) -> Framework | None:
    """The version of the framework that the activity falls under; None without one, or when it is not installed."""
    if not activity.framework or activity.framework_version is None:
        return None
    return library.get(activity.framework, activity.framework_version)


def framework_choices(on: date) -> list[tuple[str, str]]:
    """The frameworks in force on a day, by id, with their titles in the language in use."""
    return [(key, framework.title.in_language(_language())) for key, framework in library.in_force(on).items()]


def framework_title(framework: Framework) -> str:
    return framework.title.in_language(_language())


def line_labels(framework: Framework | None) -> dict[str, str]:
    """The lines of action of a framework by code, in the language in use."""
    tables = framework.tables if framework else ()
    return {table.id: table.line.in_language(_language()) for table in tables}


def measures_to_add(activity: Activity) -> list[MeasureBrought]:
    """The measures of the activity's framework that are not on the activity yet."""
    framework = framework_of(activity)
    there = set(activity.measures.values_list("code", flat=True))
    there |= set(activity.party_measures.values_list("code", flat=True))
    return [
        MeasureBrought(measure.id, measure.line, measure.label.nl, measure.label.en, measure.moment, measure.per)
        for measure in (framework.measures if framework else ())
        if measure.id not in there
    ]


def _language() -> str:
    return get_language() or "nl"
