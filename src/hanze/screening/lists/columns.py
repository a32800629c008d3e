"""Which column of an own list, or of a file with parties, holds what."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, cast

from hanze.screening.entries import Kind

FIELDS = (
    "id", "name", "given", "family", "aliases", "weak_aliases", "original_script", "type", "country", "birth_date",
    "birth_place", "gender", "identifiers", "programme", "listed_on", "remarks",
)  # fmt: skip
KINDS: dict[str, Kind] = {
    "person": "person", "individual": "person", "natural person": "person", "persoon": "person", "p": "person",
    "natuurlijk persoon": "person", "mens": "person", "i": "person",
    "organisation": "organisation", "organization": "organisation", "entity": "organisation", "company": "organisation",
    "enterprise": "organisation", "organisatie": "organisation", "bedrijf": "organisation", "e": "organisation",
    "onderneming": "organisation", "instelling": "organisation", "legal entity": "organisation",
    "rechtspersoon": "organisation",
    "vessel": "vessel", "ship": "vessel", "schip": "vessel", "vaartuig": "vessel",
    "aircraft": "aircraft", "airplane": "aircraft", "vliegtuig": "aircraft",
    "": "unknown", "unknown": "unknown", "onbekend": "unknown",
}  # fmt: skip
LAST_ROW = 1_048_576
_KEPT = {"of", "kind", "separator", "heading"}


class ColumnsError(ValueError):
    """A mapping of columns that cannot be used; says what to write instead."""


@dataclass(frozen=True, slots=True)
class Columns:
    """`of` maps a field of FIELDS to the name of its column; `separator` divides several values in a cell (aliases,
    countries, identifiers); `kind` is what a row is when no column says so; `edition` is the day of the edition;
    `heading` is the number of the row with the names of the columns (0: the first row that is not blank)."""

    of: Mapping[str, str]
    kind: Kind = "unknown"
    separator: str = ";"
    programme: str = ""
    edition: str = ""
    list_id: str = ""
    heading: int = 0


def read_columns(path: Path) -> Columns:
    """A mapping from a YAML file: `columns` (field: name of the column), and optionally `list`, `kind`, `separator`,
    `programme`, `edition`, `heading`. Raises ColumnsError."""
    import yaml

    try:
        loaded: Any = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise ColumnsError(f"{path.name} cannot be read: {error}") from None
    if not isinstance(loaded, dict) or not isinstance(cast("dict[str, Any]", loaded).get("columns"), dict):
        raise ColumnsError(f"{path.name}: write `columns:` with under it one `field: name of the column` a line.")
    said = {str(key): value for key, value in cast("dict[object, Any]", loaded).items()}
    of = {str(key): str(value) for key, value in said.pop("columns").items()}
    _check(path, of, said)
    kind = KINDS[str(said.get("kind") or "").casefold()]
    words = {key: str(said.get(key) or "") for key in ("programme", "edition", "list")}
    separator = str(said.get("separator") or ";")
    return Columns(of, kind, separator, words["programme"], words["edition"], words["list"], said.get("heading") or 0)


def _check(path: Path, of: Mapping[str, str], said: Mapping[str, Any]) -> None:
    for name in of:
        if name not in FIELDS:
            raise ColumnsError(f"{path.name}: {name!r} is no field. Write one of: {', '.join(FIELDS)}.")
    for name in said:
        if name not in ("list", "kind", "separator", "programme", "edition", "heading"):
            raise ColumnsError(
                f"{path.name}: {name!r} is not known."
                " Write columns, list, kind, separator, programme, edition, heading."
            )
    if not _is_row(said.get("heading") or 0):
        raise ColumnsError(f"{path.name}: write as heading the number of the row with the names of the columns.")
    if "name" not in of and "family" not in of:
        raise ColumnsError(f"{path.name}: say which column holds the name (`name:`, or `given:` and `family:`).")
    if str(said.get("kind") or "").casefold() not in KINDS:
        raise ColumnsError(f"{path.name}: write kind: person, organisation, vessel or aircraft.")


def columns_from(plain: Mapping[str, object]) -> Columns:
    """A mapping as it is kept in a database: `of` (field: name of the column), and optionally `kind`, `separator`,
    `heading`.

    Raises ColumnsError for anything else.
    """
    of, kind, separator = plain.get("of"), plain.get("kind", "unknown"), plain.get("separator", ";")
    if not isinstance(of, dict) or not isinstance(separator, str) or not separator or set(plain) - _KEPT:
        raise ColumnsError("write `of` with for each field the name of its column.")
    named = {str(field): str(column) for field, column in cast("dict[object, object]", of).items()}
    unknown = [field for field in named if field not in FIELDS]
    if unknown:
        raise ColumnsError(f"{unknown[0]!r} is no field. Write one of: {', '.join(FIELDS)}.")
    if "name" not in named and "family" not in named:
        raise ColumnsError("say which column holds the name (`name`, or `given` and `family`).")
    if str(kind).casefold() not in KINDS:
        raise ColumnsError("write as kind person, organisation, vessel or aircraft.")
    heading = plain.get("heading", 0)
    if not isinstance(heading, int) or not _is_row(heading):
        raise ColumnsError("write as heading the number of the row with the names of the columns.")
    return Columns(named, KINDS[str(kind).casefold()], separator, heading=heading)


def _is_row(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= LAST_ROW


def recognise(header: Sequence[str]) -> dict[str, str]:
    """Field → column, for the columns that have a usual name (`data/columns.yaml`, Dutch and English)."""
    usual, found = _usual(), dict[str, str]()
    for column in header:
        name = usual.get(plain(column))
        if name and name not in found:
            found[name] = column
    return found


def plain(column: str) -> str:
    """A column name in lower-case letters and digits only."""
    decomposed = unicodedata.normalize("NFKD", column.casefold())
    return re.sub(r"[^a-z0-9]", "", decomposed)


@cache
def _usual() -> dict[str, str]:
    import yaml

    text = files("hanze.screening").joinpath("data", "columns.yaml").read_text("utf-8")
    loaded = cast("dict[str, list[str]]", yaml.safe_load(text))
    return {plain(name): key for key, names in loaded.items() for name in (key, *names)}
