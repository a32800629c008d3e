"""What must hold after a process was killed, whatever it was doing."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection

from benchmarks.kills.work import BACKUPS, ROWS_OF_A_LIST, ROWS_OF_A_SHEET, UPLOAD, companies_of
from hanze.audit.models import Event
from hanze.casework.models import Decision, Request, RequestDocument
from hanze.config import storage
from hanze.evaluation.models import Snapshot
from hanze.register.models import Organisation
from hanze.sheets.models import Import
from hanze.watchlists.models import Edition, Watchlist

SHEET_EVENTS = ("import.done", "import.undone")
WHOLE = hashlib.sha256(UPLOAD).hexdigest()


def broken() -> list[str]:
    """What does not hold, in words; empty when all is well. Sweeps what lies about as `hanze check --sweep` does."""
    return [*_database(), *_events(), *_cases(), *_lists(), *_sheets(), *_files(), *_backups()]


def _database() -> Iterator[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        answer = cursor.execute("PRAGMA quick_check").fetchone()
        if answer != ("ok",):
            yield f"quick_check: {answer}"
        if wrong := cursor.execute("PRAGMA foreign_key_check").fetchall():
            yield f"foreign keys: {wrong[:3]}"


def _events() -> Iterator[str]:
    """Each change has its event and each event its change."""
    pairs = {
        "request.decided": set(map(str, Decision.objects.values_list("request_id", flat=True))),
        "document.added": set(map(str, RequestDocument.objects.values_list("pk", flat=True))),
        "evaluation.frozen": None,
        "watchlist.created": set(map(str, Watchlist.objects.values_list("pk", flat=True))),
    }
    for name, changed in pairs.items():
        told = Counter(Event.objects.filter(name=name).values_list("subject_id", flat=True))
        if changed is None:
            if sum(told.values()) != Snapshot.objects.count():
                yield f"{name}: {sum(told.values())} events, {Snapshot.objects.count()} snapshots"
        elif told.keys() != changed:
            yield f"{name}: {sorted(told.keys() ^ changed)[:3]}"


def _cases() -> Iterator[str]:
    decided = set(Request.objects.filter(state=Request.State.DECIDED).values_list("pk", flat=True))
    if decided != set(Decision.objects.values_list("request_id", flat=True)):
        yield "a decision without a decided request, or the reverse"
    advised = Request.objects.filter(state__in=[Request.State.ADVISED, Request.State.DECIDED])
    if advised.filter(receipts__isnull=True).exists():
        yield "a request was presented without an advice"


def _lists() -> Iterator[str]:
    """An edition in force has its event, its file and all its entries."""
    in_force = Edition.objects.filter(state=Edition.State.IN_FORCE)
    told = set(Event.objects.filter(name="edition.in-force").values_list("subject_id", flat=True))
    if told != {str(pk) for pk in in_force.values_list("pk", flat=True)}:
        yield "an edition came into force without its event, or the reverse"
    if in_force.exclude(entries=ROWS_OF_A_LIST).exists():
        yield "an edition is in force with a part of its entries"


def _sheets() -> Iterator[str]:
    """A spreadsheet is brought in as a whole, undone as a whole, or not at all; each with its event."""
    told = {name: set(Event.objects.filter(name=name).values_list("subject_id", flat=True)) for name in SHEET_EVENTS}
    for imported in Import.objects.iterator():
        made = Organisation.objects.filter(name__in=companies_of(Path(imported.file_name).stem)).count()
        done, undone = (str(imported.pk) in told[name] for name in SHEET_EVENTS)
        wanted = ROWS_OF_A_SHEET if done and not undone else 0
        if made != wanted:
            yield f"{imported.file_name}: {made} of {wanted} rows"
        if (imported.done_at is not None, imported.undone_at is not None) != (done, undone):
            yield f"{imported.file_name}: {imported.state}, and the log says otherwise"


def _files() -> Iterator[str]:
    storage.sweep(timedelta(0))
    if gone := storage.missing():
        yield f"files without contents: {gone[:3]}"
    if left := storage.orphans(timedelta(0)):
        yield f"left after sweeping: {left[:3]}"
    for document in RequestDocument.objects.order_by("-pk")[:5]:
        with document.file.open("rb") as file:
            if hashlib.sha256(file.read()).hexdigest() != document.sha256 or document.sha256 != WHOLE:
                yield f"{document.file.name} is not whole"


def _backups() -> Iterator[str]:
    folder = Path(settings.DATA_DIR) / BACKUPS
    for path in folder.glob("*.hanze"):
        try:
            with zipfile.ZipFile(path) as file:
                bad = file.testzip()
        except zipfile.BadZipFile:
            bad = "no zip"
        if bad is not None:
            yield f"half a backup: {path.name} ({bad})"
        path.unlink()
    for part in folder.glob(".*.part"):
        part.unlink()
