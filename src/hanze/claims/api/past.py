"""A record as it was known on a past day, in the API: an address below each kind of record with facts."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Router
from pydantic import Field, JsonValue

from hanze.claims.queries import Then, as_of
from hanze.connections.api.caller import caller_of
from hanze.connections.api.problems import no_such_record
from hanze.connections.api.resources import BASE, Resource, checked, only_known
from hanze.connections.api.schemas import Answer, Day


class FactThen(Answer):
    """One line of a record on a past day. A date is in ISO, another record is its key."""

    fact: str
    label: str
    value: Annotated[JsonValue, Field(description="What the record held at the end of that day")]
    value_now: Annotated[JsonValue, Field(description="What the record holds now")]
    changed: Annotated[bool, Field(description="Whether it changed since")]
    is_lost: Annotated[bool, Field(description="Whether it is no longer kept what the value was")]
    claims: Annotated[list[str], Field(description="What sources had said by then")]


class RecordThen(Answer):
    """A record as it was known at the end of a day."""

    url: str
    day: Day
    facts: list[FactThen]


def add_past(router: Router, resource: Resource) -> None:
    """Give a kind of record with facts the address of a past day."""

    def get_record_on(request: HttpRequest, id: int, day: Day) -> Any:
        caller = caller_of(request)
        caller.needs(f"read:{resource.name}", resource.permission)
        only_known(request, None)
        found = resource.one(caller, checked(id))
        lines = as_of(found, day, caller.reader)
        if lines is None:
            raise no_such_record()
        caller.opened(found)
        return RecordThen(url=resource.address(found.pk), day=day, facts=[_shown(each) for each in lines])

    get_record_on.__doc__ = "What was known of a record at the end of a day. There is none before it was recorded."
    router.get(
        "/{id}/known-on/{day}",
        response=RecordThen,
        operation_id=f"get{resource.singular}KnownOn",
        summary=gettext_noop("As it was known on a day"),
    )(get_record_on)


def _shown(line: Then) -> FactThen:
    return FactThen(
        fact=line.name,
        label=line.label,
        value=None if line.lost else line.value,
        value_now=line.value_now,
        changed=line.changed,
        is_lost=line.lost,
        claims=[f"{BASE}/claims/{each.pk}" for each in line.said],
    )
