"""What the screening asks of its readers on the Today page."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hanze.accounts.attention import Attention
from hanze.accounts.models import User
from hanze.watchlists import queries
from hanze.watchlists.models import Edition


def attention(reader: User, today: date) -> list[Attention]:
    """The findings that wait for this reader, and the editions that wait to be looked at."""
    items: list[Attention] = []
    if reader.has_perm("watchlists.screen_party"):
        items += _findings(reader)
    if reader.has_perm("watchlists.bring_into_force"):
        items += [_edition(edition) for edition in _previews()]
    return items


def _findings(reader: User) -> list[Attention]:
    """One line: how many findings wait for the reader, since when, and how many a change opened again."""
    hits, again = Q(strength="hit"), Q(reopened_at__isnull=False)
    waiting = (
        queries.to_decide(reader)
        .order_by()
        .aggregate(
            number=Count("pk"),
            hits=Count("pk", filter=hits),
            again=Count("pk", filter=again),
            since=Min(Coalesce("reopened_at", "found_at")),
        )
    )
    if not waiting["number"]:
        return []
    parts = [
        ngettext("of which %(count)s hit", "of which %(count)s hits", waiting["hits"]) % {"count": waiting["hits"]}
    ]
    if waiting["again"]:
        parts.append(
            ngettext("%(count)s opened again by a change", "%(count)s opened again by a change", waiting["again"])
            % {"count": waiting["again"]}
        )
    return [
        Attention(
            day=timezone.localdate(waiting["since"]),
            title=ngettext("%(count)s finding to decide", "%(count)s findings to decide", waiting["number"])
            % {"count": waiting["number"]},
            url=reverse("watchlists:finding-list"),
            detail=", ".join(parts),
            state=_("To be decided"),
            tone="stop" if waiting["hits"] else "care",
        )
    ]


def _previews() -> list[Edition]:
    return list(Edition.objects.filter(state=Edition.State.PREVIEW).select_related("watchlist"))


def _edition(edition: Edition) -> Attention:
    return Attention(
        day=timezone.localdate(edition.received_at),
        title=_("New edition of %(name)s") % {"name": edition.watchlist},
        url=edition.get_absolute_url(),
        detail=_("Look at what it changes, and bring it into force"),
        state=edition.get_state_display(),
        tone="care",
    )
