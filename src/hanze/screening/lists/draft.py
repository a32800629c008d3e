"""An entry while it is being read: gathers what rows and elements say of it, each thing once, in the order given."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from hanze.screening.entries import NOTHING, Entry, Gender, Identifier, Kind, ListedName, NameKind, PartialDate
from hanze.screening.lists.countries import country_codes
from hanze.screening.lists.dates import parse_birth_date
from hanze.screening.lists.identifiers import clean_number

GENDERS: dict[str, Gender] = {
    "m": "male", "male": "male", "man": "male", "masculine": "male", "mannelijk": "male",
    "f": "female", "female": "female", "v": "female", "vrouw": "female", "feminine": "female", "vrouwelijk": "female",
}  # fmt: skip


def tidy(text: str | None) -> str:
    """The text with every run of white space as one space, and none around it."""
    return " ".join(text.split()) if text else ""


class Draft:
    """What is known so far of one entry; `build` gives the entry."""

    __slots__ = (
        "birth_dates", "birth_places", "countries", "gender", "id", "identifiers",
        "kind", "list_id", "listed_on", "names", "programmes", "raw", "remarks",
    )  # fmt: skip

    def __init__(self, list_id: str, entry_id: str, kind: Kind = "unknown") -> None:
        self.list_id, self.id = list_id, entry_id
        self.kind: Kind = kind
        self.names: dict[str, ListedName] = {}
        self.countries: dict[str, None] = {}
        self.birth_dates: dict[PartialDate, None] = {}
        self.birth_places: dict[str, None] = {}
        self.identifiers: dict[Identifier, None] = {}
        self.programmes: dict[str, None] = {}
        self.remarks: dict[str, None] = {}
        self.raw: dict[str, dict[str, None]] = {}
        self.gender: Gender = "unknown"
        self.listed_on: date | None = None

    def name(self, text: str | None, kind: NameKind = "alias", given: str = "", family: str = "") -> None:
        """Add a name; the same spelling counts once, and what was said of it first stays."""
        text = tidy(text)
        if text and text not in self.names:
            if kind != "weak-alias" and kind != "former" and not text.isascii() and _another_script(text):
                kind = "original-script"
            self.names[text] = ListedName(text, kind, tidy(given), tidy(family))

    def country(self, spelling: str | None) -> None:
        """Add the countries that the text names; a spelling that no table knows is kept as raw."""
        if not spelling or not spelling.strip():
            return
        codes = country_codes(spelling)
        if codes is None:
            self.keep("country", spelling)
        else:
            self.countries.update(dict.fromkeys(codes))

    def birth_date(self, text: str | None) -> None:
        """Add the birth date that the text holds; what is no date is kept as raw."""
        text = tidy(text)
        if not text:
            return
        found = parse_birth_date(text)
        if found is None:
            self.keep("birth date", text)
        else:
            self.birth_dates[found] = None

    def birth_place(self, text: str | None) -> None:
        if text := tidy(text).rstrip("."):
            self.birth_places[text] = None

    def identifier(self, kind: str, value: str | None, country: str | None = "") -> None:
        """Add an identifier; its value is kept as written, less what no number starts or ends with."""
        value = clean_number(tidy(value))
        if value:
            codes = country_codes(country) if country else None
            self.identifiers[Identifier(kind, value, codes[0] if codes else "")] = None

    def programme(self, text: str | None) -> None:
        if text := tidy(text):
            self.programmes[text] = None

    def gendered(self, text: str | None) -> None:
        if text and self.gender == "unknown":
            self.gender = GENDERS.get(text.strip().rstrip(".").casefold(), "unknown")

    def remark(self, text: str | None) -> None:
        if text := tidy(text):
            self.remarks[text] = None

    def keep(self, key: str, value: str | None) -> None:
        """Keep what has no place of its own under the name that the list gives it."""
        if value := tidy(value):
            self.raw.setdefault(key, {})[value] = None

    def build(self) -> Entry:
        """The entry; its first name is primary where the list named none so."""
        names = tuple(self.names.values())
        if names and not any(name.kind == "primary" for name in names):
            first = next((name for name in names if name.kind == "alias"), names[0])
            primary = ListedName(first.text, "primary", first.given, first.family)
            names = (primary, *(name for name in names if name is not first))
        return Entry(
            list_id=self.list_id,
            id=self.id,
            kind=self.kind,
            names=names,
            countries=tuple(self.countries),
            birth_dates=tuple(self.birth_dates),
            birth_places=tuple(self.birth_places),
            gender=self.gender,
            identifiers=tuple(self.identifiers),
            programmes=tuple(self.programmes),
            listed_on=self.listed_on,
            remarks=" ".join(self.remarks),
            raw=MappingProxyType({key: " | ".join(values) for key, values in self.raw.items()})
            if self.raw
            else NOTHING,
        )


def _another_script(text: str) -> bool:
    """Whether most letters lie outside the Latin blocks (which end at U+024F, and go on from U+1E00 to U+1EFF)."""
    letters = [char for char in text if char.isalpha()]
    foreign = sum(1 for char in letters if char > "\u024f" and not "\u1e00" <= char <= "\u1eff")
    return foreign * 2 > len(letters)
