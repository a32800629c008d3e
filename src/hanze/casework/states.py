"""The moves that a request can make. Every operation that changes a state goes through `move`."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.audit.log import record
from hanze.casework.models import Request

State = Request.State

MOVES: dict[str, frozenset[str]] = {
    State.RECEIVED: frozenset({State.IN_ASSESSMENT, State.WITHDRAWN}),
    State.IN_ASSESSMENT: frozenset({State.ADVISED, State.WITHDRAWN}),
    State.ADVISED: frozenset({State.IN_ASSESSMENT, State.DECIDED, State.WITHDRAWN}),
    State.DECIDED: frozenset({State.CLOSED}),
    State.WITHDRAWN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


def can_move(request: Request, to: str) -> bool:
    """Whether `to` is a sensible next state of `request`."""
    return to in MOVES[request.state]


def lock(request: Request) -> None:
    """Hold the row until the end of the transaction and take over its state: two people may act at once."""
    request.state = Request.objects.select_for_update().values_list("state", flat=True).get(pk=request.pk)


def move(request: Request, to: str) -> str:
    """Bring `request` in state `to`, save that, and give the state it was in. Inside a transaction.

    Raises ValidationError (code "state") when the move does not make sense.
    """
    lock(request)
    if not can_move(request, to):
        raise ValidationError(
            _("This request is in the state “%(state)s”; from there it cannot go to “%(to)s”."),
            code="state",
            params={"state": request.get_state_display(), "to": State(to).label},
        )
    before, request.state = request.state, to
    request.save(update_fields=["state", "updated_at"])
    return before


def facts_changed(request: Request, *, by: User | None) -> None:
    """Take an advised request back into assessment: its advice was about other facts."""
    lock(request)
    if request.state == State.ADVISED:
        move(request, State.IN_ASSESSMENT)
        record("request.reassessed", by=by, subject=request)
