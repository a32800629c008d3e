"""What stands around every call: problems instead of error pages, headers, and the record of the call."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from hanze.connections.api.problems import ProblemError, problem
from hanze.connections.models import Call, Token
from hanze.connections.tasks import forget_old_calls

View = Callable[..., HttpResponseBase]
logger = logging.getLogger("hanze.api")
USED_AGAIN = timedelta(minutes=1)


def guarded(view: View, version: str) -> View:
    """`view` as a call of the API: no sign-in page, no error page, its version in a header, and on record."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        begun = time.monotonic()
        try:
            given = view(request, *args, **kwargs)
        except ProblemError as error:
            given = problem(request, error)
        except Exception:
            logger.exception("A call of the API failed: %s %s", request.method, request.path)
            given = problem(request, ProblemError(500, _("Something went wrong here. It has been noted.")))
        if given.status_code == 405 and not given.headers.get("Content-Type", "").startswith("application/problem"):
            allowed = {"Allow": given.headers.get("Allow", "")}
            given = problem(request, ProblemError(405, _("This address does not take that method."), headers=allowed))
        given["API-Version"] = version
        given.headers.setdefault("Cache-Control", "no-store")
        if given.status_code < 300 and (etag := getattr(getattr(request, "api_caller", None), "etag", "")):
            given["ETag"] = etag
        _on_record(request, given, round((time.monotonic() - begun) * 1000))
        return given

    return answer


def nothing_here(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """An address below the API that nothing stands at."""
    raise ProblemError(404, _("There is nothing at this address."))


def _on_record(request: HttpRequest, given: HttpResponseBase, milliseconds: int) -> None:
    caller = getattr(request, "api_caller", None)
    if caller is None:
        return
    now = timezone.now()
    Call.objects.create(
        token=caller.token,
        at=now,
        method=(request.method or "")[:7],
        path=request.path[:300].replace("\x00", ""),
        status=given.status_code,
        milliseconds=milliseconds,
        confidential=caller.given if given.status_code < 400 else [],
    )
    last = caller.token.last_used_at
    if last is None or now - last > USED_AGAIN:
        Token.objects.filter(pk=caller.token.pk).update(last_used_at=now)
    if last is None or timezone.localdate(last) < timezone.localdate(now):
        forget_old_calls.enqueue()
