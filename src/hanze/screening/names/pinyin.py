"""Chinese syllables in pinyin, Wade-Giles and Hong Kong spelling, and joined pinyin taken apart."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from hanze.screening.names.tables import rows

_INITIALS_WADE = {
    "zh": "ch", "ch": "ch", "sh": "sh", "b": "p", "p": "p", "d": "t", "t": "t", "g": "k", "k": "k", "j": "ch",
    "q": "ch",
    "x": "hs", "z": "ts", "c": "ts", "r": "j",
}  # fmt: skip
_WADE_WHOLE = {
    "zhi": "chih", "chi": "chih", "shi": "shih", "ri": "jih", "zi": "tzu", "ci": "tzu", "si": "ssu", "yan": "yen",
    "ye": "yeh", "you": "yu", "yong": "yung", "er": "erh", "e": "o", "he": "ho", "ge": "ko", "ke": "ko", "yu": "yu",
}  # fmt: skip
_WADE_ENDS = (
    ("ian", "ien"), ("ie", "ieh"), ("ue", "ueh"), ("ui", "uei"), ("uo", "o"), ("iong", "iung"), ("ong", "ung"),
)  # fmt: skip
_INITIAL = re.compile(r"zh|ch|sh|[bpmfdtnlgkjqxrzcsyw]?")

_JYUTPING_INITIALS = {"z": ("ch", "ts"), "c": ("ch", "ts"), "gw": ("kw",), "g": ("k",), "kw": ("kw",), "j": ("y",),
"k": ("k",), "b": ("p", "b"), "d": ("t", "d"), "s": ("s", "sh")}  # fmt: skip
_JYUTPING_FINALS = {
    "aa": ("a", "ah"), "aai": ("ai",), "aau": ("au",), "aam": ("am",), "aan": ("an",), "aang": ("ang",),
    "aap": ("ap",),
    "aat": ("at",), "aak": ("ak",), "ai": ("ai",), "au": ("au", "ow"), "am": ("am", "um"), "an": ("an", "un"),
    "ang": ("ang",), "ap": ("ap", "up"), "at": ("at", "ut"), "ak": ("ak",), "ei": ("ei", "i", "ee"), "eng": ("eng",),
    "ek": ("ek",), "i": ("i", "ee"), "iu": ("iu",), "im": ("im",), "in": ("in",), "ing": ("ing",), "ip": ("ip",),
    "it": ("it",), "ik": ("ik",), "o": ("o", "or"), "oi": ("oi", "oy"), "ou": ("o", "u"), "on": ("on",),
    "ong": ("ong",),
    "ot": ("ot",), "ok": ("ok",), "u": ("u", "oo"), "ui": ("ui",), "un": ("un", "oon"), "ung": ("ung",),
    "ut": ("ut",),
    "uk": ("uk",), "oeng": ("eung",), "oek": ("euk",), "eoi": ("ui",), "eon": ("un",), "eot": ("ut",), "yu": ("u",
    "yu"),
    "yun": ("uen", "yuen"), "yut": ("uet",), "e": ("e",), "m": ("m",), "ng": ("ng",), "oe": ("eu",),
}  # fmt: skip
_JYUTPING_INITIAL = re.compile(r"ng(?=.)|gw|kw|[bpmfdtnlgkhzcswj]?")


@lru_cache(maxsize=1000)
def wade_giles(syllable: str) -> str:
    """A pinyin syllable in Wade-Giles as newspapers print it, without apostrophes: zhang gives chang, xu gives hsu."""
    if syllable in _WADE_WHOLE:
        return _WADE_WHOLE[syllable]
    initial = _INITIAL.match(syllable)
    head = initial[0] if initial else ""
    final = syllable[len(head) :]
    if not (head in ("g", "k") and final == "ui"):
        for ours, theirs in _WADE_ENDS:
            if final.endswith(ours) and not (ours == "uo" and head in ("g", "k", "h", "sh", "")):
                final = final[: -len(ours)] + theirs
                break
    return (_INITIALS_WADE.get(head, head) + final).replace("ueii", "uei")


@lru_cache(maxsize=2000)
def hong_kong(jyutping: str) -> tuple[str, ...]:
    """A Cantonese syllable as Hong Kong writes it in names: zoeng gives cheung, wong stays wong."""
    initial = _JYUTPING_INITIAL.match(jyutping)
    head = initial[0] if initial else ""
    final = jyutping[len(head) :]
    heads = _JYUTPING_INITIALS.get(head, (head,))
    tails = _JYUTPING_FINALS.get(final, (final,))
    if head == "j" and final.startswith("yu"):
        return tuple("y" + tail.removeprefix("y") for tail in tails)
    return tuple(dict.fromkeys(h + t for t in tails for h in heads))[:4]


@cache
def _syllables() -> frozenset[str]:
    """Every syllable that a character of the Han table is read as; the few interjections are left out."""
    found = {p.replace("v", "u") for cells in rows("han") if len(cells) > 2 for p in cells[2].split()}
    return frozenset(s for s in found if re.search("[aeiou]", s) and s not in ("o", "e", "ei", "eng", "yo", "lo", "a"))


@cache
def _from_wade_giles() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for syllable in sorted(_syllables()):
        spelled = wade_giles(syllable)
        found[spelled] = (*found.get(spelled, ()), syllable)
    return found


def from_wade_giles(syllable: str) -> tuple[str, ...]:
    """The pinyin syllables that newspapers' Wade-Giles, without apostrophes, writes like this; often two."""
    return _from_wade_giles().get(syllable, ())


def is_syllable(word: str) -> bool:
    """Whether a word is one syllable in pinyin."""
    return word in _syllables()


@cache
def surname_pinyins() -> frozenset[str]:
    """Pinyin of the surnames in the table."""
    return frozenset(cells[1] for cells in rows("chinese_surnames"))


@lru_cache(maxsize=20_000)
def apart(word: str) -> tuple[str, ...]:
    """Joined pinyin cut into two or three syllables: xiaoping gives xiao, ping. Empty when it is none.

    A first syllable as long as can be, as the rules for joining say (xi'an would carry its apostrophe).
    """
    return _cut(word, 3) if 4 <= len(word) <= 18 and word.isalpha() else ()


def _cut(word: str, most: int) -> tuple[str, ...]:
    for size in range(min(6, len(word)), 0, -1):
        if word[:size] not in _syllables():
            continue
        if size == len(word):
            return (word,)
        if most > 1 and (rest := _cut(word[size:], most - 1)):
            return (word[:size], *rest)
    return ()
