"""What makes a party or an entry the one that it is: the facts on which a verdict about it rests."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal as OneOf

from hanze.screening.entries import Entry, PartialDate, Party

Field = OneOf["names", "kind", "birth_dates", "countries", "gender", "identifiers"]
FIELDS: tuple[Field, ...] = ("names", "kind", "birth_dates", "countries", "gender", "identifiers")


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that is another one than before, each side as sorted texts; empty is nothing known."""

    field: Field
    before: tuple[str, ...]
    after: tuple[str, ...]


def facts(side: Party | Entry) -> dict[Field, tuple[str, ...]]:
    """The facts by which a party or entry is known. Order, spaces and width of letters do not count, nor which of its
    names a list puts first."""
    return {
        "names": _sorted(_neat(name.text) for name in side.names),
        "kind": (side.kind,) if side.kind != "unknown" else (),
        "birth_dates": _sorted(_day(day) for day in side.birth_dates),
        "countries": _sorted(side.countries),
        "gender": (side.gender,) if side.gender != "unknown" else (),
        "identifiers": _sorted(f"{each.kind} {_neat(each.value)} {each.country}".strip() for each in side.identifiers),
    }


def fingerprint(side: Party | Entry) -> str:
    """The SHA-256 of the facts, in hexadecimal: another one when and only when a fact is."""
    canonical = json.dumps(facts(side), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def changes(before: Party | Entry, after: Party | Entry) -> tuple[Change, ...]:
    """The facts that differ, in the order of FIELDS."""
    old, new = facts(before), facts(after)
    return tuple(Change(field, old[field], new[field]) for field in FIELDS if old[field] != new[field])


def _neat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _sorted(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text}))


def _day(day: PartialDate) -> str:
    text = "-".join([f"{day.year:04}", *(f"{part:02}" for part in (day.month, day.day) if part)])
    return ("c. " if day.circa else "") + text + (f"/{day.last_year}" if day.last_year else "")
