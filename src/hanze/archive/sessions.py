"""Sessions and waiting messages can hold a name too; a session in which one stands is ended."""

from __future__ import annotations

import re

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from hanze.archive.redacting import holds


def end_sessions_with(pattern: re.Pattern[str]) -> int:
    """End each session whose data holds a name; return how many."""
    ended = 0
    for session in Session.objects.iterator(chunk_size=500):
        if holds(SessionStore().decode(session.session_data), pattern):
            session.delete()
            ended += 1
    return ended
