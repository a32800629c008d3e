"""Greek, Georgian, Armenian and Hebrew names by their own rules, every other script through anyascii."""

# ruff: noqa: SIM905 - tables read better as one row of words
from __future__ import annotations

import unicodedata
from functools import lru_cache

from anyascii import anyascii

from hanze.screening.analysed import Form, Script

_GREEK = dict(
    zip("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o".split(), strict=True)
)
_GREEK_PAIRS = (("ου", "ou"), ("αυ", "av"), ("ευ", "ev"), ("μπ", "b"), ("ντ", "nt"), ("γκ", "gk"), ("γγ", "ng"),
("γχ", "nch"))  # fmt: skip
_GREEK_OTHER = {"β": "b", "η": "e", "υ": "u", "χ": "h", "φ": "ph"}
_GEORGIAN = dict(
    zip(
        "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ",
        "a b g d e v z t i k l m n o p zh r s t u p k gh q sh ch ts dz ts ch kh j h".split(),
        strict=True,
    )
)
_ARMENIAN = dict(
    zip(
        "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆև",
        "a b g d e z e y t zh i l kh ts k h dz gh ch m y n sh o ch p j r s v t r ts v p k o f ev".split(),
        strict=True,
    )
)
_HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "h", "ט": "t", "י": "y", "כ": "k",
    "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "f", "צ": "ts",
    "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip


def _bare(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def _greek(word: str) -> list[str]:
    bare = _bare(word)
    paired = bare
    for pair, latin in _GREEK_PAIRS:
        paired = paired.replace(pair, latin)
    initial = {"μπ": "b", "ντ": "d", "γκ": "g"}
    start = initial.get(bare[:2], "")
    usual = "".join(
        _GREEK.get(c, c)
        for c in (start + paired[len(start) + (1 if start in ("d", "g") else 0) :] if start else paired)
    )
    letter = "".join((_GREEK | _GREEK_OTHER).get(c, c) for c in bare)
    return [
        usual,
        usual.replace("y", "i"),
        letter,
        usual.replace("ch", "h"),
        usual.replace("av", "au").replace("ev", "eu"),
    ]


def _armenian(word: str) -> list[str]:
    text = word.replace("ու", "u")
    return [
        "".join(_ARMENIAN.get(c, c) for c in text),
        "".join((_ARMENIAN | {"ե": "ye", "ո": "vo"}).get(c, c) for c in text),
    ]


def _hebrew(word: str) -> list[str]:
    end = word.removesuffix("ה") if len(word) > 2 else word
    letters = [_HEBREW | {"ו": vowel, "פ": p} for vowel in ("v", "o", "u") for p in ("p", "f")]
    return ["".join(table.get(c, c) for c in end) for table in letters]


@lru_cache(maxsize=20_000)
def forms(word: str, script: Script) -> tuple[Form, ...]:
    """Latin spellings of a lower-case word in a script that has no file of its own."""
    if script == "greek":
        texts = _greek(word)
    elif script == "georgian":
        texts = ["".join(_GEORGIAN.get(c, c) for c in word)]
    elif script == "armenian":
        texts = _armenian(word)
    elif script == "hebrew":
        texts = _hebrew(word)
    else:
        texts = []
    texts.append("".join(c for c in anyascii(_bare(word)).lower() if c.isalnum()))
    clean = [t for t in dict.fromkeys(texts) if t and t.isascii() and t.isalnum()]
    language = "consonants" if script == "hebrew" else script
    return tuple(Form(text, "transliteration", language) for text in clean)
