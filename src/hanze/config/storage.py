"""Keeping files so that a crash leaves no half one: written under another name, on the disk, and only then named."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import models
from django.utils import timezone

UNFINISHED = ".part"
LEFT_ALONE_FOR = timedelta(hours=24)
"""A file that no row names may be one whose row is being written."""


class WholeFileStorage(FileSystemStorage):
    """A folder in which a name stands for a whole file, or does not exist."""

    def _save(self, name: str, content: Any) -> str:
        folder = PurePosixPath(name).parent
        waiting = super()._save(str(folder / f".{uuid.uuid4().hex}{UNFINISHED}"), content)
        _sync(self.path(waiting), os.O_RDWR)
        try:
            while True:
                try:
                    os.link(self.path(waiting), self.path(name))
                    break
                except FileExistsError:
                    name = self.get_available_name(name)
        finally:
            os.unlink(self.path(waiting))
        _sync(os.path.dirname(self.path(name)), os.O_RDONLY)
        return name


def orphans(older_than: timedelta = LEFT_ALONE_FOR) -> list[str]:
    """The kept files that no row names, left behind by a crash or a row that was refused; none that is newer."""
    named, limit = set(_named()), timezone.now() - older_than
    return [name for name in _kept() if name not in named and default_storage.get_modified_time(name) < limit]


def missing() -> list[str]:
    """The files that a row names and that are not there."""
    kept = set(_kept())
    return sorted(name for name in set(_named()) if name not in kept)


def sweep(older_than: timedelta = LEFT_ALONE_FOR) -> int:
    """Remove the orphans; how many there were."""
    found = orphans(older_than)
    for name in found:
        default_storage.delete(name)
    return len(found)


def _named() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                names = model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True)
                yield from (name for name in names.iterator() if name)


def _kept() -> Iterator[str]:
    root = Path(default_storage.path(""))
    if root.is_dir():
        yield from (path.relative_to(root).as_posix() for path in sorted(root.rglob("*")) if path.is_file())


def _sync(path: str, how: int) -> None:
    handle = os.open(path, how)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
