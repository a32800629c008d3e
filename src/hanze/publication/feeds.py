"""The Atom feed of what became public and what changed in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree as Xml

from django.http import HttpRequest

from hanze.publication.models import Item
from hanze.reporting.markup import without_prefix

ATOM = "http://www.w3.org/2005/Atom"
LONGEST = 100


def atom(request: HttpRequest, items: Iterable[Item], title: str, author: str, language: str) -> bytes:
    """The latest items as an Atom 1.0 document; each entry is its title and kind, and a link to its page."""
    entries = list(items)[:LONGEST]
    feed = Xml.Element(f"{{{ATOM}}}feed", {"xml:lang": language})
    address = request.build_absolute_uri()
    changed = max((each.changed_at for each in entries), default=datetime(1970, 1, 1, tzinfo=UTC))
    _add(feed, "id", address)
    _add(feed, "title", title)
    _add(feed, "updated", changed.isoformat(timespec="seconds"))
    _add(feed, "link", "", rel="self", href=address, type="application/atom+xml")
    _add(_add(feed, "author", ""), "name", author)
    for each in entries:
        entry = _add(feed, "entry", "")
        page = request.build_absolute_uri(each.get_absolute_url())
        _add(entry, "id", page)
        _add(entry, "title", str(each))
        _add(entry, "updated", each.changed_at.isoformat(timespec="seconds"))
        _add(entry, "published", each.published_at.isoformat(timespec="seconds"))
        _add(entry, "link", "", rel="alternate", href=page, type="text/html")
        for document in each.documents.all():
            href = request.build_absolute_uri(document.get_absolute_url())
            attributes = {"href": href, "type": document.content_type, "title": document.title}
            _add(entry, "link", "", rel="enclosure", **attributes)
        _add(entry, "category", "", term=each.kind)
        _add(entry, "summary", each.page["subtitle"])
    return Xml.tostring(without_prefix(feed, ATOM), encoding="utf-8", xml_declaration=True)


def _add(parent: Xml.Element, name: str, text: str, **attributes: str) -> Xml.Element:
    child = Xml.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
    child.text = "".join(letter for letter in text if letter >= " " or letter in "\t\n") or None
    return child
