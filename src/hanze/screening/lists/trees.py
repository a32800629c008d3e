"""Records out of XML files, one at a time, without anything that a hostile file could do."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO
from xml.etree import ElementTree
from xml.parsers import expat

from hanze.screening.lists.source import ListError

LARGEST = 1 << 30
CHUNK = 1 << 16
NO_ENTITIES = "it declares a document type (DTD); lists have none, and one can hide an attack."


def root_of(path: Path) -> tuple[str, dict[str, str]]:
    """The name of the root element (without its namespace) and its attributes. Raises ListError as `elements` does."""
    try:
        with path.open("rb") as file:
            return _prolog(path, file)
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None


def elements(path: Path, names: Collection[str]) -> Iterator[tuple[int, ElementTree.Element]]:
    """Each element with one of these names, whole, its namespaces taken off, with its number (1 is the first).

    Nothing is kept of an element once the next is asked for. A document type can only stand before the root element, so
    a first look there refuses it, and with it every entity: what remains cannot grow or reach out. Raises ListError.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise ListError(path, 0, "this file is larger than 1 GB.")
        with path.open("rb") as file:
            _prolog(path, file)
            file.seek(0)
            yield from stream(path, file, names)
    except OSError as error:
        raise ListError(path, 0, f"this file cannot be read: {error.strerror}.") from None


def stream(path: Path, file: IO[bytes], names: Collection[str]) -> Iterator[tuple[int, ElementTree.Element]]:
    """As `elements`, from an open file whose prolog has been looked at."""
    number = depth = 0
    ancestors: list[ElementTree.Element] = []
    try:
        for event, element in ElementTree.iterparse(file, events=("start", "end")):
            name = element.tag.rpartition("}")[2]
            if event == "start":
                if depth or name in names:
                    depth += 1
                else:
                    ancestors.append(element)
            elif depth > 1:
                depth -= 1
                element.tag = name
            else:
                if depth:
                    depth, element.tag, number = 0, name, number + 1
                    yield number, element
                else:
                    ancestors.pop()
                if ancestors:
                    ancestors[-1].clear()
    except ElementTree.ParseError as error:
        raise ListError(path, error.position[0], f"this is no well-formed XML: {error}. Is the file cut off?") from None
    except (ValueError, LookupError) as error:
        raise ListError(path, 0, f"this XML cannot be read: {error}.") from None


def refuse_document_type(path: Path, file: IO[bytes]) -> None:
    """Raise ListError when what is read from the file declares one, or is no XML."""
    _prolog(path, file)


def text(element: ElementTree.Element, path: str) -> str:
    """The text of the first element at the path, trimmed; empty when there is none."""
    return (element.findtext(path) or "").strip()


def texts(element: ElementTree.Element, path: str) -> list[str]:
    """The texts of all elements at the path that have one, trimmed."""
    return [found for child in element.findall(path) if (found := (child.text or "").strip())]


def _prolog(path: Path, file: IO[bytes]) -> tuple[str, dict[str, str]]:
    """Read up to the root element; its name and attributes. Refuses a document type."""
    found: list[tuple[str, dict[str, str]]] = []
    declared: list[str] = []
    parser = expat.ParserCreate(namespace_separator="}")

    def start(name: str, attributes: dict[str, str]) -> None:
        if not found:
            found.append((name.rpartition("}")[2], dict(attributes)))

    def doctype(name: str, *_: object) -> None:
        declared.append(name)

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        while not found and not declared and (chunk := file.read(CHUNK)):
            parser.Parse(chunk, False)
    except expat.ExpatError as error:
        if not found and not declared:
            raise ListError(path, error.lineno, f"this is no well-formed XML: {error}.") from None
    except (ValueError, LookupError) as error:
        raise ListError(path, 1, f"this XML cannot be read: {error}.") from None
    if declared:
        raise ListError(path, 1, NO_ENTITIES)
    if not found:
        raise ListError(path, 1, "this file holds no XML element.")
    return found[0]
