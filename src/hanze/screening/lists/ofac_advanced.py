"""OFAC's lists in the advanced XML form (SDN_ADVANCED.XML): parts that refer to each other by number.

The file names its own values (countries, scripts, types) before it uses them and ends with the programmes under which
a party is listed, so parties are gathered first and given when all is read. Only here is text in other scripts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import Element

from hanze.screening.entries import Entry, Kind, NameKind
from hanze.screening.lists.draft import Draft
from hanze.screening.lists.identifiers import kind_of
from hanze.screening.lists.source import Source
from hanze.screening.lists.trees import elements, root_of, text, texts

KINDS: dict[str, Kind] = {"1": "vessel", "2": "aircraft", "3": "organisation", "4": "person"}
VALUES = ("AliasType", "Country", "FeatureType", "IDRegDocType", "NamePartType", "DetailReference")
FAMILY, GIVEN = ("Last Name", "Patronymic", "Matronymic"), ("First Name", "Middle Name")


@dataclass(slots=True)
class Parts:
    """What the file has said so far: its values by sort and number, countries by place, drafts by profile and identity,
    and the places that drafts still have to look up."""

    values: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    places: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    drafts: dict[str, Draft] = field(default_factory=dict[str, Draft])
    identities: dict[str, str] = field(default_factory=dict[str, str])
    documents: list[tuple[str, str, str, str]] = field(default_factory=list[tuple[str, str, str, str]])
    at_places: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])

    def value(self, sort: str, number: str | None) -> str:
        return self.values.get((sort, number or ""), "")


def read_ofac_advanced_xml(source: Source) -> Iterator[Entry]:
    """The entries, once all of the file is read. Refuses a party without number, type or name."""
    root, _ = root_of(source.path)
    if root != "Sanctions":
        raise source.refuse(1, f"the root element is <{root}> where OFAC's advanced list has <Sanctions>.")
    parts = Parts()
    records = (*VALUES, "DateOfIssue", "Location", "IDRegDocument", "DistinctParty", "SanctionsEntry")
    for _, element in elements(source.path, records):
        if element.tag in VALUES:
            parts.values[element.tag, element.get("ID", "")] = (element.text or "").strip()
        elif element.tag == "DateOfIssue":
            source.edition_date = _day(element)
        elif element.tag == "Location":
            countries = [child.get("CountryID", "") for child in element.findall("LocationCountry")]
            words = texts(element, "LocationPart/LocationPartValue/Value")
            parts.places[element.get("ID", "")] = [*words, *(parts.value("Country", number) for number in countries)]
        elif element.tag == "IDRegDocument":
            number, issuer = text(element, "IDRegistrationNo"), element.get("IssuedBy-CountryID", "")
            parts.documents.append((element.get("IdentityID", ""), element.get("IDRegDocTypeID", ""), number, issuer))
        elif element.tag == "DistinctParty":
            source.rows += 1
            _read_party(source, parts, element)
        else:
            _read_listing(source, parts, element)
    _join(parts)
    for draft in parts.drafts.values():
        yield draft.build()


def _read_party(source: Source, parts: Parts, element: Element) -> None:
    profile = element.find("Profile")
    number = element.get("FixedRef", "")
    kind = KINDS.get(profile.get("PartySubTypeID", "")) if profile is not None else None
    if profile is None or kind is None or not number or number in parts.drafts:
        raise source.refuse(0, f"party {number or f'number {source.rows}'} has no number of its own or no known type.")
    draft = parts.drafts[number] = Draft(source.list_id, number, kind)
    for identity in profile.findall("Identity"):
        parts.identities[identity.get("ID", "")] = number
        groups = {
            group.get("ID", ""): parts.value("NamePartType", group.get("NamePartTypeID"))
            for group in identity.findall("NamePartGroups/MasterNamePartGroup/NamePartGroup")
        }
        for alias in identity.findall("Alias"):
            kind_of_name = _alias_kind(parts, alias)
            for name in alias.findall("DocumentedName"):
                _read_name(draft, name, kind_of_name, groups)
    if not draft.names:
        raise source.refuse(0, f"party {number} has no name.")
    for feature in profile.findall("Feature"):
        _read_feature(parts, draft, feature)


def _alias_kind(parts: Parts, alias: Element) -> NameKind:
    if alias.get("Primary") == "true":
        return "primary"
    if alias.get("LowQuality") == "true":
        return "weak-alias"
    return "former" if parts.value("AliasType", alias.get("AliasTypeID")).startswith("F.K.A") else "alias"


def _read_name(draft: Draft, name: Element, kind: NameKind, groups: dict[str, str]) -> None:
    written: dict[str, list[str]] = {}
    for part in name.findall("DocumentedNamePart/NamePartValue"):
        if words := (part.text or "").strip():
            written.setdefault(groups.get(part.get("NamePartGroupID", ""), ""), []).append(words)
    family = " ".join(word for sort in FAMILY for word in written.get(sort, ()))
    given = " ".join(word for sort in GIVEN for word in written.get(sort, ()))
    if draft.kind == "person" and family and given:
        draft.name(f"{family}, {given}" if family.isascii() else f"{family} {given}", kind, given, family)
    else:
        draft.name(" ".join(word for words in written.values() for word in words), kind)


def _read_feature(parts: Parts, draft: Draft, feature: Element) -> None:
    label = parts.value("FeatureType", feature.get("FeatureTypeID"))
    for version in feature.findall("FeatureVersion"):
        details = [
            (detail.text or "").strip() or parts.value("DetailReference", detail.get("DetailReferenceID"))
            for detail in version.findall("VersionDetail")
        ]
        said = " ".join(filter(None, details))
        if label == "Birthdate":
            draft.birth_date(_period(version.find("DatePeriod")))
        elif label == "Gender":
            draft.gendered(said)
        elif label == "Place of Birth" and said:
            draft.birth_place(said)
        elif said:
            _read_detail(draft, label, said)
        for place in version.findall("VersionLocation"):
            parts.at_places.append((draft.id, label, place.get("LocationID", "")))


def _read_detail(draft: Draft, label: str, said: str) -> None:
    kind = kind_of(label)
    if kind != "other" and any(char.isdigit() for char in said):
        draft.identifier(kind, said)
    else:
        draft.keep(label, said)


def _read_listing(source: Source, parts: Parts, element: Element) -> None:
    draft = parts.drafts.get(element.get("ProfileID", ""))
    if draft is None:
        raise source.refuse(0, f"a listing speaks of party {element.get('ProfileID')}, which is absent.")
    for measure in element.findall("SanctionsMeasure"):
        if measure.get("SanctionsTypeID", "1") == "1":
            draft.programme(text(measure, "Comment"))
    days = [day for event in element.findall("EntryEvent/Date") if (day := _day(event))]
    draft.listed_on = min(filter(None, (*days, draft.listed_on)), default=None)


def _join(parts: Parts) -> None:
    """Give the drafts the documents and places that other parts of the file hold."""
    for identity, sort, number, issuer in parts.documents:
        if draft := parts.drafts.get(parts.identities.get(identity, "")):
            draft.identifier(kind_of(parts.value("IDRegDocType", sort)), number, parts.value("Country", issuer))
    for number, label, place in parts.at_places:
        draft, words = parts.drafts[number], parts.places.get(place, [])
        if label == "Place of Birth":
            draft.birth_place(", ".join(filter(None, words)))
        elif words:
            draft.country(words[-1])
            draft.keep("address" if label == "Location" else label, ", ".join(filter(None, words)))


def _period(period: Element | None) -> str:
    """The period as `parse_birth_date` reads it: a day, a whole year, or from the first to the last day."""
    if period is None:
        return ""
    first, last = period.find("Start/From"), period.find("End/To")
    start, end = period.find("Start"), _iso(last)
    about = "circa " if start is not None and start.get("Approximate") == "true" else ""
    begin = _iso(first)
    if begin[5:] == "01-01" and end == f"{begin[:4]}-12-31":
        return f"{about}{begin[:4]}"
    return f"{about}{begin}" if begin == end or not end else f"{about}{begin} to {end}"


def _iso(element: Element | None) -> str:
    if element is None:
        return ""
    parts = (text(element, "Year"), text(element, "Month"), text(element, "Day"))
    return "-".join(part.zfill(2) for part in parts if part)


def _day(element: Element) -> date | None:
    try:
        return date.fromisoformat(_iso(element))
    except ValueError:
        return None
