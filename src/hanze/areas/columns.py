"""Which columns a list of places can have, what they are called, and a guess which is which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from hanze.areas.models import PlaceList

Kind = PlaceList.Kind


@dataclass(frozen=True, slots=True)
class Column:
    """One of ours: its name in the engine, its label, and headings that mean it (small letters, no blanks)."""

    name: str
    label: Any
    known_as: tuple[str, ...]
    needed: bool = False
    without_shapes: bool = False
    """Only for a table without shapes, where it is needed."""


_ID = ("id", "code", "nummer", "number", "nr", "fid")
_ORGANIC = Column("organic", _("Organic (yes or no)"), ("organic", "biologisch", "bio", "eko", "skal"))

COLUMNS: dict[str, tuple[Column, ...]] = {
    Kind.FARMS: (
        Column("id", _("Number"), (*_ID, "bedrijf", "farm", "bedrijfsnummer", "brs"), needed=True),
        Column("x", _("X, or longitude"), ("x", "xrd", "rdx", "lon", "lengtegraad", "longitude"), without_shapes=True),
        Column("y", _("Y, or latitude"), ("y", "yrd", "rdy", "lat", "breedtegraad", "latitude"), without_shapes=True),
        Column("name", _("Name"), ("name", "naam", "bedrijfsnaam")),
        Column("sector", _("Sector"), ("sector", "tak", "bedrijfstype")),
        _ORGANIC,
        Column("takes_part", _("Takes part in swaps of land (yes or no)"), ("takespart", "doetmee", "deelname")),
    ),
    Kind.PARCELS: (
        Column("id", _("Number"), (*_ID, "perceel", "parcel", "perceelnummer"), needed=True),
        Column("farm", _("Number of the farm"), ("farm", "bedrijf", "eigenaar", "owner", "brs"), needed=True),
        Column("area", _("Hectares (else measured)"), ("area", "ha", "hectare", "oppervlakte", "hectares")),
        Column("value", _("Value in euro"), ("value", "waarde", "euro")),
        _ORGANIC,
    ),
    Kind.AREAS: (
        Column("id", _("Number"), (*_ID, "gebied", "area", "gemeentecode"), needed=True),
        Column("name", _("Name"), ("name", "naam", "gemeentenaam", "gebiedsnaam")),
    ),
    Kind.GOODS: (
        Column("id", _("Number"), _ID, needed=True),
        Column("farm", _("Number of the farm"), ("farm", "bedrijf", "bedrijfsnummer", "brs"), needed=True),
        Column("side", _("Offer or need"), ("side", "soort", "vraagofaanbod", "offerorneed"), needed=True),
        Column("product", _("Product"), ("product", "goed", "wat"), needed=True),
        Column("amount", _("How much"), ("amount", "hoeveelheid", "ton", "tonnen", "aantal"), needed=True),
        Column(
            "price",
            _("Euro a unit: what an offer asks, or what a need costs elsewhere"),
            ("price", "prijs", "euro", "europerton"),
            needed=True,
        ),
        Column("lowest", _("Quality: of an offer, or the least that a need takes"), ("lowest", "kwaliteit", "quality")),
        Column("highest", _("Quality: the most that a need takes"), ("highest", "hoogste", "kwaliteittot")),
        Column("season", _("Season (0, 1, …)"), ("season", "seizoen", "periode")),
    ),
}


def asked(kind: str, has_shapes: bool) -> tuple[Column, ...]:
    """The columns that a list of this kind can have."""
    return tuple(each for each in COLUMNS[kind] if not (each.without_shapes and has_shapes))


def guess(kind: str, headings: Sequence[str], has_shapes: bool) -> dict[str, str]:
    """Our columns with the heading that most likely holds each; a heading is used once."""
    plain = {
        "".join(letter for letter in heading.lower() if letter.isalnum()): heading for heading in reversed(headings)
    }
    found: dict[str, str] = {}
    for column in asked(kind, has_shapes):
        names = [name for name in column.known_as if name in plain and plain[name] not in found.values()]
        if names:
            found[column.name] = plain[names[0]]
    return found
