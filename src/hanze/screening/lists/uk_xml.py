"""The UK lists in XML: OFSI's consolidated list (ConList.xml) and the UK Sanctions List (UK_Sanctions_List.xml)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hanze.screening.entries import Entry
from hanze.screening.lists.dates import parse_day
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.source import Source
from hanze.screening.lists.trees import elements, root_of, text, texts
from hanze.screening.lists.uk_rows import GIVEN, KINDS, add_row, name_kind

NUMBERS = {
    "PassportNumber": "passport",
    "NationalIdentifierNumber": "national-id",
    "BusinessRegistrationNumber": "registration",
    "IMONumber": "imo",
}
COUNTRIES = ("Nationality", "AddressCountry", "CurrentBelievedFlagOfShip")
KEPT = (
    "Position",
    "Title",
    "SanctionsImposed",
    "UNReferenceNumber",
    "OFSIGroupID",
    "TypeOfShip",
    "TypeOfEntity",
    "PhoneNumber",
    "EmailAddress",
    "Website",
)


def read_uk_xml(source: Source) -> Iterator[Entry]:
    """The entries. Refuses a target without id, name or known type."""
    root, _ = root_of(source.path)
    if root == "ArrayOfFinancialSanctionsTarget":
        drafts = _read_targets(source)
    elif root == "Designations":
        drafts = _read_designations(source)
    else:
        raise source.refuse(1, f"the root element is <{root}>, which is none of the UK lists.")
    for draft in drafts.values():
        if not draft.names:
            raise source.refuse(0, f"target {draft.id} has no name.")
        yield draft.build()


def _read_targets(source: Source) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    for _, element in elements(source.path, ("FinancialSanctionsTarget",)):
        source.rows += 1
        row = {child.tag: words for child in element if (words := (child.text or "").strip())}
        add_row(source, 0, drafts, row)
        updated = parse_day(row.get("LastUpdated", "")[:10])
        source.edition_date = max(filter(None, (source.edition_date, updated)), default=None)
    return drafts


def _read_designations(source: Source) -> dict[str, Draft]:
    drafts: dict[str, Draft] = {}
    for _, element in elements(source.path, ("DateGenerated", "Designation")):
        if element.tag == "DateGenerated":
            source.edition_date = parse_day((element.text or "").strip())
            continue
        source.rows += 1
        entry_id, said = text(element, "UniqueID"), text(element, "IndividualEntityShip")
        kind = KINDS.get(said.casefold())
        if not entry_id or kind is None or entry_id in drafts:
            raise source.refuse(
                0, f"designation {entry_id or source.rows} has no id of its own or no known type ({said!r})."
            )
        drafts[entry_id] = _designation(element, Draft(source.list_id, entry_id, kind))
    return drafts


def _designation(element: Element, draft: Draft) -> Draft:
    for name in element.findall("Names/Name"):
        given = " ".join(filter(None, (text(name, part.capitalize()) for part in GIVEN)))
        family = text(name, "Name6")
        kind = name_kind(text(name, "NameType"), text(name, "AliasStrength"))
        person = draft.kind == "person" and given and family
        draft.name(f"{given} {family}", kind, given if person else "", family if person else "")
    for name in element.iter("NameNonLatinScript"):
        draft.name(name.text, "original-script")
    _read_circumstances(draft, element)
    for tag in KEPT:
        for child in element.iter(tag):
            draft.keep(tag, child.text)
    for address in element.findall("Addresses/Address"):
        draft.keep("address", ", ".join(words for part in address if (words := (part.text or "").strip())))
    for regime in texts(element, "RegimeName"):
        draft.programme(regime)
    draft.listed_on = parse_day(text(element, "DateDesignated"))
    draft.remark(text(element, "OtherInformation"))
    draft.remark(text(element, "UKStatementofReasons"))
    return draft


def _read_circumstances(draft: Draft, element: Element) -> None:
    for tag in COUNTRIES:
        for country in element.iter(tag):
            draft.country(country.text)
    for born in element.iter("DOB"):
        draft.birth_date(born.text)
    for place in element.iter("Location"):
        draft.birth_place(", ".join(filter(None, (text(place, "TownOfBirth"), text(place, "CountryOfBirth")))))
    for tag, number_kind in NUMBERS.items():
        for number in element.iter(tag):
            draft.identifier(number_kind, number.text)
    for gender in element.iter("Gender"):
        draft.gendered(gender.text)
