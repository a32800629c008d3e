"""What is screened and against what: parties on one side, entries of lists on the other, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal as OneOf

from hanze.screening.packing import Packed

Kind = OneOf["person", "organisation", "vessel", "aircraft", "unknown"]
NameKind = OneOf["primary", "alias", "weak-alias", "former", "original-script"]
Gender = OneOf["female", "male", "unknown"]
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PartialDate(Packed):
    """A day, month or year as far as a list knows it; `circa` when the list says about.

    `last_year` closes a range of years ("between 1962 and 1965"); None when it is no range.
    """

    year: int
    month: int | None = None
    day: int | None = None
    circa: bool = False
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class ListedName(Packed):
    """A name as it is written, in whichever script. `given` and `family` only when the source tells them apart."""

    text: str
    kind: NameKind = "primary"
    given: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Identifier(Packed):
    """A number that stands for one party: `kind` is lei, registration, tax, passport, national-id, imo, swift or other.

    `country` is an ISO 3166 alpha-2 code, or empty when the source does not say.
    """

    kind: str
    value: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Party(Packed):
    """Someone or something that is screened: what we know of it. `id` is the caller's own."""

    id: str
    names: tuple[ListedName, ...]
    kind: Kind = "unknown"
    countries: tuple[str, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    gender: Gender = "unknown"
    identifiers: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list. `id` is the list's own and stays the same over editions; `raw` keeps what has no place here.

    `countries` are ISO 3166 alpha-2 codes (nationality, registration, address), `programmes` the measures or
    regulations under which it is listed, `listed_on` the day it was first listed where the list says so.
    """

    list_id: str
    id: str
    kind: Kind
    names: tuple[ListedName, ...]
    countries: tuple[str, ...] = ()
    birth_dates: tuple[PartialDate, ...] = ()
    birth_places: tuple[str, ...] = ()
    gender: Gender = "unknown"
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    listed_on: date | None = None
    remarks: str = ""
    raw: Mapping[str, str] = field(default_factory=lambda: NOTHING)
