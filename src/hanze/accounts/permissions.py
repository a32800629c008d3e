"""Asking whether someone may do something, and the predicates that the apps' rules are made of.

A permission is named `<app>.<verb>_<record>` and registered with `rules.add_perm` in the app's `rules.py`.
"""

from __future__ import annotations

from typing import Any

import rules
from django.core.exceptions import PermissionDenied

from hanze.accounts.asking import sees_record
from hanze.accounts.models import Role, User


def require(by: User | None, permission: str, record: Any = None) -> None:
    """Raise PermissionDenied unless `by` holds `permission` for `record`.

    `by` None is Hanze itself (the command line, a demo being loaded), which may do everything.
    """
    if by is not None and not by.has_perm(permission, record):
        raise PermissionDenied(permission)


def holds(*roles: Role) -> rules.Predicate:
    """Predicate: the person holds one of `roles`."""

    @rules.predicate(name="holds_" + "_or_".join(role.name.lower() for role in roles))
    def predicate(user: Any) -> bool:
        return getattr(user, "is_authenticated", False) and user.has_role(*roles)

    return predicate


@rules.predicate
def sees(user: Any, record: Any = None) -> bool:
    """Predicate: the record is among those that the person may see (true when there is no record yet)."""
    if record is None or record.pk is None:
        return True
    return sees_record(user, record)


is_coordinator = holds(Role.COORDINATOR)
is_officer = holds(Role.COORDINATOR, Role.POLICY_OFFICER)
is_executive = holds(Role.EXECUTIVE)
is_communications = holds(Role.COMMUNICATIONS)
is_administrator = holds(Role.ADMINISTRATOR)
is_auditor = holds(Role.AUDITOR)
is_reader = holds(
    Role.COORDINATOR,
    Role.POLICY_OFFICER,
    Role.EXECUTIVE,
    Role.COMMUNICATIONS,
    Role.COUNCIL,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
)
