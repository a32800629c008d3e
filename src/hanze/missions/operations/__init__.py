"""Every change of an activity and of what hangs on it."""

from hanze.missions.operations.activities import (
    cancel_activity,
    change_activity,
    close_activity,
    confirm_activity,
    from_request,
    hold_activity,
    plan_activity,
    reopen_activity,
)
from hanze.missions.operations.contents import (
    add_agreement,
    add_cost,
    add_place,
    add_programme_item,
    change_part,
    link_contact,
    raise_topic,
    remove_agreement,
    remove_part,
    unlink_contact,
)
from hanze.missions.operations.measures import (
    add_measure,
    assign_measure,
    reopen_measure,
    settle_measure,
    waive_measure,
)
from hanze.missions.operations.participations import (
    add_participation,
    change_participation,
    remove_participation,
    return_participation,
    withdraw_participation,
)
from hanze.missions.operations.publishing import publish_report, set_publication, withdraw_report

__all__ = [
    "add_agreement",
    "add_cost",
    "add_measure",
    "add_participation",
    "add_place",
    "add_programme_item",
    "assign_measure",
    "cancel_activity",
    "change_activity",
    "change_part",
    "change_participation",
    "close_activity",
    "confirm_activity",
    "from_request",
    "hold_activity",
    "link_contact",
    "plan_activity",
    "publish_report",
    "raise_topic",
    "remove_agreement",
    "remove_part",
    "remove_participation",
    "reopen_activity",
    "reopen_measure",
    "return_participation",
    "set_publication",
    "settle_measure",
    "unlink_contact",
    "waive_measure",
    "withdraw_participation",
    "withdraw_report",
]
