"""What can be done with an activity next, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hanze.accounts.models import User
from hanze.missions import operations
from hanze.missions.models import Activity

State = Activity.State


@dataclass(frozen=True)
class Move:
    """A step in an activity's life: its button, question and consequence, from which states, and who may."""

    key: str
    label: Promise
    question: Promise
    consequence: Promise
    done: Promise
    origins: tuple[str, ...]
    operation: Callable[..., Activity]
    permission: str = "missions.change_activity"
    needs_reason: bool = False
    danger: bool = False


MOVES = (
    Move(
        "confirm",
        _("Confirm"),
        _("Confirm that it takes place?"),
        _("It then stands in the agenda as certain."),
        _("The activity is confirmed."),
        (State.PLANNED,),
        operations.confirm_activity,
    ),
    Move(
        "hold",
        _("Record as held"),
        _("Record that it was held?"),
        _("Everybody who is registered then took part. Record withdrawals first."),
        _("The activity is recorded as held."),
        (State.CONFIRMED, State.PLANNED),
        operations.hold_activity,
    ),
    Move(
        "close",
        _("Close"),
        _("Close this activity?"),
        _("All measures must be done or waived with a reason. After that nothing changes unless it is reopened."),
        _("The activity is closed."),
        (State.HELD,),
        operations.close_activity,
        "missions.close_activity",
    ),
    Move(
        "cancel",
        _("Cancel the activity"),
        _("Cancel this activity?"),
        _("It stays on record with the reason."),
        _("The activity is cancelled."),
        (State.PLANNED, State.CONFIRMED),
        operations.cancel_activity,
        needs_reason=True,
        danger=True,
    ),
    Move(
        "reopen",
        _("Reopen"),
        _("Reopen this activity?"),
        _("It goes back one step, and can be changed again."),
        _("The activity is open again."),
        (State.CLOSED, State.HELD, State.CANCELLED),
        operations.reopen_activity,
        "missions.close_activity",
        needs_reason=True,
    ),
)


def move(key: str) -> Move | None:
    """The move with that key."""
    return next((each for each in MOVES if each.key == key), None)


def open_moves(activity: Activity, reader: User, today: date) -> list[Move]:
    """The moves that `reader` can make now; the first one is the obvious next step, unless it is dangerous."""
    return [
        each
        for each in MOVES
        if activity.state in each.origins
        and (each.key != "hold" or activity.starts_on <= today)
        and reader.has_perm(each.permission, activity)
    ]


def life(activity: Activity) -> list[dict[str, Any]]:
    """The steps of the activity's life, each `done`, `current` or still to come."""
    if activity.state == State.CANCELLED:
        return []
    states = [State.PLANNED, State.CONFIRMED, State.HELD, State.CLOSED]
    now = states.index(State(activity.state))
    return [{"label": state.label, "done": place < now, "current": place == now} for place, state in enumerate(states)]
