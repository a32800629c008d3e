"""Parts of a finding's page that belong to apps higher up: they hand in a panel, the page shows it.

An app calls `add_finding_panel` in its `apps.ready`, for example to show the requests in which a party takes part.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from hanze.accounts.models import User
from hanze.watchlists.models import Finding

ContextOf = Callable[[Finding, User], dict[str, Any] | None]


@dataclass(frozen=True)
class FindingPanel:
    template: str
    context: ContextOf


_panels: list[FindingPanel] = []


def add_finding_panel(template: str, context: ContextOf) -> None:
    """Show `template` on the page of a finding; `context` gives only what the reader may see, or None for nothing."""
    panel = FindingPanel(template, context)
    if panel not in _panels:
        _panels.append(panel)


def finding_panels(request: HttpRequest, finding: Finding) -> list[str]:
    """The panels of a finding for the reader of this request, as HTML."""
    reader: Any = request.user
    contexts = [(panel.template, panel.context(finding, reader)) for panel in _panels]
    return [
        render_to_string(template, {"finding": finding, **context}, request)
        for template, context in contexts
        if context is not None
    ]
