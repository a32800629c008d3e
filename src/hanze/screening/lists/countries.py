"""Countries as lists spell them, to ISO 3166 alpha-2 codes.

`data/iso_countries.tsv` holds the names and codes of ISO 3166-1 and the English and Dutch names of CLDR (made by
`tools/country_names.py`), `data/countries.tsv` the other spellings that lists use; there XK (Kosovo) is user-assigned,
SU, YU, CS and AN are former codes, and a spelling without a code is known to say nothing.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

NUMBERED = re.compile(r"\(\d+\)")
BETWEEN_NAMES = re.compile(r"[;|]|\s/\s")


@lru_cache(maxsize=10_000)
def country_codes(text: str) -> tuple[str, ...] | None:
    """The codes of the countries that a text names: `Korea, North`, `(1) Russia (2) Ukraine`, `IRQ`, `nl`.

    Empty when the text says that it is unknown; None when no table knows the spelling.
    """
    if (code := _code(text)) is not None:
        return (code,) if code else ()
    parts = (
        [part for part in NUMBERED.split(text) if part.strip()] if NUMBERED.search(text) else BETWEEN_NAMES.split(text)
    )
    codes = [_code(part) for part in parts]
    found = tuple(dict.fromkeys(code for code in codes if code))
    return found if found and len(parts) > 1 else None


def _code(text: str) -> str | None:
    table = _table()
    if (code := table.get(_key(text))) is not None:
        return code
    without_note = re.sub(r"\(.*?\)|\[.*?\]", " ", text)
    return table.get(_key(without_note)) if without_note != text else None


def _key(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("&", " and "))
    words = re.findall(r"\w+", "".join(char for char in decomposed if not unicodedata.combining(char)))
    return " ".join(word for word in words if word != "the" and word != "region")


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for name in ("iso_countries.tsv", "countries.tsv"):
        text = files("hanze.screening").joinpath("data", name).read_text("utf-8")
        rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
        table.update((_key(spelling), code) for spelling, code in rows)
    return table
