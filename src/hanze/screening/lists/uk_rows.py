"""The UK lists as rows: the consolidated list of OFSI (a row or element for each name of a target) and the UK Sanctions
List, which replaces it. Their columns differ in spelling alone."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hanze.screening.entries import Kind, NameKind
from hanze.screening.lists.columns import plain
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.source import Source

KINDS: dict[str, Kind] = {"individual": "person", "entity": "organisation", "ship": "vessel"}
ROLES = {
    "id": ("uniqueid", "groupid"),
    "kind": ("designationtype", "grouptype", "grouptypedescription", "individualentityship"),
    "name type": ("nametype", "aliastype"),
    "quality": ("aliasstrength", "aliasquality"),
    "original": ("namenonlatinscript",),
    "born": ("dob", "individualdateofbirth"),
    "town": ("townofbirth", "individualtownofbirth"),
    "birth country": ("countryofbirth", "individualcountryofbirth"),
    "nationality": ("nationality", "nationalityies", "individualnationality"),
    "country": ("country", "addresscountry"),
    "flag": ("currentbelievedflagofship", "shipflag"),
    "passport": ("passportnumber", "individualpassportnumber"),
    "national-id": ("nationalidentificationnumber", "nationalidentifiernumber", "individualninumber"),
    "registration": ("businessregistrationnumbers", "businessregistrationnumber", "entitybusinessregnumber"),
    "imo": ("imonumber", "shipimonumber"),
    "gender": ("gender", "individualgender"),
    "regime": ("regime", "regimename"),
    "listed": ("datedesignated", "listedon", "datelisted", "uksanctionslistdatedesignated"),
    "remarks": ("otherinformation", "ukstatementofreasons"),
}
ROLE_OF = {column: role for role, columns in ROLES.items() for column in columns}
NUMBERED = re.compile(r"\(\d{1,2}\)")
GENDER = re.compile(r"\(Gender\):\s*(\w+)")
GIVEN = ("name1", "name2", "name3", "name4", "name5")
NAME_PARTS = (*GIVEN, "name6")


def add_row(source: Source, line: int, drafts: dict[str, Draft], row: Mapping[str, str]) -> None:
    """Add what a row (column → text) says to the draft of its target. Raises ListError without id or known type."""
    said: dict[str, str] = {}
    other: dict[str, str] = {}
    for column, text in row.items():
        key = plain(column)
        if (role := ROLE_OF.get(key)) or key in NAME_PARTS:
            said.setdefault(role or key, text)
        else:
            other[column] = text
    entry_id, kind = said.get("id"), KINDS.get(said.get("kind", "").strip().casefold())
    if not entry_id or kind is None:
        reason = f"type {said.get('kind', '')!r} is none of Individual, Entity, Ship" if entry_id else "it has no id"
        raise source.refuse(line, f"this name cannot be placed: {reason}.")
    draft = drafts.setdefault(entry_id, Draft(source.list_id, entry_id, kind))
    _read_name(draft, said)
    _read_facts(draft, said)
    for column, text in other.items():
        if not column.startswith(("Alias", "Name ")):
            draft.keep(column, text)


def several(text: str) -> list[str]:
    """The values of a cell that numbers them: `(1) 123 (2) 456`."""
    return [part.strip() for part in NUMBERED.split(text) if part.strip()]


def _read_name(draft: Draft, said: Mapping[str, str]) -> None:
    given = " ".join(said[part] for part in GIVEN if part in said)
    family = said.get("name6", "")
    kind = name_kind(said.get("name type", ""), said.get("quality", ""))
    name = " ".join(filter(None, (given, family)))
    if draft.kind == "person" and given and family:
        draft.name(name, kind, given, family)
    else:
        draft.name(name, kind)
    draft.name(said.get("original"), "original-script")


def name_kind(name_type: str, quality: str) -> NameKind:
    """What a name is by the words that the UK lists use for it."""
    name_type = name_type.strip().casefold()
    if quality.casefold().startswith("low"):
        return "weak-alias"
    if name_type == "primary name":
        return "primary"
    return "former" if name_type.startswith("f") else "alias"


def _read_facts(draft: Draft, said: Mapping[str, str]) -> None:
    for role in ("nationality", "country", "flag"):
        draft.country(said.get(role))
    for born in several(said.get("born", "")):
        draft.birth_date(born)
    draft.birth_place(", ".join(said[role] for role in ("town", "birth country") if role in said))
    for role in ("passport", "national-id", "registration", "imo"):
        for number in several(said.get(role, "")):
            draft.identifier(role, number)
    remarks = said.get("remarks", "")
    gender = GENDER.search(remarks)
    draft.gendered(said.get("gender") or (gender[1] if gender else ""))
    draft.programme(said.get("regime"))
    draft.listed_on = draft.listed_on or parse_day(said.get("listed"))
    draft.remark(remarks)
