"""Conditions are listed and added to, an advisory group is named, and its members give points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas.models import Adviser, Condition, Initiative, Vote
from hanze.areas.models.conditions import MOST_POINTS
from hanze.areas.operations.changing import change
from hanze.audit.log import record


@transaction.atomic
def add_condition(initiative: Initiative, *, by: User | None, **fields: Any) -> Condition:
    """Add a condition (`added`: by the advisory group). Raises PermissionDenied, ValidationError."""
    require(by, "areas.change_initiative", initiative)
    condition = Condition(initiative=initiative, **fields)
    condition.full_clean()
    condition.save()
    record("condition.added", by=by, subject=condition, case=initiative)
    return condition


@transaction.atomic
def change_condition(condition: Condition, *, by: User | None, **fields: Any) -> Condition:
    """Change a condition; the points that it got stay. Raises PermissionDenied, ValidationError."""
    require(by, "areas.change_initiative", condition.initiative)
    changed = change(condition, fields)
    record("condition.changed", by=by, subject=condition, case=condition.initiative, changes=changed)
    return condition


@transaction.atomic
def remove_condition(condition: Condition, *, by: User | None) -> None:
    """Take a condition away. Raises PermissionDenied, ValidationError (somebody gave it points: they would be lost)."""
    require(by, "areas.change_initiative", condition.initiative)
    if condition.votes.filter(points__gt=0).exists():
        raise ValidationError(_("This condition has points; it stays, so that nobody's vote is lost."))
    record("condition.removed", by=by, subject=condition, case=condition.initiative, label=condition.label)
    condition.delete()


@transaction.atomic
def add_adviser(initiative: Initiative, *, by: User | None, **fields: Any) -> Adviser:
    """Put somebody in the advisory group. Raises PermissionDenied, ValidationError."""
    require(by, "areas.change_initiative", initiative)
    adviser = Adviser(initiative=initiative, **fields)
    adviser.full_clean()
    adviser.save()
    record("adviser.added", by=by, subject=adviser, case=initiative)
    return adviser


@transaction.atomic
def remove_adviser(adviser: Adviser, *, by: User | None) -> None:
    """Take somebody out of the group with her points. Raises PermissionDenied."""
    require(by, "areas.change_initiative", adviser.initiative)
    given = {vote.condition.label: vote.points for vote in adviser.votes.select_related("condition")}
    record("adviser.removed", by=by, subject=adviser, case=adviser.initiative, points=given)
    adviser.delete()


@transaction.atomic
def cast_votes(adviser: Adviser, *, by: User | None, points: Mapping[int, int]) -> Adviser:
    """Give the points of a member, by the key of each condition; what she gave before goes.

    Raises PermissionDenied, ValidationError (points that are not from 0 to 10, all zero, another's condition).
    """
    require(by, "areas.cast_votes", adviser)
    known = {condition.pk: condition for condition in adviser.initiative.conditions.all()}
    wrong = {f"points-{pk}": _("Give 0 to %(most)s points.") % {"most": MOST_POINTS} for pk in _outside(points)}
    if wrong:
        raise ValidationError(wrong)
    if not set(points) <= set(known):
        raise ValidationError(_("One of these conditions was taken away. Look again."))
    if not any(points.values()):
        raise ValidationError(_("Give points to one condition at least."))
    Adviser.objects.select_for_update().get(pk=adviser.pk)
    adviser.votes.all().delete()
    Vote.objects.bulk_create(Vote(adviser=adviser, condition_id=pk, points=given) for pk, given in points.items())
    told = {known[pk].label: given for pk, given in points.items()}
    record("adviser.voted", by=by, subject=adviser, case=adviser.initiative, points=told)
    return adviser


def _outside(points: Mapping[int, int]) -> list[int]:
    return [pk for pk, given in points.items() if not 0 <= given <= MOST_POINTS]
