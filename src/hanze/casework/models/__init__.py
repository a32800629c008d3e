from hanze.casework.models.assessments import Decision, FactAnswer, Receipt
from hanze.casework.models.contacts import ContactMoment
from hanze.casework.models.requests import Request, RequestDocument, RequestParticipant

__all__ = [
    "ContactMoment",
    "Decision",
    "FactAnswer",
    "Receipt",
    "Request",
    "RequestDocument",
    "RequestParticipant",
]
