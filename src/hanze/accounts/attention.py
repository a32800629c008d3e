"""What needs somebody today: one line of the Today page, made by the app that knows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from hanze.accounts.among import KeyIn

MOST = 50
"""As many lines as Today tells in full."""


@dataclass(frozen=True)
class Attention:
    """Something that needs the reader, or that is coming.

    `day` is when it is due or happens; `tone` is go, care, stop or unknown; `needs_action` tells what asks
    for something from what is only coming up.
    """

    day: date
    title: str
    url: str
    detail: str = ""
    state: str = ""
    tone: str = "care"
    needs_action: bool = True


class Waiting(list[Attention]):
    """The most urgent of what waits, told in full, and how many more there are."""

    def __init__(self, items: Iterable[Attention] = (), more: int = 0) -> None:
        super().__init__(items)
        self.more = more


def first_of(rows: QuerySet[Any], said: QuerySet[Any], tell: Callable[[Any], Attention]) -> Waiting:
    """The first of `rows`, which come by the day that `tell` gives them, and how many more there are.

    `said` are all records of this kind with what a line says of them: that is worked out for the first alone.
    """
    first = list(rows.values_list("pk", flat=True)[:MOST])
    more = rows.count() - MOST if len(first) == MOST else 0
    told = {row.pk: row for row in said.filter(KeyIn("pk", first))} if first else {}
    return Waiting((tell(told[key]) for key in first if key in told), more)


def together(*parts: Iterable[Attention]) -> Waiting:
    """Everything that waits, the most urgent first."""
    items = sorted((item for part in parts for item in part), key=lambda item: (item.day, item.title))
    return Waiting(items, sum(getattr(part, "more", 0) for part in parts))
