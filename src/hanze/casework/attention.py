"""What casework asks of its readers on the Today page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hanze.accounts.attention import Attention
from hanze.accounts.models import Role, User
from hanze.casework import queries
from hanze.casework.models import Request, RequestParticipant

HORIZON_DAYS = 14
OFFICERS = (Role.COORDINATOR, Role.POLICY_OFFICER)
State = Request.State


def attention(reader: User, today: date) -> list[Attention]:
    """What needs `reader`: requests that fall due, decisions to take, requests of nobody, open findings."""
    items: list[Attention] = []
    if reader.has_role(*OFFICERS):
        items += _due(reader, today)
        items += _unassigned(reader, today)
        items += _findings(reader, today)
    if reader.has_role(Role.EXECUTIVE):
        items += _to_decide(reader, today)
    return sorted(items, key=lambda item: (item.day, item.title))


def _due(reader: User, today: date) -> Iterator[Attention]:
    """Open requests within the horizon: the reader's own, for a coordinator those of everybody."""
    requests = queries.due_before(reader, today + timedelta(days=HORIZON_DAYS)).exclude(responsible=None)
    requests = queries.with_decider(requests)
    if not reader.has_role(Role.COORDINATOR):
        requests = requests.filter(responsible=reader)
    for request in requests:
        assert request.due_on is not None
        yield Attention(
            day=request.due_on,
            title=request.name,
            url=reverse("casework:request-detail", args=[request.pk]),
            detail=_what_waits(request, reader, today),
            state=request.get_state_display(),
            tone="stop" if request.due_on < today else "care",
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


def _unassigned(reader: User, today: date) -> Iterator[Attention]:
    for request in queries.unassigned(reader):
        yield Attention(
            day=request.received_on,
            title=request.name,
            url=reverse("casework:request-detail", args=[request.pk]),
            detail=_("Nobody is responsible for this request yet"),
            state=request.get_state_display(),
            tone="care",
        )


def _findings(reader: User, today: date) -> Iterator[Attention]:
    findings = queries.open_findings(reader)
    if not reader.has_role(Role.COORDINATOR):
        findings = findings.filter(Q(request__responsible=reader) | Q(request__team=reader)).distinct()
    for participant in findings:
        yield Attention(
            day=participant.screened_on or participant.request.received_on,
            title=_("Finding with a participant of %(request)s") % {"request": participant.request.reference},
            url=reverse("casework:request-detail", args=[participant.request.pk]) + "#participants",
            detail=participant.request.name,
            state=str(RequestParticipant.Screening.OPEN_FINDING.label),
            tone="stop",
        )


def _to_decide(reader: User, today: date) -> Iterator[Attention]:
    for request in queries.request_rows(reader).filter(state=State.ADVISED).order_by("due_on", "reference"):
        due = request.due_on or today
        yield Attention(
            day=due,
            title=request.name,
            url=reverse("casework:request-detail", args=[request.pk]),
            detail=_("The advice waits for your decision"),
            state=request.get_state_display(),
            tone="stop" if due < today else "care",
        )
