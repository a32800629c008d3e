"""Names in Latin letters: diacritics, abbreviations, initials, particles, compounds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

from hanze.screening.analysed import Form, NamePart, Role
from hanze.screening.names import keys
from hanze.screening.names.words import given_name_groups, known_words

_LETTERS_OF_A_WORD = 3
# Letters that two customs write differently; the first column is what is most often seen.
_PLAIN = str.maketrans(
    {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "ng",
     "ə": "a", "ğ": "g", "å": "a", "ŧ": "t", "ĸ": "k", "ſ": "s"}
)  # fmt: skip
_LONG = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj", "ð": "dh", "ñ": "ny", "ə": "e", "ş": "sh",
     "š": "sh", "č": "ch", "ž": "zh", "ç": "ch", "ć": "ch", "ğ": "gh", "ý": "y", "ț": "ts", "ţ": "ts", "ș": "sh",
     "ã": "an", "ẽ": "en", "ĝ": "j", "ő": "oe", "ű": "ue", "ś": "sh", "ż": "zh", "ź": "z", "ń": "ny"}
)  # fmt: skip
_THIRD = str.maketrans({"ə": "a", "ä": "a", "c": "j", "ç": "c", "ğ": "", "ı": "y"})


def without_marks(word: str) -> str:
    """A Latin word in lower-case ASCII, diacritics dropped."""
    stripped = "".join(c for c in unicodedata.normalize("NFD", word.translate(_PLAIN)) if not unicodedata.combining(c))
    return stripped if stripped.isascii() else "".join(c for c in anyascii(stripped).lower() if c.isalnum())


def ascii_forms(word: str) -> tuple[str, ...]:
    """The ways in which a word with diacritics is written without them: müller gives muller and mueller."""
    if word.isascii():
        return (word,)
    composed = unicodedata.normalize("NFC", word)
    forms = [without_marks(composed), without_marks(composed.translate(_LONG))]
    if "ə" in composed or "ğ" in composed:
        forms.append(without_marks(composed.translate(_THIRD)))
    return tuple(form for form in dict.fromkeys(forms) if form)


_DIGIT_IN_WORD = re.compile(r"\d(?=[a-z])")
_LOOKS_LIKE = ("01345789", "oieastbg", "oleastbg")


def letters_for_digits(word: str) -> tuple[str, ...]:
    """The words that a word with digits in it may be written for: pu7in gives putin.

    A digit at the end is a number (`mig29`), and so is one in a word of few letters (`3m`, `n4c`).
    """
    if word.isalpha() or not word[-1].isalpha() or sum(map(str.isalpha, word)) < _LETTERS_OF_A_WORD:
        return ()
    if any(character.isdigit() for character in _DIGIT_IN_WORD.sub("", word)):
        return ()
    digits, *looks = _LOOKS_LIKE
    texts = dict.fromkeys(word.translate(str.maketrans(digits, letters)) for letters in looks)
    return tuple(text for text in texts if text.isalpha())


def role_and_weight(word: str) -> tuple[Role, float]:
    """What a lower-case ASCII word is in a name, seen on its own."""
    known = known_words().get(word)
    if known:
        return known.role, known.weight
    if word.isdigit():
        return "number", 0.5
    if len(word) == 1:
        return "initial", 0.2
    return "word", 1.0


@lru_cache(maxsize=200_000)
def part(word: str) -> NamePart | None:
    """A word without spaces, in Latin letters and lower case, as a name part; None when nothing of it is left."""
    spellings = ascii_forms(word)
    if not spellings:
        return None
    forms = [Form(text, "written") for text in spellings]
    forms += [Form(text, "transliteration", "digits") for text in letters_for_digits(spellings[0])]
    known = known_words().get(spellings[0])
    if known and known.concept != spellings[0]:
        how = "abbreviation" if known.concept.startswith(spellings[0][:2]) else "dictionary"
        forms.append(Form(known.concept, how, "words"))
    elif not known and (group := given_name_groups().get(spellings[0])) and group != spellings[0]:
        forms.append(Form(group, "dictionary", "given-names"))
    role, weight = role_and_weight(spellings[0])
    return NamePart(word, tuple(forms), role, weight)


def _patronymic(word: str) -> bool:
    return len(word) > 6 and word.endswith(
        ("ovich", "evich", "ovitch", "evitch", "ovna", "evna", "ovych", "ivna", "yevich", "owitsch")
    )


def analysed(words: tuple[str, ...], person: bool) -> tuple[NamePart, ...]:
    """The parts of a Latin name in written order; `person` lets patronymics be told from other words."""
    found: list[NamePart] = []
    for word in words:
        item = part(word)
        if item is None:
            continue
        if person and item.role == "word" and len(words) > 2 and _patronymic(item.forms[0].text):
            item = NamePart(item.written, item.forms, "patronymic", 0.6)
        found.append(item)
    return tuple(found)


def compounds_apart(parts: tuple[NamePart, ...]) -> tuple[NamePart, ...] | None:
    """The name with Arabic compounds written as one word taken apart, or None when there are none."""
    taken: list[NamePart] = []
    changed = False
    for item in parts:
        split = keys.pieces(item.forms[0].text) if item.role == "word" else ()
        if split:
            changed = True
            taken += [found for piece in split if (found := part(piece))]
        else:
            taken.append(item)
    return tuple(taken) if changed else None
