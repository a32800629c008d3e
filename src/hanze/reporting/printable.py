"""Text that a document can hold, and text that the bundled fonts can print: transcribed, never an empty box."""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

from anyascii import anyascii
from fontTools.ttLib import TTFont  # pyright: ignore[reportMissingTypeStubs] -- fontTools has none

FONTS = Path(__file__).parent / "fonts"

# Control and steering characters, halves of pairs, separators, private use, unassigned: none of them has a letter.
_UNPRINTED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"})
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})


_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """The text without what XML cannot hold: control characters and half pairs. Lines end with a line feed."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


@functools.cache
def coverage() -> frozenset[str]:
    """The characters that every bundled font has, without those that cannot be seen."""
    shared = set[int].intersection(*(_characters(path) for path in sorted(FONTS.glob("*.otf"))))
    return frozenset(char for char in map(chr, shared) if unicodedata.category(char) not in _UNPRINTED_CATEGORIES)


def _characters(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap() or ())


def printable(text: str) -> str:
    """The text with every character that the fonts lack written in Latin letters (深圳 → ShenZhen).

    White space becomes a space; invisible steering characters go; what has no transcription becomes "?".
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_printable_character, unicodedata.normalize("NFC", text)))


def transcribes(text: str) -> bool:
    """Whether `printable` has to write letters of this text in another script."""
    return any(char.isalpha() and char not in coverage() for char in unicodedata.normalize("NFC", text))


@functools.lru_cache(maxsize=4096)
def _printable_character(char: str) -> str:
    if char in coverage():
        return char
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _INVISIBLE_CATEGORIES:
        return ""
    taken_apart = unicodedata.normalize("NFD", char)
    if all(part in coverage() for part in taken_apart):
        return taken_apart
    latin = "".join(letter for letter in anyascii(char) if letter in coverage())
    return latin or ("" if category.startswith("M") else "?")
