"""What search finds in casework."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hanze.casework.models import ContactMoment, Request
from hanze.register.searching import SearchSource


def _request_text(request: Request) -> str:
    """Its own words only: the names of other records may be hidden from who finds this one."""
    place = [request.country.name_nl, request.country.name_en]
    own = [request.reference, request.title_en, request.asked_by_text, request.description, request.technology]
    return "\n".join(part for part in (*own, request.demand, *place, str(request.get_sector_display())) if part)


def _contact_text(contact: ContactMoment) -> str:
    return "\n".join(part for part in (contact.person, contact.agreed) if part)


SOURCES = [
    SearchSource(
        model=Request,
        label=_("Request"),
        title=lambda request: f"{request.reference} {request.title}",
        text=_request_text,
        url=lambda request: reverse("casework:request-detail", args=[request.pk]),
        permission="casework.list_requests",
        prefetch=("country",),
    ),
    SearchSource(
        model=ContactMoment,
        label=_("Contact moment"),
        title=lambda contact: contact.subject,
        text=_contact_text,
        url=lambda contact: reverse("casework:contact-detail", args=[contact.pk]),
        permission="casework.list_contacts",
    ),
]
