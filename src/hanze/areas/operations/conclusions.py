"""A person concludes which area is preferred; what the method advised is kept beside it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.areas import comparing
from hanze.areas.models import Area, Conclusion, Initiative
from hanze.audit.log import record
from hanze.clusters.ranking.methods import Method


@transaction.atomic
def conclude(initiative: Initiative, *, by: User | None, area: Area, because: str, method: Method) -> Conclusion:
    """Name the preferred area with the reason; it takes the place of an earlier conclusion, which stays on record.

    What `method` advises now is kept with it; nothing, when the areas cannot be compared yet.
    Raises PermissionDenied, ValidationError (no reason, an area of another initiative).
    """
    require(by, "areas.change_initiative", initiative)
    if area.initiative_id != initiative.pk:
        raise ValidationError({"area": _("Choose an area of this initiative.")})
    compared = comparing.compare(initiative, method)
    advised = [
        {"code": row.area.code, "name": row.area.name, "first": row.first}
        for row in (compared.rows if compared else ())
    ]
    made = Conclusion(initiative=initiative, area=area, because=because.strip(), by=by, method=method, advised=advised)
    made.full_clean()
    made.save()
    record("areas.concluded", by=by, subject=made, case=initiative, reason=made.because, area=area.name, method=method)
    return made
