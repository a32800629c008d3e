"""What OFAC writes in the remarks of its CSV files: birth dates, places, nationality, gender, numbers, weak aliases.

The form: parts divided by `; `, each a label and a value (`alt. Passport A123 (Malta) issued 12 Jan 2001`).
"""

from __future__ import annotations

import re

from hanze.screening.lists.draft import Draft
from hanze.screening.lists.identifiers import kind_of, label_pattern

PARTS = re.compile(r";\s+")
QUOTED = re.compile(r"^(?:alt\. )?([afn])\.k\.a\.,? ['\"](.+)['\"]$")
NUMBER = re.compile(
    r"^(?P<number>.*?)(?:\s*\((?P<country>[^()]*)\))?"
    r"(?:\s+(?:issued|expires|valid|Date of Issue|effective)\b.*)?$"
)


def read_remarks(draft: Draft, remarks: str) -> None:
    """Put into the draft what the remarks say; they are kept whole as its remarks."""
    draft.remark(remarks)
    for part in PARTS.split(remarks):
        _read_part(draft, part.strip().removesuffix("."))


def _read_part(draft: Draft, part: str) -> None:
    word, _, rest = part.removeprefix("alt. ").partition(" ")
    if word == "DOB":
        draft.birth_date(rest)
    elif word == "POB":
        draft.birth_place(rest)
    elif word in ("nationality", "citizen"):
        draft.country(rest)
    elif word == "Gender":
        draft.gendered(rest)
    elif ".k.a." in word:
        _read_alias(draft, part)
    elif rest:
        _read_number(draft, part)


def _read_alias(draft: Draft, part: str) -> None:
    match = QUOTED.match(part)
    if match:
        draft.name(match[2], "former" if match[1] == "f" else "weak-alias")


def _read_number(draft: Draft, part: str) -> None:
    match = label_pattern().match(part)
    if not match:
        return
    number = NUMBER.match(match[2])
    if number and any(char.isdigit() for char in number["number"]):
        draft.identifier(kind_of(match[1]), number["number"], number["country"])
