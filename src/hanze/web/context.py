"""What every page shows around its content."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hanze.accounts.remembering import remembered
from hanze.register.models import Organisation
from hanze.web.navigation import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Template context for the frame: the organisation, the reader, the navigation and the theme."""
    # Every cell of a table that has a template of its own asks again.
    if not hasattr(request, "hanze_frame"):
        request.hanze_frame = {  # type: ignore[attr-defined]
            "organisation_name": remembered("home", _home),
            "reader": getattr(request, "user", None),
            "navigation": navigation(request),
            "theme_css": settings.HANZE_THEME_CSS,
        }
    return request.hanze_frame  # type: ignore[attr-defined]


def _home() -> str:
    return Organisation.objects.filter(is_home=True).values_list("name", flat=True).first() or ""
