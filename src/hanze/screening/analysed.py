"""A name taken apart: what both the index and the score look at. `names.analyse` makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

Script = OneOf[
    "latin", "cyrillic", "greek", "arabic", "hebrew", "han", "kana", "hangul", "georgian", "armenian", "other"
]
Role = OneOf[
    "word", "given", "family", "patronymic", "particle", "honorific", "legal-form", "initial", "number", "acronym"
]
How = OneOf["written", "transliteration", "reading", "dictionary", "abbreviation", "acronym"]


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a part of a name can be written in lower-case ASCII letters and digits, and how it came about.

    `language` is a short tag of the rule that gave it (`pinyin`, `wade-giles`, `cantonese`, `revised-romanisation`,
    `consonants`, `hanzi-english`, …); empty for what was written.
    """

    text: str
    how: How
    language: str = ""


@dataclass(frozen=True, slots=True)
class NamePart:
    """A part of a name as it was written, the forms it can take (the best first), and what it is in the name.

    `weight` says how telling the part is: 1 for an ordinary part, near 0 for `Co.`, `the`, `bin`.
    """

    written: str
    forms: tuple[Form, ...]
    role: Role = "word"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class AnalysedName:
    """A name in the order in which it was written, split into parts.

    `readings` are other ways to split or read the whole name (a Han name with another surname length, joined pinyin),
    each a tuple of parts like `parts`; empty when there is one way only. `acronym` is what an organisation may go by: a
    part that stands for the whole name, its forms being the initials.
    """

    text: str
    script: Script
    parts: tuple[NamePart, ...]
    readings: tuple[tuple[NamePart, ...], ...] = ()
    acronym: NamePart | None = None

    @property
    def all_readings(self) -> tuple[tuple[NamePart, ...], ...]:
        """Every way in which the name can be looked up: as it is written, read otherwise, and by its initials."""
        return (self.parts, *self.readings, *(((self.acronym,),) if self.acronym else ()))
