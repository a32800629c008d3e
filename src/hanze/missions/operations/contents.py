"""What an activity is made of: places, programme, topics, costs, agreements, contact moments."""

from __future__ import annotations

from typing import Any, TypeAlias

from django.db import transaction

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.casework.models import ContactMoment
from hanze.missions.models import Activity, ActivityPlace, Cost, ProgrammeItem, Topic
from hanze.missions.operations.guards import lock, may_change, plain
from hanze.register.models import Agreement
from hanze.register.operations import create_agreement

Part: TypeAlias = ActivityPlace | ProgrammeItem | Topic | Cost

EVENTS: dict[type[Any], str] = {
    ActivityPlace: "place",
    ProgrammeItem: "programme-item",
    Topic: "topic",
    Cost: "cost",
}


def add_place(activity: Activity, *, by: User | None, **fields: Any) -> ActivityPlace:
    """Add a place after the others. Raises PermissionDenied, ValidationError (closed; country)."""
    fields.setdefault("order", activity.places.count())
    return _add(ActivityPlace(activity=activity, **fields), by)


def add_programme_item(activity: Activity, *, by: User | None, **fields: Any) -> ProgrammeItem:
    """Add an item to the programme. Raises PermissionDenied, ValidationError (closed; day; title)."""
    return _add(ProgrammeItem(activity=activity, **fields), by)


def raise_topic(activity: Activity, *, by: User | None, **fields: Any) -> Topic:
    """Record a topic: to be raised, or raised with its message and answer. Raises as `add_place` (subject)."""
    return _add(Topic(activity=activity, **fields), by)


def add_cost(activity: Activity, *, by: User | None, **fields: Any) -> Cost:
    """Add a cost in euros, never below zero. Raises PermissionDenied, ValidationError (closed; amount)."""
    return _add(Cost(activity=activity, **fields), by)


@transaction.atomic
def change_part(part: Part, *, by: User | None, **fields: Any) -> Part:
    """Change a place, programme item, topic or cost. Raises PermissionDenied, ValidationError."""
    may_change(part.activity, by)
    stored = plain(type(part).objects.get(pk=part.pk), *fields)
    for field, value in fields.items():
        setattr(part, field, value)
    part.full_clean()
    part.save()
    changed = changes(stored, plain(part, *fields))
    record(f"{EVENTS[type(part)]}.changed", by=by, subject=part, case=part.activity, changes=changed)
    return part


@transaction.atomic
def remove_part(part: Part, *, by: User | None) -> None:
    """Take a place, programme item, topic or cost away; the log keeps what it said. Raises PermissionDenied."""
    may_change(part.activity, by)
    names = [field.name for field in part._meta.concrete_fields if field.name not in ("id", "activity")]
    record(f"{EVENTS[type(part)]}.removed", by=by, subject=part, case=part.activity, was=plain(part, *names))
    part.delete()


@transaction.atomic
def add_agreement(
    activity: Activity, *, by: User | None, agreement: Agreement | None = None, **fields: Any
) -> Agreement:
    """Record that `agreement` was signed at the activity, or a new one made of `fields`.

    A new one is signed on the first day of the activity and has its classification unless `fields` say otherwise.
    Raises PermissionDenied, ValidationError (closed; the new agreement's own fields).
    """
    may_change(activity, by)
    if agreement is None:
        fields.setdefault("signed_on", activity.starts_on)
        fields.setdefault("classification", activity.classification)
        agreement = create_agreement(by=by, **fields)
    activity.agreements.add(agreement)
    record("activity.agreement-added", by=by, subject=activity, agreement=agreement.pk)
    return agreement


@transaction.atomic
def remove_agreement(activity: Activity, agreement: Agreement, *, by: User | None) -> None:
    """Say that an agreement was not signed at this activity; it stays in the register. Raises PermissionDenied."""
    may_change(activity, by)
    activity.agreements.remove(agreement)
    record("activity.agreement-removed", by=by, subject=activity, agreement=agreement.pk)


@transaction.atomic
def link_contact(activity: Activity, contact: ContactMoment, *, by: User | None) -> None:
    """Say that a contact moment was about this activity, closed or not. Raises PermissionDenied."""
    require(by, "missions.change_activity", activity)
    lock(activity)
    activity.contact_moments.add(contact)
    record("activity.contact-linked", by=by, subject=activity, contact=contact.pk)


@transaction.atomic
def unlink_contact(activity: Activity, contact: ContactMoment, *, by: User | None) -> None:
    """Say that a contact moment was not about this activity; it stays on record. Raises PermissionDenied."""
    require(by, "missions.change_activity", activity)
    activity.contact_moments.remove(contact)
    record("activity.contact-unlinked", by=by, subject=activity, contact=contact.pk)


@transaction.atomic
def _add(part: Any, by: User | None) -> Any:
    may_change(part.activity, by)
    part.full_clean()
    part.save()
    record(f"{EVENTS[type(part)]}.added", by=by, subject=part, case=part.activity)
    return part
