"""Sessions: they end after a while without use and after a working day, and their owner sees and ends them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record

STARTED, SEEN, AGENT = "signed_in_at", "seen_at", "agent"
NOTED_EVERY = timedelta(minutes=2)


@dataclass(frozen=True)
class Opened:
    """A session of somebody; `name` tells it from others without being a key to it."""

    name: str
    key: str
    started: datetime
    seen: datetime
    agent: str


class ExpiringSessions:
    """Ends the session of whoever did nothing for HANZE_SESSION_IDLE_MINUTES, or signed in longer ago than allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            self._look_at(request)
        return self.get_response(request)

    def _look_at(self, request: HttpRequest) -> None:
        now = timezone.now()
        started, seen = _moment(request.session, STARTED), _moment(request.session, SEEN)
        if started is None or seen is None:
            begin(request)
        elif now - seen > timedelta(minutes=settings.SESSION_IDLE_MINUTES) or now - started > timedelta(
            seconds=settings.SESSION_COOKIE_AGE
        ):
            logout(request)
        elif now - seen > NOTED_EVERY:
            request.session[SEEN] = now.isoformat()


def begin(request: HttpRequest) -> None:
    """Note when a session began, and with what."""
    now = timezone.now().isoformat()
    request.session.update({STARTED: now, SEEN: now, AGENT: request.headers.get("User-Agent", "")[:200]})


def name_of(key: str) -> str:
    """A name for the session with this key."""
    return salted_hmac("hanze.accounts.sessions", key).hexdigest()[:16]


def sessions_of(user: User) -> list[Opened]:
    """The sessions in which `user` is signed in now, the last used first."""
    return sorted(_sessions_of(user), key=lambda opened: opened.seen, reverse=True)


def _sessions_of(user: User) -> Iterator[Opened]:
    idle = timezone.now() - timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=500):
        held = session.get_decoded()
        started, seen = _moment(held, STARTED), _moment(held, SEEN)
        if held.get(SESSION_KEY) == str(user.pk) and started and seen and seen > idle:
            yield Opened(name_of(session.session_key), session.session_key, started, seen, str(held.get(AGENT, "")))


@transaction.atomic
def end_session(user: User, *, by: User, name: str) -> bool:
    """End one session of `user`; whether it was there. Raises PermissionDenied for another's, but to administrators."""
    _require(user, by)
    found = [opened.key for opened in _sessions_of(user) if opened.name == name]
    return _end(user, by, found)


@transaction.atomic
def end_sessions(user: User, *, by: User | None, but: str = "") -> bool:
    """End every session of `user`, except the one with the key `but`; whether there was any. Raises as above."""
    _require(user, by)
    return _end(user, by, [opened.key for opened in _sessions_of(user) if opened.key != but])


def _require(user: User, by: User | None) -> None:
    if by != user:
        require(by, "accounts.administer")


def _end(user: User, by: User | None, keys: list[str]) -> bool:
    if not keys:
        return False
    Session.objects.filter(session_key__in=keys).delete()
    record("account.sessions-ended", by=by, subject=user, sessions=len(keys))
    return True


def _moment(held: Any, name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(held[name])
    except (KeyError, TypeError, ValueError):
        return None
