"""Requests name the people who ask, who would come and who were spoken with."""

from hanze.audit.personal import Way, declare, declare_events
from hanze.policy.receipts import receipt_hash

declare(
    "casework.Request",
    codes="reference",
    searched="title title_en asked_by_text contact_name contact_email contact_phone technology description demand "
    "as_sent withdrawn_because source_document source_section",
)
declare("casework.RequestParticipant", about="person", under="request", blanked="name_text screening_note")
declare("casework.RequestDocument", under="request", searched="title file", codes="content_type sha256")
declare("casework.FactAnswer", under="request", codes="fact", searched="value explanation")
declare(
    "casework.Receipt",
    under="request",
    codes="framework outcome content_hash",
    searched="content",
    renewed={"content_hash": lambda receipt: receipt_hash(receipt.content)},
)
declare("casework.Decision", under="request", searched="motivation referred_to")
declare("casework.ContactMoment", searched="person subject agreed source_document source_section")
declare("casework.Submission", codes="address_hash")
declare_events(
    Way.SEARCHED,
    "contact.changed",
    "contact.recorded",
    "request.advised",
    "request.answered",
    "request.assessment-started",
    "request.changed",
    "request.closed",
    "request.decided",
    "request.participant-added",
    "request.participant-removed",
    "request.reassessed",
    "request.received",
    "request.screened",
    "request.submitted",
    "request.weighed",
    "request.withdrawn",
)
