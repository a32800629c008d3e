"""The EU's consolidated list of financial sanctions (FSF), CSV forms 1.0 and 1.1: a row for each name, address, birth
date, number and citizenship of an entity.

Also as a spreadsheet saved it again (each line between quotes, Windows-1252). Entries go by their EU reference number,
so the two CSV forms and the XML agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hanze.screening.entries import Entry
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.eu_xml import KINDS, NUMBER_KINDS
from hanze.screening.lists.identifiers import kind_of
from hanze.screening.lists.source import Source
from hanze.screening.lists.tables import NO_CELLS, csv_rows, records

ROLES = {
    "generated": ("Date_file", "Date_filexxxx", "fileGenerationDate"),
    "reference": ("EU_ref_num", "Entity_EU_ReferenceNumber"),
    "logical id": ("Entity_logical_id", "Entity_LogicalId"),
    "type": ("Subject_type", "Entity_SubjectType", "Entity_SubjectType_ClassificationCode"),
    "programme": ("Programme", "Entity_Regulation_Programme"),
    "regulation": ("Leba_numtitle", "Entity_Regulation_NumberTitle"),
    "published": ("Leba_publication_date", "Entity_Regulation_PublicationDate"),
    "designated": ("Entity_DesignationDate",),
    "remark": ("Entity_remark", "Entity_Remark", "Entity_DesignationDetails"),
    "un id": ("Entity_UnitedNationId",),
    "whole": ("Naal_wholename", "NameAlias_WholeName"),
    "family": ("Naal_lastname", "NameAlias_LastName"),
    "first": ("Naal_firstname", "NameAlias_FirstName"),
    "middle": ("Naal_middlename", "NameAlias_MiddleName"),
    "gender": ("Naal_gender", "NameAlias_Gender"),
    "title": ("Naal_title", "NameAlias_Title"),
    "function": ("Naal_function", "NameAlias_Function"),
    "strong": ("NameAlias_Strong",),
    "name remark": ("NameAlias_Remark",),
    "street": ("Addr_street", "Address_Street"),
    "box": ("Address_PoBox",),
    "zip": ("Addr_zipcode", "Address_ZipCode"),
    "city": ("Addr_city", "Address_City"),
    "country": ("Addr_country", "Address_CountryDescription", "Address_CountryIso2Code"),
    "contact": ("Addr_other", "Address_ContactInfo"),
    "born": ("Birt_date", "BirthDate_BirthDate", "BirthDate_Year"),
    "born from": ("BirthDate_YearRangeFrom",),
    "born to": ("BirthDate_YearRangeTo",),
    "born about": ("BirthDate_Circa",),
    "birth place": ("Birt_place", "BirthDate_City", "BirthDate_Place"),
    "birth country": ("Birt_country", "BirthDate_CountryDescription"),
    "number": ("Iden_number", "Identification_Number", "Identification_LatinNumber"),
    "number type": ("Identification_TypeCode",),
    "number words": ("Identification_TypeDescription",),
    "number country": ("Iden_country", "Identification_CountryDescription", "Identification_CountryIso2Code"),
    "number false": ("Identification_KnownFalse",),
    "citizenship": ("Citi_country", "Citizenship_CountryDescription", "Citizenship_CountryIso2Code"),
}
ROLE_OF = {column: role for role, columns in ROLES.items() for column in columns}
OLD_NUMBER = re.compile(r"^(?P<number>.*?)\s*\((?P<code>[A-Za-z]+)-[^()]*\)")
ADDRESS = ("street", "box", "zip", "city", "country")


def read_eu_csv(source: Source) -> Iterator[Entry]:
    """The entries, once all rows are read. Refuses a row without an entity, an entity without name or known type."""
    rows = csv_rows(source.path)
    line, header = next(rows, (0, NO_CELLS))
    if "logical id" not in (named := {ROLE_OF.get(column) for column in header}) or "whole" not in named:
        raise source.refuse(line, "this header is not that of the EU list, form 1.0 or 1.1.")
    drafts: dict[str, Draft] = {}
    lines: dict[str, int] = {}
    for line, row in records(source.path, rows, header):
        source.rows += 1
        said = _roles(row)
        entry_id = said.get("reference") or said.get("logical id")
        kind = KINDS.get(said.get("type", "").casefold())
        if not entry_id or kind is None:
            raise source.refuse(
                line, "this row has no reference number or no known type (P or E, person or enterprise)."
            )
        draft = drafts.get(entry_id)
        if draft is None:
            draft = drafts[entry_id] = Draft(source.list_id, entry_id, kind)
            lines[entry_id] = line
        source.edition_date = source.edition_date or parse_day(said.get("generated"))
        _read(draft, said, row)
    for draft in drafts.values():
        if not draft.names:
            raise source.refuse(lines[draft.id], f"entity {draft.id} has no name.")
        yield draft.build()


def _roles(row: dict[str, str]) -> dict[str, str]:
    """Role → text; where several columns have one role, the first that says something."""
    said: dict[str, str] = {}
    for column, text in row.items():
        if role := ROLE_OF.get(column):
            said.setdefault(role, text)
    return said


def _read(draft: Draft, said: dict[str, str], row: dict[str, str]) -> None:
    _read_name(draft, said)
    draft.country(said.get("citizenship"))
    draft.country(said.get("country"))
    draft.keep("address", ", ".join(said[part] for part in ADDRESS if part in said))
    _read_birth(draft, said)
    _read_number(draft, said)
    draft.programme(said.get("programme"))
    draft.remark(said.get("remark"))
    for label in ("regulation", "logical id", "un id", "contact", "title", "function", "name remark"):
        draft.keep(label, said.get(label))
    days = (parse_day(said.get("designated")) or parse_day(said.get("published")), draft.listed_on)
    draft.listed_on = min(filter(None, days), default=None)
    for column, text in row.items():
        if column not in ROLE_OF and "_" not in column:
            draft.keep(column, text)


def _read_name(draft: Draft, said: dict[str, str]) -> None:
    given = " ".join(filter(None, (said.get("first"), said.get("middle"))))
    family = said.get("family", "")
    name = said.get("whole") or f"{given} {family}".strip()
    if name.count("?") * 2 > len(name):
        draft.keep("unreadable name", name)
        return
    weak = said.get("strong") == "false" or "low quality" in said.get("name remark", "").casefold()
    draft.name(name, "weak-alias" if weak else "alias" if draft.names else "primary", given, family)
    draft.gendered(said.get("gender"))


def _read_birth(draft: Draft, said: dict[str, str]) -> None:
    about = "circa " if said.get("born about", "").casefold() == "true" else ""
    if "born from" in said and "born to" in said:
        draft.birth_date(f"{about}{said['born from']} to {said['born to']}")
    elif said.get("born", "N/A") != "N/A":
        draft.birth_date(f"{about}{said['born']}")
    place = (said.get("birth place"), said.get("birth country"))
    draft.birth_place(", ".join(part for part in place if part and part != "UNKNOWN"))


def _read_number(draft: Draft, said: dict[str, str]) -> None:
    number, code = said.get("number", "").strip('" '), said.get("number type", "")
    if old := OLD_NUMBER.match(number):
        number, code = old["number"], old["code"]
    kind = NUMBER_KINDS.get(code) or kind_of(code)
    if kind == "other":
        kind = kind_of(said.get("number words", ""))
    if said.get("number false", "").casefold() == "true":
        draft.keep("invalid document", number)
    else:
        draft.identifier(kind, number, said.get("number country"))
