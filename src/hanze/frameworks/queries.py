"""Reads of frameworks that more than one place needs. Each has applied the reader's rights."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from hanze.frameworks.models import Draft


def drafts_for(reader: Any, framework_id: str = "") -> QuerySet[Draft]:
    """The drafts that a reader may see, the one changed last first; of one framework, or of all."""
    if not reader.has_perm("frameworks.view_draft"):
        return Draft.objects.none()
    drafts = Draft.objects.select_related("changed_by", "started_by", "offered_by")
    return drafts.filter(framework=framework_id) if framework_id else drafts


def draft_or_404(reader: Any, pk: int) -> Draft:
    """The draft with this number, when the reader may see it; else Http404."""
    found = drafts_for(reader).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
