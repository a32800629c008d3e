"""The API of the house: every app's room `api`, under one address with one way of signing in and of failing."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.translation import override
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from hanze.connections.api import resources, rooms
from hanze.connections.api.caller import TokenAuth
from hanze.connections.api.document import complete
from hanze.connections.api.guarding import guarded, nothing_here
from hanze.connections.api.problems import (
    ProblemError,
    from_pydantic,
    no_such_record,
    no_token,
    not_allowed,
    problem,
    unreadable,
)

VERSION = "1.0.0"
DESCRIPTION = (
    "Requests, parties, relations, agreements, activities, advice, evaluations and the log of one organisation. "
    "An application sees what its role and its highest class allow; what is hidden from it does not exist for it."
)


api = NinjaAPI(
    title="Hanze",
    version=VERSION,
    description=DESCRIPTION,
    urls_namespace="api",
    auth=TokenAuth(),
    docs_url=None,
    openapi_url=None,
)
for name, router in rooms.load().items():
    api.add_router(f"/{name}", router)


@cache
def document() -> dict[str, Any]:
    """The OpenAPI document: what every operation takes and gives, in English."""
    with override("en"):
        return complete(json.loads(json.dumps(api.get_openapi_schema(path_prefix=""), default=str)))


def address_patterns() -> list[URLPattern]:
    """The addresses of the API, each guarded; the last catches what is not there."""
    found = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
    patterns = [*found, re_path(r"^.*$", nothing_here, name="nothing-here")]
    for pattern in patterns:
        pattern.callback = guarded(pattern.callback, VERSION)
    return patterns


@api.get("/openapi.json", auth=None, operation_id="getOpenapi", tags=["openapi"])
def openapi(request: HttpRequest) -> HttpResponse:
    """This document, for everybody."""
    here = {**document(), "servers": [{"url": request.build_absolute_uri(resources.BASE)}]}
    answer = HttpResponse(json.dumps(here), content_type="application/json")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@api.exception_handler(ProblemError)
def _problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    return problem(request, error)


@api.exception_handler(ValidationError)
def _wrong_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problem(request, from_pydantic(error.errors))


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(request, no_token())


@api.exception_handler(PermissionDenied)
def _not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(request, not_allowed())


@api.exception_handler(Http404)
def _hidden(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, no_such_record())


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 400:
        return problem(request, unreadable())
    return problem(request, ProblemError(error.status_code, str(error)))
