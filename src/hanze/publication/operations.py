"""Making a record public, keeping what is public true, and taking it back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.missions import operations as missions
from hanze.missions.models import Activity
from hanze.publication.contents import check, content_of, fingerprint_of
from hanze.publication.documents import copies_of, keep, offered
from hanze.publication.models import Item

PERMISSION = "publication.publish"


@transaction.atomic
def publish(
    kind: str, subject: Any, *, by: User | None, seen: str | None = None, documents: Collection[str] | None = None
) -> Item:
    """Make `subject` public as it is now, or renew what is public of it. `seen` is the fingerprint of the preview;
    `documents` the keys of the documents that go along (None: those that do now, as far as they are still there).

    Raises PermissionDenied, ValidationError (not public, not finished, changed since the preview, or a document of
    which no copy for everybody can be made).
    """
    require(by, PERMISSION, subject)
    check(kind, subject)
    item = _kept(kind, subject)
    copies = copies_of(kind, subject, along(item, subject) if documents is None else documents)
    content = content_of(kind, subject, copies)
    fingerprint = fingerprint_of(content)
    if seen is not None and seen != fingerprint:
        raise ValidationError(_("It changed since you looked. See what would be public now, and publish then."))
    if item is not None and item.is_public and item.fingerprint == fingerprint:
        return item
    now = timezone.now()
    item = item or Item(kind=kind, record_type=subject._meta.label_lower, record_id=subject.pk)
    if item.pk is None or not item.is_public:
        item.published_at, item.published_by = now, by
    item.content, item.fingerprint, item.changed_at = content, fingerprint, now
    item.withdrawn_at, item.withdrawn_by, item.withdrawn_because = None, None, ""
    item.save()
    keep(item, copies)
    record(
        "publication.published",
        by=by,
        subject=subject,
        kind=kind,
        fingerprint=fingerprint,
        documents=[copy.title for copy in copies],
    )
    if kind == Item.Kind.ACTIVITY and subject.publication != Activity.Publication.PUBLISHED:
        missions.publish_report(subject, by=by, text=subject.public_report, text_en=subject.public_report_en)
    return item


@transaction.atomic
def withdraw(item: Item, subject: Any, *, by: User | None, because: str) -> Item:
    """Take a record back: its address answers with `because` from now on, which everybody can read.

    Raises PermissionDenied, ValidationError (because; not public).
    """
    require(by, PERMISSION, subject)
    if not because.strip():
        raise ValidationError({"because": _("Say in a sentence why it is no longer public.")})
    if not item.is_public:
        raise ValidationError(_("This is not public."))
    item.withdrawn_at, item.withdrawn_by, item.withdrawn_because = timezone.now(), by, because.strip()
    item.content = {
        "nl": _withdrawn(item, "nl"),
        "en": _withdrawn(item, "en"),
        "data": {},
        "names": [],
        "documents": [],
    }
    item.save()
    item.documents.all().delete()
    record("publication.withdrawn", by=by, subject=subject, kind=item.kind, reason=because.strip())
    if item.kind == Item.Kind.ACTIVITY and subject.publication == Activity.Publication.PUBLISHED:
        missions.withdraw_report(subject, by=by, because=because)
    return item


def follow(kind: str, subject: Any, *, still: bool = True) -> None:
    """Keep what is public no more open than its record: it is taken back as soon as the record may not be public, or
    when `still` is false. A report that was published with the activity itself is public here too."""
    item = _kept(kind, subject)
    live = item is not None and item.is_public
    wanted = still and _may_be_public(kind, subject)
    if kind == Item.Kind.ACTIVITY:
        wanted = wanted and subject.publication == Activity.Publication.PUBLISHED
        if wanted and not (live and item is not None and _says_the_report(item, subject)):
            publish(kind, subject, by=None)
    if live and item is not None and not wanted:
        withdraw(item, subject, by=None, because=_("This was taken back by the organisation."))


def _may_be_public(kind: str, subject: Any) -> bool:
    try:
        check(kind, subject)
    except ValidationError:
        return False
    return True


def _says_the_report(item: Item, activity: Activity) -> bool:
    said = item.content["data"]
    return (said["report_nl"], said["report_en"]) == (activity.public_report, activity.public_report_en)


def _kept(kind: str, subject: Any) -> Item | None:
    return Item.objects.filter(kind=kind, record_id=subject.pk).first()


def along(item: Item | None, subject: Any) -> list[str]:
    """The keys of the documents that are public with the record now and still can be."""
    if item is None or not item.is_public:
        return []
    still = offered(item.kind, subject)
    return [each["key"] for each in item.content.get("documents", []) if each["key"] in still]


def _withdrawn(item: Item, language: str) -> dict[str, Any]:
    """Of a withdrawn item nothing is kept but that it was there."""
    return {"title": item.get_kind_display(), "subtitle": "", "facts": [], "html": ""}
