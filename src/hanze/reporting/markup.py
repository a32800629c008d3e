"""XML as text, without a say from the prefixes that other modules register for the whole process."""

from __future__ import annotations

from xml.etree.ElementTree import Element


def without_prefix(root: Element, namespace: str) -> Element:
    """The same element, changed in place: what is of `namespace` has no prefix, and the root says `xmlns` once."""
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{namespace}}}")
    root.set("xmlns", namespace)
    return root
