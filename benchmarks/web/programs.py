"""A program that reads the API while it is measured: let in as an administrator does it, and shut out afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone


@contextmanager
def tokens(number: int, role: str = "coordinator", ceiling: str = "confidential") -> Iterator[list[str]]:
    """That many tokens of one new program with every scope for reading that its role allows.

    Afterwards the program is closed, so that the tokens hold no more, and the calls that it made are removed; that it
    was let in and shut out stays in the log.
    """
    from hanze.connections import operations, scopes
    from hanze.connections.api import rooms
    from hanze.connections.models import Call

    rooms.load()
    now = timezone.now()
    program = operations.create_application(
        by=None,
        name=f"Load test of {now:%Y-%m-%d %H:%M:%S.%f}",
        purpose="Measures how fast the lists of the API are.",
        contact="load@demo.example",
        role=role,
        ceiling=ceiling,
    )
    acting = program.acting()
    reading = [
        each.name for each in scopes.every() if each.name.startswith("read:") and acting.has_perm(each.permission)
    ]
    until = timezone.localdate(now) + timedelta(days=1)
    try:
        yield [
            operations.create_token(program, by=None, label=f"reader {each}", scopes=reading, expires_on=until)[1]
            for each in range(number)
        ]
    finally:
        operations.close_application(program, by=None, because="The load test is over.")
        Call.objects.filter(token__application=program).delete()
