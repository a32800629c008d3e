"""Finding names that probably mean the same among very many, without comparing each with all. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from hanze.register.duplicates import ALIKE, ALIKE_ABROAD, Named, alike, likeness_of, normalised

COMMON = 300
"""A word that stands in more names than this tells nothing apart."""
MOST = 5
NUMBER = re.compile(r"[0-9]+")
SHARING = 25
"""Among very many, names are compared with each other when they share a word that stands in no more than this."""


@dataclass(frozen=True)
class Hit:
    key: int
    likeness: float


class NameIndex:
    """Names by their words. A name is compared with those that share a rare word, or the beginning of one."""

    def __init__(self, named: Iterable[Named] = ()) -> None:
        self._named: dict[int, Named] = {}
        self._equal: dict[str, list[int]] = defaultdict(list)
        self._words: dict[str, list[int]] = defaultdict(list)
        for each in named:
            self.add(each)

    def __len__(self) -> int:
        return len(self._named)

    def add(self, named: Named) -> None:
        self._named[named.pk] = named
        for name in {normalised(name) for name in named.names if name}:
            self._equal[name].append(named.pk)
            for key in _keys(name):
                self._words[key].append(named.pk)

    def equal(self, name: str, country: str | None = None) -> list[int]:
        """The keys of those with the same name, whatever its accents, capitals and legal form, in no other country."""
        found = [self._named[key] for key in self._equal.get(normalised(name), ())]
        return [each.pk for each in found if not (country and each.country and each.country != country)]

    def alike(self, name: str, country: str | None = None) -> list[Hit]:
        """Those that `name` probably stands for, the most alike first."""
        near: set[int] = set()
        for key in _keys(normalised(name)):
            keyed = self._words.get(key, ())
            if len(keyed) <= COMMON:
                near.update(keyed)
        near.update(self._equal.get(normalised(name), ())[:MOST])
        return [Hit(pk, score) for pk, score in alike(name, country, [self._named[key] for key in sorted(near)])[:MOST]]


def _counts_the_same(a: str, b: str) -> bool:
    """Whether two names have the same numbers, if both have any: "Lot 12" is not "Lot 13"."""
    one, other = sorted(NUMBER.findall(a)), sorted(NUMBER.findall(b))
    return not one or not other or one == other


def _keys(name: str) -> set[str]:
    words = name.split()
    return {word for word in words if len(word) > 2} | {f"{word[:5]}~" for word in words if len(word) > 4} or set(words)


def alike_among(named: Iterable[Named]) -> dict[tuple[int, int], float]:
    """Every two that probably are the same, the smaller key first, with how alike they are from 0 to 100.

    Only names that are equal or share a word that few have are compared, so that the time grows with their number.
    """
    every = {each.pk: (each, {normalised(name) for name in each.names if name}) for each in named}
    near: dict[str, list[int]] = defaultdict(list)
    for pk, (_each, names) in every.items():
        for key in {key for name in names for key in (f"={name}", *_keys(name))}:
            near[key].append(pk)
    found: dict[tuple[int, int], float] = {}
    for keys in near.values():
        for pair in combinations(sorted(keys), 2) if len(keys) <= SHARING else ():
            if pair not in found:
                found[pair] = _score(*every[pair[0]], *every[pair[1]])
    return {pair: score for pair, score in found.items() if score}


def _score(one: Named, its_names: set[str], other: Named, other_names: set[str]) -> float:
    """How alike two are; 0 when that is not enough to be the same."""
    score = max((likeness_of(a, b) for a in its_names for b in other_names if _counts_the_same(a, b)), default=0.0)
    abroad = one.country is not None and other.country is not None and one.country != other.country
    return score if score >= (ALIKE_ABROAD if abroad else ALIKE) else 0.0
