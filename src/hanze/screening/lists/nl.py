"""The Dutch national terrorism list (nationale sanctielijst terrorisme), OpenDocument sheet, in English or Dutch.

The list numbers nobody. An entry's id is made of its name and birth date; where the list corrects one of these, the old
entry leaves and a new one comes, and the preview of the edition shows both.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from hanze.screening.entries import Entry
from hanze.screening.lists.columns import plain
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.sheets import sheet_rows
from hanze.screening.lists.source import ListError, Source

STARTS = {
    "surname": "family", "achternaam": "family", "naam": "family", "name": "family",
    "firstname": "given", "voorna": "given",
    "alias": "alias",
    "dateofbirth": "born", "geboortedatum": "born",
    "placeofbirth": "place", "geboorteplaats": "place",
    "dateofministerialdecision": "decided", "datumministerieel": "decided", "datumbesluit": "decided",
    "link": "notification", "publicatie": "notification",
}  # fmt: skip
NOT_A_PLACE = re.compile(r"^n(?:/a|\.?v\.?t\.?)\b:?\s*", re.I)
ALIASES = re.compile(r"\s*[;\n]\s*|,\s+(?=[A-Z])")
HEADER_WITHIN = 12


def is_dutch_list(path: Path) -> bool:
    """Whether the sheet has the columns of the Dutch list."""
    try:
        for at, (_, cells) in enumerate(sheet_rows(path)):
            if _is_header(cells):
                return True
            if at == HEADER_WITHIN:
                break
    except ListError:
        return False
    return False


def read_nl_sheet(source: Source) -> Iterator[Entry]:
    """The entries; the header is looked for below the title rows. Raises ListError when it is not there, or for a row
    without a name."""
    rows = sheet_rows(source.path)
    header: list[str] = []
    known: dict[str, int] = {}
    for number, cells in rows:
        if not header:
            if _is_header(cells):
                header = [_field(cell) for cell in cells]
            elif number > HEADER_WITHIN:
                break
            else:
                _look_for_day(source, cells)
            continue
        said = {field: cell for field, cell in zip(header, cells, strict=False) if field and cell}
        if len(said) < 2:
            continue
        source.rows += 1
        draft = _draft(source, number, said)
        if draft.id in known:
            raise source.refuse(number, f"this row names the same as row {known[draft.id]}.")
        known[draft.id] = number
        yield draft.build()
    if not header:
        raise source.refuse(
            0, "no row holds the columns of the Dutch list (Surname, First name(s), Alias, Date of Birth …)."
        )


def _draft(source: Source, number: int, said: dict[str, str]) -> Draft:
    given, family, born = said.get("given", ""), said.get("family", ""), said.get("born", "")
    no_place = NOT_A_PLACE.match(said.get("place", ""))
    person = bool(given) and not no_place
    name = " ".join(filter(None, (given, family)))
    if not name:
        raise source.refuse(number, "this row has neither a surname nor a first name.")
    key = "\n".join(" ".join(part.casefold().split()) for part in (name, born))
    draft = Draft(source.list_id, hashlib.sha256(key.encode()).hexdigest()[:12], "person" if person else "organisation")
    draft.name(name, "primary", given if person else "", family if person else "")
    for alias in ALIASES.split(said.get("alias", "")):
        draft.name(alias.strip(" '\"‘’“”"), "alias")
    if person:
        draft.birth_date(born)
        draft.birth_place(said.get("place"))
    else:
        draft.keep("established", born)
        draft.remark(said["place"][no_place.end() :] if no_place else said.get("place"))
    draft.listed_on = parse_day(said.get("decided"))
    draft.keep("notification", said.get("notification"))
    draft.programme("Sanctieregeling terrorisme 2007-II")
    return draft


def _is_header(cells: list[str]) -> bool:
    return {"family", "given", "decided"} <= {_field(cell) for cell in cells}


def _field(column: str) -> str:
    key = plain(column)
    return next((field for start, field in STARTS.items() if key.startswith(start)), "")


def _look_for_day(source: Source, cells: list[str]) -> None:
    for cell in cells:
        if match := re.search(r"\d{1,2}[-/ ][\w]+[-/ ]\d{4}|\d{4}-\d\d-\d\d", cell):
            source.edition_date = source.edition_date or parse_day(match[0])
