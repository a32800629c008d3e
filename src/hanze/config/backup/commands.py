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
    backup.set_defaults(run=_back_up)
    restore = commands.add_parser("restore", help="bring back what a backup holds, into an empty place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--replace", action="store_true", help="into a place with data: what is there is set aside")
    restore.set_defaults(run=_restore)


def _back_up(arguments: argparse.Namespace) -> int:
    from hanze.config.backup.writing import back_up

    file: Path = arguments.file.absolute()
    try:
        back_up(file, _say)
    except BackupError as error:
        return _refuse(error)
    _end()
    print(
        f"{file}: {file.stat().st_size:,} bytes. Keep it where this machine cannot reach it, and try it now and then."
    )
    return 0


def _restore(arguments: argparse.Namespace) -> int:
    from hanze.config.backup.reading import restore

    try:
        remarks = restore(arguments.file.absolute(), _say, replace=arguments.replace)
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
