"""What the public may read of an activity."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.classification import Classification
from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.missions.models import Activity
from hanze.missions.operations.guards import lock, reason_given

PERMISSION = "missions.publish_report"
Publication = Activity.Publication


@transaction.atomic
def publish_report(activity: Activity, *, by: User | None, text: str, text_en: str = "") -> Activity:
    """Put the report (Markdown, Dutch and if wished English) of a held activity on the public pages.

    Raises PermissionDenied, ValidationError (text: empty; not held; not classified as public).
    """
    require(by, PERMISSION, activity)
    lock(activity)
    if not text.strip():
        raise ValidationError({"text": _("Write the report first.")})
    if activity.state not in (Activity.State.HELD, Activity.State.CLOSED):
        raise ValidationError(_("A report is published when the activity was held."))
    if activity.classification != Classification.PUBLIC:
        raise ValidationError(
            _("Only the report of a public activity can be published. Change its classification first.")
        )
    activity.public_report, activity.public_report_en = text.strip(), text_en.strip()
    _set(activity, Publication.PUBLISHED)
    record("activity.report-published", by=by, subject=activity)
    return activity


@transaction.atomic
def withdraw_report(activity: Activity, *, by: User | None, because: str) -> Activity:
    """Take a report back from the public pages; its text stays. Raises PermissionDenied, ValidationError (because)."""
    require(by, PERMISSION, activity)
    lock(activity)
    if activity.publication != Publication.PUBLISHED:
        raise ValidationError(_("No report is public."))
    reason = reason_given(because)
    _set(activity, Publication.TO_PUBLISH)
    record("activity.report-withdrawn", by=by, subject=activity, reason=reason)
    return activity


@transaction.atomic
def set_publication(activity: Activity, *, by: User | None, publication: str, text: str, text_en: str = "") -> Activity:
    """Say whether a report is to be published and keep its draft, without publishing it.

    Raises PermissionDenied, ValidationError (publication: published is what `publish_report` does).
    """
    require(by, PERMISSION, activity)
    lock(activity)
    if Publication.PUBLISHED in (publication, activity.publication):
        raise ValidationError({"publication": _("Publish the report, or take it back, instead.")})
    activity.public_report, activity.public_report_en = text.strip(), text_en.strip()
    _set(activity, Publication(publication))
    record("activity.publication-set", by=by, subject=activity, publication=publication)
    return activity


def _set(activity: Activity, publication: Publication) -> None:
    activity.publication = publication
    activity.full_clean()
    activity.save()
