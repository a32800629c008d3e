"""A letter as data, and as a DOCX that an officer can go on editing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hanze.reporting.figures import Language


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says; `address` are the lines of the addressee, `paragraphs` plain text."""

    organisation: str
    address: tuple[str, ...]
    date: date
    reference: str
    subject: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    signatory: str
    language: Language
