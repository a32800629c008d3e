"""Contact moments with the national government, civil society and other authorities."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.casework.models import ContactMoment, Request
from hanze.casework.states import facts_changed

# From open to closed.
CLASSES = tuple(Classification.values)
# What an advice may rest on.
FACTS = frozenset({"fits_national_policy", "request", "counterpart", "country"})


@transaction.atomic
def record_contact(*, by: User | None, **fields: Any) -> ContactMoment:
    """Record a contact moment. About a request, it is as closed as the request and has its people on it.

    `fields` are the contact moment's own. Raises PermissionDenied, ValidationError (fields).
    """
    require(by, "casework.add_contact")
    request: Request | None = fields.get("request")
    team = list(fields.pop("team", ()))
    if request is not None:
        require(by, "casework.change_request", request)
        fields.setdefault("classification", request.classification)
        fields.setdefault("country", request.country)
        team += request.team.all()
    contact = ContactMoment(recorded_by=by, **fields)
    _check(contact)
    contact.save()
    contact.team.set(team)
    _keep_in_sight(contact, by)
    record("contact.recorded", by=by, subject=contact, case=_case_of(contact))
    if request is not None and contact.fits_national_policy is not None:
        facts_changed(request, by=by)
    return contact


@transaction.atomic
def change_contact(contact: ContactMoment, *, by: User | None, **fields: Any) -> ContactMoment:
    """Change the given fields. Raises PermissionDenied, ValidationError (fields)."""
    require(by, "casework.change_contact", contact)
    stored = ContactMoment.objects.select_for_update().get(pk=contact.pk)
    team = fields.pop("team", None)
    before = {name: getattr(stored, _column(name)) for name in fields}
    for name, value in fields.items():
        setattr(contact, name, value)
    _check(contact)
    changed = changes(before, {name: getattr(contact, _column(name)) for name in fields})
    if team is not None:
        changed |= changes({"team": sorted(_pks(stored))}, {"team": sorted(user.pk for user in team)})
        contact.team.set(team)
    if not changed:
        return contact
    contact.save()
    _keep_in_sight(contact, by)
    record("contact.changed", by=by, subject=contact, case=_case_of(contact), changes=changed)
    if changed.keys() & FACTS:
        for request in {each for each in (stored.request, contact.request) if each is not None}:
            facts_changed(request, by=by)
    return contact


def _check(contact: ContactMoment) -> None:
    contact.full_clean()
    request = contact.request
    if request is not None and CLASSES.index(contact.classification) < CLASSES.index(request.classification):
        raise ValidationError(
            {"classification": _("A contact moment cannot be more open than the request that it is about.")}
        )


def _case_of(contact: ContactMoment) -> Request | None:
    """The request in whose history it may stand: not when the contact moment is more closed than that."""
    request = contact.request
    return request if request is not None and contact.classification == request.classification else None


def _keep_in_sight(contact: ContactMoment, by: User | None) -> None:
    if by is not None and not ContactMoment.objects.visible_to(by).filter(pk=contact.pk).exists():
        contact.team.add(by)


def _column(name: str) -> str:
    return ContactMoment._meta.get_field(name).attname  # type: ignore[union-attr]


def _pks(contact: ContactMoment) -> list[int]:
    return list(contact.team.values_list("pk", flat=True))
