"""The EU's consolidated list of financial sanctions (FSF), XML form 1.1.

Entries go by their EU reference number (`EU.27.28`); the few without one by their logical id.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element

from hanze.screening.entries import Entry, Kind
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.identifiers import kind_of
from hanze.screening.lists.source import Source
from hanze.screening.lists.trees import elements, root_of, text

KINDS: dict[str, Kind] = {"person": "person", "enterprise": "organisation", "p": "person", "e": "organisation"}
NUMBER_KINDS = {"passport": "passport", "id": "national-id", "ssn": "national-id", "fiscalcode": "tax", "imo": "imo"}
ADDRESS = ("street", "poBox", "place", "zipCode", "city", "region", "countryDescription")


def read_eu_xml(source: Source) -> Iterator[Entry]:
    """The entries; refuses an entity without a number, name or known type."""
    root, attributes = root_of(source.path)
    if root != "export":
        raise source.refuse(1, f"the root element is <{root}> where the EU list has <export>.")
    source.edition_date = parse_day(attributes.get("generationDate", "")[:10])
    known: set[str] = set()
    for number, element in elements(source.path, ("sanctionEntity",)):
        source.rows += 1
        draft = _draft(source, number, element)
        if draft.id in known:
            raise source.refuse(0, f"entity {draft.id} stands in this file twice.")
        known.add(draft.id)
        yield draft.build()


def _draft(source: Source, number: int, element: Element) -> Draft:
    entry_id = element.get("euReferenceNumber") or element.get("logicalId") or ""
    subject = element.find("subjectType")
    kind = (
        KINDS.get((subject.get("code") or subject.get("classificationCode") or "").casefold())
        if subject is not None
        else None
    )
    if not entry_id or kind is None:
        raise source.refuse(0, f"entity {entry_id or f'number {number}'} has no reference number or no known type.")
    draft = Draft(source.list_id, entry_id, kind)
    for at, name in enumerate(element.findall("nameAlias")):
        _read_name(draft, name, first=at == 0)
    if not draft.names:
        raise source.refuse(0, f"entity {entry_id} has no name.")
    for tag in ("citizenship", "address"):
        for child in element.findall(tag):
            draft.country(_country(child))
    for birth in element.findall("birthdate"):
        draft.birth_date(_birth(birth))
        draft.birth_place(_words(birth, ("place", "city", "region", "countryDescription")))
    for identification in element.findall("identification"):
        _read_number(draft, identification)
    for address in element.findall("address"):
        draft.keep("address", _words(address, ADDRESS))
        for contact in address.findall("contactInfo"):
            draft.keep(contact.get("key", "contact").casefold(), contact.get("value"))
    for regulation in element.findall("regulation"):
        draft.programme(regulation.get("programme"))
        draft.keep("regulation", regulation.get("numberTitle"))
    draft.listed_on = parse_day(element.get("designationDate")) or _first_publication(element)
    draft.keep("un id", element.get("unitedNationId"))
    draft.keep("logical id", element.get("logicalId"))
    draft.remark(text(element, "remark"))
    draft.remark(element.get("designationDetails"))
    return draft


def _read_name(draft: Draft, name: Element, first: bool) -> None:
    given = " ".join(filter(None, (name.get("firstName", "").strip(), name.get("middleName", "").strip())))
    family = name.get("lastName", "").strip()
    whole = name.get("wholeName", "").strip() or f"{given} {family}"
    remark = text(name, "remark")
    weak = name.get("strong") == "false" or "low quality" in remark.casefold()
    draft.name(whole, "primary" if first and not weak else "weak-alias" if weak else "alias", given, family)
    draft.gendered(name.get("gender"))
    for label in ("title", "function"):
        draft.keep(label, name.get(label))
    draft.keep("name remark", remark)


def _country(element: Element) -> str:
    """The description is more telling than the code, which is 00 for unknown."""
    described = element.get("countryDescription", "")
    return described if described not in ("", "UNKNOWN") else element.get("countryIso2Code", "")


def _birth(birth: Element) -> str:
    about = "circa " if birth.get("circa") == "true" else ""
    first, last = birth.get("yearRangeFrom"), birth.get("yearRangeTo")
    if first and last:
        return f"{about}{first} to {last}"
    if day := birth.get("birthdate"):
        return f"{about}{day}"
    parts = [birth.get("year"), birth.get("monthOfYear"), birth.get("dayOfMonth")]
    known = [part.zfill(2) for part in parts if part]
    return f"{about}{'-'.join(known)}" if parts[0] else ""


def _read_number(draft: Draft, element: Element) -> None:
    code = element.get("identificationTypeCode", "")
    number = element.get("number") or element.get("latinNumber")
    kind = NUMBER_KINDS.get(code) or kind_of(code)
    if kind == "other":
        kind = kind_of(element.get("identificationTypeDescription", ""))
    if "true" in (element.get("knownFalse"), element.get("revokedByIssuer")):
        draft.keep("invalid document", number)
    else:
        draft.identifier(kind, number, _country(element))
    draft.keep("document remark", text(element, "remark"))


def _words(element: Element, attributes: tuple[str, ...]) -> str:
    words = [element.get(name, "").strip() for name in attributes]
    return ", ".join(word for word in words if word and word != "UNKNOWN")


def _first_publication(element: Element) -> date | None:
    days = [parse_day(regulation.get("publicationDate")) for regulation in element.findall("regulation")]
    return min(filter(None, days), default=None)
