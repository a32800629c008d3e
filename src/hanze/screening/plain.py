"""Entries and parties as plain JSON data and back, for whoever keeps or sends them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, cast

from hanze.screening.entries import Entry, Identifier, ListedName, PartialDate, Party

Plain = dict[str, Any]


def entry_to_json(entry: Entry) -> Plain:
    """An entry as JSON data; what is empty is left out."""
    plain = _without_nothing(asdict(entry))
    if entry.listed_on is not None:
        plain["listed_on"] = entry.listed_on.isoformat()
    return plain


def entry_from_json(plain: Mapping[str, Any]) -> Entry:
    """An entry as `entry_to_json` wrote it."""
    listed_on = plain.get("listed_on")
    return Entry(
        list_id=plain["list_id"],
        id=plain["id"],
        kind=plain["kind"],
        birth_places=tuple(plain.get("birth_places", ())),
        programmes=tuple(plain.get("programmes", ())),
        listed_on=date.fromisoformat(listed_on) if listed_on else None,
        remarks=plain.get("remarks", ""),
        raw=plain.get("raw", {}),
        **_shared(plain),
    )


def party_to_json(party: Party) -> Plain:
    """A party as JSON data; what is empty is left out."""
    return _without_nothing(asdict(party))


def party_from_json(plain: Mapping[str, Any]) -> Party:
    """A party as `party_to_json` wrote it."""
    return Party(id=plain["id"], kind=plain["kind"], **_shared(plain))


def _shared(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "names": tuple(ListedName(**name) for name in plain.get("names", ())),
        "countries": tuple(plain.get("countries", ())),
        "birth_dates": tuple(PartialDate(**day) for day in plain.get("birth_dates", ())),
        "gender": plain.get("gender", "unknown"),
        "identifiers": tuple(Identifier(**identifier) for identifier in plain.get("identifiers", ())),
    }


def _without_nothing(plain: Plain) -> Plain:
    kept = {name: _neat(value) for name, value in plain.items()}
    return {name: value for name, value in kept.items() if value not in (None, "", [], {})}


def _neat(value: Any) -> Any:
    if isinstance(value, dict):
        return _without_nothing(cast(Plain, value))
    if isinstance(value, list | tuple):
        return [_neat(each) for each in cast(list[Any], value)]
    return value
