"""Names that probably mean the same organisation, whatever the script, the accents or the legal form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import fuzz

ALIKE = 85.0
# Between two countries the same name often means two organisations, so more likeness is asked.
ALIKE_ABROAD = 95.0

# Legal forms as they are written behind or before a name, after folding to plain letters.
LEGAL_FORMS = frozenset(
    [
        "a",
        "ab",
        "ag",
        "aps",
        "as",
        "asbl",
        "b",
        "besloten",
        "bv",
        "bvba",
        "co",
        "company",
        "cooperatie",
        "cooperatief",
        "cooperatieve",
        "corp",
        "corporation",
        "cv",
        "doo",
        "eg",
        "ev",
        "gmbh",
        "inc",
        "incorporated",
        "kft",
        "kg",
        "kk",
        "limited",
        "llc",
        "llp",
        "ltd",
        "mbh",
        "naamloze",
        "nv",
        "o",
        "ohg",
        "oy",
        "plc",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "se",
        "sl",
        "slu",
        "sp",
        "spa",
        "sprl",
        "srl",
        "stichting",
        "u",
        "ua",
        "v",
        "vennootschap",
        "vereniging",
        "vof",
        "vzw",
        "z",
        "zoo",
    ]
)
HAN_LEGAL_FORMS = re.compile(r"(股份有限公司|有限责任公司|有限責任公司|有限公司|株式会社|주식회사|集团|集團|公司)")


@lru_cache(maxsize=20_000)
def normalised(name: str) -> str:
    """`name` in plain lower-case letters without its legal form; never empty for a name with any letter."""
    folded = unicodedata.normalize("NFKC", name)
    bare = _words(HAN_LEGAL_FORMS.sub(" ", folded)) or _words(folded)
    kept = [word for word in bare if word not in LEGAL_FORMS]
    return " ".join(kept or bare) or folded.casefold().strip()


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", anyascii(text).replace("'", "").replace("&", " and ").lower())


@dataclass(frozen=True)
class Named:
    """An organisation as far as its names go."""

    pk: int
    names: tuple[str, ...]
    country: str | None


def likeness(one: str, other: str) -> float:
    """How alike two names are, from 0 to 100. Equal after normalising is 100; word order counts little, and a
    name that has all the words of the other counts somewhat less than an equal one."""
    return likeness_of(normalised(one), normalised(other))


def likeness_of(a: str, b: str) -> float:
    """The same of two names that are normalised already."""
    if a == b:
        return 100.0
    if not a or not b:
        return 0.0
    score = max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b))
    # A short name within a long one ("Delta" in "Delta Port Authority") says nothing.
    if min(len(a.split()), len(b.split())) >= 2:
        score = max(score, 0.92 * fuzz.token_set_ratio(a, b))
    return min(score, 99.0)


def alike(name: str, country: str | None, candidates: list[Named]) -> list[tuple[int, float]]:
    """The keys of `candidates` that probably are `name` with their likeness, the most alike first.

    `country` is an ISO code, or None when it is not known.
    """
    found = []
    for candidate in candidates:
        score = max((likeness(name, known) for known in candidate.names if known), default=0.0)
        abroad = country is not None and candidate.country is not None and country != candidate.country
        if score >= (ALIKE_ABROAD if abroad else ALIKE):
            found.append((candidate.pk, score))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))
