"""Who may do what with frameworks and their drafts."""

from __future__ import annotations

import rules

from hanze.accounts.models import Role, User
from hanze.accounts.permissions import holds, is_executive, is_officer, is_reader
from hanze.frameworks.models import Draft


@rules.predicate
def did_not_edit(user: User, draft: Draft | None = None) -> bool:
    """The person has no part in what is to be approved: did not start it, change it or offer it."""
    return draft is None or (draft.offered_by_id != user.pk and not draft.editors.filter(pk=user.pk).exists())


# Whoever answers for decisions approves what they rest on; never who wrote it.
is_approver = holds(Role.COORDINATOR) | is_executive

rules.add_perm("frameworks.list_frameworks", is_reader)
rules.add_perm("frameworks.view_draft", holds(Role.COORDINATOR, Role.POLICY_OFFICER, Role.EXECUTIVE, Role.AUDITOR))
rules.add_perm("frameworks.start_draft", is_officer)
rules.add_perm("frameworks.change_draft", is_officer)
rules.add_perm("frameworks.offer_draft", is_officer)
rules.add_perm("frameworks.withdraw_draft", is_officer)
rules.add_perm("frameworks.return_draft", is_officer | is_executive)
rules.add_perm("frameworks.approve_draft", is_approver & did_not_edit)
