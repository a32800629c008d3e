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
class Corner:
    """Places that belong together, under a heading (none for the first)."""

    label: Promise | None
    places: tuple[Place, ...]


@dataclass(frozen=True)
class NavigationItem:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class NavigationGroup:
    label: str
    items: tuple[NavigationItem, ...]


CORNERS = (
    Corner(
        None,
        (
            Place(_("Today"), "web:today", "web.view_today"),
            Place(_("Requests"), "casework:request-list", "casework.list_requests", ("/requests/",)),
            Place(_("My requests"), "casework:own-request-list", "casework.view_own_requests", ("/my-requests/",)),
            Place(_("Missions and visits"), "missions:activity-list", "missions.list_activities", ("/missions/",)),
            Place(_("Agenda"), "missions:agenda", "missions.list_activities", ("/agenda/",)),
            Place(_("Contact moments"), "casework:contact-list", "casework.list_contacts", ("/contacts/",)),
        ),
    ),
    Corner(
        _("Register"),
        (
            Place(_("Relations"), "register:relation-list", "register.list_relations", ("/relations/", "/agreements/")),
            Place(_("Parties"), "register:organisation-list", "register.list_parties", ("/parties/", "/people/")),
            Place(_("Findings"), "watchlists:finding-list", "watchlists.list_findings", ("/findings/", "/watchlists/")),
            Place(
                _("Contradictions"), "claims:contradiction-list", "claims.list_claims", ("/contradictions/", "/claims/")
            ),
            Place(_("Areas"), "areas:initiative-list", "areas.list_initiatives", ("/areas/",)),
        ),
    ),
    Corner(
        _("Policy and accountability"),
        (
            Place(
                _("Frameworks"),
                "frameworks:framework-list",
                "frameworks.list_frameworks",
                ("/frameworks/", "/framework-drafts/"),
            ),
            Place(_("Evaluation"), "evaluation:evaluation-list", "evaluation.list_evaluations", ("/evaluation/",)),
            Place(_("Publication"), "publication:item-list", "publication.list", ("/publication/",)),
        ),
    ),
    Corner(
        _("Records and administration"),
        (
            Place(_("Import"), "sheets:import-list", "sheets.list_imports", ("/imports/",)),
            Place(_("Archive"), "archive:due", "archive.view", ("/archive/",)),
            Place(_("Log"), "web:log", "audit.view_log", ("/log/",)),
            Place(_("Administration"), "web:administration", "accounts.administer", ("/administration/",)),
        ),
    ),
)


def navigation(request: HttpRequest) -> list[NavigationGroup]:
    """The places that the reader may open, in the order of the rail; a group without any is left out."""
    reader = getattr(request, "user", None)
    if reader is None or not reader.is_authenticated:
        return []
    groups: list[NavigationGroup] = []
    for corner in CORNERS:
        open_to_reader = [place for place in corner.places if reader.has_perm(place.permission)]
        items = tuple(item for place in open_to_reader if (item := _item(place, request.path)))
        if items:
            groups.append(NavigationGroup(str(corner.label or ""), items))
    return groups


def _item(place: Place, path: str) -> NavigationItem | None:
    """None where this house has no such address (the sign-in alone, a part left out)."""
    try:
        url = reverse(place.url_name)
    except NoReverseMatch:
        return None
    current = path == url or any(path.startswith(prefix) for prefix in place.covers)
    return NavigationItem(str(place.label), url, current)
