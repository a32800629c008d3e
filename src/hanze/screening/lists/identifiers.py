"""Which numbers are what: the labels that lists use, as kinds of identifier (`data/identifiers.tsv`)."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

NO_NUMBER = frozenset(("", "na", "n/a", "-0-", "unknown", "none", "nil", "-", "onbekend"))


def clean_number(text: str) -> str:
    """The number without punctuation around it; empty when the text says that there is none."""
    text = text.strip(" .,;:#")
    return "" if text.casefold() in NO_NUMBER else text


@cache
def labels() -> dict[str, str]:
    """Label in lower case → kind."""
    text = files("hanze.screening").joinpath("data", "identifiers.tsv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return {label.casefold(): kind for label, kind in (line.split("\t") for line in lines)}


@cache
def label_pattern() -> re.Pattern[str]:
    """Finds `alt. Passport A1234 (Malta) issued …`: groups are the label and what follows it."""
    longest_first = sorted(labels(), key=len, reverse=True)
    return re.compile(rf"^(?:alt\. )?({'|'.join(map(re.escape, longest_first))})\s*(?:[:#]|No\.?)?\s+(.+)$", re.I)


def kind_of(label: str) -> str:
    """The kind of identifier that a label stands for; `other` when no table knows it."""
    label = " ".join(label.split()).rstrip(".:").casefold()
    return labels().get(label) or labels().get(f"{label}.") or "other"
