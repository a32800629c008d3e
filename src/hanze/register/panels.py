"""Parts of a register page that belong to apps higher up: they hand in a panel, the page shows it.

An app calls `add_panel` in its `apps.ready`, for example to show the requests of an organisation:

    add_panel(Organisation, "casework/organisation_panel.html", requests_of, "casework.list_requests")
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.http import HttpRequest
from django.template.loader import render_to_string

from hanze.accounts.models import User

ContextOf = Callable[[Any, User], dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    template: str
    context: ContextOf
    permission: str


_panels: dict[type[models.Model], list[Panel]] = defaultdict(list)


def add_panel(model: type[models.Model], template: str, context: ContextOf, permission: str) -> None:
    """Show `template` on the pages of `model` to readers with `permission`.

    `context(record, reader)` gives the template's context with only what the reader may see, or None when there
    is nothing to show. The template starts at a section with an h2; `record` and the request are in its context.
    """
    panel = Panel(template, context, permission)
    if panel not in _panels[model]:
        _panels[model].append(panel)


def panels(request: HttpRequest, record: models.Model) -> list[str]:
    """The panels of `record` for the reader of this request, as HTML."""
    reader: Any = request.user
    shown = []
    for panel in _panels[type(record)]:
        context = panel.context(record, reader) if reader.has_perm(panel.permission) else None
        if context is not None:
            shown.append(render_to_string(panel.template, {"record": record, **context}, request))
    return shown
