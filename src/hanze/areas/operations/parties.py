"""Parties are asked and answer; what two of them want is kept for the plan."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas.models import Initiative, WillingParty, Wish
from hanze.areas.operations.changing import change
from hanze.audit.log import record

CHANGE = "areas.change_initiative"


@transaction.atomic
def add_party(initiative: Initiative, *, by: User | None, **fields: Any) -> WillingParty:
    """Name a party that was asked, with the model's fields. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, initiative)
    party = WillingParty(initiative=initiative, **fields)
    _check(party)
    party.save()
    record("party.added", by=by, subject=party, case=initiative, stance=party.stance)
    return party


@transaction.atomic
def change_party(party: WillingParty, *, by: User | None, **fields: Any) -> WillingParty:
    """Change what is known of a party, its answer too. Raises PermissionDenied, ValidationError."""
    require(by, CHANGE, party.initiative)
    changed = change(party, fields, _check)
    record("party.changed", by=by, subject=party, case=party.initiative, changes=changed)
    return party


@transaction.atomic
def remove_party(party: WillingParty, *, by: User | None) -> None:
    """Take a party away with its wishes. Raises PermissionDenied, ValidationError (it answered at a meeting)."""
    require(by, CHANGE, party.initiative)
    if party.answers.exists():
        raise ValidationError(_("This party answered at a meeting; it stays, so that its answer is not lost."))
    record("party.removed", by=by, subject=party, case=party.initiative)
    party.delete()


@transaction.atomic
def add_wish(
    initiative: Initiative, *, by: User | None, one: WillingParty, other: WillingParty, kind: str, because: str = ""
) -> Wish:
    """Keep what two parties want of each other, in whichever order they are named.

    Raises PermissionDenied, ValidationError (one party twice, of another initiative, or a wish that is there already).
    """
    require(by, CHANGE, initiative)
    if one == other:
        raise ValidationError({"other": _("Choose another party.")})
    if {one.initiative_id, other.initiative_id} != {initiative.pk}:
        raise ValidationError({"one": _("Choose parties of this initiative.")})
    first, second = sorted((one, other), key=lambda party: party.pk)
    wish = Wish(initiative=initiative, one=first, other=second, kind=kind, because=because)
    wish.full_clean()
    wish.save()
    record("wish.added", by=by, subject=wish, case=initiative, kind=kind)
    return wish


@transaction.atomic
def remove_wish(wish: Wish, *, by: User | None) -> None:
    """Take away what two parties wanted. Raises PermissionDenied."""
    require(by, CHANGE, wish.initiative)
    record("wish.removed", by=by, subject=wish, case=wish.initiative, kind=wish.kind)
    wish.delete()


def _check(party: WillingParty) -> None:
    if party.farm is not None and party.farm.initiative_id != party.initiative_id:
        raise ValidationError({"farm": _("Choose a farm of this initiative.")})
    if party.stance == "conditional" and not party.conditions.strip():
        raise ValidationError({"conditions": _("Say on what conditions.")})
    party.full_clean()
