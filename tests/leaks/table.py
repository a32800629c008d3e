"""Who sees what, written out from the table of roles in docs/house.md. Nothing here is asked of the code under test."""

from __future__ import annotations

from tests.rights import (
    ADMINISTRATOR,
    AUDITOR,
    COMMUNICATIONS,
    COORDINATOR,
    COUNCIL,
    EXECUTIVE,
    OFFICER,
    READERS,
)

# Classification, with "+council" where the record is meant for the council; who sees it without being on the case.
SEEN_BY = {
    "public": {COORDINATOR, OFFICER, EXECUTIVE, COMMUNICATIONS, COUNCIL, AUDITOR, ADMINISTRATOR},
    "public+council": {COORDINATOR, OFFICER, EXECUTIVE, COMMUNICATIONS, COUNCIL, AUDITOR, ADMINISTRATOR},
    "internal": {COORDINATOR, OFFICER, EXECUTIVE, COMMUNICATIONS, AUDITOR, ADMINISTRATOR},
    "internal+council": {COORDINATOR, OFFICER, EXECUTIVE, COMMUNICATIONS, COUNCIL, AUDITOR, ADMINISTRATOR},
    "confidential": {COORDINATOR, EXECUTIVE, AUDITOR},
    "restricted": {AUDITOR},
}
# Who is on the case sees the record whatever its class. A requester and a visitor open no record of the house.
ON_THE_CASE = READERS
CLASSES = tuple(SEEN_BY)
SECRETS = ("internal", "confidential", "restricted")


def expected(role: str | None, classification: str, on_the_case: bool) -> bool:
    """Whether somebody with `role` (None: a visitor) is to see a record of this class."""
    if on_the_case and role in ON_THE_CASE:
        return True
    return role in SEEN_BY[classification]
