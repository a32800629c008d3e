from hanze.casework.models.assessments import Decision, FactAnswer, Receipt
from hanze.casework.models.contacts import ContactMoment
from hanze.casework.models.requests import Request, RequestDocument, RequestParticipant
from hanze.casework.models.submissions import Submission

__all__ = [
    "ContactMoment",
    "Decision",
    "FactAnswer",
    "Receipt",
    "Request",
    "RequestDocument",
    "RequestParticipant",
    "Submission",
]
