"""Making a backup: written beside and renamed, so that there is never half a file."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone

import hanze
from hanze.config.backup import FILES, FORMAT, FRAMEWORKS, LAST_BACKUP, MANIFEST, ROWS, BackupError, rows
from hanze.config.backup.locking import locked, recipients_of

Say = Callable[[str], None]
BLOCK = 1 << 20


@dataclass(frozen=True)
class Entry:
    """What the manifest says of one part of the file: bytes, fingerprint, and how many rows where it holds rows."""

    size: int
    sha256: str
    rows: int | None = None


def back_up(path: Path, say: Say, recipients: Sequence[str] = ()) -> None:
    """Write everything of this installation into `path`, which only the holders of the keys of `recipients` can read
    when there are any. Raises BackupError, and leaves nothing behind then."""
    public = recipients_of(recipients)
    if path.exists():
        raise BackupError(f"{path} exists already. Give every backup a name of its own.")
    if rows.is_behind():
        raise BackupError("The database is not at this version. Run first: hanze setup")
    waiting = path.with_name(f".{path.name}.part")
    try:
        with open_privately(waiting) as file, locked(file, public) as stream:
            _write(stream, say)
        sync(waiting)
        os.replace(waiting, path)
        sync(path.parent)
    except OSError as error:
        raise BackupError(f"The backup cannot be written: {error}") from error
    finally:
        waiting.unlink(missing_ok=True)
    _remember(path)


def _write(stream: BinaryIO, say: Say) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        entries = {**_rows(made, say), **_files(made, say), **_frameworks(made, say)}
        made.writestr(MANIFEST, json.dumps(_manifest(entries), indent=1))


def open_privately(path: Path) -> Any:
    """A new file that only its owner can read."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or that it was renamed in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _manifest(entries: dict[str, Entry]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "hanze": hanze.__version__,
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "migrations": rows.applied(),
        "settings": {
            "REQUEST_TERM_DAYS": settings.REQUEST_TERM_DAYS,
            "AGREEMENT_WARNING_DAYS": settings.AGREEMENT_WARNING_DAYS,
            "MAX_UPLOAD_MB": settings.MAX_UPLOAD_MB,
        },
        "entries": {name: {k: v for k, v in asdict(entry).items() if v is not None} for name, entry in entries.items()},
    }


def _rows(made: zipfile.ZipFile, say: Say) -> dict[str, Entry]:
    entries, total = {}, 0
    with rows.as_of_now() as alias:
        models = rows.tables(rows.applied(alias), alias)
        for number, model in enumerate(models, 1):
            name = f"{ROWS}{model._meta.label_lower}.jsonl"
            lines = (line.encode() for line in rows.lines(model, alias))
            entries[name] = _add(made, name, lines, counted=True)
            total += entries[name].rows or 0
            say(f"Database: table {number} of {len(models)}, {total:,} rows")
    return entries


def _files(made: zipfile.ZipFile, say: Say) -> dict[str, Entry]:
    return _folder(made, Path(settings.MEDIA_ROOT), FILES, "Files", say)


def _frameworks(made: zipfile.ZipFile, say: Say) -> dict[str, Entry]:
    return _folder(made, Path(settings.FRAMEWORKS_DIR), FRAMEWORKS, "Frameworks", say)


def _folder(made: zipfile.ZipFile, folder: Path, prefix: str, what: str, say: Say) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    found = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    for number, path in enumerate(found, 1):
        name = prefix + path.relative_to(folder).as_posix()
        try:
            entries[name] = _add(made, name, blocks_of(path))
        except FileNotFoundError:  # taken away since the folder was read
            continue
        if number % 50 == 0 or number == len(found):
            say(f"{what}: {number:,} of {len(found):,}")
    return entries


def blocks_of(path: Path) -> Iterator[bytes]:
    """The contents of a file, a megabyte at a time."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def _add(made: zipfile.ZipFile, name: str, parts: Iterable[bytes], counted: bool = False) -> Entry:
    """Add one part, a piece at a time. A file that is gone raises FileNotFoundError before anything is added."""
    digest, size, count = hashlib.sha256(), 0, 0
    pieces = iter(parts)
    piece = next(pieces, None)
    with made.open(name, "w", force_zip64=True) as target:
        while piece is not None:
            digest.update(piece)
            size, count = size + len(piece), count + 1
            target.write(piece)
            piece = next(pieces, None)
    return Entry(size, digest.hexdigest(), count if counted else None)


def _remember(path: Path) -> None:
    """For `hanze check`, which says when there has been no backup for long."""
    note = Path(settings.DATA_DIR) / LAST_BACKUP
    note.write_text(json.dumps({"at": timezone.now().isoformat(), "file": str(path)}))
