"""What every operation on an activity checks first."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.missions.models import Activity, Measure, Participation

SETTLED_STATES = (Activity.State.CLOSED, Activity.State.CANCELLED)


def lock(activity: Activity) -> None:
    """Hold the activity's row until the transaction ends, and take its state as it is now."""
    Activity.objects.select_for_update().filter(pk=activity.pk).values_list("pk").first()
    activity.refresh_from_db(fields=["state", "publication", "updated_at"])


def may_change(activity: Activity, by: User | None, permission: str = "missions.change_activity") -> None:
    """Raises PermissionDenied, or ValidationError when the activity is closed or cancelled."""
    require(by, permission, activity)
    lock(activity)
    if activity.state in SETTLED_STATES:
        raise ValidationError(
            _("This activity is %(state)s. Reopen it first.") % {"state": activity.get_state_display().lower()}
        )


def reason_given(because: str, field: str = "because") -> str:
    """The reason without blanks around it; raises ValidationError when there is none."""
    if not because.strip():
        raise ValidationError({field: _("Say why.")})
    return because.strip()


def party_of(record: Measure | Participation) -> dict[str, Any]:
    """Whom an event is about, for its data: the history is not to name a party that its reader may not see."""
    return {"organisation_id": record.organisation_id, "person_id": getattr(record, "person_id", None)}


def plain(record: Any, *fields: str) -> dict[str, Any]:
    """The named fields as the log keeps them: choices and dates by value, other records by name."""
    return {field: _plain(getattr(record, field)) for field in fields}


def _plain(value: Any) -> Any:
    if hasattr(value, "all"):
        return sorted(str(item) for item in value.all())
    return str(value) if hasattr(value, "_meta") else value
