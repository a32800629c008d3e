"""How far a request has come, as the steps on its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.casework.models import Request

State = Request.State
USUAL: tuple[State, ...] = (State.RECEIVED, State.IN_ASSESSMENT, State.ADVISED, State.DECIDED)


@dataclass(frozen=True)
class Step:
    label: str
    on: date | None
    done: bool
    current: bool


def steps(request: Request) -> list[Step]:
    """The states that `request` went through and still has ahead, with the days that are known."""
    path = _path(request)
    here = path.index(State(request.state))
    return [
        Step(str(state.label), _day(request, state) if number <= here else None, number < here, number == here)
        for number, state in enumerate(path)
    ]


def state_for_requester(request: Request) -> str:
    """The state as somebody outside may know it: without what we think of it before there is a decision."""
    if request.state in (State.IN_ASSESSMENT, State.ADVISED):
        return _("We are looking at it")
    if request.state == State.RECEIVED:
        return _("Received")
    if request.state == State.WITHDRAWN or request.withdrawn_on:
        return _("Withdrawn")
    return _("Decided")


def _path(request: Request) -> tuple[State, ...]:
    if request.state == State.WITHDRAWN or request.withdrawn_on:
        path: tuple[State, ...] = (State.RECEIVED, State.WITHDRAWN)
    else:
        path = USUAL
    return (*path, State.CLOSED) if request.state == State.CLOSED else path


def _day(request: Request, state: State) -> date | None:
    """The day on which a state that was reached began, if that is known."""
    if state == State.ADVISED:
        computed = request.receipts.values_list("computed_at", flat=True).first()
        return timezone.localdate(computed) if computed else None
    if state == State.DECIDED:
        decision = getattr(request, "decision", None)
        return decision.decided_on if decision else None
    days = {State.RECEIVED: request.received_on, State.WITHDRAWN: request.withdrawn_on, State.CLOSED: request.closed_on}
    return days.get(state)
