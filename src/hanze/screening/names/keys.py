"""Keys that spellings of one name in Latin letters share, whatever the language it was written down in.

All functions take a lower-case ASCII word as in `Form.text`. Cached by word: lists and parties repeat their words.
`sounds_of`, `consonants_of` and `korean_of` take many words at once, a line each for the same patterns: a fraction of
the time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

_MOST_KNOWN = 200_000
_Key = TypeVar("_Key")


class _Keys(Generic[_Key]):
    """Keys by word, remembered; those of new words are made together by `of_new`."""

    def __init__(self, of_new: Callable[[Sequence[str]], Sequence[_Key]]) -> None:
        self._of_new = of_new
        self._known: dict[str, _Key] = {}

    def of(self, words: Sequence[str]) -> list[_Key]:
        """The key of each word."""
        if len(self._known) + len(words) > _MOST_KNOWN:
            self._known.clear()
        known = self._known
        new = [word for word in dict.fromkeys(words) if word not in known]
        known.update(zip(new, self._of_new(new), strict=True))
        return [known[word] for word in words]

    def of_one(self, word: str) -> _Key:
        """The key of one word."""
        found = self._known.get(word)
        return self.of((word,))[0] if found is None else found


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


def _sounds(words: Sequence[str]) -> list[str]:
    lines = _GROUP.sub(_group_sound, "\n".join(words)).translate(_LETTERS_ALONE)
    texts = _GLIDE.sub("", _DOUBLED.sub(_once, lines)).split("\n")
    return [text[:-1] + "v" if text.endswith("f") and len(text) > 3 else text for text in texts][: len(words)]


_KNOWN_SOUNDS = _Keys(_sounds)
sounds_of = _KNOWN_SOUNDS.of


def sounds(word: str) -> str:
    """Spelling habits of European languages taken out, vowels kept: Tchaikovsky, Chaykovskiy and Tschaikowski agree."""
    return _KNOWN_SOUNDS.of_one(word)


# Consonants: digraphs first. Vowels and the half-vowels w, y, v within a word fall out.
_CONSONANTS = {
    "tsch": "C", "sch": "S", "tch": "C", "dj": "j", "dsch": "j", "dzh": "j", "kh": "x", "gh": "g", "sh": "S",
    "ch": "S",
    "ph": "f", "ts": "ts", "tz": "ts", "zh": "j", "ck": "k", "c": "k", "q": "k", "x": "ks", "ce": "se", "ci": "si",
    "th": "T", "dh": "D",
}  # fmt: skip
_CONSONANT = re.compile("|".join(sorted(_CONSONANTS, key=len, reverse=True)))
_START = re.compile(r"^(?:ou(?=[aei])|u(?=[aei])|o(?=[aei])|v)")
_SOFT = str.maketrans("", "", "aeiouywv")
_EITHER = {"T": ("t", "s"), "D": ("d", "z")}


def _first(word: str) -> str:
    """The half-vowel that a word begins with, which stays."""
    if word[:1] == "w":
        return "w"
    return "y" if word[:1] == "y" or (word[:1] == "i" and word[1:2] in ("a", "o", "u")) else ""


def _skeletons(words: Sequence[str]) -> list[tuple[str, ...]]:
    starts = [_START.sub("w", word) if word.startswith(("o", "u", "v")) else word for word in words]
    lines = _CONSONANT.sub(_consonant, "\n".join(starts))
    texts = _DOUBLED.sub(_once, lines).translate(_SOFT).split("\n")[: len(words)]
    return [_either(_first(word) + text.removesuffix("h")) for word, text in zip(starts, texts, strict=True)]


def _consonant(group: re.Match[str]) -> str:
    return _CONSONANTS[group[0]]


def _either(key: str) -> tuple[str, ...]:
    keys: list[str] = [key]
    for mark, letters in _EITHER.items():
        if mark in key:
            keys = [one.replace(mark, letter) for one in keys for letter in letters]
    return tuple(keys)


_KNOWN_SKELETONS = _Keys(_skeletons)
consonants_of = _KNOWN_SKELETONS.of


def consonants(word: str) -> tuple[str, ...]:
    """Skeletons of a name from Arabic, Persian or Urdu in whatever Latin spelling, or of a rough letter-by-letter form.

    Several where a digraph stands for more than one letter (`th`, `dh`). Qusay, Qusai, Kusay and `qsy` share `ks`.
    """
    return _KNOWN_SKELETONS.of_one(word)


_SLOT = re.compile(r"[ksgcptd]h|([^aeiouywv])\1|[^aeiouywv]")
_LETTERS = {"a": "ae", "w": "ouwv", "y": "iyej"}


@lru_cache(maxsize=100_000)
def _slots(word: str) -> list[str]:
    """What stands between the consonants."""
    return _SLOT.sub(" ", word).split(" ")


def vowels_agree(rough: str, word: str) -> float:
    """How well the long vowels of a rough Arabic form fit a Latin spelling with the same consonants, from 0 to 1.

    `salm` fits Salim and not Sulaym; `slym` fits Saleem and not Salam.
    """
    ours, theirs = _slots(rough), _slots(word)
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


def _korean(words: Sequence[str]) -> list[str]:
    lines = _KOREAN_RULE.sub(_korean_sound, "\n".join(words))
    return _DOUBLED.sub(_once, lines).split("\n")[: len(words)]


def _korean_sound(group: re.Match[str]) -> str:
    return _KOREAN[group[0]]


_KNOWN_KOREAN = _Keys(_korean)
korean_of = _KNOWN_KOREAN.of


def korean(word: str) -> str:
    """What the romanisations of one Korean name share: Jeong-eun, Jong Un, Chung Eun and Jung-en give one key."""
    return _KNOWN_KOREAN.of_one(word)


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
    if word[0] == "a" and (match := _ABD.match(word)):
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
