"""The rail: which parts of the house a reader sees, and which one she is in."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """One line of the rail: its words, the address it opens, who sees it, and which addresses it covers."""

    label: Promise
    url_name: str
    permission: str
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    current: bool
    count: int | None = None


PLACES = (
    Place(_("Today"), "web:today", "web.view_today"),
    Place(_("Requests"), "casework:request-list", "casework.list_requests", ("/requests/",)),
    Place(_("My requests"), "casework:own-request-list", "casework.view_own_requests", ("/my-requests/",)),
    Place(_("Missions and visits"), "missions:activity-list", "missions.list_activities", ("/missions/",)),
    Place(_("Agenda"), "missions:agenda", "missions.list_activities", ("/agenda/",)),
    Place(_("Contact moments"), "casework:contact-list", "casework.list_contacts", ("/contacts/",)),
    Place(_("Findings"), "watchlists:finding-list", "watchlists.list_findings", ("/findings/", "/watchlists/")),
    Place(_("Contradictions"), "claims:contradiction-list", "claims.list_claims", ("/contradictions/", "/claims/")),
    Place(_("Relations"), "register:relation-list", "register.list_relations", ("/relations/", "/agreements/")),
    Place(_("Parties"), "register:organisation-list", "register.list_parties", ("/parties/", "/people/")),
    Place(_("Areas"), "areas:initiative-list", "areas.list_initiatives", ("/areas/",)),
    Place(_("Import"), "sheets:import-list", "sheets.list_imports", ("/imports/",)),
    Place(
        _("Frameworks"),
        "frameworks:framework-list",
        "frameworks.list_frameworks",
        ("/frameworks/", "/framework-drafts/"),
    ),
    Place(_("Evaluation"), "evaluation:evaluation-list", "evaluation.list_evaluations", ("/evaluation/",)),
    Place(_("Publication"), "publication:item-list", "publication.list", ("/publication/",)),
    Place(_("Archive"), "archive:due", "archive.view", ("/archive/",)),
    Place(_("Log"), "web:log", "audit.view_log", ("/log/",)),
    Place(_("Administration"), "web:administration", "accounts.administer", ("/administration/",)),
)


def navigation(request: HttpRequest) -> list[NavigationItem]:
    """The places that the reader may open, in the order of the rail."""
    reader = getattr(request, "user", None)
    if reader is None or not reader.is_authenticated:
        return []
    items: list[NavigationItem] = []
    for place in PLACES:
        if not reader.has_perm(place.permission):
            continue
        try:
            url = reverse(place.url_name)
        except NoReverseMatch:
            continue
        current = request.path == url or any(request.path.startswith(prefix) for prefix in place.covers)
        items.append(NavigationItem(str(place.label), url, current))
    return items
