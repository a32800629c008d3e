"""Saying that two parties that look alike are different, and taking that back."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.register.apart import Party, names_of
from hanze.register.models import SetApart


@transaction.atomic
def set_apart(one: Party, other: Party, *, by: User | None, reason: str = "") -> SetApart:
    """Say that two parties are different: they are no likely duplicates until one of them changes its name.

    Raises PermissionDenied, ValidationError (the same record).
    """
    parties = _require(one, other, by)
    if one.pk == other.pk:
        raise ValidationError(_("This is the same record. Choose another."))
    first, second = parties
    made, _new = SetApart.objects.update_or_create(
        content_type=ContentType.objects.get_for_model(first),
        one_id=first.pk,
        other_id=second.pk,
        defaults={
            "names": [names_of(each) for each in parties],
            "reason": reason.strip(),
            "by": by,
            "at": timezone.now(),
        },
    )
    for each in parties:
        record(f"{each._meta.model_name}.set-apart", by=by, subject=each, reason=made.reason, apart=made.pk)
    return made


@transaction.atomic
def take_back_set_apart(apart: SetApart, *, by: User | None) -> None:
    """Take back that two parties are different: they may be likely duplicates again. Raises PermissionDenied."""
    parties = _require(*apart.parties, by)
    for each in parties:
        record(f"{each._meta.model_name}.set-apart-undone", by=by, subject=each, apart=apart.pk)
    apart.delete()


def _require(one: Any, other: Any, by: User | None) -> list[Any]:
    """Both as they are stored, in one order, when `by` may merge them."""
    model = type(one)
    if type(other) is not model:
        raise TypeError("An organisation and a person are never the same party.")
    for party in (one, other):
        require(by, f"register.merge_{model._meta.model_name}", party)
    locked = model._default_manager.select_for_update(of=("self",)).order_by("pk")
    return list(locked.filter(pk__in=[one.pk, other.pk]))
