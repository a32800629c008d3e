"""Words that are no name: legal forms, business words, particles, honorifics, and their abbreviations and translations.

The words themselves are data (`data/words.tsv`); given names that languages share are in `data/given_names.tsv`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import cast

from hanze.screening.analysed import Role
from hanze.screening.names.tables import rows


@dataclass(frozen=True, slots=True)
class Word:
    """What a word stands for (`concept`, its usual English word), its role and how telling it is."""

    concept: str
    role: Role
    weight: float


@cache
def known_words() -> dict[str, Word]:
    """Word in lower-case ASCII -> what it stands for. Where two concepts share a word the first line wins."""
    found: dict[str, Word] = {}
    for concept, role, weight, members in rows("words"):
        word = Word(concept, cast("Role", role), float(weight))
        for member in members.split():
            found.setdefault(member, word)
    return found


@cache
def given_name_groups() -> dict[str, str]:
    """Spelling of a given name -> the first spelling of its line, for European, Arabic and Persian names."""
    found: dict[str, str] = {}
    for (line,) in rows("given_names"):
        members = line.split()
        for member in members:
            found.setdefault(member, members[0])
    for _, line in rows("arabic_names"):
        members = line.split()
        for member in members:
            found.setdefault(member, members[0])
    return found
