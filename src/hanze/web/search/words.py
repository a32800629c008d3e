"""From text to the word forms that the index holds. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST_STEM = 60
_WORD = re.compile(r"[^\W_]+", re.UNICODE)
# Scripts written without spaces are indexed by pairs of characters.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f]+")
_stemmers = tuple(snowballstemmer.stemmer(language) for language in ("dutch", "english"))


def fold(text: str) -> str:
    """Lower case, without diacritics: `Coöperatie` and `cooperatie` are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(char for char in decomposed if not unicodedata.combining(char)))


def words(text: str) -> list[str]:
    """The folded words of a text, in order; text without spaces comes apart into pairs of characters."""
    found: list[str] = []
    for word in _WORD.findall(fold(text)):
        rest = 0
        for run in _UNSPACED.finditer(word):
            if run.start() > rest:
                found.append(word[rest : run.start()])
            found.extend(_pairs(run.group()))
            rest = run.end()
        if rest < len(word):
            found.append(word[rest:])
    return found


@lru_cache(maxsize=20_000)
def stems(word: str) -> frozenset[str]:
    """The forms under which a folded word is kept: itself, and its Dutch and English stems."""
    forms = {word, *(stemmer.stemWord(word) for stemmer in _stemmers)}
    return frozenset(form[:LONGEST_STEM] for form in forms if form)


def _pairs(run: str) -> list[str]:
    return [run[start : start + 2] for start in range(len(run) - 1)] or [run]
