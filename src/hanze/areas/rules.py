"""Who may do what with initiatives for clusters. What belongs to an initiative has the rights of the initiative."""

from typing import Any

import rules
from rules.permissions import add_perm

from hanze.accounts.permissions import is_officer, is_reader, sees

add_perm("areas.list_initiatives", is_reader)
add_perm("areas.view_initiative", is_reader & sees)
add_perm("areas.create_initiative", is_officer)
add_perm("areas.change_initiative", is_officer & sees)


@rules.predicate
def sees_her_initiative(user: Any, adviser: Any = None) -> bool:
    """Predicate: the person may see the initiative that the member of the advisory group belongs to."""
    return adviser is not None and sees(user, adviser.initiative)


@rules.predicate
def is_herself(user: Any, adviser: Any = None) -> bool:
    """Predicate: the person is that member of the advisory group."""
    return adviser is not None and adviser.account_id == user.pk


add_perm("areas.cast_votes", is_reader & sees_her_initiative & (is_officer | is_herself))
