"""Cyrillic names, in the spellings of several standards and languages.

BGN/PCGN and the passport rules (ICAO 9303), ISO 9 in its ASCII habit, French, German and Dutch newspapers' spelling;
Ukrainian, Belarusian and Bulgarian names by their own rules when their letters show it.
"""

# ruff: noqa: SIM905 - tables read better as one row of words
from __future__ import annotations

from functools import lru_cache

from hanze.screening.analysed import Form

_BASE = dict(
    zip("абвгдезийклмнопрстуфыэіїєґўјљњђћџѓќѕ",
    "a b v g d e z i y k l m n o p r s t u f y e i i e g u j lj nj dj c dz g k z".split(), strict=True)
) | {"ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu",
"я": "ya",
     "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "җ": "j", "ҷ": "j", "ҳ": "h",
     "ӣ": "i", "ӯ": "u",
     "ѳ": "f", "ѣ": "e", "ѐ": "e", "ѝ": "i"}  # fmt: skip
_PASSPORT = _BASE | {"ю": "iu", "я": "ia", "й": "i", "ъ": "ie", "ё": "e", "ы": "y"}
_BGN = _BASE | {"ё": "yo"}
_ISO9 = _BASE | {"х": "h", "ц": "c", "ж": "zh", "щ": "shh", "й": "j", "ю": "ju", "я": "ja", "э": "e", "ё": "jo"}
_SLAVIC = _BASE | {
    "х": "h",
    "ц": "c",
    "ж": "z",
    "ч": "c",
    "ш": "s",
    "щ": "sc",
    "й": "j",
    "ю": "ju",
    "я": "ja",
    "ё": "e",
}
_FRENCH = _BASE | {"у": "ou", "ш": "ch", "ч": "tch", "щ": "chtch", "ж": "j", "ё": "io", "ю": "iou", "я": "ia", "й": "i"}
_GERMAN = _BASE | {"ш": "sch", "ч": "tsch", "щ": "schtsch", "ж": "sch", "х": "ch", "ц": "z", "в": "w", "з": "s",
                   "й": "i", "ю": "ju", "я": "ja", "ё": "jo"}  # fmt: skip
_DUTCH = _BASE | {"ш": "sj", "ч": "tsj", "щ": "sjtsj", "ж": "zj", "х": "ch", "у": "oe", "й": "j", "ю": "joe",
"я": "ja",
                  "ё": "jo"}  # fmt: skip
_UKRAINIAN = _BASE | {"г": "h", "и": "y", "і": "i", "ї": "i", "є": "ie", "й": "i", "ю": "iu", "я": "ia", "щ": "shch"}
_BULGARIAN = _BASE | {"х": "h", "щ": "sht", "ъ": "a", "ц": "ts", "ж": "zh"}
_SERBIAN = _BASE | {"х": "h", "ц": "c", "ч": "c", "ш": "s", "ж": "z"}

_RUSSIAN = (
    ("bgn", _BGN), ("passport", _PASSPORT), ("iso9", _ISO9), ("french", _FRENCH), ("german", _GERMAN),
    ("dutch", _DUTCH), ("slavic", _SLAVIC), ("bulgarian", _BULGARIAN),
)  # fmt: skip


def _initial_e(word: str, text: str) -> str:
    """BGN writes ye at the start of a word and after a vowel."""
    return "y" + text if word[0] == "е" else text


@lru_cache(maxsize=50_000)
def forms(word: str) -> tuple[Form, ...]:
    """The Latin spellings of a lower-case Cyrillic word, the most used first."""
    standards = list(_RUSSIAN)
    if set(word) & set("іїєґ"):
        standards.insert(0, ("ukrainian", _UKRAINIAN))
    elif set(word) & set("ўј"):
        standards.insert(0, ("serbian", _SERBIAN))
    else:
        standards.append(("ukrainian", _UKRAINIAN))
    if set(word) & set("јљњђћџ"):
        standards.insert(0, ("serbian", _SERBIAN))
    found: dict[str, Form] = {}
    for language, table in standards:
        text = "".join(table.get(c, c if c.isascii() and c.isalnum() else "") for c in word)
        if not text:
            continue
        if language == "bgn":
            text = _initial_e(word, text)
        for spelled in _endings(word, text, language):
            found.setdefault(spelled, Form(spelled, "transliteration", language))
    return tuple(found.values())


def _endings(word: str, text: str, language: str) -> list[str]:
    """The spelling itself, and the ones that newspapers shorten: -skiy, -skii, -skij to -sky and -ski."""
    if language in ("bgn", "ukrainian") and word.endswith(("ий", "ый", "ій")):
        stem = "".join(text)[:-2] if text.endswith(("iy", "yy", "ii", "yi")) else text
        return [text, stem + "y", stem + "i"] if stem != text else [text]
    if text.endswith("ii"):
        return [text, text[:-1]]
    if language == "bgn" and word.endswith("кс"):
        return [text, text[:-2] + "x"]
    return [text]
