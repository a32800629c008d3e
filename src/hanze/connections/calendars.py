"""What the apps put in a calendar feed beside activities: each hands in its entries, the feed writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from hanze.accounts.classification import Classified
from hanze.accounts.models import User
from hanze.connections.models import CalendarFeed


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `name` is its own for ever ("meeting-7"), `url` a path; days include the last, hours have a zone.
    `record` is the classified record that it tells of.

    `version` only grows. `takes_time` tells what somebody attends from what is due on a day.
    """

    name: str
    summary: str
    url: str
    starts: date | datetime
    ends: date | datetime | None
    record: Classified
    created: datetime
    changed: datetime
    version: int = 0
    description: str = ""
    place: str = ""
    takes_time: bool = True


Source = Callable[[CalendarFeed, User, date], Iterable[Entry]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let `source(feed, reader, today)` hand in entries that the reader may see, for all or for the feed's owner."""
    if source not in _sources:
        _sources.append(source)


def entries(feed: CalendarFeed, reader: User, today: date) -> Iterator[Entry]:
    """What every app hands in for a feed."""
    for source in _sources:
        yield from source(feed, reader, today)
