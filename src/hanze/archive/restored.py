"""Erasing again whoever a restored backup brought back."""

from __future__ import annotations

from typing import Any

from hanze.accounts.models import User
from hanze.archive import accounts, erasing, names
from hanze.archive.erasures import is_hers, kept
from hanze.register.models import Person

WAYS: dict[str, tuple[Any, Any, Any]] = {
    "person": (Person, names.names_of, erasing.erase_again),
    "account": (User, accounts.names_of, accounts.erase_again),
}


def reapply() -> int:
    """Erase again whoever was erased before and stands in this database still; return how many.

    Called after a backup was restored. A row with an erased person's number but none of her names is somebody else.
    """
    done = 0
    for line in kept():
        kind = next(kind for kind in WAYS if kind in line)
        model, names_of, erase_again = WAYS[kind]
        back = model.objects.filter(pk=line[kind]).first()
        if back is not None and is_hers(line, names_of(back)):
            erase_again(back, at=line["at"], reason=line["reason"])
            done += 1
    return done
