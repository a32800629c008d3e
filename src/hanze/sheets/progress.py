"""How far long work is. Kept in a small file, since the work itself is one transaction that nobody else sees into."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings

EVERY = 50


def _path(imported: int) -> Path:
    return Path(settings.DATA_DIR) / "progress" / f"import-{imported}.json"


def report(imported: int, done: int, of: int, *, always: bool = False) -> None:
    """Keep that `done` of `of` rows are done; only now and then, for it is asked at every row."""
    if done % EVERY and not always:
        return
    path = _path(imported)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps({"done": done, "of": of}))
    os.replace(fresh, path)


def read(imported: int) -> tuple[int, int]:
    """Rows done, and how many there are; 0 of 0 when nothing is known."""
    try:
        kept = json.loads(_path(imported).read_text())
        return int(kept["done"]), int(kept["of"])
    except (OSError, ValueError, KeyError):
        return 0, 0


def forget(imported: int) -> None:
    _path(imported).unlink(missing_ok=True)
