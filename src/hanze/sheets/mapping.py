"""Which column holds what: by what is remembered of these headings, by the words people use, by likeness."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import override
from rapidfuzz import fuzz

from hanze.sheets.kinds import KINDS, Field, Kind

LIKE = 86
"""From this likeness on a heading counts as a word that is known."""
IGNORED = ""


def plain(heading: str) -> str:
    """A heading in small letters without what stands between brackets, stars, numbers of repeats."""
    text = re.sub(r"\(.*?\)|\[.*?\]", " ", heading.casefold()) or heading.casefold()
    return " ".join(re.sub(r"[*:_./\\#?!\"]+", " ", text).split())


@cache
def words_of(kind: str) -> dict[str, str]:
    """The words by which a kind's columns are known → the field."""
    headings = _headings()
    found: dict[str, str] = {}
    for each in KINDS[kind].fields:
        if each.only_for_all:
            continue
        said = [word for owner in (kind, "every") for word in headings.get(owner, {}).get(each.name, ())]
        for word in (*said, each.name.replace("_", " "), *_labels(each)):
            found.setdefault(plain(word), each.name)
    return found


@cache
def _headings() -> dict[str, dict[str, list[str]]]:
    return yaml.safe_load(files("hanze.sheets").joinpath("data", "headings.yaml").read_text("utf-8"))


def _labels(field: Field) -> list[str]:
    labels = []
    for language in ("nl", "en"):
        with override(language):
            labels.append(str(field.label))
    return labels


def is_known(heading: str) -> bool:
    """Whether a heading is a word for a field of any kind."""
    return any(plain(heading) in words_of(code) for code in KINDS)


def likeness(heading: str, field: str, kind: str) -> float:
    """How much a heading is like the words for a field, from 0 to 100."""
    said = plain(heading)
    words = [word for word, name in words_of(kind).items() if name == field]
    best = max((fuzz.ratio(said, word) for word in words), default=0.0)
    inside = any(re.search(rf"\b{re.escape(word)}\b", said) for word in words if len(word) > 3)
    return max(best, 88.0 if inside and len(said) < 60 else 0.0)


def propose(headings: list[str], kind: Kind) -> dict[str, str]:
    """Heading → field: first those that say it exactly, then those that are like it; each field once, but for fields
    that take several columns."""
    mapping: dict[str, str] = {}
    words = words_of(kind.code)
    taken: set[str] = set()
    named = [heading for heading in headings if heading]
    for heading in named:
        name = words.get(plain(heading))
        if name and (name not in taken or kind.field(name).many):
            mapping[heading] = name
            taken.add(name)
    rest = [heading for heading in named if heading not in mapping]
    offers = [(likeness(h, f.name, kind.code), h, f) for h in rest for f in kind.fields if not f.only_for_all]
    for score, heading, field in sorted(offers, key=lambda offer: -offer[0]):
        if score < LIKE:
            break
        if heading not in mapping and (field.name not in taken or field.many):
            mapping[heading] = field.name
            taken.add(field.name)
    return mapping


def guess_kind(sheet: str, headings: list[str], allowed: list[str]) -> str:
    """What the rows of a sheet probably are: by its name, and by how many headings fit; "" when nothing does."""

    def score(code: str) -> float:
        kind = KINDS[code]
        exact = words_of(code)
        fits = {exact[plain(heading)] for heading in headings if plain(heading) in exact}
        required = {each.name for each in kind.fields if each.required}
        named = any(fuzz.partial_ratio(word, plain(sheet)) > 90 for word in kind.sheet_words if len(plain(sheet)) > 3)
        return len(fits) + len(fits & required) + (6 if named else 0)

    best = max(allowed, key=score, default="")
    return best if best and score(best) >= 3 else ""


def fingerprint(headings: list[str]) -> str:
    """The same for the same headings in any order."""
    words = sorted(plain(heading) for heading in headings if heading)
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


def starting_constants(kind: Kind) -> dict[str, Any]:
    """What holds for every row until somebody chooses otherwise."""
    return {each.name: each.default for each in kind.fields if each.default}
