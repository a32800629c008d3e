"""Who asks."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from hanze.accounts.models import User


def reader_of(request: HttpRequest) -> User:
    """The signed-in reader of a page that asks for one (LoginRequiredMiddleware has seen to that)."""
    user: Any = request.user
    return user


def address_of(request: HttpRequest) -> str:
    """The visitor's address: as the outermost of our own proxies saw it, a network of 64 bits for IPv6."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    count = settings.PROXY_COUNT
    address = forwarded[-count] if 0 < count <= len(forwarded) else request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
