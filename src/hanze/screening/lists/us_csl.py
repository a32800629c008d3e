"""The US Consolidated Screening List, CSV: the lists of Treasury, Commerce and State in one file.

One party may stand there once for each list that names it; entries go by `_id`, and its rows become one entry. Commerce
and State give no programme: the abbreviation of the list stands for it (`EL` for the Entity List).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hanze.screening.entries import Entry, Kind
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.identifiers import kind_of, labels
from hanze.screening.lists.source import Source
from hanze.screening.lists.tables import NO_CELLS, csv_rows, records

NEEDED = ("_id", "source", "name", "type", "alt_names", "addresses")
KINDS: dict[str, Kind] = {
    "": "unknown", "individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft",
}  # fmt: skip
PLACED = frozenset({
    "_id", "source", "type", "programs", "name", "alt_names", "addresses", "citizenships", "nationalities",
    "dates_of_birth", "places_of_birth", "ids", "remarks", "start_date", "vessel_flag",
})  # fmt: skip
ABBREVIATION = re.compile(r"\(([^()]+)\)")
COUNTRY = re.compile(r"(?:^|,\s*)([A-Z]{2})$")
SEVERAL = re.compile(r"\s*;\s*")


def read_us_csl(source: Source) -> Iterator[Entry]:
    """The entries, once all rows are read. Refuses a row without id or name, and a type that is not known."""
    rows = csv_rows(source.path, ",")
    line, header = next(rows, (0, NO_CELLS))
    if missing := [column for column in NEEDED if column not in header]:
        raise source.refuse(
            line, f"there is no column {missing[0]!r}: this header is not that of the Consolidated Screening List."
        )
    drafts: dict[str, Draft] = {}
    for line, row in records(source.path, rows, header):
        if row.get("_id") == "_id":
            continue
        source.rows += 1
        kind = KINDS.get(row.get("type", "").casefold())
        if "_id" not in row or "name" not in row or kind is None:
            raise source.refuse(line, "this row has no _id, no name or no known type.")
        draft = drafts.setdefault(row["_id"], Draft(source.list_id, row["_id"], kind))
        _read(draft, row)
    for draft in drafts.values():
        yield draft.build()


def _read(draft: Draft, row: dict[str, str]) -> None:
    family, comma, given = row["name"].partition(", ")
    split = draft.kind == "person" and bool(comma)
    draft.name(row["name"], "alias" if draft.names else "primary", given if split else "", family if split else "")
    for name in SEVERAL.split(row.get("alt_names", "")):
        draft.name(name)
    for column in ("nationalities", "citizenships", "vessel_flag"):
        draft.country(row.get(column))
    for address in SEVERAL.split(row.get("addresses", "")):
        draft.keep("address", address)
        if code := COUNTRY.search(address):
            draft.country(code[1])
    for born in SEVERAL.split(row.get("dates_of_birth", "")):
        draft.birth_date(born)
    for place in SEVERAL.split(row.get("places_of_birth", "")):
        draft.birth_place(place)
    for said in SEVERAL.split(row.get("ids", "")):
        _read_number(draft, said)
    listed_by = row.get("source", "")
    abbreviation = ABBREVIATION.search(listed_by)
    for programme in SEVERAL.split(row.get("programs") or (abbreviation[1] if abbreviation else listed_by)):
        draft.programme(programme)
    draft.listed_on = min(filter(None, (parse_day(row.get("start_date")), draft.listed_on)), default=None)
    draft.remark(row.get("remarks"))
    draft.keep("source", listed_by)
    for column, text in row.items():
        if column not in PLACED:
            draft.keep(column, text)


def _read_number(draft: Draft, said: str) -> None:
    """`Passport, U00242309, TR`: a label, a value, perhaps a country."""
    label, *values = (part.strip() for part in said.split(","))
    value = ", ".join(values)
    if not value:
        return
    if label == "Gender":
        draft.gendered(value)
    elif label.rstrip(".:").casefold() in labels() or label.casefold() in labels():
        country = values.pop() if len(values) > 1 and COUNTRY.match(values[-1]) else ""
        draft.identifier(kind_of(label), ", ".join(values).removeprefix("IMO "), country)
    else:
        draft.keep(label, value)
