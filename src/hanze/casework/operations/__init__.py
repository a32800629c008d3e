"""Every change of state in casework; a module for each concept."""

from hanze.casework.operations.contacts import change_contact, record_contact
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
    "change_contact",
    "change_request",
    "close_request",
    "receive_request",
    "record_contact",
    "remove_participant",
    "set_screening",
    "submit_request",
    "withdraw_request",
]
