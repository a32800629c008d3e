"""Secrets that are shown once: made at random, kept as a fingerprint."""

from __future__ import annotations

import hashlib
import secrets

PREFIX = "hanze_"
SHOWN = 12


def new_key(prefix: str = PREFIX) -> str:
    """A secret of 256 random bits that says by its beginning what it is."""
    return prefix + secrets.token_urlsafe(32)


def fingerprint(key: str) -> str:
    """What is kept of a secret. It is random and long, so that a plain hash cannot be searched back."""
    return hashlib.sha256(key.encode()).hexdigest()


def beginning(key: str) -> str:
    """So much of a secret that people can tell which one it is."""
    return key[:SHOWN]
