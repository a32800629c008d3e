"""Japanese names: kana in Hepburn with the ways in which long vowels are written; common kanji names from a table."""

# ruff: noqa: SIM905 - tables read better as one row of words
from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from anyascii import anyascii

from hanze.screening.analysed import Form, NamePart, Role
from hanze.screening.names.tables import rows

_DIGRAPHS = {
    "きゃ": "kya", "きゅ": "kyu", "きょ": "kyo", "しゃ": "sha", "しゅ": "shu", "しょ": "sho", "ちゃ": "cha",
    "ちゅ": "chu",
    "ちょ": "cho", "にゃ": "nya", "にゅ": "nyu", "にょ": "nyo", "ひゃ": "hya", "ひゅ": "hyu", "ひょ": "hyo",
    "みゃ": "mya",
    "みゅ": "myu", "みょ": "myo", "りゃ": "rya", "りゅ": "ryu", "りょ": "ryo", "ぎゃ": "gya", "ぎゅ": "gyu",
    "ぎょ": "gyo",
    "じゃ": "ja", "じゅ": "ju", "じょ": "jo", "びゃ": "bya", "びゅ": "byu", "びょ": "byo", "ぴゃ": "pya",
    "ぴゅ": "pyu",
    "ぴょ": "pyo", "ふぁ": "fa", "ふぃ": "fi", "ふぇ": "fe", "ふぉ": "fo", "てぃ": "ti", "でぃ": "di", "ゔぁ": "va",
    "ゔぃ": "vi", "ゔぇ": "ve", "ゔぉ": "vo", "うぃ": "wi", "うぇ": "we", "うぉ": "wo", "しぇ": "she", "じぇ": "je",
    "ちぇ": "che", "とぅ": "tu", "どぅ": "du", "つぁ": "tsa",
}  # fmt: skip
_SINGLE = dict(
    zip(
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
        "がぎぐげござじずぜぞだぢづでどばびぶべぼぱぴぷぺぽゔ",
        "a i u e o ka ki ku ke ko sa shi su se so ta chi tsu te to na ni nu ne no ha hi fu he ho ma mi mu me mo"
        " ya yu yo ra ri ru re ro wa o n ga gi gu ge go za ji zu ze zo da ji zu de do ba bi bu be bo pa pi pu pe po"
        " vu".split(),
        strict=True,
    )
)


def _hiragana(word: str) -> str:
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヴ" else c for c in word)


def _spelled(kana: str) -> str:
    """Kana in letters, a long vowel marked with a colon."""
    text, at, double = "", 0, False
    while at < len(kana):
        pair, single = kana[at : at + 2], kana[at]
        if single == "っ":
            double, at = True, at + 1
            continue
        if single == "ー":
            text, at = text + ":", at + 1
            continue
        sound = _DIGRAPHS.get(pair)
        at += 2 if sound else 1
        sound = sound or _SINGLE.get(single) or anyascii(single).lower()
        text, double = text + (("t" if sound[:2] == "ch" else sound[:1]) if double else "") + sound, False
    return text


@lru_cache(maxsize=20_000)
def part(word: str) -> NamePart | None:
    """A word in hiragana or katakana as a name part: long vowels short, doubled, and with h."""
    marked = _spelled(_hiragana(word)).replace("ou", "o:").replace("oo", "o:").replace("uu", "u:")
    variants = [marked.replace(":", ""), marked.replace("o:", "ou").replace("u:", "uu").replace(":", "")]
    variants += [marked.replace("o:", "oh").replace(":", ""), marked.replace("o:", "oo").replace(":", "")]
    if ":" in marked:
        variants.append(
            "".join(v + v if n == ":" else v for v, n in zip(marked, marked[1:] + " ", strict=True) if v != ":")
        )
    texts = [v for v in dict.fromkeys("".join(c for c in v if c.isascii() and c.isalnum()) for v in variants) if v]
    return NamePart(word, tuple(Form(text, "transliteration", "hepburn") for text in texts)) if texts else None


@cache
def kanji_names() -> dict[str, tuple[str, ...]]:
    """Common Japanese surnames and given names in kanji -> readings in letters."""
    return {kanji: tuple(latin.split()) for kanji, latin in rows("japanese_names")}


def _known(kanji: str, role: Role) -> NamePart:
    return NamePart(kanji, tuple(Form(text, "reading", "japanese-names") for text in kanji_names()[kanji]), role)


def kanji_reading(words: Sequence[str]) -> tuple[NamePart, ...] | None:
    """A name of which every part stands in the table: as it is spaced, or else cut after the surname."""
    table = kanji_names()
    if len(words) > 1:
        return tuple(_known(word, "word") for word in words) if all(word in table for word in words) else None
    text = words[0]
    for size in (2, 3, 1):
        family, given = text[:size], text[size:]
        if family in table and given in table:
            return _known(family, "family"), _known(given, "given")
    return None
