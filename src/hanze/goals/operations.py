"""Every change of goals and themes."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.goals.models import Goal, Theme
from hanze.register.saving import fill, snapshot


@transaction.atomic
def create_goal(*, by: User | None, **fields: Any) -> Goal:
    """Add a goal. Raises PermissionDenied, ValidationError."""
    return _create(Goal(), by, fields)


@transaction.atomic
def change_goal(goal: Goal, *, by: User | None, **fields: Any) -> Goal:
    """Change a goal, or take it out of use with `is_current=False`. Raises PermissionDenied, ValidationError."""
    return _change(goal, by, fields)


@transaction.atomic
def create_theme(*, by: User | None, **fields: Any) -> Theme:
    """Add a theme. Raises PermissionDenied, ValidationError."""
    return _create(Theme(), by, fields)


@transaction.atomic
def change_theme(theme: Theme, *, by: User | None, **fields: Any) -> Theme:
    """Change a theme, or take it out of use with `is_current=False`. Raises PermissionDenied, ValidationError."""
    return _change(theme, by, fields)


def _create(made: Any, by: User | None, fields: dict[str, Any]) -> Any:
    require(by, "goals.administer")
    fill(made, fields)
    record(f"{made._meta.model_name}.created", by=by, subject=made)
    return made


def _change(changed: Any, by: User | None, fields: dict[str, Any]) -> Any:
    require(by, "goals.administer")
    before = snapshot(type(changed).objects.get(pk=changed.pk))
    fill(changed, fields)
    if difference := changes(before, snapshot(changed)):
        record(f"{changed._meta.model_name}.changed", by=by, subject=changed, changes=difference)
    return changed
