"""Entries and parties as plain JSON data and back, for whoever keeps or sends them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from typing import Any, cast

from hanze.screening.entries import Entry, Identifier, ListedName, PartialDate, Party
from hanze.screening.scoring.findings import Agreement, Contradiction, Explanation, Missing, PartMatch
from hanze.screening.screen import Settings

Plain = dict[str, Any]


def entry_to_json(entry: Entry) -> Plain:
    """An entry as JSON data; what is empty is left out."""
    return _plain(entry)


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
    return _plain(party)


def party_from_json(plain: Mapping[str, Any]) -> Party:
    """A party as `party_to_json` wrote it."""
    return Party(id=plain["id"], kind=plain["kind"], **_shared(plain))


def explanation_to_json(explanation: Explanation) -> Plain:
    """An explanation as JSON data; what is empty is left out."""
    return _plain(explanation)


def explanation_from_json(plain: Mapping[str, Any]) -> Explanation:
    """An explanation as `explanation_to_json` wrote it."""
    return Explanation(
        party_name=ListedName(**plain["party_name"]),
        listed_name=ListedName(**plain["listed_name"]),
        parts=tuple(PartMatch(**part) for part in plain.get("parts", ())),
        agreements=tuple(Agreement(**each) for each in plain.get("agreements", ())),
        contradictions=tuple(Contradiction(**each) for each in plain.get("contradictions", ())),
        missing=tuple(Missing(**each) for each in plain.get("missing", ())),
    )


def settings_to_json(settings: Settings) -> Plain:
    """The settings of a screener as JSON data, for who has to show later how was screened."""
    return {
        "engine": settings.engine,
        "limit": settings.limit,
        "candidates": settings.candidates,
        "least": settings.least,
        "by_kind": {kind: asdict(each) for kind, each in settings.by_kind.items()},
        "by_list": {f"{list_id}/{kind}": asdict(each) for (list_id, kind), each in settings.by_list.items()},
    }


def _shared(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "names": tuple(ListedName(**name) for name in plain.get("names", ())),
        "countries": tuple(plain.get("countries", ())),
        "birth_dates": tuple(PartialDate(**day) for day in plain.get("birth_dates", ())),
        "gender": plain.get("gender", "unknown"),
        "identifiers": tuple(Identifier(**identifier) for identifier in plain.get("identifiers", ())),
    }


def _plain(record: Any) -> Plain:
    """The fields of a dataclass by name; what is empty is left out."""
    values = {each.name: _neat(getattr(record, each.name)) for each in fields(record)}
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _neat(value: Any) -> Any:
    if is_dataclass(value):
        return _plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return dict(cast(Mapping[str, Any], value))
    if isinstance(value, list | tuple):
        return [_neat(each) for each in cast(Sequence[Any], value)]
    return value
