"""The screener over the entries that are in force; made once for a set of editions and kept by the process."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from hanze.screening.entries import Kind
from hanze.screening.screen import Screener, Settings
from hanze.screening.thresholds import BY_KIND, Thresholds
from hanze.watchlists.models import Edition, ListedEntry, Watchlist

Key = tuple[tuple[str, datetime | None, float | None, float | None], ...]

_kept: dict[Key, Screener] = {}
_making = Lock()


def editions_in_force() -> list[Edition]:
    """The editions against which is screened now, of the lists in use."""
    in_force = Edition.objects.filter(state=Edition.State.IN_FORCE, watchlist__active=True)
    return list(in_force.select_related("watchlist").order_by("watchlist__name"))


def settings_of(watchlists: list[Watchlist]) -> Settings:
    """The settings of the engine, with the thresholds that lists have of their own."""
    own: dict[tuple[str, Kind], Thresholds] = {}
    for each in watchlists:
        if each.hit_from is not None and each.near_from is not None:
            own |= {(each.slug, kind): Thresholds(each.hit_from, each.near_from) for kind in BY_KIND}
    return Settings(by_list=own)


def screener() -> Screener:
    """A screener over all entries in force; the same one until an edition or a threshold changes."""
    editions = editions_in_force()
    watchlists = [edition.watchlist for edition in editions]
    key: Key = tuple(
        (each.sha256, each.in_force_from, each.watchlist.hit_from, each.watchlist.near_from) for each in editions
    )
    with _making:
        if key not in _kept:
            _kept.clear()
            listed = ListedEntry.objects.in_force().filter(watchlist__in=watchlists).iterator(chunk_size=2000)
            _kept[key] = Screener.build((each.entry for each in listed), settings_of(watchlists))
        return _kept[key]
