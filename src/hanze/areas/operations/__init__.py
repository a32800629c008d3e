"""Every change of an initiative: one function each, with its permission and its event."""

from hanze.areas.operations.bringing import bring_in, start_bringing_in
from hanze.areas.operations.conclusions import conclude
from hanze.areas.operations.conditions import (
    add_adviser,
    add_condition,
    cast_votes,
    change_condition,
    remove_adviser,
    remove_condition,
)
from hanze.areas.operations.criteria import (
    add_criterion,
    change_criterion,
    name_area,
    record_indicators,
    remove_area,
    remove_criterion,
)
from hanze.areas.operations.initiatives import change_initiative, create_initiative
from hanze.areas.operations.meetings import (
    Given,
    add_follow_up,
    cancel_meeting,
    change_follow_up,
    change_meeting,
    plan_meeting,
    record_answers,
)
from hanze.areas.operations.parties import add_party, add_wish, change_party, remove_party, remove_wish
from hanze.areas.operations.plans import ask_plan, make_plan, refuse_plan, remove_plan, repeat_plan
from hanze.areas.operations.receiving import choose_columns, discard, look, receive, refuse

__all__ = [
    "Given",
    "add_adviser",
    "add_condition",
    "add_criterion",
    "add_follow_up",
    "add_party",
    "add_wish",
    "ask_plan",
    "bring_in",
    "cancel_meeting",
    "cast_votes",
    "change_condition",
    "change_criterion",
    "change_follow_up",
    "change_initiative",
    "change_meeting",
    "change_party",
    "choose_columns",
    "conclude",
    "create_initiative",
    "discard",
    "look",
    "make_plan",
    "name_area",
    "plan_meeting",
    "receive",
    "record_answers",
    "record_indicators",
    "refuse",
    "refuse_plan",
    "remove_adviser",
    "remove_area",
    "remove_condition",
    "remove_criterion",
    "remove_party",
    "remove_plan",
    "remove_wish",
    "repeat_plan",
    "start_bringing_in",
]
