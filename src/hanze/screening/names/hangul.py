"""Korean names: Revised Romanisation, McCune-Reischauer as North Korea writes it, and newspapers' habits."""

# ruff: noqa: SIM905 - tables read better as one row of words
from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import product

from hanze.screening.analysed import Form, NamePart
from hanze.screening.names.latin import role_and_weight
from hanze.screening.names.tables import rows

_FIRST, _LAST = 0xAC00, 0xD7A3
_INITIALS: Sequence[str] = "g kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_VOWELS: Sequence[str] = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
_FINALS: Sequence[str] = " k k ks n nj n t l k m l l l p l m p p t t ng t t k t p t".split(" ")
_NORTHERN_INITIALS: Sequence[str] = "k kk n t tt r m p pp s ss  ch tch ch k t p h".split(" ")
_NORTHERN_VOWELS: Sequence[str] = "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i".split()
_HABIT_INITIALS: Sequence[str] = "k kk n d tt r m b pp s ss  j jj ch k t p h".split(" ")
_HABIT_VOWELS: Sequence[str] = "a ae ya yae u e you ye o wa wae oi yo oo won we wi you eu eui ee".replace(
    "won", "wo"
).split()
_LISTS_INITIALS: Sequence[str] = "k kk n t tt r m p pp s ss  j jj ch kh th ph h".split(" ")
_RULES = (
    ("revised-romanisation", _INITIALS, _VOWELS),
    ("north-korean", _LISTS_INITIALS, _NORTHERN_VOWELS),
    ("mccune-reischauer", _NORTHERN_INITIALS, _NORTHERN_VOWELS),
    ("habit", _HABIT_INITIALS, _HABIT_VOWELS),
)
# Common given-name syllables that passports spell in their own way.
_SYLLABLES = {
    "정": "jung jeong jong chung", "은": "eun un", "영": "young yong yeong", "현": "hyun hyon hyeon",
    "선": "sun seon son",
    "성": "sung seong song", "준": "jun joon chun", "희": "hee hui", "수": "soo su", "우": "woo u", "주": "joo ju",
    "호": "ho", "진": "jin chin", "철": "chol chul cheol", "혁": "hyok hyuk hyeok", "일": "il", "남": "nam",
    "훈": "hoon hun",
    "숙": "sook suk", "경": "kyung kyong gyeong", "명": "myung myong myeong", "순": "soon sun", "용": "yong",
    "룡": "ryong",
    "광": "kwang gwang", "국": "kuk guk kook", "건": "kun gun geon kon", "태": "tae thae", "재": "jae che",
    "민": "min",
    "지": "ji chi jee", "연": "yeon yon youn", "미": "mi mee", "옥": "ok", "상": "sang", "승": "seung sung",
    "원": "won",
    "학": "hak", "근": "keun kun geun", "범": "bom beom bum pom", "석": "sok seok suk", "동": "dong tong",
    "춘": "chun choon",
    "기": "ki gi", "구": "ku gu koo", "문": "mun moon", "봉": "bong pong", "화": "hwa", "해": "hae", "혜": "hye",
    "찬": "chan", "창": "chang", "길": "kil gil", "덕": "dok tok deok duk", "병": "byong pyong byung byeong",
    "식": "sik",
    "형": "hyong hyung hyeong", "강": "kang gang", "욱": "uk wook", "림": "rim", "련": "ryon", "리": "ri",
    "려": "ryo",
}  # fmt: skip
_MOST_JOINED = 12


@cache
def _surnames() -> dict[str, tuple[str, ...]]:
    return {hangul: tuple(latin.split()) for cell, latin in rows("korean_surnames") for hangul in cell.split()}


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Korean business, place and institution words -> English words."""
    return {hangul: tuple(english.split()) for hangul, english in rows("korean_words")}


def _syllable(character: str, initials: Sequence[str], vowels: Sequence[str]) -> str:
    code = ord(character) - _FIRST
    return initials[code // 588] + vowels[code % 588 // 28] + _FINALS[code % 28]


@lru_cache(maxsize=12_000)
def spellings(character: str) -> dict[str, str]:
    """The Latin spellings of one syllable, each with the rule that gave it."""
    found = dict.fromkeys(_SYLLABLES.get(character, "").split(), "habit")
    for language, initials, vowels in _RULES:
        found.setdefault(_syllable(character, initials, vowels), language)
    return found


def _joined(syllables: str) -> tuple[Form, ...]:
    """Spellings of several syllables written together: each rule kept throughout, then mixtures of the likeliest."""
    forms = {"".join(_syllable(c, i, v) for c in syllables): language for language, i, v in _RULES}
    for mixed in product(*(list(spellings(c))[:4] for c in syllables[:3])):
        if len(forms) >= _MOST_JOINED:
            break
        forms.setdefault("".join(mixed) + "".join(_syllable(c, _INITIALS, _VOWELS) for c in syllables[3:]), "habit")
    return tuple(Form(text, "transliteration", language) for text, language in forms.items())


def _part(written: str) -> NamePart:
    if len(written) > 1:
        return NamePart(written, _joined(written))
    return NamePart(written, tuple(Form(text, "transliteration", rule) for text, rule in spellings(written).items()))


def is_syllables(word: str) -> bool:
    return all(_FIRST <= ord(c) <= _LAST for c in word)


def _surname(word: str) -> tuple[str, str] | None:
    for size in (2, 1):
        if len(word) > size and word[:size] in _surnames() and len(word) - size <= 3:
            return word[:size], word[size:]
    return None


def _family(written: str) -> NamePart:
    forms = [Form(text, "reading", "korean-surname") for text in _surnames()[written]]
    known = {form.text for form in forms}
    if len(written) == 1:
        forms += [Form(t, "transliteration", r) for t, r in spellings(written).items() if t not in known]
    return NamePart(written, tuple(forms), "family", 0.5)


def _person(words_: tuple[str, ...]) -> list[tuple[NamePart, ...]]:
    """Surname and given name, the given name joined and syllable by syllable."""
    first, rest = words_[0], "".join(words_[1:])
    family, given = (first, rest) if rest else _surname(first) or ("", first)
    if family and family not in _surnames():
        return []
    head = (_family(family),) if family else ()
    single = tuple(_part(c) for c in given)
    if len(given) <= 1:
        return [(*head, *single)]
    return [(*head, _part(given)), (*head, *single)]


def _organisation(words_: tuple[str, ...]) -> tuple[NamePart, ...]:
    """Known words longest first; what is left is spelled out."""
    found: list[NamePart] = []
    table = words()
    longest = max(map(len, table), default=1)
    for word in words_:
        rest, unknown = word, ""
        while rest:
            size = next((n for n in range(min(longest, len(rest)), 1, -1) if rest[:n] in table), 0)
            if not size:
                unknown, rest = unknown + rest[0], rest[1:]
                continue
            if unknown:
                found.append(_part(unknown))
            for english in table[rest[:size]]:
                role, weight = role_and_weight(english)
                found.append(NamePart(rest[:size], (Form(english, "dictionary", "korean-english"),), role, weight))
            unknown, rest = "", rest[size:]
        if unknown:
            found.append(_part(unknown))
    return tuple(found)


def readings(words_: tuple[str, ...], kind: str) -> list[tuple[NamePart, ...]]:
    """The ways to read a name in Hangul, the likeliest first."""
    words_ = tuple(w for w in words_ if is_syllables(w))
    if not words_:
        return []
    people = _person(words_) if kind in ("person", "unknown") and len("".join(words_)) <= 5 and len(words_) <= 3 else []
    return people or [_organisation(words_)]
