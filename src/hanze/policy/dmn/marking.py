"""The extension elements of an export: labels, reasons and sources on the element that they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from hanze.policy.framework import Source, Status, Text

WHOLE = "framework"
"""The extension element with the YAML text of the whole framework."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_ID = re.compile(r"[^A-Za-z0-9_]")


@dataclass
class Ids:
    """Ids for the elements of a document: readable, each once, and the same for the same name."""

    _given: dict[tuple[str, str], str] = field(default_factory=dict[tuple[str, str], str])
    _used: set[str] = field(default_factory=set[str])

    def of(self, kind: str, name: str) -> str:
        """The id of what has this name among those of its kind."""
        if (kind, name) not in self._given:
            made = wanted = f"{kind}.{_NOT_IN_ID.sub('_', name)}"
            number = 1
            while made in self._used:
                number += 1
                made = f"{wanted}_{number}"
            self._used.add(made)
            self._given[kind, name] = made
        return self._given[kind, name]


def printable(text: str) -> str:
    """A text without the signs that XML cannot hold; the YAML text of the framework has them all."""
    return _UNPRINTABLE.sub("�", text)


def mark(element: Element) -> Element:
    """The extension elements of an element, which stand after its description."""
    found = element.find("extensionElements")
    if found is None:
        found = Element("extensionElements")
        element.insert(0 if element.find("description") is None else 1, found)
    return found


def mark_text(marks: Element, name: str, text: Text | None, **attributes: str) -> None:
    """Add a text in both languages; nothing when there is none."""
    if text is not None:
        SubElement(marks, f"hanze:{name}", {**attributes, "nl": printable(text.nl), "en": printable(text.en)})


def explain(element: Element, because: Text | None, source: Source, status: Status) -> None:
    """Add a reason, as the description that every tool shows and in both languages, with its source."""
    if because is not None:
        description = Element("description")
        description.text = printable(because.nl)
        element.insert(0, description)
    marks = mark(element)
    mark_text(marks, "because", because)
    mark_text(marks, "source", source.section, document=source.document, status=status)
