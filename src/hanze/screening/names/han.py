"""Names in Han characters: Chinese persons and organisations, with Japanese and Korean readings as a fall-back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, product
from typing import Literal as OneOf

from anyascii import anyascii

from hanze.screening.analysed import Form, How, NamePart
from hanze.screening.names import kana
from hanze.screening.names.latin import role_and_weight
from hanze.screening.names.pinyin import hong_kong, wade_giles
from hanze.screening.names.tables import rows

_LONGEST_PERSON = 4
_REPEATED = re.compile("(.)々")
_MOST_PINYIN = 4
_MOST_CANTONESE = 4


@dataclass(frozen=True, slots=True)
class Character:
    """How a Han character is read: pinyin without tones, jyutping without tones, hangul, Japanese on-reading."""

    pinyin: tuple[str, ...] = ()
    cantonese: tuple[str, ...] = ()
    korean: tuple[str, ...] = ()
    japanese: tuple[str, ...] = ()


@cache
def _lines() -> dict[str, list[str]]:
    return {cells[0]: cells for cells in rows("han")}


@cache
def _simplifying() -> dict[int, str]:
    return {ord(cells[0]): cells[1] for cells in _lines().values() if len(cells) > 1 and cells[1]}


def simplified(text: str) -> str:
    """Traditional characters replaced by simplified ones."""
    return text.translate(_simplifying())


@lru_cache(maxsize=8000)
def character(sign: str) -> Character:
    """The readings of one character; empty for one that the table does not know."""
    cells = _lines().get(sign)
    if cells is None:
        return Character()
    cells = cells + [""] * (6 - len(cells))
    return Character(*(tuple(cell.split()) for cell in cells[2:6]))


@cache
def surnames() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Surname in simplified characters -> its pinyin, its spellings outside the mainland."""
    found: dict[str, tuple[str, tuple[str, ...]]] = {}
    for cells in rows("chinese_surnames"):
        found.setdefault(cells[0], (cells[1], tuple(cells[2].split()) if len(cells) > 2 else ()))
    return found


@cache
def dictionary() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Word in simplified characters -> its sort (`word` or `name`), its English words."""
    return {cells[0]: (cells[1], tuple(cells[2].split())) for cells in rows("hanzi_words")}


def _with_u(syllable: str) -> tuple[str, ...]:
    """lü and nü as lists spell them."""
    return (syllable.replace("v", "u"), syllable, syllable.replace("v", "yu")) if "v" in syllable else (syllable,)


@lru_cache(maxsize=20_000)
def spellings(text: str) -> tuple[Form, ...]:
    """Spellings of one to four characters written together: pinyin with every polyphone, Wade-Giles, Cantonese."""
    signs = [character(sign) for sign in text]
    found: dict[str, Form] = {}

    def keep(text: str, language: str, how: How = "reading") -> None:
        if text and text.isascii() and text not in found:
            found[text] = Form(text, how, language)

    options = [[s for p in (c.pinyin or ("",)) for s in _with_u(p)] for c in signs]
    for reading in islice(product(*options), _MOST_PINYIN):
        keep("".join(reading), "pinyin")
    first = [c.pinyin[0].replace("v", "u") if c.pinyin else "" for c in signs]
    keep("".join(map(wade_giles, first)), "wade-giles")
    spelled = [hong_kong(c.cantonese[0])[:2] for c in signs if c.cantonese]
    if len(spelled) == len(signs):
        for reading in islice(product(*spelled), _MOST_CANTONESE):
            keep("".join(reading), "cantonese")
    return tuple(found.values()) or _guessed(text)


def _guessed(text: str) -> tuple[Form, ...]:
    """A character that the table lacks, as anyascii spells it."""
    letters = "".join(c for c in anyascii(text).lower() if c.isascii() and c.isalnum())
    return (Form(letters, "reading", "pinyin"),) if letters else ()


def _given(text: str) -> NamePart:
    return NamePart(text, spellings(text), "given")


def _family(text: str) -> NamePart:
    if text not in surnames():
        return NamePart(text, spellings(text), "family", 0.7)
    pinyin, elsewhere = surnames()[text]
    forms = [Form(spelled, "reading", "pinyin") for spelled in _with_u(pinyin)]
    forms.append(Form(wade_giles(pinyin), "reading", "wade-giles"))
    forms += [Form(spelled, "reading", "surname-elsewhere") for spelled in elsewhere]
    forms += [form for form in spellings(text) if form.language == "cantonese"]
    unique = {form.text: form for form in reversed(forms)}
    ordered = tuple(dict.fromkeys(form for form in forms if unique[form.text] is form))
    return NamePart(text, ordered or tuple(forms), "family", 0.7)


def _person(text: str) -> list[tuple[NamePart, ...]]:
    """Surname first; the given name joined and character by character; every surname length that the table allows.

    Where the table knows neither, the first character is the surname: rare ones have one reading nearly always.
    """
    found: list[tuple[NamePart, ...]] = []
    sizes = [size for size in (2, 1) if text[:size] in surnames()] or [1]
    for size in sizes:
        family, given = text[:size], text[size:]
        if 1 <= len(given) <= 3 and not (size == 2 and len(text) < 3):
            found.append((_family(family), _given(given)))
            if len(given) > 1:
                found.append((_family(family), *(_given(sign) for sign in given)))
    return found


@lru_cache(maxsize=2_000)
def _said_by(written: str, word: str, english: tuple[str, ...]) -> str:
    """The characters of a dictionary word that say one of its English words: of 有限公司, 公司 says company."""
    if len(english) == 1:
        return written
    ends = range(1, len(written) + 1)
    inner = (written[start:end] for start in range(len(written)) for end in ends if start < end)
    return next((each for each in inner if dictionary().get(each) == ("word", (word,))), "")


def _as_english(written: str, english: tuple[str, ...], sort: str) -> list[NamePart]:
    parts: list[NamePart] = []
    for word in english:
        role, weight = role_and_weight(word)
        forms = [Form(word, "dictionary", "hanzi-english")]
        if sort == "word":
            forms += spellings(_said_by(written, word, english))[:1]
        parts.append(NamePart(written, tuple(forms), role, weight))
    return parts


def segments(text: str) -> list[tuple[str, bool]]:
    """The text cut into dictionary words (True) and what lies between, so that least is left over, in fewest words."""
    known = dictionary()
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(text)
    for end in range(1, len(text) + 1):
        best[end] = min(best[end], (best[end - 1][0] + 1.6, end - 1))
        for start in range(max(0, end - 14), end - 1):
            if text[start:end] in known:
                best[end] = min(best[end], (best[start][0] + 1.0, start))
    cut: list[tuple[str, bool]] = []
    end = len(text)
    while end:
        start = best[end][1]
        piece, is_known = text[start:end], text[start:end] in known
        if cut and not is_known and not cut[0][1]:
            cut[0] = (piece + cut[0][0], False)
        else:
            cut.insert(0, (piece, is_known))
        end = start
    return cut


def _unknown(text: str) -> list[NamePart]:
    """A stretch that no dictionary knows: a brand or place name, joined where it is short, cut in pairs where long."""
    step = 4 if len(text) <= 4 else 2
    return [NamePart(chunk, spellings(chunk)) for chunk in (text[i : i + step] for i in range(0, len(text), step))]


def _organisation(text: str) -> list[tuple[NamePart, ...]]:
    parts: list[NamePart] = []
    single: list[NamePart] = []
    for piece, known in segments(text):
        if known:
            sort, english = dictionary()[piece]
            translated = _as_english(piece, english, sort)
            parts += translated
            single += translated
        else:
            parts += _unknown(piece)
            single += [NamePart(sign, spellings(sign), "word", 0.6) for sign in piece]
    return [tuple(parts), tuple(single)] if len(single) != len(parts) else [tuple(parts)]


def _elsewhere(text: str, language: OneOf["japanese", "korean"]) -> tuple[NamePart, ...] | None:
    """On-readings or Korean readings character by character: a fall-back, and marked as one."""
    from hanze.screening.names import hangul

    parts: list[NamePart] = []
    for sign in text:
        if language == "korean":
            texts = [t for syllable in character(sign).korean for t in hangul.spellings(syllable)]
        else:
            texts = list(character(sign).japanese)
        if not texts:
            return None
        parts.append(NamePart(sign, tuple(Form(t, "reading", f"{language}-reading") for t in dict.fromkeys(texts))))
    return tuple(parts)


def _looks_like_organisation(text: str) -> bool:
    return any(known and dictionary()[piece][0] == "word" for piece, known in segments(text))


def readings(words: tuple[str, ...], kind: str) -> list[tuple[NamePart, ...]]:
    """The ways to read a name in Han characters, the likeliest first."""
    written = _REPEATED.sub(r"\1\1", "".join(words))
    text = simplified(written)
    person = kind == "person" or (
        kind == "unknown" and len(text) <= _LONGEST_PERSON and not _looks_like_organisation(text)
    )
    if not person:
        return _organisation(text)
    found = _person(text)
    if japanese := kana.kanji_reading(words):
        found.append(japanese)
    for language in ("korean", "japanese"):
        if len(written) <= _LONGEST_PERSON and (other := _elsewhere(written, language)):
            found.append(other)
    return found or _organisation(text)
