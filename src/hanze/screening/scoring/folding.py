"""Spellings without the differences that habits of spelling and hearing make: `Mohammed` and `Muhamad` fold alike."""

from __future__ import annotations

from functools import lru_cache

from hanze.screening.names.keys import sounds

_HEARD_ALIKE = str.maketrans("eo", "iu")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """One spelling for what sounds alike, in which also e and i, and o and u, are one.

    Takes lower-case ASCII; a text of letters never becomes empty.
    """
    return sounds(text).translate(_HEARD_ALIKE) or text
