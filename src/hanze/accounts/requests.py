"""Who asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from hanze.accounts.models import User


def reader_of(request: HttpRequest) -> User:
    """The signed-in reader of a page that asks for one (LoginRequiredMiddleware has seen to that)."""
    user: Any = request.user
    return user
