"""Keys that spellings of one name in Latin letters share, whatever the language it was written down in.

All functions take a lower-case ASCII word as in `Form.text`. Cached by word: lists and parties repeat their words.
"""

from __future__ import annotations

import re
from functools import lru_cache

_DOUBLED = re.compile(r"(.)\1+")

# Sounds: the first rule that fits wins, left to right. Sibilants are one sound, so are i, y and j.
_SOUNDS = {
    "shch": "c", "chtch": "c", "schtsch": "c", "shtch": "c", "sjtsj": "c", "szcz": "c", "stsj": "c", "tsch": "c",
    "tch": "c", "tsj": "c", "tsh": "c", "sch": "c", "sh": "c", "sj": "c", "sz": "c", "ch": "c", "cz": "c", "cs": "c",
    "dzh": "c", "dsch": "c", "dsh": "c", "dj": "c", "dz": "z", "zh": "c", "zj": "c", "kh": "h", "gh": "g", "ph": "f",
    "th": "t", "dh": "d", "x": "ks", "ck": "k", "qu": "k", "q": "k", "w": "v", "tz": "z", "ts": "z", "tc": "c",
    "ou": "u", "oo": "u", "oe": "o", "ee": "i", "ae": "e", "ue": "u", "y": "i", "j": "i",
    "ce": "se", "ci": "si", "cy": "si", "c": "k",
}  # fmt: skip
_GLIDE = re.compile(r"i(?=[aeou])")
# Groups of letters are searched, single letters translated; C keeps the sibilant of a group apart from the letter c.
_GROUPS = {letters: sound.replace("c", "C") for letters, sound in _SOUNDS.items() if len(letters) > 1}
_LETTERS_ALONE = str.maketrans({**{letter: sound for letter, sound in _SOUNDS.items() if len(letter) == 1}, "C": "c"})
_GROUP = re.compile("|".join(sorted(_GROUPS, key=len, reverse=True)))


def _once(doubled: re.Match[str]) -> str:
    return doubled[1]


def _group_sound(group: re.Match[str]) -> str:
    return _GROUPS[group[0]]


@lru_cache(maxsize=200_000)
def sounds(word: str) -> str:
    """Spelling habits of European languages taken out, vowels kept: Tchaikovsky, Chaykovskiy and Tschaikowski agree."""
    text = _GROUP.sub(_group_sound, word).translate(_LETTERS_ALONE)
    text = _GLIDE.sub("", _DOUBLED.sub(_once, text))
    return text[:-1] + "v" if text.endswith("f") and len(text) > 3 else text


# Consonants: digraphs first. Vowels and the half-vowels w, y, v within a word fall out.
_CONSONANTS = {
    "tsch": "C", "sch": "S", "tch": "C", "dj": "j", "dsch": "j", "dzh": "j", "kh": "x", "gh": "g", "sh": "S",
    "ch": "S",
    "ph": "f", "ts": "ts", "tz": "ts", "zh": "j", "ck": "k", "c": "k", "q": "k", "x": "ks", "ce": "se", "ci": "si",
    "th": "T", "dh": "D",
}  # fmt: skip
_CONSONANT = re.compile("|".join(sorted(_CONSONANTS, key=len, reverse=True)))
_START = re.compile(r"^(?:ou(?=[aei])|u(?=[aei])|o(?=[aei])|v)")
_START_Y = re.compile(r"^(?:i(?=[aou])|y)")
_SOFT = str.maketrans("", "", "aeiouywv")
_EITHER = {"T": ("t", "s"), "D": ("d", "z")}


@lru_cache(maxsize=200_000)
def consonants(word: str) -> tuple[str, ...]:
    """Skeletons of a name from Arabic, Persian or Urdu in whatever Latin spelling, or of a rough letter-by-letter form.

    Several where a digraph stands for more than one letter (`th`, `dh`). Qusay, Qusai, Kusay and `qsy` share `ks`.
    """
    text = _START.sub("w", word) if word.startswith(("o", "u", "v")) else word
    first = "w" if text.startswith("w") else "y" if _START_Y.match(text) else ""
    text = _CONSONANT.sub(lambda match: _CONSONANTS[match[0]], text)
    text = _DOUBLED.sub(_once, text).translate(_SOFT)
    if text.endswith("h"):
        text = text[:-1]
    keys: list[str] = [first + text]
    for mark, letters in _EITHER.items():
        if mark in text:
            keys = [key.replace(mark, letter) for key in keys for letter in letters]
    return tuple(keys)


_SLOT = re.compile(r"[ksgcptd]h|([^aeiouywv])\1|[^aeiouywv]")
_LETTERS = {"a": "ae", "w": "ouwv", "y": "iyej"}


def vowels_agree(rough: str, word: str) -> float:
    """How well the long vowels of a rough Arabic form fit a Latin spelling with the same consonants, from 0 to 1.

    `salm` fits Salim and not Sulaym; `slym` fits Saleem and not Salam.
    """
    ours, theirs = _SLOT.sub(" ", rough).split(" "), _SLOT.sub(" ", word).split(" ")
    if len(ours) != len(theirs):
        return 0.5
    fits = 0.0
    for mine, other in zip(ours, theirs, strict=True):
        if not mine:
            fits += 1.0 if len(other) < 2 else 0.8
        elif any(letter in other for c in mine for letter in _LETTERS.get(c, c)):
            fits += 1.0
    return fits / len(ours)


_KOREAN = {
    "kk": "k", "gg": "k", "gh": "k", "g": "k", "c": "k", "q": "k", "tt": "t", "dd": "t", "d": "t", "pp": "p",
    "bb": "p", "b": "p", "l": "r", "rh": "r", "ss": "s", "sh": "s", "jj": "j", "tch": "j", "ch": "j", "tj": "j",
    "z": "j",
    "ng": "N", "weo": "wo", "wae": "we", "woo": "o", "wu": "o", "yeou": "yo", "yeo": "yo", "you": "yo", "yu": "yo",
    "yoo": "yo", "yae": "ye", "eui": "i", "ui": "i", "wee": "wi", "oe": "we", "oi": "we", "ae": "e", "ai": "e",
    "ay": "e",
    "ei": "e", "ey": "e", "ee": "i", "yi": "i", "eo": "o", "eu": "o", "oo": "o", "ou": "o", "oh": "o", "uh": "o",
    "u": "o",
    "ah": "a", "y": "y", "ie": "ye", "v": "p", "f": "p", "x": "s",
}  # fmt: skip
_KOREAN_RULE = re.compile("|".join(sorted(_KOREAN, key=len, reverse=True)))


@lru_cache(maxsize=100_000)
def korean(word: str) -> str:
    """What the romanisations of one Korean name share: Jeong-eun, Jong Un, Chung Eun and Jung-en give one key."""
    text = _KOREAN_RULE.sub(lambda match: _KOREAN[match[0]], word)
    return _DOUBLED.sub(_once, text)


_ABD = re.compile(r"^a[bp]d(?:[aeiou]{1,2}[lrsntdz]?|(?=[rslnhjkmwqgf]))(?=[a-z]{3})")
_DIN = re.compile(r"^(.{3,}?)(?:[aeiou]{1,2}|[aeiou]?l)?(?<=[aeioul])dd?[iey]{1,2}ne?$")
_ALLAH = re.compile(r"^(.{3,}?)[aeiou]?ll?ah?$")
_ARTICLE = re.compile(r"^(?:al|el|as|ash|ar|ad|at|an|az|es|er|ed)(?=[a-z]{4})")


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[str, ...]:
    """The parts of an Arabic compound written as one word: abdurrahman, noureddine, nasrullah, alzawahiri.

    Empty when the word is no compound. `abd` and the article are left out: nearly every such name has them.
    """
    if len(word) < 6:
        return ()
    if match := _ABD.match(word):
        core = word[match.end() :]
        return (core[1:] if core[:2] in ("rr", "ss", "ll", "nn", "tt", "dd") else core,)
    if word[-4:-2] == "di" or word[-3:] in ("din", "ine", "een", "yne"):
        if (match := _DIN.match(word)) and len(match[1]) >= 3:
            return (match[1], "din")
    elif word.endswith(("lah", "lla")) and (match := _ALLAH.match(word)):
        return (match[1], "allah")
    if (word[0] == "a" or word[0] == "e") and (match := _ARTICLE.match(word)):
        rest = word[match.end() :]
        if word[:2] in ("al", "el") or rest[0] == word[match.end() - 1]:
            return (rest,)
    return ()
