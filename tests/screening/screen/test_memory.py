"""Screening needs no gigabytes: what a list takes in memory stays within what a small machine can spare."""

from __future__ import annotations

import random
import tracemalloc

from hanze.screening.entries import Entry, ListedName, Party
from hanze.screening.screen import Screener

ENTRIES = 3_000
MOST_BYTES_AN_ENTRY = 15_000
"""300 MB for 20,000 entries."""


def invented(number: int, chance: random.Random) -> Entry:
    def word() -> str:
        return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title()

    names = (ListedName(f"{word()} {word()} {word()}"), ListedName(f"{word()} {word()}", "alias"))
    return Entry("list", str(number), "person", names)


def test_a_list_and_a_first_hundred_questions_take_little_memory() -> None:
    chance = random.Random(5)
    Screener.build([invented(0, chance)]).screen(Party("q", (ListedName("Somebody"),)))  # the tables of words
    tracemalloc.start()
    try:
        screener = Screener.build([invented(number, chance) for number in range(ENTRIES)])
        for number in range(100):
            screener.screen(Party(str(number), invented(number, chance).names[:1]))
        taken, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert taken / ENTRIES <= MOST_BYTES_AN_ENTRY, f"{taken / ENTRIES:.0f} bytes an entry"
