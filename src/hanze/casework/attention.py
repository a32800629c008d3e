"""What casework asks of its readers on the Today page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from hanze.accounts.addresses import address
from hanze.accounts.attention import Attention, Waiting, first_of, together
from hanze.accounts.models import Role, User
from hanze.casework import queries
from hanze.casework.models import Request, RequestParticipant

HORIZON_DAYS = 14
OFFICERS = (Role.COORDINATOR, Role.POLICY_OFFICER)
State = Request.State


def attention(reader: User, today: date) -> Waiting:
    """What needs `reader`: requests that fall due, decisions to take, requests of nobody, open findings."""
    parts: list[Waiting] = []
    if reader.has_role(*OFFICERS):
        parts += [_due(reader, today), _unassigned(reader), _findings(reader)]
    if reader.has_role(Role.EXECUTIVE):
        parts.append(_to_decide(reader, today))
    return together(*parts)


def _due(reader: User, today: date) -> Waiting:
    """Open requests within the horizon: the reader's own, for a coordinator those of everybody."""
    requests = queries.due_before(reader, today + timedelta(days=HORIZON_DAYS)).exclude(responsible=None)
    if not reader.has_role(Role.COORDINATOR):
        requests = requests.filter(responsible=reader)

    def tell(request: Any) -> Attention:
        return _line(
            request,
            day=request.due_on,
            detail=_what_waits(request, reader, today),
            tone="stop" if request.due_on < today else "care",
        )

    return first_of(requests, queries.with_decider(queries.said_in_a_line()), tell)


def _line(request: Request, *, day: date, detail: str, tone: str) -> Attention:
    return Attention(
        day=day,
        title=request.name,
        url=address("casework:request-detail", request.pk),
        detail=detail,
        state=request.get_state_display(),
        tone=tone,
    )


def _what_waits(request: Any, reader: User, today: date) -> str:
    """What a request of `queries.with_decider` waits for; who decides is as `casework.decide_request` has it."""
    if request.state == State.ADVISED and reader.has_role(Role.EXECUTIVE, request.decider):
        return _("The advice waits for your decision")
    if request.state == State.ADVISED:
        text = _("Advice is ready; waiting for the decision")
    elif request.due_on is not None and request.due_on < today:
        text = _("The term for the decision has passed")
    else:
        text = _("Decision due")
    if request.responsible != reader:
        text = _("%(what)s. Responsible: %(who)s") % {"what": text, "who": request.responsible}
    return text


def _unassigned(reader: User) -> Waiting:
    detail = _("Nobody is responsible for this request yet")
    return first_of(
        queries.unassigned(reader),
        queries.said_in_a_line(),
        lambda request: _line(request, day=request.received_on, detail=detail, tone="care"),
    )


def _findings(reader: User) -> Waiting:
    findings = queries.open_findings(reader)
    if not reader.has_role(Role.COORDINATOR):
        team = Request.team.through.objects.filter(user=reader).values("request")
        findings = findings.filter(Q(request__responsible=reader) | Q(request__in=team))
    said = RequestParticipant.objects.select_related("request", "organisation", "person")
    return first_of(findings.order_by(Coalesce("screened_on", "request__received_on"), "pk"), said, _finding)


def _finding(participant: RequestParticipant) -> Attention:
    return Attention(
        day=participant.screened_on or participant.request.received_on,
        title=_("Finding with a participant of %(request)s") % {"request": participant.request.reference},
        url=address("casework:request-detail", participant.request.pk) + "#participants",
        detail=participant.request.name,
        state=str(RequestParticipant.Screening.OPEN_FINDING.label),
        tone="stop",
    )


def _to_decide(reader: User, today: date) -> Waiting:
    detail = _("The advice waits for your decision")

    def tell(request: Request) -> Attention:
        due = request.due_on or today
        return _line(request, day=due, detail=detail, tone="stop" if due < today else "care")

    waiting = Request.objects.visible_to(reader).filter(state=State.ADVISED)
    return first_of(waiting.order_by(Coalesce("due_on", Value(today)), "reference"), queries.said_in_a_line(), tell)
