"""Keeping the public form for people, without a puzzle: a trap, a minimum time and a number an hour."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hanze.casework.models import Submission

SALT = "hanze.casework.public-form"
FASTEST_SECONDS = 4
LONGEST_SECONDS = 24 * 60 * 60
WINDOW = timedelta(hours=1)


def opened_now() -> str:
    """A signed mark of the moment at which the form was opened."""
    return signing.TimestampSigner(salt=SALT).sign("opened")


def filled_in_time(mark: str) -> bool:
    """Whether the form with that mark was filled in no quicker than people type, and within a day."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(mark, max_age=LONGEST_SECONDS)
    except signing.BadSignature:
        return False
    try:
        signer.unsign(mark, max_age=FASTEST_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


@transaction.atomic
def may_send(address: str) -> bool:
    """Count one sending of `address`, unless it had its number for this hour already."""
    now = timezone.now()
    Submission.objects.filter(at__lt=now - WINDOW).delete()
    hashed = salted_hmac(SALT, address, algorithm="sha256").hexdigest()
    if Submission.objects.filter(address_hash=hashed).count() >= settings.PUBLIC_FORM_PER_HOUR:
        return False
    Submission.objects.create(address_hash=hashed, at=now)
    return True
