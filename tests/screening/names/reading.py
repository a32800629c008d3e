"""Short ways to ask what a name can be read as."""

from __future__ import annotations

from hanze.screening.analysed import NamePart
from hanze.screening.entries import Kind
from hanze.screening.names import analyse


def forms(part: NamePart) -> list[str]:
    return [form.text for form in part.forms]


def spelled(text: str, kind: Kind = "unknown") -> list[list[str]]:
    """The forms of each part, in the likeliest reading."""
    return [forms(part) for part in analyse(text, kind).parts]


def can_be(text: str, latin: str, kind: Kind = "unknown") -> bool:
    """Whether some reading of the name has each of these Latin words among the forms of one part, in this order."""
    name = analyse(text, kind)
    return any(
        len(parts) == len(latin.split())
        and all(word in forms(part) for word, part in zip(latin.split(), parts, strict=True))
        for parts in (name.parts, *name.readings)
    )


def says(text: str, english: str, kind: Kind = "organisation") -> bool:
    """Whether the name has these words among the forms of its parts, in whatever order."""
    have = {form for part in analyse(text, kind).parts for form in forms(part)}
    return set(english.split()) <= have
