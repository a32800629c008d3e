"""Who calls: the token that was shown, what it is for, and how often it may."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from hanze.accounts import guessing
from hanze.accounts.models import User
from hanze.audit.reading import LOGGED_CLASSES, read
from hanze.connections import keys
from hanze.connections.api.problems import ProblemError
from hanze.connections.models import Call, Token

MINUTE = timedelta(minutes=1)
WAIT = {"Retry-After": "60"}


@dataclass
class Caller:
    """An application during one call. `given` gathers the confidential records that it is given; `etag` is the state of
    the one record that is answered with."""

    token: Token
    reader: User
    given: list[str] = field(default_factory=list)
    etag: str = ""

    @property
    def name(self) -> str:
        """How the application is called, also as a source."""
        return self.token.application.name

    def needs(self, scope: str, permission: str = "") -> None:
        """Raise a problem (403) unless the token is for this, and the role allows it."""
        if scope not in self.token.scopes:
            raise ProblemError(403, _("This token is not for this: it lacks the scope %(scope)s.") % {"scope": scope})
        if permission and not self.reader.has_perm(permission):
            raise PermissionDenied(permission)

    def was_given(self, records: list[Any]) -> None:
        """Note which confidential records stand in the answer."""
        self.given += [f"{each._meta.label_lower}:{each.pk}" for each in records if _is_logged(each)]

    def opened(self, record: models.Model) -> None:
        """Note that one record was opened; a confidential one also in the log of the house."""
        read(self.reader, record)
        self.was_given([record])


class TokenAuth(HttpBearer):
    """`Authorization: Bearer hanze_…`"""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        if guessing.too_often(request):
            raise ProblemError(429, _("Too many wrong tokens. Wait a minute and try again."), headers=WAIT)
        kept = Token.objects.select_related("application").filter(fingerprint=keys.fingerprint(token)).first()
        if kept is None or kept.state != "active" or not kept.application.is_open:
            guessing.was_wrong(request)
            return None
        caller = Caller(kept, kept.application.acting())
        request.api_caller = caller  # type: ignore[attr-defined]
        _not_too_often(kept)
        return caller


def caller_of(request: HttpRequest) -> Caller:
    """Who makes this call; every operation has one."""
    return request.auth  # type: ignore[attr-defined]


def _not_too_often(token: Token) -> None:
    since = timezone.now() - MINUTE
    if Call.objects.filter(token=token, at__gte=since).count() >= settings.API_CALLS_PER_MINUTE:
        detail = _("More than %(number)s calls within a minute. Wait a while and try again.")
        raise ProblemError(429, detail % {"number": settings.API_CALLS_PER_MINUTE}, headers=WAIT)


def _is_logged(record: Any) -> bool:
    return getattr(record, "classification", "") in LOGGED_CLASSES
