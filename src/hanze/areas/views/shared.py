"""What the pages of an initiative share."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.areas.models import Initiative
from hanze.reporting.figures import Language


def initiative_for(request: HttpRequest, pk: int, permission: str = "areas.view_initiative") -> tuple[User, Initiative]:
    """The reader and the initiative, when she may see it and holds `permission` for it; else 404."""
    reader = reader_of(request)
    require(reader, "areas.list_initiatives")
    initiative = get_visible_or_404(Initiative.objects.select_related("responsible"), reader, pk=pk)
    require(reader, permission, initiative)
    return reader, initiative


def frame(reader: User, initiative: Initiative, tab: str) -> dict[str, Any]:
    """The context of everything above the tabs."""
    may_change = reader.has_perm("areas.change_initiative", initiative)
    return {"initiative": initiative, "tab": tab, "may_change": may_change}


def language_in_force() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"
