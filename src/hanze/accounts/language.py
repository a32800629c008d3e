"""The language in force, as what has a text in Dutch and in English asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from hanze.reporting.figures import Language


def language_in_force() -> Language:
    """Dutch where nothing else is in force."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
