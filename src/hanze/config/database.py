"""The connections to the database that a web server keeps open from one request to the next."""

from __future__ import annotations

import os
from typing import Any
from weakref import WeakKeyDictionary

from django.core.signals import request_started
from django.db import connections

# The file that was in its place before a connection opened it: by device and number, for its name may pass to another.
_before_opening: WeakKeyDictionary[Any, tuple[int, int] | None] = WeakKeyDictionary()


def keep_open() -> None:
    """Let this process keep its connections, each thread its own, instead of opening them anew for each request.

    One that a server ended is replaced; so is one to an SQLite file that is no longer in its place.
    """
    for database in connections.settings.values():
        database |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    request_started.connect(close_replaced, dispatch_uid="close connections to a replaced file")


def close_replaced(**_signal: Any) -> None:
    """Close a connection to an SQLite file in the place of which `hanze restore`, or somebody, put another."""
    for connection in connections.all():
        if connection.vendor != "sqlite":
            continue
        in_place = _file_at(str(connection.settings_dict["NAME"]))
        if connection.connection is not None and _before_opening.get(connection) != in_place:
            connection.close()
        if connection.connection is None:
            _before_opening[connection] = in_place


def _file_at(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
