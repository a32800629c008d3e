"""XML as a tree of elements that know where they stand; nothing outside the file is ever read.

A document type (and with it every entity) is refused before its first declaration counts, and size, depth and number of
elements are bounded while the file is read, so that a hostile file costs no more than an honest one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

LARGEST = 20_000_000
DEEPEST = 60
MOST_ELEMENTS = 500_000


@dataclass(frozen=True, slots=True)
class Place:
    """A line and a column, both from 1."""

    line: int
    column: int


class XmlError(Exception):
    """A file that is no XML as we read it, where that shows, and what to do instead."""

    def __init__(self, place: Place, message: str, hint: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message
        self.hint = hint


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name without namespace, the namespace, attributes by name (`{namespace}name` when they have one).

    `text` is the character data directly in it; `text_place` where that begins. Elements are compared by identity.
    """

    name: str
    namespace: str
    attributes: Mapping[str, str]
    place: Place
    children: list[Element] = field(default_factory=lambda: [])
    text: str = ""
    text_place: Place | None = None

    def get(self, attribute: str, default: str = "") -> str:
        """An attribute with the white space around it taken off."""
        return self.attributes.get(attribute, default).strip()

    def all(self, *names: str) -> Iterator[Element]:
        """The children in the same namespace with one of these names."""
        return (each for each in self.children if each.name in names and each.namespace == self.namespace)

    def first(self, *names: str) -> Element | None:
        """The first of those children."""
        return next(self.all(*names), None)

    def within(self, offset: int) -> Place:
        """The place of a character of its text."""
        start = self.text_place or self.place
        before = self.text[:offset].split("\n")
        return Place(start.line + len(before) - 1, len(before[-1]) + (start.column if len(before) == 1 else 1))


def parse(content: bytes) -> Element:
    """The root element of an XML document. Raises XmlError."""
    if len(content) > LARGEST:
        raise XmlError(Place(1, 1), f"The file is larger than {LARGEST} bytes.", "Split it into several models.")
    return _Builder().build(content)


class _Builder:
    """Takes expat's events; what it does not understand to be safe, it refuses."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = False
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._doctype
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.root: Element | None = None
        self.open: list[Element] = []
        self.texts: list[list[str]] = []
        self.elements = 0

    def build(self, content: bytes) -> Element:
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as error:
            words = expat.ErrorString(error.code)
            raise XmlError(
                Place(error.lineno, error.offset + 1),
                f"This is not XML: {words}.",
                "Look at the tags and quotes here; save the model again from the tool that made it.",
            ) from error
        except (LookupError, ValueError) as error:
            raise XmlError(Place(1, 1), "The encoding of the file is not known.", "Save it as UTF-8.") from error
        if self.root is None:
            raise XmlError(Place(1, 1), "The file is empty.", "Give a DMN file.")
        return self.root

    def _place(self) -> Place:
        return Place(self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _refuse(self, message: str, hint: str) -> NoReturn:
        raise XmlError(self._place(), message, hint)

    def _doctype(self, *_: object) -> None:
        self._refuse("The file has a document type (DOCTYPE) or an entity.", "Remove it: a DMN file needs none.")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            self._refuse(f"The file has more than {MOST_ELEMENTS} elements.", "Split it into several models.")
        if len(self.open) >= DEEPEST:
            self._refuse("This is nested too deep.", f"A model needs no more than {DEEPEST} levels.")
        namespace, _, local = name.rpartition("}")
        named = {_attribute(key): value for key, value in attributes.items()}
        element = Element(local, namespace, named, self._place())
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])

    def _end(self, _: str) -> None:
        self.open.pop().text = "".join(self.texts.pop())

    def _text(self, data: str) -> None:
        element = self.open[-1]
        if element.text_place is None:
            element.text_place = self._place()
        self.texts[-1].append(data)


def _attribute(name: str) -> str:
    return f"{{{name}" if "}" in name else name
