"""Organisations and the numbers they are registered under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.register.models import Identifier, Organisation
from hanze.register.numbers import neat
from hanze.register.saving import fill, snapshot

Numbers = Iterable[tuple[str, str]]


@transaction.atomic
def create_organisation(*, by: User | None, identifiers: Numbers = (), **fields: Any) -> Organisation:
    """Add an organisation with its `identifiers` as (scheme, value). Raises PermissionDenied, ValidationError."""
    require(by, "register.create_organisation")
    organisation = Organisation()
    check_place(fields)
    fill(organisation, fields)
    _set_identifiers(organisation, identifiers)
    record("organisation.created", by=by, subject=organisation)
    return organisation


@transaction.atomic
def change_organisation(
    organisation: Organisation, *, by: User | None, identifiers: Numbers | None = None, **fields: Any
) -> Organisation:
    """Change the given fields; `identifiers`, when given, replace the old ones. Raises PermissionDenied,
    ValidationError."""
    require(by, "register.change_organisation", organisation)
    before = _state(organisation)
    check_place({"country": organisation.country, "region": organisation.region, "city": organisation.city} | fields)
    fill(organisation, fields)
    if identifiers is not None:
        _set_identifiers(organisation, identifiers)
    if changed := changes(before, _state(organisation)):
        record("organisation.changed", by=by, subject=organisation, changes=changed)
    return organisation


def _state(organisation: Organisation) -> dict[str, Any]:
    stored = Organisation.objects.get(pk=organisation.pk)
    return snapshot(stored) | {"identifiers": sorted(stored.identifiers.values_list("scheme", "value"))}


def _set_identifiers(organisation: Organisation, numbers: Numbers) -> None:
    wanted = {(scheme, neat(scheme, value)) for scheme, value in numbers if value.strip()}
    for identifier in organisation.identifiers.all():
        if (identifier.scheme, identifier.value) in wanted:
            wanted.discard((identifier.scheme, identifier.value))
        else:
            identifier.delete()
    for scheme, value in sorted(wanted):
        fill(Identifier(organisation=organisation), {"scheme": scheme, "value": value})


def check_place(fields: dict[str, Any]) -> None:
    """A region or city lies in the country that is given."""
    country = fields.get("country")
    for name in ("region", "city"):
        place = fields.get(name)
        if place is not None and country is not None and place.country_id != country.pk:
            elsewhere = _("%(place)s does not lie in %(country)s.") % {"place": place, "country": country}
            raise ValidationError({name: elsewhere})
