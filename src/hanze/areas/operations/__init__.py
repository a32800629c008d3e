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
from hanze.areas.operations.plans import ask_plan, make_plan, refuse_plan, remove_plan, repeat_plan
from hanze.areas.operations.receiving import choose_columns, discard, look, receive, refuse

__all__ = [
    "add_adviser",
    "add_condition",
    "add_criterion",
    "ask_plan",
    "bring_in",
    "cast_votes",
    "change_condition",
    "change_criterion",
    "change_initiative",
    "choose_columns",
    "conclude",
    "create_initiative",
    "discard",
    "look",
    "make_plan",
    "name_area",
    "receive",
    "record_indicators",
    "refuse",
    "refuse_plan",
    "remove_adviser",
    "remove_area",
    "remove_condition",
    "remove_criterion",
    "remove_plan",
    "repeat_plan",
    "start_bringing_in",
]
