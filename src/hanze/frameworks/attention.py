"""What drafts of frameworks ask of their readers on the Today page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.attention import Attention
from hanze.accounts.models import User
from hanze.frameworks.models import Draft
from hanze.frameworks.queries import drafts_for


def attention(reader: User, today: date) -> list[Attention]:
    """Drafts that wait for the reader's approval, and her own that were given back."""
    items = [*_to_approve(reader), *_given_back(reader)]
    return sorted(items, key=lambda item: (item.day, item.title))


def _to_approve(reader: User) -> Iterator[Attention]:
    for draft in drafts_for(reader).filter(state=Draft.State.OFFERED):
        if reader.has_perm("frameworks.approve_draft", draft):
            yield _item(draft, draft.in_force_from, _("A version of a framework waits for your approval"))


def _given_back(reader: User) -> Iterator[Attention]:
    for draft in drafts_for(reader).filter(state=Draft.State.RETURNED, offered_by=reader):
        yield _item(draft, timezone.localdate(draft.changed_at), _("Your draft of a framework was given back"))


def _item(draft: Draft, day: date, detail: str) -> Attention:
    return Attention(
        day=day,
        title=draft.title,
        url=reverse("frameworks:draft-detail", args=[draft.pk]),
        detail=detail,
        state=draft.get_state_display(),
        tone="care",
    )
