"""Which organisation Hanze works for."""

from __future__ import annotations

from django.db import transaction

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.register.models import Organisation


@transaction.atomic
def set_home(organisation: Organisation, *, by: User | None) -> Organisation:
    """Make `organisation` the one that Hanze works for. Raises PermissionDenied."""
    require(by, "register.set_home", organisation)
    Organisation.objects.filter(is_home=True).exclude(pk=organisation.pk).update(is_home=False)
    organisation.is_home = organisation.own_region = True
    organisation.save(update_fields=["is_home", "own_region"])
    record("organisation.made-home", by=by, subject=organisation)
    return organisation
