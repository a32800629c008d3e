"""Lists and their editions: an edition is read and looked at before it comes into force.

Until then, and when it cannot be read, the edition in force stays in force.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from hanze.accounts.models import User
from hanze.accounts.permissions import require
from hanze.audit.log import changes, record
from hanze.register.documents import fingerprint
from hanze.register.sniffing import RefusedError, check_data
from hanze.watchlists.models import Edition, Watchlist

FIELDS = (
    "name",
    "name_en",
    "keeper",
    "publisher",
    "second_person",
    "address",
    "fetch",
    "hit_from",
    "near_from",
    "active",
)
State = Edition.State
LONGEST_NAME = 200
STILL_THERE = (State.READING, State.COLUMNS, State.PREVIEW, State.IN_FORCE)


@transaction.atomic
def create_list(*, by: User | None, **fields: Any) -> Watchlist:
    """Add a list, still without an edition. Raises PermissionDenied, ValidationError."""
    require(by, "watchlists.change_list")
    watchlist = Watchlist(**fields)
    watchlist.full_clean()
    watchlist.save()
    record("watchlist.created", by=by, subject=watchlist)
    return watchlist


@transaction.atomic
def change_list(watchlist: Watchlist, *, by: User | None, **fields: Any) -> Watchlist:
    """Change a list's name, address, thresholds or use. Raises PermissionDenied, ValidationError."""
    require(by, "watchlists.change_list", watchlist)
    before = {name: getattr(watchlist, name) for name in FIELDS}
    for name, value in fields.items():
        setattr(watchlist, name, value)
    watchlist.full_clean()
    watchlist.save()
    after = {name: getattr(watchlist, name) for name in FIELDS}
    record("watchlist.changed", by=by, subject=watchlist, changes=changes(before, after))
    return watchlist


@transaction.atomic
def note_fetching(watchlist: Watchlist, problem: str, *, by: User | None) -> Watchlist:
    """Keep with a list why its newest edition could not be fetched, until it can; empty when it could.

    Raises PermissionDenied.
    """
    require(by, "watchlists.change_list", watchlist)
    if problem or watchlist.fetch_problem:
        watchlist.fetch_problem = problem
        watchlist.save(update_fields=["fetch_problem"])
        record("edition.not-fetched" if problem else "edition.fetched-again", by=by, subject=watchlist, reason=problem)
    return watchlist


@transaction.atomic
def receive_edition(watchlist: Watchlist, file: File, *, by: User | None) -> Edition:
    """Keep a file that was handed in; `read_received` reads it. Raises PermissionDenied, ValidationError."""
    require(by, "watchlists.change_list", watchlist)
    try:
        check_data(file)  # type: ignore[arg-type]
    except RefusedError as error:
        raise ValidationError({"file": str(error)}) from error
    digest = fingerprint(file)
    waiting = watchlist.editions.filter(sha256=digest, state__in=STILL_THERE)
    if waiting.exists():
        raise ValidationError({"file": _("This edition was handed in before.")})
    edition = Edition.objects.create(
        watchlist=watchlist, file=file, file_name=_short(Path(file.name or "list.dat")), sha256=digest, received_by=by
    )
    record("edition.received", by=by, subject=edition)
    return edition


def _short(path: Path) -> str:
    """The name of a file, cut to what is kept of it; what tells its form stays."""
    return path.stem[: LONGEST_NAME - len(path.suffix)] + path.suffix
