"""The consolidated list of the UN Security Council, XML (form: sc-sanctions.xsd).

Entries go by their permanent reference number (`QDi.001`). Quality `Good` and `a.k.a.` are aliases, `Low` weak ones,
`f.k.a.` former names; one alias may hold several spellings divided by `;` or `b)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hanze.screening.entries import Entry, NameKind
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.identifiers import kind_of
from hanze.screening.lists.source import Source
from hanze.screening.lists.trees import elements, root_of, text, texts

QUALITIES: dict[str, NameKind] = {"low": "weak-alias", "f.k.a.": "former"}
SEVERAL = re.compile(r"\s*;\s*|\s+[a-z]\)\s+")
NOTE = re.compile(r"\s*\(([^()]*)\)\s*$|,\s+(born\b.*)$", re.I)
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
PLACE = ("NOTE", "STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE", "COUNTRY")


def read_un_xml(source: Source) -> Iterator[Entry]:
    """The entries; an entry without a reference number or name is refused."""
    root, attributes = root_of(source.path)
    if root != "CONSOLIDATED_LIST":
        raise source.refuse(1, f"the root element is <{root}> where the UN list has <CONSOLIDATED_LIST>.")
    source.edition_date = parse_day(attributes.get("dateGenerated", "")[:10])
    known: set[str] = set()
    for number, element in elements(source.path, ("INDIVIDUAL", "ENTITY")):
        source.rows += 1
        draft = _draft(source, element)
        if not draft.id or not draft.names or draft.id in known:
            said = (
                "has no REFERENCE_NUMBER" if not draft.id else "has no name" if not draft.names else "stands here twice"
            )
            raise source.refuse(0, f"entry {draft.id or f'number {number}'} {said}.")
        known.add(draft.id)
        yield draft.build()


def _draft(source: Source, element: Element) -> Draft:
    prefix = element.tag
    draft = Draft(
        source.list_id, text(element, "REFERENCE_NUMBER"), "person" if prefix == "INDIVIDUAL" else "organisation"
    )
    whole = " ".join(filter(None, (text(element, part) for part in NAME_PARTS)))
    for at, name in enumerate(SEVERAL.split(whole)):
        draft.name(name, "alias" if at else "primary")
    for name in texts(element, "NAME_ORIGINAL_SCRIPT"):
        draft.name(name, "original-script")
    for alias in element.findall(f"{prefix}_ALIAS"):
        _read_alias(draft, alias)
    for country in (*texts(element, "NATIONALITY/VALUE"), *texts(element, f"{prefix}_ADDRESS/COUNTRY")):
        draft.country(country if country != "na" else "")  # elsewhere NA is Namibia
    for birth in element.findall("INDIVIDUAL_DATE_OF_BIRTH"):
        draft.birth_date(_birth(birth))
    for place in element.findall("INDIVIDUAL_PLACE_OF_BIRTH"):
        draft.birth_place(_place(place))
    for document in element.findall("INDIVIDUAL_DOCUMENT"):
        _read_document(draft, document)
    for address in element.findall(f"{prefix}_ADDRESS"):
        draft.keep("address", _place(address))
    draft.gendered(text(element, "GENDER"))
    draft.programme(text(element, "UN_LIST_TYPE"))
    draft.listed_on = parse_day(text(element, "LISTED_ON"))
    draft.remark(text(element, "COMMENTS1"))
    for tag, label in (("DESIGNATION/VALUE", "designation"), ("TITLE/VALUE", "title"), ("DATAID", "data id")):
        for value in texts(element, tag):
            draft.keep(label, value)
    return draft


def _read_alias(draft: Draft, alias: Element) -> None:
    kind = QUALITIES.get(text(alias, "QUALITY").casefold(), "alias")
    for name in SEVERAL.split(text(alias, "ALIAS_NAME")):
        note = NOTE.search(name)
        said = (note[1] or note[2]) if note else ""
        if note and not said.isascii():
            draft.name(said, "original-script")
        elif note and (any(char.isdigit() for char in said) or said.count(" ") > 2):
            draft.keep("alias note", said)
        else:
            note = None
        draft.name(name[: note.start()] if note else name, kind)
    draft.birth_date(text(alias, "DATE_OF_BIRTH"))
    draft.keep("alias note", text(alias, "NOTE"))


def _birth(birth: Element) -> str:
    """The date as `parse_birth_date` reads it."""
    about = "circa " if text(birth, "TYPE_OF_DATE").casefold() == "approximately" else ""
    first, last = text(birth, "FROM_YEAR"), text(birth, "TO_YEAR")
    if first and last:
        return f"{about}{first} to {last}"
    found = text(birth, "DATE") or text(birth, "YEAR") or first or last
    return f"{about}{found}" if found else ""


def _place(element: Element) -> str:
    return ", ".join(filter(None, (text(element, part) for part in PLACE[1:])))


def _read_document(draft: Draft, document: Element) -> None:
    label = " ".join((text(document, "TYPE_OF_DOCUMENT") or text(document, "TYPE_OF_DOCUMENT2")).split())
    country = text(document, "ISSUING_COUNTRY") or text(document, "COUNTRY_OF_ISSUE")
    draft.identifier(kind_of(label), text(document, "NUMBER"), country)
    draft.keep("document note", text(document, "NOTE"))
