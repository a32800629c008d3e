"""Every change of state in casework; a module for each concept."""

from hanze.casework.operations.assessment import answer_fact, assess, present, start_assessment
from hanze.casework.operations.contacts import change_contact, record_contact
from hanze.casework.operations.decision import decide
from hanze.casework.operations.participants import add_participant, remove_participant, set_screening
from hanze.casework.operations.requests import (
    change_request,
    close_request,
    receive_request,
    submit_request,
    withdraw_request,
)

__all__ = [
    "add_participant",
    "answer_fact",
    "assess",
    "change_contact",
    "change_request",
    "close_request",
    "decide",
    "present",
    "receive_request",
    "record_contact",
    "remove_participant",
    "set_screening",
    "start_assessment",
    "submit_request",
    "withdraw_request",
]
