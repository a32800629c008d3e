"""Relations with governments abroad and their status over time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.register.models import Relation, RelationStatus
from hanze.register.operations.organisations import check_place
from hanze.register.saving import fill, snapshot


@transaction.atomic
def create_relation(
    *, by: User | None, status: str, status_since: date, decided_by: str, reason: str, **fields: Any
) -> Relation:
    """Record a relation with its first status: since when, who decided and why.

    The country, region and city are the partner's when they are not given. Raises PermissionDenied,
    ValidationError.
    """
    require(by, "register.create_relation")
    relation = Relation()
    partner = fields.get("partner")
    if partner is not None and fields.get("country") is None:
        fields = {**fields, "country": partner.country, "region": partner.region, "city": partner.city}
    check_place(fields)
    fill(relation, fields)
    _check_openness(relation)
    _add_status(relation, status, status_since, decided_by, reason)
    record("relation.created", by=by, subject=relation, reason=reason, status=status)
    return relation


@transaction.atomic
def change_relation(relation: Relation, *, by: User | None, **fields: Any) -> Relation:
    """Change the given fields. Raises PermissionDenied, ValidationError."""
    require(by, "register.change_relation", relation)
    before = snapshot(Relation.objects.get(pk=relation.pk))
    check_place({"country": relation.country, "region": relation.region, "city": relation.city} | fields)
    fill(relation, fields)
    _check_openness(relation)
    if changed := changes(before, snapshot(relation)):
        record("relation.changed", by=by, subject=relation, changes=changed)
    return relation


@transaction.atomic
def set_relation_status(
    relation: Relation,
    *,
    by: User | None,
    status: str,
    since: date,
    decided_by: str,
    reason: str,
    **source: str,
) -> RelationStatus:
    """Add a status that holds from `since` on: who decided it, and why. Raises PermissionDenied,
    ValidationError."""
    require(by, "register.change_relation", relation)
    added = _add_status(relation, status, since, decided_by, reason, **source)
    data = {"status": status, "since": since, "decided_by": decided_by}
    record("relation.status-set", by=by, subject=relation, reason=reason, **data)
    return added


def _add_status(
    relation: Relation, status: str, since: date, decided_by: str, reason: str, **source: str
) -> RelationStatus:
    added = RelationStatus(relation=relation)
    fill(added, {"status": status, "since": since, "decided_by": decided_by, "reason": reason, **source})
    return added


def _check_openness(relation: Relation) -> None:
    """A relation is named after its partner, so it cannot be opened to readers who may not see the partner."""
    partner = relation.partner
    if relation.for_council and not (partner.for_council or partner.classification == Classification.PUBLIC):
        raise ValidationError(
            {"for_council": _("Council members may not see the partner. Open the partner for the council first.")}
        )
