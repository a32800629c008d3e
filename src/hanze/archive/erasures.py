"""The list of erasures beside the database, so that an older backup does not bring anybody back.

One JSON line an erasure: the number of the row of the person or account, and salted hashes of the names she had, by
which the row in a restored database is known to be hers. No name can be read from it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

ROUNDS = 100_000


def path() -> Path:
    return Path(settings.ERASURES_FILE)


def keep(kind: Literal["person", "account"], pk: int, names: Iterable[str], *, at: str, reason: str) -> None:
    """Add one erasure to the list; on disk when this returns."""
    salt = secrets.token_hex(16)
    line = {kind: pk, "salt": salt, "names": sorted(_hash(salt, name) for name in names)}
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a", encoding="utf-8") as file:
        file.write(json.dumps({**line, "at": at, "reason": reason}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    path().chmod(0o600)


def kept() -> Iterator[dict[str, Any]]:
    """The erasures of the list, oldest first; a line that was cut off by a power failure is passed over."""
    if not path().exists():
        return
    for line in path().read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue


def is_hers(line: dict[str, Any], names: Iterable[str]) -> bool:
    """Whether who has these names is whom a line of the list is about."""
    return any(_hash(line["salt"], name) in line["names"] for name in names)


def _hash(salt: str, name: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", name.casefold().encode(), bytes.fromhex(salt), ROUNDS).hex()
