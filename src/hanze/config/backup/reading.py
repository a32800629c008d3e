"""Bringing a backup back: everything is looked over first, and then all of it comes in or nothing does."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from hanze.archive.restored import reapply
from hanze.config.backup import FILES, FORMAT, FRAMEWORKS, MANIFEST, ROWS, BackupError, rows
from hanze.config.backup.locking import is_locked, key_in, unlock
from hanze.config.backup.writing import BLOCK, Say, sync

ARRIVING = ".restoring"


def restore(path: Path, say: Say, replace: bool = False, key: Path | None = None) -> list[str]:
    """Bring everything of the backup `path`, locked or not, into this installation: see `_restore`."""
    try:
        is_locked_one = is_locked(path)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except OSError as error:
        raise BackupError(f"The backup cannot be read: {error}") from error
    if not is_locked_one:
        return _restore(path, say, replace)
    if key is None:
        raise BackupError("This backup is locked. Name the file with its key: --key FILE")
    Path(settings.DATA_DIR).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".unlocked-", dir=settings.DATA_DIR) as folder:
        plain = Path(folder) / "backup"
        say("Unlocking it")
        unlock(path, key_in(key), plain)
        return _restore(plain, say, replace)


def _restore(path: Path, say: Say, replace: bool) -> list[str]:
    """Bring everything of the backup `path` into this installation; remarks on what is left to do.

    The place must be empty, or `replace` says that what is there may go: then its files and SQLite's database are kept
    beside, under a name that says when. Raises BackupError, and changes nothing then.
    """
    with _opened(path) as backup:
        manifest = _manifest(backup)
        _check(backup, manifest, say)
        nodes = [(str(app), str(name)) for app, name in manifest["migrations"]]
        _refuse_unknown(nodes, manifest)
        if not replace and not _is_empty():
            raise BackupError("There is data here already. Restore into an empty place, or add --replace.")
        stamp = f"{timezone.now():%Y%m%d-%H%M%S}"
        arriving = _unpack_files(backup, manifest, say)
        try:
            _bring_rows(backup, manifest, nodes, stamp, say)
        except BaseException:
            shutil.rmtree(arriving, ignore_errors=True)
            raise
        _put_in_place(arriving, Path(settings.MEDIA_ROOT), stamp)
        say("Upgrading the database to this version")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if again := reapply():
            say(f"Erased again: {again}, who had been erased since this backup")
        return _frameworks(backup, manifest, say)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError:
        raise BackupError(f"There is no file {path}.") from None
    except (zipfile.BadZipFile, OSError) as error:
        raise BackupError(f"{path} is no backup of Hanze, or it is damaged: {error}.") from error


def _manifest(backup: zipfile.ZipFile) -> dict[str, Any]:
    try:
        manifest = json.loads(backup.read(MANIFEST))
        form, entries = manifest["format"], manifest["entries"]
        _ = manifest["migrations"], manifest["hanze"], [entry["sha256"] for entry in entries.values()]
    except KeyError as error:
        raise BackupError(f"This is no backup of Hanze: {error} is missing.") from error
    except (zipfile.BadZipFile, ValueError, TypeError, AttributeError, OSError) as error:
        raise BackupError(f"The backup is damaged: {error}.") from error
    if form > FORMAT:
        raise BackupError(f"This backup was made by a newer Hanze ({manifest['hanze']}). Upgrade first, then restore.")
    return manifest


def _check(backup: zipfile.ZipFile, manifest: dict[str, Any], say: Say) -> None:
    """Compare each part with its fingerprint."""
    entries: dict[str, Any] = manifest["entries"]
    if odd := set(backup.namelist()) ^ {*entries, MANIFEST}:
        raise BackupError(f"The backup is damaged: {sorted(odd)[0]} is missing or does not belong in it.")
    for number, (name, entry) in enumerate(entries.items(), 1):
        if not _is_inside(name):
            raise BackupError(f"The backup is damaged: {name} is no name for a part of it.")
        digest = hashlib.sha256()
        try:
            with backup.open(name) as part:
                while block := part.read(BLOCK):
                    digest.update(block)
        except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError) as error:
            raise BackupError(f"The backup is damaged: {name} cannot be read ({error}).") from error
        except Exception as error:  # zlib.error and its like have no common ancestor
            raise BackupError(f"The backup is damaged: {name} cannot be read ({error}).") from error
        if digest.hexdigest() != entry["sha256"]:
            raise BackupError(f"The backup is damaged: {name} is not what it was when the backup was made.")
        if number % 50 == 0 or number == len(entries):
            say(f"Looking it over: {number:,} of {len(entries):,} parts")


def _is_inside(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return name.startswith((ROWS, FILES, FRAMEWORKS)) and ".." not in parts and "\\" not in name and "\0" not in name


def _refuse_unknown(nodes: rows.Nodes, manifest: dict[str, Any]) -> None:
    known = MigrationExecutor(connection).loader.graph.nodes
    ours = {app for app, _name in known}
    unknown = [f"{app}.{name}" for app, name in nodes if app in ours and (app, name) not in known]
    strange = [f"{app}.{name}" for app, name in nodes if app not in ours]
    if unknown or strange:
        what = (unknown or strange)[0]
        raise BackupError(
            f"This backup was made by a newer Hanze ({manifest['hanze']}; it has {what}). Upgrade first, then restore."
        )


def _is_empty() -> bool:
    tables = connection.introspection.table_names()
    media = Path(settings.MEDIA_ROOT)
    if media.is_dir() and any(each.is_file() for each in media.rglob("*")):
        return False
    return not any(_has_rows(table) for table in ("accounts_user", "audit_event") if table in tables)


def _has_rows(table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
        return cursor.fetchone() is not None


def _unpack_files(backup: zipfile.ZipFile, manifest: dict[str, Any], say: Say) -> Path:
    """The files, beside the place where they belong."""
    media = Path(settings.MEDIA_ROOT)
    arriving = media.with_name(media.name + ARRIVING)
    shutil.rmtree(arriving, ignore_errors=True)
    arriving.mkdir(parents=True)
    names = [name for name in manifest["entries"] if name.startswith(FILES)]
    try:
        for name in names:
            target = arriving / name.removeprefix(FILES)
            target.parent.mkdir(parents=True, exist_ok=True)
            with backup.open(name) as part, target.open("wb") as file:
                shutil.copyfileobj(part, file, BLOCK)
                file.flush()
                os.fsync(file.fileno())
            target.chmod(settings.FILE_UPLOAD_PERMISSIONS or 0o640)
    except OSError as error:
        shutil.rmtree(arriving, ignore_errors=True)
        raise BackupError(f"The files cannot be written: {error}") from error
    say(f"Files: {len(names):,}")
    return arriving


def _put_in_place(arriving: Path, media: Path, stamp: str) -> None:
    if media.exists():
        if any(media.iterdir()):
            media.rename(media.with_name(f"{media.name}.before-{stamp}"))
        else:
            media.rmdir()
    arriving.rename(media)
    sync(media.parent)


def _bring_rows(backup: zipfile.ZipFile, manifest: dict[str, Any], nodes: rows.Nodes, stamp: str, say: Say) -> None:
    """All rows in one transaction, into tables as they were when the backup was made."""
    aside = _set_aside(stamp)
    try:
        _make_tables(nodes)
        models = rows.tables(nodes)
        with transaction.atomic():
            _empty(models)
            for number, model in enumerate(models, 1):
                name = f"{ROWS}{model._meta.label_lower}.jsonl"
                expected = manifest["entries"].get(name, {}).get("rows", 0)
                count = rows.add(model, _lines(backup, name)) if name in manifest["entries"] else 0
                if count != expected:
                    raise BackupError(f"The backup is damaged: {name} has {count} rows and not {expected}.")
                say(f"Database: table {number} of {len(models)}")
            rows.set_counters(models)
    except BaseException as error:
        _take_back(aside)
        if isinstance(error, Exception) and not isinstance(error, BackupError):
            raise BackupError(f"The rows cannot be brought in: {error}") from error
        raise


def _lines(backup: zipfile.ZipFile, name: str) -> Iterator[str]:
    with backup.open(name) as part:
        for line in part:
            yield line.decode("utf-8")


def _make_tables(nodes: rows.Nodes) -> None:
    """The tables as they were after `nodes`: a place that is empty or new gets there, one that is further does not."""
    executor = MigrationExecutor(connection)
    wanted = set(nodes)
    done = set(executor.loader.applied_migrations)
    if extra := sorted(done - wanted):
        app, name = extra[0]
        raise BackupError(
            f"This backup is of an earlier version than this database ({app}.{name}). Restore it into an empty "
            "database; it is upgraded then."
        )
    last = [node for node in wanted if not wanted & set(executor.loader.graph.node_map[node].children)]
    executor.migrate([(app, name) for app, name in sorted((node[0], node[1]) for node in last)])


def _empty(models: list[Any]) -> None:
    with connection.cursor() as cursor:
        names = [connection.ops.quote_name(model._meta.db_table) for model in models]
        if connection.vendor == "postgresql":
            cursor.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY CASCADE")
            return
        for name in reversed(names):
            cursor.execute(f"DELETE FROM {name}")


def _database_file() -> Path | None:
    name = str(connection.settings_dict["NAME"])
    return Path(name) if connection.vendor == "sqlite" and not name.startswith(("file:", ":memory:")) else None


def _set_aside(stamp: str) -> tuple[Path, Path] | None:
    """Move SQLite's database away, so that the rows come into a new one: its log cannot be emptied, nor should it."""
    file = _database_file()
    if file is None or not file.exists():
        return None
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections.close_all()
    aside = file.with_name(f"{file.name}.before-{stamp}")
    _move(file, aside)
    return file, aside


def _take_back(aside: tuple[Path, Path] | None) -> None:
    if aside is None:
        return
    file, kept = aside
    connections.close_all()
    for part in (file, *_beside(file)):
        part.unlink(missing_ok=True)
    _move(kept, file)


def _move(file: Path, to: Path) -> None:
    """With what lies beside it: a server that still has it open goes on with these."""
    file.rename(to)
    for part, there in zip(_beside(file), _beside(to), strict=True):
        if part.exists():
            part.rename(there)


def _beside(file: Path) -> tuple[Path, ...]:
    return tuple(file.with_name(file.name + ending) for ending in ("-wal", "-shm"))


def _frameworks(backup: zipfile.ZipFile, manifest: dict[str, Any], say: Say) -> list[str]:
    """Lay the frameworks of the backup beside those in use, where they differ; what to do with them."""
    names = [name for name in manifest["entries"] if name.startswith(FRAMEWORKS)]
    folder = Path(settings.FRAMEWORKS_DIR)
    present = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    same = present.keys() == {name.removeprefix(FRAMEWORKS) for name in names} and all(
        hashlib.sha256(present[name.removeprefix(FRAMEWORKS)].read_bytes()).hexdigest()
        == manifest["entries"][name]["sha256"]
        for name in names
    )
    if same or not names:
        return []
    target = Path(settings.DATA_DIR) / "frameworks"
    for name in names:
        path = target / name.removeprefix(FRAMEWORKS)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(backup.read(name))
    say(f"Frameworks: {len(names)} files")
    return [f"The frameworks of the backup lie in {target}; to use them set HANZE_FRAMEWORKS_DIR={target}"]
