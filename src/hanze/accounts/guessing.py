"""Wrong tokens and secret addresses: how many one visitor may try in a minute, counted for all processes together.

Past the number a right one is not looked at either, or guessing would only be slower to answer and not slower.
"""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hanze.accounts.requests import address_of

SALT = "hanze.accounts.guessing"
SECONDS = 60


def too_often(request: HttpRequest) -> bool:
    """Whether this visitor tried too many wrong ones this minute."""
    return cache.get(_counter(request), 0) >= settings.WRONG_KEYS_PER_MINUTE


def was_wrong(request: HttpRequest) -> None:
    """Count a wrong one."""
    counter = _counter(request)
    if not cache.add(counter, 1, SECONDS * 2):
        with suppress(ValueError):  # it was thrown out of a full cache just now
            cache.incr(counter)


def _counter(request: HttpRequest) -> str:
    minute = int(timezone.now().timestamp()) // SECONDS
    return f"wrong:{minute}:{salted_hmac(SALT, address_of(request), algorithm='sha256').hexdigest()[:32]}"
