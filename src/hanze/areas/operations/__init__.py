"""Every change of an initiative: one function each, with its permission and its event."""

from hanze.areas.operations.bringing import bring_in, start_bringing_in
from hanze.areas.operations.initiatives import change_initiative, create_initiative
from hanze.areas.operations.receiving import choose_columns, discard, look, receive, refuse

__all__ = [
    "bring_in",
    "change_initiative",
    "choose_columns",
    "create_initiative",
    "discard",
    "look",
    "receive",
    "refuse",
    "start_bringing_in",
]
