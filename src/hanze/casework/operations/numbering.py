"""References of requests: the year of receipt and a number without gaps, such as 2024-031."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models.functions import Length

from hanze.casework.models import Request

ATTEMPTS = 100


def next_reference(year: int) -> str:
    """The reference after the highest one of that year."""
    latest = (
        Request.objects.filter(reference__startswith=f"{year}-")
        .order_by(Length("reference").desc(), "-reference")
        .values_list("reference", flat=True)
        .first()
    )
    return f"{year}-{int(latest.partition('-')[2]) + 1 if latest else 1:03}"


def save_with_reference(request: Request) -> None:
    """Save a new request under the next free reference of its year of receipt.

    The unique column decides between two who ask at once: the loser's row was never there, so its number is
    not lost, and it tries the next.
    """
    for attempt in range(ATTEMPTS):
        request.reference = next_reference(request.received_on.year)
        try:
            with transaction.atomic():
                request.save(force_insert=True)
        except IntegrityError:
            if attempt + 1 == ATTEMPTS or not Request.objects.filter(reference=request.reference).exists():
                raise
        else:
            return
