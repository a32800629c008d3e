"""Metadata of the Nationaal Archief (MDTO 1.0) as XML, and a check of its shape.

Elements, their order, how often they may occur and of what type their texts are: MDTO-XML 1.0.1,
https://www.nationaalarchief.nl/archiveren/mdto.
A group is written as a tuple of (element, value); a value is a text or again such a tuple.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree as Xml

from hanze.reporting.markup import without_prefix

NAMESPACE = "https://www.nationaalarchief.nl/mdto"
SCHEMA = f"{NAMESPACE} {NAMESPACE}/MDTO-XML1.0.1.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

Group = tuple[tuple[str, Any], ...]

# For each kind of group its elements in order, with least and most occurrences (None: any number) and their own kind.
REFERENCE = "verwijzing"
TERM = "begrip"
SHAPES: dict[str, tuple[tuple[str, int, int | None, str], ...]] = {
    "identificatie": (("identificatieKenmerk", 1, 1, ""), ("identificatieBron", 1, 1, "")),
    REFERENCE: (("verwijzingNaam", 1, 1, ""), ("verwijzingIdentificatie", 0, 1, "identificatie")),
    TERM: (("begripLabel", 1, 1, ""), ("begripCode", 0, 1, ""), ("begripBegrippenlijst", 1, 1, REFERENCE)),
    "termijn": (
        ("termijnTriggerStartLooptijd", 0, 1, TERM),
        ("termijnStartdatumLooptijd", 0, 1, ""),
        ("termijnLooptijd", 0, 1, ""),
        ("termijnEinddatum", 0, 1, ""),
    ),
    "dekkingInTijd": (
        ("dekkingInTijdType", 1, 1, TERM),
        ("dekkingInTijdBegindatum", 1, 1, ""),
        ("dekkingInTijdEinddatum", 0, 1, ""),
    ),
    "event": (
        ("eventType", 1, 1, TERM),
        ("eventTijd", 0, 1, ""),
        ("eventVerantwoordelijkeActor", 0, 1, REFERENCE),
        ("eventResultaat", 0, 1, ""),
    ),
    "beperkingGebruik": (
        ("beperkingGebruikType", 1, 1, TERM),
        ("beperkingGebruikNadereBeschrijving", 0, 1, ""),
        ("beperkingGebruikDocumentatie", 0, None, REFERENCE),
        ("beperkingGebruikTermijn", 0, 1, "termijn"),
    ),
    "raadpleeglocatie": (
        ("raadpleeglocatieFysiek", 0, None, REFERENCE),
        ("raadpleeglocatieOnline", 0, None, ""),
    ),
    "gerelateerdInformatieobject": (
        ("gerelateerdInformatieobjectVerwijzing", 1, 1, REFERENCE),
        ("gerelateerdInformatieobjectTypeRelatie", 1, 1, TERM),
    ),
    "betrokkene": (
        ("betrokkeneTypeRelatie", 1, 1, TERM),
        ("betrokkeneActor", 1, 1, REFERENCE),
    ),
    "checksum": (
        ("checksumAlgoritme", 1, 1, TERM),
        ("checksumWaarde", 1, 1, ""),
        ("checksumDatum", 1, 1, ""),
    ),
    "informatieobject": (
        ("identificatie", 1, None, "identificatie"),
        ("naam", 1, 1, ""),
        ("aggregatieniveau", 0, 1, TERM),
        ("classificatie", 0, None, TERM),
        ("trefwoord", 0, None, ""),
        ("omschrijving", 0, None, ""),
        ("raadpleeglocatie", 0, None, "raadpleeglocatie"),
        ("dekkingInTijd", 0, None, "dekkingInTijd"),
        ("dekkingInRuimte", 0, None, REFERENCE),
        ("taal", 0, None, ""),
        ("event", 0, None, "event"),
        ("waardering", 1, 1, TERM),
        ("bewaartermijn", 0, 1, "termijn"),
        ("informatiecategorie", 0, 1, TERM),
        ("isOnderdeelVan", 0, None, REFERENCE),
        ("bevatOnderdeel", 0, None, REFERENCE),
        ("heeftRepresentatie", 0, None, REFERENCE),
        ("aanvullendeMetagegevens", 0, None, REFERENCE),
        ("gerelateerdInformatieobject", 0, None, "gerelateerdInformatieobject"),
        ("archiefvormer", 1, None, REFERENCE),
        ("betrokkene", 0, None, "betrokkene"),
        ("activiteit", 0, 1, REFERENCE),
        ("beperkingGebruik", 1, None, "beperkingGebruik"),
    ),
    "bestand": (
        ("identificatie", 1, None, "identificatie"),
        ("naam", 1, 1, ""),
        ("omvang", 1, 1, ""),
        ("bestandsformaat", 1, 1, TERM),
        ("checksum", 1, None, "checksum"),
        ("URLBestand", 0, 1, ""),
        ("isRepresentatieVan", 1, 1, REFERENCE),
    ),
}


ZONE = r"(Z|[+-]\d{2}:\d{2})?"
DAY = rf"\d{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]){ZONE}"
CLOCK = rf"\d{{4}}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?{ZONE}"
DAY_MONTH_OR_YEAR = rf"{DAY}|\d{{4}}(-(0[1-9]|1[0-2]))?{ZONE}"
DURATION = r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"
# The texts that are more than words.
TYPES = {
    "omvang": r"[+-]?\d+",
    "taal": r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*",
    "dekkingInTijdBegindatum": DAY_MONTH_OR_YEAR,
    "dekkingInTijdEinddatum": DAY_MONTH_OR_YEAR,
    "eventTijd": rf"{DAY_MONTH_OR_YEAR}|{CLOCK}",
    "termijnStartdatumLooptijd": DAY,
    "termijnLooptijd": DURATION,
    "termijnEinddatum": DAY_MONTH_OR_YEAR,
    "checksumDatum": CLOCK,
}


class ShapeError(ValueError):
    """The XML is not shaped as MDTO asks; the message says where."""


def identification(mark: str, source: str) -> Group:
    return ("identificatieKenmerk", mark), ("identificatieBron", source)


def reference(name: str, mark: str = "", source: str = "") -> Group:
    """A reference by name, and by its mark where it has one."""
    named = (("verwijzingNaam", name),)
    return (*named, ("verwijzingIdentificatie", identification(mark, source))) if mark else named


def term(label: str, listed: str, code: str = "") -> Group:
    """A term out of the list named `listed`."""
    coded = (("begripCode", code),) if code else ()
    return ("begripLabel", label), *coded, ("begripBegrippenlijst", reference(listed))


def moment(value: date | datetime) -> str:
    """A date, or a moment to the second, as MDTO writes it."""
    return value.strftime("%Y-%m-%dT%H:%M:%S") if isinstance(value, datetime) else value.isoformat()


def document(kind: str, content: Iterable[tuple[str, Any]]) -> bytes:
    """The XML of an "informatieobject" or "bestand". Raises ShapeError."""
    root = Xml.Element(f"{{{NAMESPACE}}}MDTO", {f"{{{INSTANCE}}}schemaLocation": SCHEMA})
    _add(Xml.SubElement(root, f"{{{NAMESPACE}}}{kind}"), tuple(content))
    Xml.indent(root)
    written = Xml.tostring(without_prefix(root, NAMESPACE), encoding="utf-8", xml_declaration=True)
    check(written)
    return written


def check(written: bytes) -> None:
    """Raise ShapeError unless `written` has the elements of MDTO, in order, as often as they may occur."""
    try:
        root = Xml.fromstring(written)
    except Xml.ParseError as error:
        raise ShapeError(str(error)) from error
    kinds = [_name(child) for child in root]
    if _name(root) != "MDTO" or len(kinds) != 1 or kinds[0] not in ("informatieobject", "bestand"):
        raise ShapeError("MDTO holds one informatieobject or one bestand")
    _check(root[0], kinds[0], kinds[0])


def _check(element: Xml.Element, kind: str, where: str) -> None:
    shape = SHAPES[kind]
    order = [name for name, _least, _most, _kind in shape]
    names = [_name(child) for child in element]
    for name in names:
        if name not in order:
            raise ShapeError(f"{where}: {name} has no place here")
    if names != sorted(names, key=order.index):
        raise ShapeError(f"{where}: the order is {', '.join(order)}")
    for name, least, most, _inner in shape:
        if names.count(name) < least or (most is not None and names.count(name) > most):
            raise ShapeError(f"{where}: {name} occurs {names.count(name)} times")
    for child in element:
        inner = next(each[3] for each in shape if each[0] == _name(child))
        if inner:
            _check(child, inner, f"{where}/{_name(child)}")
        elif len(child) or not (child.text or "").strip():
            raise ShapeError(f"{where}/{_name(child)}: a text is wanted")
        elif not re.fullmatch(TYPES.get(_name(child), r"(?s).*"), (child.text or "").strip()):
            raise ShapeError(f"{where}/{_name(child)}: {child.text} is not of the type that is wanted")


def _add(element: Xml.Element, content: Group) -> None:
    for name, value in content:
        child = Xml.SubElement(element, f"{{{NAMESPACE}}}{name}")
        if isinstance(value, tuple):
            _add(child, value)
        else:
            child.text = "".join(letter for letter in str(value) if letter >= " " or letter in "\t\n")


def _name(element: Xml.Element) -> str:
    space, _brace, name = element.tag.rpartition("}")
    if space != f"{{{NAMESPACE}":
        raise ShapeError(f"{element.tag} is not of {NAMESPACE}")
    return name
