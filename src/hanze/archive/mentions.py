"""Where somebody's names stand, as far as a reader may read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst

from hanze.accounts.models import User
from hanze.archive import places
from hanze.archive.names import hints_of, pattern_of
from hanze.archive.redacting import excerpts


@dataclass(frozen=True)
class Mention:
    """A text or file that holds one of the names; `text`: the words around each."""

    key: str
    kind: str
    number: int
    field: str
    text: list[str]

    def __str__(self) -> str:
        return f"{capfirst(self.kind)} {self.number}, {self.field}: {' / '.join(self.text[:3])}"


def mentions(
    names: Collection[str], reader: User, but: models.Model | None = None
) -> tuple[list[Mention], list[places.Unread]]:
    """Where one of these names stands in texts and files that `reader` may read, but for the row of `but` itself; and
    the files there that cannot be read."""
    if not names:
        return [], []
    pattern = pattern_of(names)
    own = (type(but), but.pk) if but is not None else None
    unread: list[places.Unread] = []
    found = [place for place in places.find(pattern, hints_of(names), unread) if (place.model, place.pk) != own]
    readable = places.readable([*found, *unread], reader)
    named = [
        Mention(place.key, place.kind, place.pk, place.label, excerpts(place.value, pattern))
        for place in found
        if place.key in readable
    ]
    return named, [each for each in unread if each.key in readable]
