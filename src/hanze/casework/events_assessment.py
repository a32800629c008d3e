"""The events of weighing and deciding, whose sentences choose the words of the reader's language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from hanze.audit.registry import register
from hanze.casework.facts import day_in_words
from hanze.casework.models import Decision

if TYPE_CHECKING:
    from hanze.audit.models import Event


def _weighed(event: Event) -> str:
    words = {"framework": _said(event.data["framework"]), "version": _day(event.data["version"])}
    if event.data["outcome"] is None:
        return gettext("Weighed with %(framework)s, version %(version)s: no advice yet") % words
    words["outcome"] = _said(event.data["outcome"])
    return gettext("Weighed with %(framework)s, version %(version)s: %(outcome)s") % words


def _answered(event: Event) -> str:
    words = {"actor": _actor(event), "label": _said(event.data["label"]), "answer": _said(event.data["answer"])}
    return gettext("%(actor)s answered “%(label)s”: %(answer)s") % words


def _advised(event: Event) -> str:
    words = {"actor": _actor(event), "outcome": _said(event.data["outcome"])}
    return gettext("%(actor)s presented the advice for decision: %(outcome)s") % words


def _decided(event: Event) -> str:
    words = {"actor": _actor(event), "outcome": Decision.Outcome(event.data["outcome"]).label}
    if event.data["differs"]:
        return gettext("%(actor)s decided otherwise than the advice: %(outcome)s") % words
    return gettext("%(actor)s decided: %(outcome)s") % words


def _actor(event: Event) -> str:
    return event.actor_name or gettext("Hanze")


def _said(text: dict[str, Any]) -> str:
    return text["nl"] if (get_language() or "nl").startswith("nl") else text["en"]


def _day(written: str) -> str:
    return day_in_words(date.fromisoformat(written))


register("request.assessment-started", _("%(actor)s took %(subject)s into assessment"))
register("request.answered", _answered)
register("request.weighed", _weighed)
register("request.advised", _advised)
register("request.decided", _decided)
