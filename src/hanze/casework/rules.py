"""Who may do what with requests, their assessment and contact moments."""

from __future__ import annotations

import rules

from hanze.accounts.models import STAFF_ROLES, Role, User
from hanze.accounts.permissions import holds, is_executive, is_officer, is_reader, sees
from hanze.casework.advice import latest
from hanze.casework.models import Request

is_requester = holds(Role.REQUESTER)


@rules.predicate
def sent_it(user: User, request: Request | None = None) -> bool:
    """The request was sent by this very person."""
    return request is not None and request.submitted_by_id == user.pk


@rules.predicate
def named_as_decider(user: User, request: Request | None = None) -> bool:
    """The framework names a role of this person as the one who decides on its advice."""
    receipt = latest(request) if request is not None else None
    return receipt is not None and receipt.content["decided_by"] in user.roles


rules.add_perm("casework.list_requests", is_reader)
rules.add_perm("casework.view_request", is_reader & sees)
rules.add_perm("casework.add_request", is_officer)
rules.add_perm("casework.change_request", is_officer & sees)
rules.add_perm("casework.screen_participant", is_officer & sees)
rules.add_perm("casework.withdraw_request", (is_officer & sees) | (is_requester & sent_it))
rules.add_perm("casework.send_request", is_requester)
rules.add_perm("casework.view_own_requests", is_requester)

rules.add_perm("casework.view_assessment", holds(*STAFF_ROLES, Role.AUDITOR) & sees)
rules.add_perm("casework.assess_request", is_officer & sees)
rules.add_perm("casework.decide_request", (is_executive | (is_officer & named_as_decider)) & sees)

rules.add_perm("casework.list_contacts", is_reader)
rules.add_perm("casework.view_contact", is_reader & sees)
rules.add_perm("casework.add_contact", is_officer)
rules.add_perm("casework.change_contact", is_officer & sees)
