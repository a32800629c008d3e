"""Small helps for the pages of the screening."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.accounts.requests import reader_of

PER_PAGE = 50


def allowed(request: HttpRequest, permission: str, record: Any = None) -> User:
    """The signed-in reader, who must hold `permission`; raises PermissionDenied (a 404 to her)."""
    reader = reader_of(request)
    require(reader, permission, record)
    return reader


def page_of(request: HttpRequest, records: QuerySet[Any]) -> dict[str, Any]:
    """The page of a list that the address asks for, as the pagination part wants it."""
    paginator = Paginator(records, PER_PAGE)
    page: Page = paginator.get_page(request.GET.get("page"))
    return {"page_obj": page, "page_numbers": paginator.get_elided_page_range(page.number)}
