"""How often one address may ask for public pages: kept in the cache, so that every process counts together."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hanze.accounts.requests import address_of

Answer = TypeVar("Answer", bound=HttpResponseBase)
SALT = "hanze.publication.limits"
SECONDS = 60


def limited(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponse]:
    """Answer 429 when an address asked more often this minute than `PUBLIC_PAGES_PER_MINUTE`."""

    @wraps(view)
    def within_limits(request: HttpRequest, *args: Any, **kwargs: Any) -> Answer | HttpResponse:
        if asked_too_often(address_of(request)):
            answer = render(request, "429.html", status=429)
            answer["Retry-After"] = str(SECONDS)
            return answer
        return view(request, *args, **kwargs)

    return within_limits


def asked_too_often(address: str) -> bool:
    """Count one question of `address`, and say whether it is one too many."""
    minute = int(timezone.now().timestamp()) // SECONDS
    key = f"public:{minute}:{salted_hmac(SALT, address, algorithm='sha256').hexdigest()[:32]}"
    if cache.add(key, 1, SECONDS * 2):
        return False
    try:
        return cache.incr(key) > settings.PUBLIC_PAGES_PER_MINUTE
    except ValueError:  # it was thrown out of a full cache just now
        return False
