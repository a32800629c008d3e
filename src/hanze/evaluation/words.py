"""Titles, periods and scopes in the words of the language in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hanze.accounts.models import Role
from hanze.evaluation.models import Evaluation
from hanze.evaluation.scope import Scope
from hanze.frameworks import library


def in_english() -> bool:
    return (get_language() or "nl").startswith("en")


def title_of(evaluation: Evaluation) -> str:
    """The title, Dutch where no English one was written."""
    return (evaluation.title_en if in_english() else "") or evaluation.title_nl


def default_title(scope: Scope) -> str:
    """What an evaluation of this scope is called when nobody gave it a title."""
    words = {"place": scope.region or scope.country, "period": period_in_words(scope.start, scope.end)}
    if words["place"]:
        return _("Relations with %(place)s, %(period)s") % words
    return _("International relations, %(period)s") % words


def period_in_words(start: date, end: date) -> str:
    """ "2024" for a whole year, "May 2024" for a month, else both days."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end.day >= 28):
        return date_format(end, "F Y")
    first = date_format(start, "j F" if start.year == end.year else "j F Y")
    return _("%(start)s to %(end)s") % {"start": first, "end": date_format(end, "j F Y")}


def scope_in_words(scope: Scope) -> str:
    """The country, region and framework, or that nothing is left out."""
    parts = [str(each) for each in (scope.country, scope.region) if each]
    if scope.framework:
        parts.append(framework_title(scope.framework))
    return " · ".join(parts) or _("All countries")


def framework_title(framework_id: str) -> str:
    """The title of a framework, or its id when it is not installed any more."""
    newest = next(iter(library.versions(framework_id)), None)
    return newest.title.in_language(get_language() or "nl") if newest else framework_id


def basis(reader: Any | None) -> str:
    """Which records the figures rest on; the same words whether or not anything is hidden from this reader."""
    if reader is None or Role.AUDITOR in reader.roles:
        return _("The figures were counted from all records in the register.")
    return _("The figures were counted from the records that the reader of this report may see.")
