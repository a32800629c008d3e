"""Carrying out an operation for a caller; what it refuses becomes a problem at the field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.connections.api.caller import Caller, caller_of
from hanze.connections.api.problems import ProblemError, from_operation
from hanze.connections.api.resources import Resource, checked
from hanze.connections.api.schemas import Question

Result = TypeVar("Result")


def attempt(body: Question, carry_out: Callable[[], Result]) -> Result:
    """The result of `carry_out`, in one transaction. Raises a problem (400, 409) when it refuses what was sent."""
    try:
        with transaction.atomic():
            return carry_out()
    except ValidationError as error:
        raise from_operation(error, type(body).model_fields) from error


def change(
    request: HttpRequest,
    resource: Resource,
    pk: int,
    body: Question,
    carry_out: Callable[[Any, User], Result],
    *,
    scope: str = "",
    permission: str = "",
) -> tuple[Any, Result]:
    """Let `carry_out(record, reader)` change one record, while others who change it wait: the record as an answer, and
    what it returned. `scope` is that of writing this kind of record when none is given.

    Raises a problem: 403; 404; 412 (it is no longer what `If-Match` names); 400 and 409 (what the operation refuses).
    """
    caller = caller_of(request)
    caller.needs(scope or f"write:{resource.name}", permission)
    pk = checked(pk)

    def in_turn() -> Result:
        resource.model._base_manager.select_for_update().filter(pk=pk).order_by().first()
        found = resource.one(caller, pk)
        _still_as_seen(request, resource, caller, found)
        return carry_out(found, caller.reader)

    result = attempt(body, in_turn)
    return resource.answer(caller, pk), result


def _still_as_seen(request: HttpRequest, resource: Resource, caller: Caller, found: Any) -> None:
    """Raise a problem (412) when the caller names another state of the record than it has now."""
    named = {each.strip() for each in request.headers.get("If-Match", "").split(",")} - {""}
    if not named or "*" in named or resource.etag(resource.show([found], caller.reader)[0]) in named:
        return
    raise ProblemError(412, _("Somebody else changed this record meanwhile. Get it again and compare."))
