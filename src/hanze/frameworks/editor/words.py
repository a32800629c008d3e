"""The words of the editor for the keys and the fixed values of a framework's YAML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hanze.frameworks.words import ARTICLES, KINDS, language

SECTION_NAMES = {
    "tables": _("Lines of action"),
    "facts": _("Facts"),
    "lists": _("Lists"),
    "measures": _("Measures"),
    "sources": _("Sources"),
    "head": _("Head and advice"),
    "scenarios": _("Scenarios"),
    "source": _("Source text"),
}
LABELS = {
    "id": _("Name"),
    "advice": _("Advice"),
    "adopted_by": _("Adopted by"),
    "ask": _("Question"),
    "because": _("Because"),
    "date": _("Date"),
    "decided_by": _("Decided by"),
    "decimals": _("Decimals"),
    "description": _("Description"),
    "document": _("Document"),
    "from": _("Comes from"),
    "ground": _("Ground"),
    "help": _("Explanation"),
    "hit": _("How the rules go together"),
    "kind": _("Kind"),
    "label": _("Words"),
    "line": _("Line"),
    "many": _("Several values"),
    "maximum": _("At most"),
    "measures": _("Measures"),
    "minimum": _("At least"),
    "moment": _("Moment"),
    "note": _("Note"),
    "number": _("Number"),
    "otherwise": _("When no rule gives an advice"),
    "per": _("How often"),
    "precedence": _("Precedence"),
    "section": _("Section"),
    "source": _("Source"),
    "status": _("Status"),
    "summary": _("Summary"),
    "text": _("The policy in prose"),
    "title": _("Title"),
    "type": _("Type"),
    "until": _("Until"),
    "url": _("Address"),
    "version": _("Version"),
    "where": _("And moreover"),
    "whole": _("Whole numbers only"),
}
VALUES: Mapping[str, Mapping[str, Any]] = {
    "status": {"stated": _("Stated in the source"), "inferred": _("Inferred from the source")},
    "type": {
        "boolean": _("Yes or no"),
        "choice": _("A choice"),
        "number": pgettext_lazy("type", "A number"),
        "date": pgettext_lazy("type", "A day"),
        "text": pgettext_lazy("type", "A text"),
        "date-time": pgettext_lazy("type", "A moment"),
        "duration": pgettext_lazy("type", "A duration"),
    },
    "hit": {
        "collect": _("Every rule that fits applies"),
        "first": _("The first rule that fits applies"),
        "unique": _("Never two rules at once"),
        "any": _("Two at once only with the same advice"),
        "priority": _("The strictest rule that fits applies"),
        "rule-order": _("Every rule that fits applies, in this order"),
        "output-order": _("Every rule that fits applies, the strictest first"),
    },
    "kind": ARTICLES,
    "outcome-kind": KINDS,
    "moment": {"before": _("Before"), "during": _("During"), "after": _("Afterwards")},
    "per": {
        "activity": _("Once"),
        "company": _("For each company"),
        "organisation": _("For each organisation from abroad"),
    },
    "whole": {"true": _("Yes")},
    "many": {"true": _("Yes")},
}


def said(text: Any) -> str:
    """A text of the YAML in the language in force, or in the other one where that is missing."""
    if not isinstance(text, Mapping):
        return str(text or "")
    own = "nl" if language().startswith("nl") else "en"
    return str(text.get(own) or text.get("en" if own == "nl" else "nl") or "")
