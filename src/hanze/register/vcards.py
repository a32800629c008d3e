"""People and organisations as vCard 4.0 (RFC 6350)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hanze.register.models import Organisation, Person, Post

LONGEST_LINE = 75
"""Octets, by section 3.2; longer lines are folded."""


def of_person(person: Person, posts: Sequence[Post], address: str) -> bytes:
    """The card of a person. `posts` are those that the reader may see; the ones held today are on it."""
    held = [post for post in posts if post.held_today]
    lines = [
        ("KIND", "individual"),
        ("FN", escaped(person.name)),
        ("N", _structured(person.name)),
        ("EMAIL", escaped(person.email)),
        ("TEL;VALUE=uri", f"tel:{''.join(person.phone.split())}" if person.phone.strip() else ""),
        *(line for number, post in enumerate(held, 1) for line in _post(number, post)),
        ("SOURCE", address),
    ]
    if person.native_name:
        lines.insert(2, ("FN", escaped(person.native_name)))
    return _card(lines)


def of_organisation(organisation: Organisation, address: str) -> bytes:
    """The card of an organisation."""
    place = ["", "", "", _name(organisation.city), _name(organisation.region), "", _name(organisation.country)]
    lines = [
        ("KIND", "org"),
        ("FN", escaped(organisation.name)),
        ("ORG", escaped(organisation.name)),
        ("NICKNAME", escaped(organisation.short_name)),
        ("EMAIL", escaped(organisation.email)),
        ("URL", organisation.website),
        ("ADR", ";".join(escaped(part) for part in place) if any(place) else ""),
        ("SOURCE", address),
    ]
    if organisation.native_name:
        lines.insert(2, ("FN", escaped(organisation.native_name)))
    return _card(lines)


def escaped(text: str) -> str:
    """A text as a value: backslash, comma, semicolon and line breaks mean something (section 3.4)."""
    plain = "".join(character for character in text if character in "\n\t" or ord(character) >= 32)
    for character in "\\,;":
        plain = plain.replace(character, f"\\{character}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which cuts a character in two."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + character, size + width
    return "\r\n".join([*pieces, piece])


def _post(number: int, post: Post) -> list[tuple[str, str]]:
    """The organisation and the post, kept together by a group."""
    organisation = ("ORG", escaped(str(post.organisation)))
    return [(f"post{number}.{name}", value) for name, value in (organisation, ("TITLE", escaped(post.title)))]


def _structured(name: str) -> str:
    """Hanze keeps names as people write them: which part is the family name, nobody recorded."""
    return f"{escaped(name)};;;;"


def _name(place: object) -> str:
    return str(place) if place else ""


def _card(lines: Iterable[tuple[str, str]]) -> bytes:
    said = [
        ("BEGIN", "VCARD"),
        ("VERSION", "4.0"),
        *((name, value) for name, value in lines if value),
        ("END", "VCARD"),
    ]
    return "".join(f"{folded(f'{name}:{value}')}\r\n" for name, value in said).encode()
