"""What goes wrong, told as application/problem+json (RFC 9457) in the way of the Dutch API Design Rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic.alias_generators import to_camel

CONTENT_TYPE = "application/problem+json"


class Location(Schema):
    """Where the mistake stands: a JSON pointer into the body, or the name of a parameter."""

    pointer: str | None = None
    name: str | None = None


class InputError(Schema):
    """One thing that is wrong in what was sent. Named `in` on the wire."""

    in_: str
    location: Location
    code: str
    detail: str


class ProblemError(Exception):
    """Stops a call with a problem of that status."""

    def __init__(
        self, status: int, detail: str, errors: Iterable[dict[str, Any]] = (), headers: dict[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.errors = status, detail, list(errors)
        self.headers = headers or {}


def problem(request: HttpRequest, error: ProblemError) -> HttpResponse:
    """The answer that tells of the problem."""
    content: dict[str, Any] = {
        "type": f"/api/v1/reference#problem-{error.status}",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": error.detail,
        "instance": request.path,
    }
    if error.status == HTTPStatus.BAD_REQUEST:
        content["errors"] = error.errors
    answer = HttpResponse(json.dumps(content), status=error.status, content_type=CONTENT_TYPE)
    for name, value in error.headers.items():
        answer[name] = value
    return answer


def no_such_record() -> ProblemError:
    """The same for a record that is hidden and for one that does not exist."""
    return ProblemError(404, _("There is no such record, or this application may not see it."))


def no_token() -> ProblemError:
    """Nobody was named who may call."""
    detail = _("Show a token that holds: Authorization: Bearer hanze_…")
    return ProblemError(401, detail, headers={"WWW-Authenticate": "Bearer"})


def not_allowed() -> ProblemError:
    """The role does not allow it, for any record."""
    return ProblemError(403, _("In its role this application may not do this."))


def unreadable() -> ProblemError:
    """What was sent is no JSON."""
    wrong = {"in": "body", "location": {"pointer": ""}, "code": "unreadable", "detail": _("This is not JSON.")}
    return ProblemError(400, _("What was sent cannot be read."), [wrong])


def wrong_input(errors: Iterable[dict[str, Any]]) -> ProblemError:
    """400 with what is wrong, and where."""
    return ProblemError(400, _("Something in what was sent is not right; see errors."), errors)


def from_pydantic(errors: Iterable[dict[str, Any]]) -> ProblemError:
    """A problem from what the shapes of the API refuse."""
    return wrong_input(_of_shape(each) for each in errors)


def _of_shape(error: dict[str, Any]) -> dict[str, Any]:
    place, *path = error["loc"] or ("body",)
    keys = [to_camel(str(part)) for part in path]
    if place == "body":
        # The name of the view's own argument comes first.
        location = {"pointer": "".join(f"/{key}" for key in keys[1:])}
    else:
        location = {"name": keys[-1] if keys else ""}
    return {"in": place, "location": location, "code": error["type"], "detail": error["msg"]}


def from_operation(error: ValidationError, known: Iterable[str] = ()) -> ProblemError:
    """A problem from what an operation refuses; `known` are the fields of the body, in Python."""
    if error_is_stale(error):
        return ProblemError(409, " ".join(error.messages))
    if not hasattr(error, "error_dict"):
        return wrong_input([_of_record("", each) for each in error.error_list])
    fields = set(known)
    return wrong_input(
        _of_record(_pointer(name, fields), each) for name, errors in error.error_dict.items() for each in errors
    )


def error_is_stale(error: ValidationError) -> bool:
    """Whether the operation refused because somebody else saved in the meantime."""
    return getattr(error, "code", None) in ("stale", "changed")


def _of_record(pointer: str, error: ValidationError) -> dict[str, Any]:
    detail = " ".join(str(message) for message in error.messages)
    return {"in": "body", "location": {"pointer": pointer}, "code": error.code or "invalid", "detail": detail}


def _pointer(name: str, fields: set[str]) -> str:
    if name == NON_FIELD_ERRORS:
        return ""
    named = next((each for each in (name, f"{name}_id", f"{name}_ids", f"{name}_code") if each in fields), name)
    return f"/{to_camel(named)}"
