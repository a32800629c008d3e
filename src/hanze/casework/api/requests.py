"""Requests in the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Status

from hanze.accounts.classification import hidden_among
from hanze.accounts.models import User
from hanze.casework import operations
from hanze.casework.api.shapes import (
    DecisionAnswer,
    ParticipantAnswer,
    ParticipantNew,
    RequestAnswer,
    RequestChange,
    RequestFilters,
    RequestNew,
)
from hanze.casework.models import Request, RequestParticipant
from hanze.casework.views.opening import is_inside
from hanze.connections import scopes
from hanze.connections.api import resources
from hanze.connections.api.caller import caller_of
from hanze.connections.api.resources import References, Resource
from hanze.connections.api.schemas import Day, Question, Text, recorded
from hanze.connections.api.writing import attempt, change
from hanze.register.models import Organisation, Person


class Withdrawal(Question):
    because: Text
    on: Day


class Closing(Question):
    on: Day | None = None
    """The day on which nothing was left to do; today when it is not sent."""


def request_rows(reader: User) -> QuerySet[Request]:
    demand = Prefetch("demand_from", Organisation.objects.only("name"))
    rows = Request.objects.visible_to(reader).select_related("responsible", "decision__decided_by")
    rows = rows.prefetch_related("participants", demand, "goals", "themes")
    return rows.order_by("-received_on", "-reference")


def show_requests(rows: Sequence[Request], reader: User) -> list[RequestAnswer]:
    parts = [part for each in rows for part in each.participants.all()]
    organisations = {pk for each in rows for pk in (each.asked_by_id, each.on_behalf_of_id)}
    organisations |= {part.organisation_id for part in parts}
    organisations |= {party.pk for each in rows for party in each.demand_from.all()}
    names = References(reader, {Organisation: organisations, Person: {part.person_id for part in parts}})
    return [_shown(each, names, is_inside(reader)) for each in rows]


def _shown(each: Request, names: References, inside: bool) -> RequestAnswer:
    return RequestAnswer(
        **recorded(each, REQUESTS.address(each.pk)),
        **_as_kept(each),
        asked_by=names.of(Organisation, each.asked_by_id),
        asked_by_text="" if each.asked_by_id else each.asked_by_text,
        on_behalf_of=names.of(Organisation, each.on_behalf_of_id),
        contact_name=each.contact_name if inside else None,
        contact_email=each.contact_email if inside else None,
        contact_phone=each.contact_phone if inside else None,
        country_code=each.country_id,
        region_code=each.region_id,
        demand_from=names.each(Organisation, [party.pk for party in each.demand_from.all()]),
        goals=[goal.code for goal in each.goals.all()],
        themes=[theme.code for theme in each.themes.all()],
        responsible=str(each.responsible) if each.responsible else None,
        participants=[_participant(part, names) for part in each.participants.all()],
        decision=_decision(each, inside),
    )


# fmt: off
AS_KEPT = (
    "reference", "title", "title_en", "kind", "state", "channel", "city_id", "sector", "technology",
    "description", "period_start", "period_end", "demand", "executive_involved", "supported_investment",
    "received_on", "due_on", "withdrawn_on", "closed_on", "updated_at",
)
# fmt: on


def _as_kept(each: Request) -> dict[str, Any]:
    return {name: getattr(each, name) for name in AS_KEPT}


def _participant(part: RequestParticipant, names: References) -> ParticipantAnswer:
    registered = part.organisation_id or part.person_id
    return ParticipantAnswer(
        id=part.pk,
        role=part.role,
        organisation=names.of(Organisation, part.organisation_id),
        person=names.of(Person, part.person_id),
        name_text="" if registered else part.name_text,
    )


def _decision(each: Request, inside: bool) -> DecisionAnswer | None:
    decision = getattr(each, "decision", None)
    if decision is None:
        return None
    return DecisionAnswer(
        outcome=decision.outcome,
        decided_on=decision.decided_on,
        decided_by=str(decision.decided_by) if inside else None,
        ground=decision.ground,
        differs=decision.differs if inside else None,
        motivation=decision.motivation if inside else None,
        advice_receipt=f"{resources.BASE}/advice-receipts/{decision.receipt_id}" if inside else None,
    )


REQUESTS = Resource(
    "requests",
    _("Read requests"),
    Request,
    RequestAnswer,
    "casework.list_requests",
    request_rows,
    show_requests,
    RequestFilters,
    ("request.",),
    ("reference", "title", "title_en"),
)
requests = resources.register(REQUESTS)
scopes.register("write:requests", _("Receive and change requests"), "casework.add_request")


@requests.post(
    "", response={201: RequestAnswer}, operation_id="receiveRequest", summary=gettext_noop("Register a request")
)
def receive_request(request: HttpRequest, body: RequestNew) -> Status[Any]:
    """Register a request: it gets a reference and a term, and its participants are held against the lists."""
    caller = caller_of(request)
    caller.needs("write:requests", "casework.add_request")

    def carry_out() -> Request:
        fields = body.fields(caller.reader)
        fields["participants"] = [each.fields(caller.reader) for each in body.participants]
        if fields.get("received_on") is None:
            fields.pop("received_on", None)
        return operations.receive_request(by=caller.reader, **fields)

    made = attempt(body, carry_out)
    return Status(201, REQUESTS.answer(caller, made.pk))


@requests.patch(
    "/{id}",
    response=RequestAnswer,
    operation_id="changeRequest",
    summary=gettext_noop("Change the fields that are sent"),
)
def change_request(request: HttpRequest, id: int, body: RequestChange) -> Any:
    """Change the fields that are sent; the others stay as they are. Parties that are hidden from you stay."""

    def carry_out(found: Request, reader: User) -> None:
        fields = body.fields(reader)
        if "demand_from" in fields:
            fields["demand_from"] += hidden_among(found.demand_from.all(), reader)
        operations.change_request(found, by=reader, **fields)

    return change(request, REQUESTS, id, body, carry_out)[0]


@requests.post(
    "/{id}/participants",
    response={201: RequestAnswer},
    operation_id="addRequestParticipant",
    summary=gettext_noop("Add a participant"),
)
def add_participant(request: HttpRequest, id: int, body: ParticipantNew) -> Status[Any]:
    """Add a participant; it is held against the lists at once."""

    def carry_out(found: Request, reader: User) -> None:
        operations.add_participant(found, by=reader, **body.fields(reader))

    return Status(201, change(request, REQUESTS, id, body, carry_out)[0])


@requests.post(
    "/{id}/withdrawal",
    response={201: RequestAnswer},
    operation_id="withdrawRequest",
    summary=gettext_noop("Withdraw an open request"),
)
def withdraw(request: HttpRequest, id: int, body: Withdrawal) -> Status[Any]:
    """Withdraw an open request: it no longer asks anything."""

    def carry_out(found: Request, reader: User) -> None:
        operations.withdraw_request(found, by=reader, because=body.because, on=body.on)

    return Status(201, change(request, REQUESTS, id, body, carry_out)[0])


@requests.post(
    "/{id}/closing",
    response={201: RequestAnswer},
    operation_id="closeRequest",
    summary=gettext_noop("Close a decided or withdrawn request"),
)
def close(request: HttpRequest, id: int, body: Closing) -> Status[Any]:
    """Close a request that was decided or withdrawn: nothing is left to do."""

    def carry_out(found: Request, reader: User) -> None:
        operations.close_request(found, by=reader, on=body.on)

    return Status(201, change(request, REQUESTS, id, body, carry_out)[0])
