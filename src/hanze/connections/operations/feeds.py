"""Making, renewing and revoking the address of a calendar feed; keeping that it was fetched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import record
from hanze.audit.reading import LOGGED_CLASSES
from hanze.connections import keys
from hanze.connections.models import CalendarFeed

PREFIX = "agenda_"


@transaction.atomic
def create_feed(*, by: User, **fields: Any) -> tuple[CalendarFeed, str]:
    """A feed of `by`, and the secret in its address, which nothing keeps.

    Raises PermissionDenied; ValidationError (fields; role: one that `by` does not hold).
    """
    require(by, "connections.keep_feeds")
    feed = CalendarFeed(owner=by, **fields)
    if feed.role and feed.role not in by.roles:
        raise ValidationError({"role": _("You do not hold this role yourself.")})
    secret = _new_address(feed)
    record("feed.created", by=by, subject=feed, role=feed.role, content=feed.content, ceiling=feed.ceiling)
    return feed, secret


@transaction.atomic
def renew_feed(feed: CalendarFeed, *, by: User) -> str:
    """Another address for the same feed; the old one shows nothing any more. Raises PermissionDenied."""
    _must_own(feed, by)
    secret = _new_address(feed)
    record("feed.renewed", by=by, subject=feed)
    return secret


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User) -> CalendarFeed:
    """Let the address show nothing any more. Raises PermissionDenied."""
    _must_own(feed, by)
    feed.revoked_at = timezone.now()
    feed.save(update_fields=["revoked_at"])
    record("feed.revoked", by=by, subject=feed)
    return feed


@transaction.atomic
def note_fetch(feed: CalendarFeed, etag: str, given: Sequence[models.Model]) -> None:
    """Keep when a feed was fetched; and in the log which confidential records it gave out, when that changed."""
    changed = feed.last_etag != etag
    feed.last_fetched_at, feed.last_etag = timezone.now(), etag
    feed.save(update_fields=["last_fetched_at", "last_etag"])
    secret = [f"{each._meta.label_lower}:{each.pk}" for each in given if _is_secret(each)]
    if changed and secret:
        record("feed.fetched", by=feed.owner, subject=feed, records=secret)


def _new_address(feed: CalendarFeed) -> str:
    secret = keys.new_key(PREFIX)
    feed.fingerprint, feed.last_etag = keys.fingerprint(secret), ""
    feed.full_clean()
    feed.save()
    return secret


def _must_own(feed: CalendarFeed, by: User) -> None:
    require(by, "connections.keep_feeds")
    if feed.owner_id != by.pk or feed.revoked_at is not None:
        raise PermissionDenied


def _is_secret(each: models.Model) -> bool:
    return getattr(each, "classification", "") in LOGGED_CLASSES
