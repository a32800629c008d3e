"""OpenSanctions' entities as JSON lines (followthemoney): people, organisations, vessels, aircraft that are targets.

Sanctions, passports and identifications are entities of their own that point at their holder; they are gathered in a
first pass. Old ids of merged entities (`referents`) are kept, so that verdicts can follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast

from hanze.screening.entries import Entry, Kind, NameKind
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.source import ListError, Source

LONGEST_LINE = 16 << 20
KINDS: dict[str, Kind] = {
    "Person": "person", "Organization": "organisation", "Company": "organisation", "PublicBody": "organisation",
    "LegalEntity": "unknown", "Vessel": "vessel", "Airplane": "aircraft",
}  # fmt: skip
NAMES: tuple[tuple[str, NameKind], ...] = (
    ("name", "alias"), ("alias", "alias"), ("weakAlias", "weak-alias"), ("previousName", "former"),
    ("abbreviation", "weak-alias"),
)  # fmt: skip
NUMBERS = {
    "leiCode": "lei", "registrationNumber": "registration", "uniqueEntityId": "registration",
    "ogrnCode": "registration",
    "uscCode": "registration", "taxNumber": "tax", "innCode": "tax", "vatCode": "tax", "passportNumber": "passport",
    "idNumber": "national-id", "socialSecurityNumber": "national-id", "imoNumber": "imo", "swiftBic": "swift",
    "mmsi": "other",
}  # fmt: skip
COUNTRIES = ("nationality", "citizenship", "jurisdiction", "country", "mainCountry", "flag")
POINTS_AT = {"Sanction": "entity", "Passport": "holder", "Identification": "holder"}
PLACED = frozenset(
    (*(name for name, _ in NAMES), *NUMBERS, *COUNTRIES, "birthDate", "birthPlace", "gender", "programId", "program")
)
Properties = dict[str, list[str]]


def read_opensanctions(source: Source) -> Iterator[Entry]:
    """The entries, in the order of the file. Refuses a line that is no entity; skips entities that are no target."""
    pointing: dict[str, list[tuple[str, Properties]]] = {}
    for line, entity in _entities(source.path):
        schema = entity["schema"]
        if schema in POINTS_AT:
            properties = _properties(source, line, entity)
            for target in properties.get(POINTS_AT[schema], ()):
                pointing.setdefault(target, []).append((schema, properties))
    known: set[str] = set()
    for line, entity in _entities(source.path):
        kind = KINDS.get(entity["schema"])
        if kind is None or entity.get("target") is False:
            continue
        source.rows += 1
        draft = Draft(source.list_id, entity["id"], kind)
        if draft.id in known:
            raise source.refuse(line, f"entity {draft.id} stands in this file twice.")
        known.add(draft.id)
        _read(draft, entity, _properties(source, line, entity), pointing.pop(draft.id, []))
        if not draft.names:
            raise source.refuse(line, f"entity {draft.id} has no name.")
        _look_for_day(source, entity)
        yield draft.build()


def _entities(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    line = 0
    try:
        with path.open("rb") as file:
            while text := file.readline(LONGEST_LINE + 1):
                line += 1
                if len(text) > LONGEST_LINE:
                    raise ListError(path, line, "this line is longer than 16 MB.")
                if text.strip():
                    loaded: Any = json.loads(text)
                    entity = cast("dict[str, Any]", loaded) if isinstance(loaded, dict) else {}
                    if (
                        not isinstance(entity.get("id"), str)
                        or not isinstance(entity.get("schema"), str)
                        or not entity["id"]
                    ):
                        raise ListError(path, line, "this line is no entity: it needs an id and a schema.")
                    yield line, entity
    except (ValueError, RecursionError) as error:
        if isinstance(error, ListError):
            raise
        raise ListError(path, line, f"this line is no JSON: {error}. Is the file cut off?") from None
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None


def _properties(source: Source, line: int, entity: dict[str, Any]) -> Properties:
    loaded: Any = entity.get("properties")
    if not isinstance(loaded, dict):
        raise source.refuse(line, f"entity {entity['id']} has no properties.")
    found: Properties = {}
    for name, values in cast("dict[str, Any]", loaded).items():
        if isinstance(values, list):
            found[name] = [_word(value) for value in cast("list[Any]", values)]
    return found


def _word(value: Any) -> str:
    """A value as text; a nested entity by its id."""
    if isinstance(value, dict):
        return str(cast("dict[str, Any]", value).get("id", ""))
    return value if isinstance(value, str) else str(value)


def _read(draft: Draft, entity: dict[str, Any], said: Properties, pointing: list[tuple[str, Properties]]) -> None:
    caption = entity.get("caption")
    given, family = " ".join(said.get("firstName", ())[:1]), " ".join(said.get("lastName", ())[:1])
    if isinstance(caption, str) and caption in said.get("name", ()):
        split = all(part in caption for part in (given, family))
        draft.name(caption, "primary", given if split else "", family if split else "")
    for name, kind in NAMES:
        for text in said.get(name, ()):
            draft.name(text, kind)
    _read_circumstances(draft, said)
    for schema, other in pointing:
        _read_pointing(draft, schema, other)
    for text in said.get("notes", ()):
        draft.remark(text)
    for name, values in said.items():
        if name not in PLACED and name != "notes":
            draft.keep(name, " ; ".join(values))
    for name in ("referents", "datasets"):
        values = entity.get(name)
        if isinstance(values, list):
            draft.keep(name, " ".join(str(value) for value in cast("list[Any]", values)))


def _read_circumstances(draft: Draft, said: Properties) -> None:
    for name in COUNTRIES:
        for country in said.get(name, ()):
            draft.country(country)
    for name, kind in NUMBERS.items():
        for number in said.get(name, ()):
            draft.identifier(kind, number)
    for born in said.get("birthDate", ()):
        draft.birth_date(born)
    for place in said.get("birthPlace", ()):
        draft.birth_place(place)
    draft.gendered(next(iter(said.get("gender", ())), ""))
    for programme in (*said.get("programId", ()), *said.get("program", ())):
        draft.programme(programme)


def _read_pointing(draft: Draft, schema: str, said: Properties) -> None:
    if schema == "Sanction":
        for programme in (*said.get("programId", ()), *said.get("program", ())):
            draft.programme(programme)
        days: list[date | None] = [parse_day(day) for day in (*said.get("listingDate", ()), *said.get("startDate", ()))]
        draft.listed_on = min(filter(None, (*days, draft.listed_on)), default=None)
    else:
        country = next(iter(said.get("country", ())), "")
        for number in said.get("number", ()):
            draft.identifier("passport" if schema == "Passport" else "national-id", number, country)


def _look_for_day(source: Source, entity: dict[str, Any]) -> None:
    """The list's day is the last on which any entity was seen."""
    seen = entity.get("last_seen")
    day = parse_day(seen[:10]) if isinstance(seen, str) else None
    source.edition_date = max(filter(None, (day, source.edition_date)), default=None)
