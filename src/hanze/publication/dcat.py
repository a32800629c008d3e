"""What open data there is, in the words of DCAT-AP-NL 3.0, as Turtle and as JSON-LD from the same statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
AUTHORITY = "http://publications.europa.eu/resource/authority"
LANGUAGES = (f"{AUTHORITY}/language/NLD", f"{AUTHORITY}/language/ENG")
FILE_TYPES = {"csv": ("CSV", "text/csv"), "json": ("JSON", "application/json")}


@dataclass(frozen=True)
class Iri:
    value: str


@dataclass(frozen=True)
class Text:
    value: str
    language: str = ""
    datatype: str = ""


Statement = tuple[str, str, Iri | Text]


@dataclass(frozen=True)
class Dataset:
    """One open data set, with its title and description in both languages."""

    name: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    changed_at: datetime | None


@dataclass(frozen=True)
class Publisher:
    name: str
    mail: str
    licence: str


def statements(base: str, publisher: Publisher, titles: dict[str, str], sets: Iterable[Dataset]) -> list[Statement]:
    """The catalogue at `base` (".../public/"), its data sets and their files, as statements."""
    catalogue, us, contact = f"{base}catalog", f"{base}catalog#publisher", f"{base}catalog#contact"
    made: list[Statement] = [
        (catalogue, "rdf:type", Iri("dcat:Catalog")),
        *((catalogue, "dct:title", Text(title, language)) for language, title in titles.items()),
        *((catalogue, "dct:description", Text(title, language)) for language, title in titles.items()),
        (catalogue, "dct:publisher", Iri(us)),
        (catalogue, "dct:creator", Iri(us)),
        (catalogue, "dcat:contactPoint", Iri(contact)),
        (catalogue, "dct:license", Iri(publisher.licence)),
        *((catalogue, "dct:language", Iri(language)) for language in LANGUAGES),
        (us, "rdf:type", Iri("foaf:Agent")),
        (us, "foaf:name", Text(publisher.name, "nl")),
        (contact, "rdf:type", Iri("vcard:Kind")),
        (contact, "vcard:fn", Text(publisher.name)),
        (contact, "vcard:hasEmail", Iri(f"mailto:{publisher.mail}")),
    ]
    for each in sets:
        made += [
            (catalogue, "dcat:dataset", Iri(f"{base}data/{each.name}")),
            *_dataset(base, each, publisher, us, contact),
        ]
    return made


def _dataset(base: str, each: Dataset, publisher: Publisher, us: str, contact: str) -> Iterator[Statement]:
    subject = f"{base}data/{each.name}"
    yield subject, "rdf:type", Iri("dcat:Dataset")
    yield subject, "dct:identifier", Text(subject)
    for language in each.titles:
        yield subject, "dct:title", Text(each.titles[language], language)
        yield subject, "dct:description", Text(each.descriptions[language], language)
    yield subject, "dct:publisher", Iri(us)
    yield subject, "dct:creator", Iri(us)
    yield subject, "dcat:contactPoint", Iri(contact)
    yield subject, "dcat:theme", Iri(f"{AUTHORITY}/data-theme/GOVE")
    yield subject, "dct:accessRights", Iri(f"{AUTHORITY}/access-right/PUBLIC")
    yield subject, "dct:accrualPeriodicity", Iri(f"{AUTHORITY}/frequency/IRREG")
    yield subject, "dcat:landingPage", Iri(f"{base}{each.name}/")
    if each.changed_at:
        yield subject, "dct:modified", Text(each.changed_at.isoformat(timespec="seconds"), datatype="xsd:dateTime")
    for language in LANGUAGES:
        yield subject, "dct:language", Iri(language)
    for extension, (code, media_type) in FILE_TYPES.items():
        file = f"{subject}.{extension}"
        yield subject, "dcat:distribution", Iri(f"{subject}#{extension}")
        yield f"{subject}#{extension}", "rdf:type", Iri("dcat:Distribution")
        yield f"{subject}#{extension}", "dct:title", Text(f"{each.titles['nl']} ({code})", "nl")
        for language in LANGUAGES:
            yield f"{subject}#{extension}", "dct:language", Iri(language)
        yield f"{subject}#{extension}", "dcat:accessURL", Iri(file)
        yield f"{subject}#{extension}", "dcat:downloadURL", Iri(file)
        yield f"{subject}#{extension}", "dct:format", Iri(f"{AUTHORITY}/file-type/{code}")
        yield (
            f"{subject}#{extension}",
            "dcat:mediaType",
            Iri(f"http://www.iana.org/assignments/media-types/{media_type}"),
        )
        yield f"{subject}#{extension}", "dct:license", Iri(publisher.licence)


def turtle(made: list[Statement]) -> str:
    """The statements as Turtle."""
    lines = [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    for subject in dict.fromkeys(each[0] for each in made):
        about = [f"    {predicate} {_turtle(value)}" for of, predicate, value in made if of == subject]
        lines += ["", f"<{_iri(subject)}>", " ;\n".join(about) + " ."]
    return "\n".join(lines) + "\n"


def json_ld(made: list[Statement]) -> str:
    """The statements as JSON-LD."""
    graph: list[dict[str, Any]] = []
    for subject in dict.fromkeys(each[0] for each in made):
        node: dict[str, Any] = {"@id": subject}
        for of, predicate, value in made:
            if of == subject and predicate == "rdf:type" and isinstance(value, Iri):
                node["@type"] = value.value
            elif of == subject:
                node.setdefault(predicate, []).append(_json(value))
        graph.append(node)
    return json.dumps({"@context": PREFIXES, "@graph": graph}, ensure_ascii=False, indent=2)


def _json(value: Iri | Text) -> dict[str, str]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    extra = {"@language": value.language} if value.language else {"@type": value.datatype} if value.datatype else {}
    return {"@value": value.value, **extra}


def _turtle(value: Iri | Text) -> str:
    if isinstance(value, Iri):
        prefix, colon, _rest = value.value.partition(":")
        return value.value if colon and prefix in PREFIXES else f"<{_iri(value.value)}>"
    written = json.dumps(value.value, ensure_ascii=False)
    return written + (f"@{value.language}" if value.language else f"^^{value.datatype}" if value.datatype else "")


def _iri(iri: str) -> str:
    """An address without the letters that would end it in Turtle."""
    return "".join(letter for letter in iri if letter not in '<>"{}|^`\\' and letter > " ")
