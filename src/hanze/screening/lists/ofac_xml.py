"""OFAC's lists in the standard XML form (sdn.xml, consolidated.xml; sdnList.xsd)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hanze.screening.entries import Entry, Kind, NameKind
from hanze.screening.lists.dates import parse_american_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.identifiers import kind_of
from hanze.screening.lists.source import Source
from hanze.screening.lists.trees import elements, root_of, text, texts

KINDS: dict[str, Kind] = {"individual": "person", "entity": "organisation", "vessel": "vessel", "aircraft": "aircraft"}
ADDRESS = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "country")


def read_ofac_xml(source: Source) -> Iterator[Entry]:
    """The entries. Refuses one without uid, name or known type, and a file with fewer entries than it announces."""
    root, _ = root_of(source.path)
    if root != "sdnList":
        raise source.refuse(1, f"the root element is <{root}> where OFAC's list has <sdnList>.")
    announced = 0
    known: set[str] = set()
    for number, element in elements(source.path, ("publshInformation", "sdnEntry")):
        if element.tag == "publshInformation":
            source.edition_date = parse_american_day(text(element, "Publish_Date"))
            count = text(element, "Record_Count")
            announced = int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 0
            continue
        source.rows += 1
        draft = _draft(source, number, element)
        if draft.id in known:
            raise source.refuse(0, f"entry {draft.id} stands in this file twice.")
        known.add(draft.id)
        yield draft.build()
    if announced > source.rows:
        raise source.refuse(0, f"this file announces {announced} entries and holds {source.rows}. Is it cut off?")


def _draft(source: Source, number: int, element: Element) -> Draft:
    uid, said = text(element, "uid"), text(element, "sdnType")
    kind = KINDS.get(said.casefold())
    if not uid or kind is None:
        reason = f"has type {said!r}, which is not known" if uid else "has no uid"
        raise source.refuse(0, f"entry {uid or f'number {number}'} {reason}.")
    draft = Draft(source.list_id, uid, kind)
    _name(draft, element, "primary")
    if not draft.names:
        raise source.refuse(0, f"entry {uid} has no name.")
    for alias in element.findall("akaList/aka"):
        weak = text(alias, "category").casefold() == "weak"
        former = text(alias, "type").casefold().startswith("f.k.a")
        _name(draft, alias, "weak-alias" if weak else "former" if former else "alias")
    _read_circumstances(draft, element)
    for address in element.findall("addressList/address"):
        draft.keep("address", ", ".join(filter(None, (text(address, part) for part in ADDRESS))))
    for child in element.find("vesselInfo") or ():
        if child.tag == "vesselFlag":
            draft.country(child.text)
        draft.keep(child.tag, child.text)
    draft.keep("title", text(element, "title"))
    draft.remark(text(element, "remarks"))
    return draft


def _read_circumstances(draft: Draft, element: Element) -> None:
    for programme in texts(element, "programList/program"):
        draft.programme(programme)
    for path in ("nationalityList/nationality", "citizenshipList/citizenship", "addressList/address"):
        for country in texts(element, f"{path}/country"):
            draft.country(country)
    for birth in texts(element, "dateOfBirthList/dateOfBirthItem/dateOfBirth"):
        draft.birth_date(birth)
    for place in texts(element, "placeOfBirthList/placeOfBirthItem/placeOfBirth"):
        draft.birth_place(place)
    for identity in element.findall("idList/id"):
        _read_identity(draft, identity)


def _name(draft: Draft, element: Element, kind: NameKind) -> None:
    given, family = text(element, "firstName"), text(element, "lastName")
    if draft.kind == "person" and given and family:
        draft.name(f"{family}, {given}", kind, given, family)
    else:
        draft.name(family or given, kind)


def _read_identity(draft: Draft, identity: Element) -> None:
    """OFAC keeps gender and more among the numbers."""
    label, number = text(identity, "idType"), text(identity, "idNumber")
    if label == "Gender":
        draft.gendered(number)
    elif any(char.isdigit() for char in number):
        draft.identifier(kind_of(label), number.removeprefix("IMO "), text(identity, "idCountry"))
    else:
        draft.keep(label, number)
