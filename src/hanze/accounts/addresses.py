"""Addresses of records by their keys, of which a page can hold hundreds."""

from __future__ import annotations

from functools import lru_cache

from django.urls import get_script_prefix, reverse

_KEY = 1_000_000_007


def address(url_name: str, key: int) -> str:
    """`reverse(url_name, args=[key])`, worked out once a name: they differ in nothing but the key."""
    before, after = _around(url_name, get_script_prefix())
    return f"{before}{key}{after}"


@lru_cache
def _around(url_name: str, prefix: str) -> tuple[str, str]:
    before, _key, after = reverse(url_name, args=[_KEY]).partition(str(_KEY))
    return before, after
