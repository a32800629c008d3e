"""`hanze backup FILE` and `hanze restore FILE`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hanze.config.backup import BackupError


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the parser of `hanze`."""
    backup = commands.add_parser("backup", help="write everything of this installation into one file")
    backup.add_argument("file", type=Path, metavar="FILE", help="a name that does not exist yet, such as today.hanze")
    backup.add_argument(
        "--for",
        dest="recipients",
        action="append",
        metavar="PUBLIC_KEY",
        help="lock it, so that only who has the key can read it; may be given more than once (HANZE_BACKUP_FOR)",
    )
    backup.set_defaults(run=_back_up)
    key = commands.add_parser("backup-key", help="make a key for locked backups")
    key.add_argument("file", type=Path, metavar="FILE", help="where the key goes; keep it away from this machine")
    key.set_defaults(run=_make_key)
    restore = commands.add_parser("restore", help="bring back what a backup holds, into an empty place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="into a place with data: what is there is set aside")
    restore.add_argument("--key", type=Path, metavar="FILE", help="the key of a locked backup")
    restore.set_defaults(run=_restore)


def _back_up(arguments: argparse.Namespace) -> int:
    from django.conf import settings

    from hanze.config.backup.writing import back_up

    file: Path = arguments.file.absolute()
    try:
        back_up(file, _say, arguments.recipients or settings.BACKUP_FOR)
    except BackupError as error:
        return _refuse(error)
    _end()
    print(
        f"{file}: {file.stat().st_size:,} bytes. Keep it where this machine cannot reach it, and try it now and then."
    )
    return 0


def _make_key(arguments: argparse.Namespace) -> int:
    from hanze.config.backup.locking import make_key

    try:
        public = make_key(arguments.file.absolute())
    except BackupError as error:
        return _refuse(error)
    print(f"{arguments.file}: keep this key away from here, in two places. Without it no locked backup can be read.")
    print(f"Lock backups with: hanze backup FILE --for {public}")
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from hanze.config.backup.reading import restore

    try:
        remarks = restore(arguments.file.absolute(), _say, replace=arguments.replace, key=arguments.key)
    except BackupError as error:
        return _refuse(error)
    _end()
    for remark in remarks:
        print(f"! {remark}")
    print("Everything is back. Run now: hanze setup, hanze check")
    return 0


def _say(text: str) -> None:
    """On a screen the progress stays on one line."""
    if sys.stdout.isatty():
        print(f"\r\x1b[K  {text}", end="", flush=True)


def _end() -> None:
    if sys.stdout.isatty():
        print()


def _refuse(error: BackupError) -> int:
    _end()
    print(f"hanze: {error}", file=sys.stderr)
    return 1
