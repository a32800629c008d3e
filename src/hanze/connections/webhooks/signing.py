"""Signing of messages by the Standard Webhooks specification (v1, HMAC-SHA256)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

from django.conf import settings

from hanze.connections.models import Subscription

PREFIX = "whsec_"


def new_salt() -> str:
    """What makes a subscription's secret its own."""
    return secrets.token_hex(32)


def secret_of(subscription: Subscription) -> str:
    """The secret that the receiver checks with. It is made from our key and the salt: the database does not hold it."""
    key = hmac.digest(settings.SECRET_KEY.encode(), f"hanze.webhook:{subscription.salt}".encode(), hashlib.sha256)
    return PREFIX + base64.b64encode(key).decode()


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The value of the header `webhook-signature`."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
