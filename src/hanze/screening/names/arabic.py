"""Arabic, Persian and Urdu names.

Common words are translated, usual spellings come from a table, and the rest has a rough letter-by-letter form.
Arabic script leaves out short vowels, so the rough form (`language="consonants"`) is made to be compared through
`keys.consonants` and `keys.vowels_agree`, not letter by letter.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hanze.screening.analysed import Form, NamePart
from hanze.screening.names.latin import role_and_weight
from hanze.screening.names.tables import rows

# One shape for letters that Arabic, Persian and Urdu keyboards write differently; hamza carriers lose their hamza.
_SHAPES = {
    ord(letter): shape
    for shape, letters in {"ا": "أإآٱ", "ی": "ىيئې", "ک": "كڪ", "ه": "ةۀۃھہەۂ", "و": "ؤۆۇۈ", "ر": "ڕ", "ل": "ڵ"}.items()
    for letter in letters
}
_LETTERS = str.maketrans(
    {
        "ا": "a", "ب": "b", "پ": "p", "ت": "t", "ٹ": "t", "ث": "th", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh",
        "د": "d",
        "ڈ": "d", "ذ": "dh", "ر": "r", "ڑ": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "dh",
        "ط": "t", "ظ": "dh", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ک": "k", "گ": "g", "ل": "l", "م": "m",
        "ن": "n",
        "ں": "n", "و": "w", "ه": "h", "ی": "y", "ے": "y", "ء": "", "ڤ": "v", "ڭ": "g", "ټ": "t", "ډ": "d", "ړ": "r",
        "ږ": "zh", "ښ": "sh", "ڼ": "n", "ځ": "z", "څ": "ts", "ۆ": "o", "ۇ": "u", "ې": "e", "ۍ": "y",
    }
)  # fmt: skip
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_SEPARATE = re.compile(r"(س|ک|د|ت|ز|گ)(?=[هح])")
_ASPIRATE = re.compile(r"(?<=.)ه(?=[^اوی])")
_PARTICLES = {
    "بن": ("bin", "ben", "ibn"), "ابن": ("ibn", "bin", "ben"), "بنت": ("bint",), "ولد": ("ould", "wald"),
    "ابو": ("abu", "abou"), "ابی": ("abi",), "ابا": ("aba",), "ام": ("umm", "oum", "um"), "عبد": ("abd", "abdul",
    "abdel"),
    "ال": ("al", "el"), "آل": ("al",), "و": ("and", "wa"), "او": ("and",), "د": ("of",), "في": ("in",),
    "فی": ("in",), "لل": ("of",),
}  # fmt: skip
# Letters that Latin spellings write in two ways; the second way becomes a second rough form.
_SECOND = str.maketrans({"ق": "g", "ج": "g", "ب": "p", "ف": "v", "غ": "q"})


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    """Arabic spelling in one shape -> Latin spellings."""
    return {shape(written): tuple(latin.split()) for cell, latin in rows("arabic_names") for written in cell.split()}


@cache
def _words() -> dict[str, tuple[str, ...]]:
    """Arabic or Persian word that is no name, in one shape and without article -> English words."""
    return {shape(written): tuple(latin.split()) for cell, latin in rows("arabic_words") for written in cell.split()}


def shape(word: str) -> str:
    """A word in the one spelling that the tables use."""
    return word.translate(_SHAPES)


def _rough(word: str) -> list[str]:
    letters = word.removesuffix("ه") if len(word) > 2 else word
    split = _SEPARATE.sub(lambda match: match[1] + "e", letters)
    found = [letters.translate(_LETTERS), split.translate(_LETTERS)]
    if len(letters) > 3 and (aspirate := _ASPIRATE.sub("", letters)) != letters:
        found.insert(1, aspirate.translate(_LETTERS))
    if len(letters) > 2:
        found += [letters.translate({code: other}).translate(_LETTERS) for code, other in _SECOND.items()]
    return [form for form in dict.fromkeys(found) if form.isascii() and form]


@lru_cache(maxsize=50_000)
def parts(word: str) -> tuple[NamePart, ...]:
    """One written word as name parts: two for عبدالرحمن, one for most; the article is left out."""
    bare = shape(word)
    if bare in _PARTICLES:
        role, weight = role_and_weight(_PARTICLES[bare][0])
        return (NamePart(word, tuple(Form(f, "reading", "arabic-names") for f in _PARTICLES[bare]), role, weight),)
    if bare.startswith("عبدال") and len(bare) > 6 and bare != "عبدالله":
        return (*parts("عبد"), *parts(bare[5:]))
    for suffix in ("الدین", "الله"):
        if bare.endswith(suffix) and len(bare) > len(suffix) + 2 and bare != "عبدالله":
            return (*parts(bare.removesuffix(suffix)), *parts(suffix[2:] if suffix == "الدین" else suffix))
    core = bare[2:] if bare.startswith("ال") and len(bare) > 4 and bare != "الله" else bare
    if core.isdecimal():
        return (NamePart(word, (Form(core.translate(_DIGITS), "written"),), "number", 0.5),)
    usual = _usual().get(core, ())
    named = [Form(text, "reading", "arabic-names") for text in usual]
    rough = [Form(text, "transliteration", "consonants") for text in _rough(core)]
    english = [Form(text, "dictionary", "arabic-english") for text in _words().get(core, ())]
    forms = (*named[:4], *english, *rough[:2], *named[4:], *rough[2:])
    if not forms:
        return ()
    role, weight = role_and_weight(first.text) if (first := forms[0]).how != "transliteration" else ("word", 1.0)
    return (NamePart(word, forms, role, weight),)
