"""Who may open which address: one row a URL name, in one file an app."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hanze.accounts.models import Role

COORDINATOR, OFFICER, EXECUTIVE, COMMUNICATIONS, COUNCIL, AUDITOR, ADMINISTRATOR, REQUESTER = (
    Role.COORDINATOR,
    Role.POLICY_OFFICER,
    Role.EXECUTIVE,
    Role.COMMUNICATIONS,
    Role.COUNCIL,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    Role.REQUESTER,
)
STAFF = {COORDINATOR, OFFICER, EXECUTIVE, COMMUNICATIONS}
READERS = STAFF | {COUNCIL, AUDITOR, ADMINISTRATOR}
EVERYBODY = READERS | {REQUESTER}


@dataclass(frozen=True)
class Row:
    """What each role gets at an address; every role not in `allow` gets 404, an anonymous visitor the sign-in page.

    `kwargs` makes the address' arguments (and the records it needs: internal ones, unless the row is about
    something else) inside the test's database. `post` is the data of a POST; None means GET. `ok` are the
    statuses that count as an answer.
    """

    url_name: str
    allow: set[Role]
    kwargs: Callable[[], dict[str, Any]] = field(default=dict)
    post: dict[str, Any] | None = None
    public: bool = False
    ok: tuple[int, ...] = (200, 302)
