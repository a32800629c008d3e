"""Settling and waiving the measures of an activity in the API; it can be closed when none is open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Status

from hanze.accounts.models import User
from hanze.connections.api.problems import no_such_record
from hanze.connections.api.resources import checked
from hanze.connections.api.schemas import Day, Question, Text
from hanze.missions import operations
from hanze.missions.api.activities import activities, moved
from hanze.missions.api.shapes import ActivityAnswer
from hanze.missions.models import Activity, Measure


class Settlement(Question):
    on: Day | None = None
    """The day on which it was done; today when it is not sent."""
    evidence: Text


class Waiver(Question):
    because: Text


@activities.post(
    "/{id}/measures/{measure}/settlement",
    response={201: ActivityAnswer},
    operation_id="settleMeasure",
    summary=gettext_noop("Record that a measure was done"),
)
def settle(request: HttpRequest, id: int, measure: int, body: Settlement) -> Status[Any]:
    """Record that a measure was done, with what shows it."""

    def carry_out(found: Activity, reader: User) -> None:
        operations.settle_measure(_of(found, measure), by=reader, on=body.on, evidence=body.evidence)

    return moved(request, id, body, carry_out)


@activities.post(
    "/{id}/measures/{measure}/waiver",
    response={201: ActivityAnswer},
    operation_id="waiveMeasure",
    summary=gettext_noop("Record that a measure is not carried out"),
)
def waive(request: HttpRequest, id: int, measure: int, body: Waiver) -> Status[Any]:
    """Record that a measure is not carried out, and why. Only an application in the role of coordinator may."""

    def carry_out(found: Activity, reader: User) -> None:
        operations.waive_measure(_of(found, measure), by=reader, because=body.because)

    return moved(request, id, body, carry_out)


def _of(activity: Activity, pk: int) -> Measure:
    """The measure of that key on the activity; raises a problem (404) when there is none."""
    found = activity.measures.filter(pk=checked(pk)).first()
    if found is None:
        raise no_such_record()
    return found
