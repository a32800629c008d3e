"""An initiative is started and changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas.models import Initiative
from hanze.audit.log import changes, record


@transaction.atomic
def create_initiative(*, by: User | None, team: Iterable[User] = (), **fields: Any) -> Initiative:
    """Start an initiative from the model's fields. Raises PermissionDenied, ValidationError."""
    require(by, "areas.create_initiative")
    initiative = Initiative(**fields)
    initiative.full_clean()
    initiative.save()
    initiative.team.set(team)
    record("initiative.created", by=by, subject=initiative)
    return initiative


@transaction.atomic
def change_initiative(
    initiative: Initiative, *, by: User | None, team: Iterable[User] | None = None, **fields: Any
) -> Initiative:
    """Change fields of an initiative. Raises PermissionDenied, ValidationError."""
    require(by, "areas.change_initiative", initiative)
    before = _plain(Initiative.objects.get(pk=initiative.pk))
    for name, value in fields.items():
        setattr(initiative, name, value)
    initiative.full_clean()
    initiative.save()
    if team is not None:
        initiative.team.set(team)
    record("initiative.changed", by=by, subject=initiative, changes=changes(before, _plain(initiative)))
    return initiative


def _plain(initiative: Initiative) -> dict[str, Any]:
    return model_to_dict(initiative, exclude=["team"])
