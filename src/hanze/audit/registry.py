"""The names of all events, each with the sentence that the log shows for it.

An app registers its events in its `events.py`, imported when the app is ready.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from hanze.audit.models import Event

Sentence = str | Promise | Callable[["Event"], str]
_sentences: dict[str, Any] = {}


class UnknownEventError(LookupError):
    """An event was written that no app has registered."""


def register(name: str, sentence: Sentence) -> None:
    """Register event `name`. `sentence` is a lazy translation with %(actor)s, %(subject)s and keys of the
    event's data, or a function of the event."""
    _sentences[name] = sentence


def known(name: str) -> None:
    """Raise `UnknownEventError` unless `name` is registered."""
    if name not in _sentences:
        raise UnknownEventError(name)


def names() -> list[str]:
    """All registered event names, in alphabetical order."""
    return sorted(_sentences)


def sentence(event: Event) -> str:
    """The event in words, in the language in force."""
    template = _sentences.get(event.name, event.name)
    if callable(template):
        return str(template(event))
    words = {"actor": event.actor_name or _("Hanze"), "subject": event.subject_label, **event.data}
    return str(template) % words
