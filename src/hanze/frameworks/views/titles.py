"""How the pages of a draft are headed."""

from __future__ import annotations

from hanze.frameworks import checking, library
from hanze.frameworks.models import Draft
from hanze.frameworks.words import say


def title_of(draft: Draft) -> str:
    """The title of the framework that a draft is of."""
    framework = checking.framework_of(draft.text, draft.name) or library.get(draft.framework, draft.based_on)
    return say(framework.title) if framework else draft.framework
