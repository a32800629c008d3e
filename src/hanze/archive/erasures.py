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

from hanze.accounts.models import User
from hanze.archive.names import names_of
from hanze.register.models import Person

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


def reapply() -> int:
    """Erase again whoever was erased before and stands in this database still; return how many.

    Called after a backup was restored. A row with an erased person's number but none of her names is somebody else.
    """
    from hanze.archive import accounts, erasing

    ways: dict[str, tuple[Any, Any, Any]] = {
        "person": (Person, names_of, erasing.erase_again),
        "account": (User, accounts.names_of, accounts.erase_again),
    }
    done = 0
    for line in kept():
        model, names, erase_again = next(way for kind, way in ways.items() if kind in line)
        back = model.objects.filter(pk=line.get("person", line.get("account"))).first()
        if back is not None and any(_hash(line["salt"], name) in line["names"] for name in names(back)):
            erase_again(back, at=line["at"], reason=line["reason"])
            done += 1
    return done


def _hash(salt: str, name: str) -> str:
    return hashlib.pbkdf2_hmac("sha256", name.casefold().encode(), bytes.fromhex(salt), ROUNDS).hex()
