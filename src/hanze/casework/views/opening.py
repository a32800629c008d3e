"""Opening a record of casework for a reader; what she may not have does not exist."""

from __future__ import annotations

from django.http import HttpRequest

from hanze.accounts.classification import get_visible_or_404
from hanze.accounts.models import STAFF_ROLES, Role, User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of
from hanze.casework.models import ContactMoment, Request


def open_request(request: HttpRequest, pk: int, permission: str = "casework.view_request") -> Request:
    """The request that the reader sees and may do this with. Raises Http404, PermissionDenied."""
    reader = reader_of(request)
    related = Request.objects.select_related("country", "region", "city", "responsible", "decision__decided_by")
    found = get_visible_or_404(related, reader, pk=pk)
    require(reader, permission, found)
    return found


def open_contact(request: HttpRequest, pk: int, permission: str = "casework.view_contact") -> ContactMoment:
    """The contact moment that the reader sees and may do this with. Raises Http404, PermissionDenied."""
    reader = reader_of(request)
    related = ContactMoment.objects.select_related("country", "organisation", "request", "recorded_by")
    found = get_visible_or_404(related, reader, pk=pk)
    require(reader, permission, found)
    return found


def is_inside(reader: User) -> bool:
    """Whether the reader works with cases or audits them: only then names and addresses of people are shown."""
    return reader.has_role(*STAFF_ROLES, Role.AUDITOR)
