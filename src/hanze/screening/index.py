"""Candidates: which entries of the lists a party could be, quickly and without missing one.

The index holds either side: entries of lists, or parties that a change of a list is run against. A name is found by
its words: each word reaches the words of the vocabulary that could stand for it (same, same sound, same consonants,
translation, few letters different, joined or split), rare words count most, and the best names win. Identifiers are
found exactly.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from math import log1p

import numpy as np
from numpy.typing import NDArray

from hanze.screening.analysed import AnalysedName, NamePart
from hanze.screening.entries import Entry, Identifier, Kind, Party
from hanze.screening.indexing.vocabulary import SPLIT, Vocabulary
from hanze.screening.names import analyse
from hanze.screening.names.latin import role_and_weight
from hanze.screening.names.normal import ascii_words

Subject = Party | Entry
Integers = NDArray[np.int32]
Floats = NDArray[np.float32]

_CACHED_ELEMENTS = 4_000_000
_FORMS_KEPT = 8
_FORMS_JOINED = 5
_LEAST_WEIGHT = 0.02
_CERTAIN = 1.0
_SAME = 0.85
_NAMES_PER_SUBJECT = 5
_COMMON = 200
_LITTLE = 0.34
_NO_NAMES: Integers = np.zeros(0, np.int32)
_NOTHING: Floats = np.zeros(0, np.float32)
_NOWHERE = np.zeros(0, np.intp)


@dataclass(frozen=True, slots=True)
class _Reached:
    """The names that hold a part, and how telling the part is among all names.

    How alike the word of a name is counts times the weight of the part (`asked`) and times that of the word (`held`).
    """

    names: Integers
    asked: Floats
    held: Floats
    weight: float


class Index:
    """Finds candidates among the subjects it was built of; a position is the place of a subject in that order."""

    def __init__(self, words: Sequence[str], names: Integers, word_ids: Integers, owners: Integers) -> None:
        """`names[i]` holds the word `word_ids[i]`; `owners` gives each name's subject. Use `build`."""
        self.vocabulary = Vocabulary(words)
        self._owners = owners
        order = np.argsort(word_ids, kind="stable")
        self._names: Integers = names[order]
        counts = np.bincount(word_ids, minlength=len(words))
        self._starts: list[int] = np.concatenate(([0], np.cumsum(counts))).tolist()
        rarity = np.log1p(len(owners) / (counts + 0.5)) / log1p(max(2 * len(owners), 1))
        roles = np.fromiter((role_and_weight(word)[1] for word in words), np.float32, len(words))
        self._word_weights: list[float] = (rarity * roles).tolist()
        weights = np.bincount(names, (rarity * roles)[word_ids], minlength=len(owners))
        self._name_weights = np.maximum(weights, 0.05).astype(np.float32)
        self._reached: dict[object, _Reached] = {}
        self._cached = 0
        self._identifiers: dict[str, list[int]] = {}

    @classmethod
    def build(cls, subjects: Iterable[Subject]) -> Index:
        """An index of entries or parties, in their order."""
        ids: dict[str, int] = {}
        word_ids, names, owners = array("i"), array("i"), array("i")
        identifiers: dict[str, list[int]] = defaultdict(list)
        for position, subject in enumerate(subjects):
            for name in subject.names:
                found = _words_of(name.text, subject.kind)
                word_ids.extend([ids.setdefault(word, len(ids)) for word in found])
                names.extend([len(owners)] * len(found))
                owners.append(position)
            for identifier in subject.identifiers:
                if key := _identifier_key(identifier):
                    identifiers[key].append(position)
        built = cls(
            list(ids),
            *(np.frombuffer(a, dtype=np.int32) if a else np.zeros(0, np.int32) for a in (names, word_ids, owners)),
        )
        built._identifiers = dict(identifiers)
        return built

    @property
    def names(self) -> int:
        """How many names the index holds."""
        return len(self._owners)

    @cached_property
    def frequencies(self) -> Mapping[str, int]:
        """In how many names each word stands."""
        counts = np.diff(np.array(self._starts)).tolist()
        return dict(zip(self.vocabulary.words, counts, strict=True))

    def candidates(
        self, subject: Subject | Iterable[str], limit: int = 20, least: float = 0.0
    ) -> list[tuple[int, float]]:
        """The best `limit` positions with a score between 0 and 1, best first; only those of at least `least`.

        `subject` is a party, an entry, or just names. The score is cheap: it ranks, it does not decide.
        """
        best: dict[int, float] = {}
        if isinstance(subject, Party | Entry):
            texts, kind = [name.text for name in subject.names], subject.kind
            for identifier in subject.identifiers:
                for position in self._identifiers.get(_identifier_key(identifier), ()):
                    best[position] = _CERTAIN
        else:
            texts, kind = list(subject), "unknown"
        for text in dict.fromkeys(texts):
            for position, score in self._by_name(analyse(text, kind), limit, least):
                if score > best.get(position, 0.0):
                    best[position] = score
        return sorted(best.items(), key=lambda found: (-found[1], found[0]))[:limit]

    def _by_name(self, name: AnalysedName, limit: int, least: float) -> list[tuple[int, float]]:
        """The best subjects for one name, over its readings."""
        best: dict[int, float] = {}
        for parts in (name.parts, *name.readings):
            names, scores = self._scores(parts)
            kept = limit * _NAMES_PER_SUBJECT
            if len(names) > kept:
                top = np.argpartition(scores, len(scores) - kept)[-kept:]
                names, scores = names[top], scores[top]
            for position, score in zip(self._owners[names].tolist(), scores.tolist(), strict=True):
                if score > best.get(position, least):
                    best[position] = score
        return list(best.items())

    def _scores(self, parts: Sequence[NamePart]) -> tuple[Integers, Floats]:
        """The names that hold telling parts of this reading, and how well they fit, between 0 and 1."""
        reached = [self._reach(part) for part in parts]
        total = sum(found.weight for found in reached)
        joined = [(at, self._joined(left, right)) for at, (left, right) in enumerate(pairwise(parts))]
        joined = [(at, found) for at, found in joined if len(found.names)]
        telling = self._telling(reached, total)
        names = [found.names for found in (*telling, *(found for _, found in joined))]
        if total <= 0 or not names:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        touched = np.unique(np.concatenate(names))
        asked, held = np.zeros(len(touched), np.float32), np.zeros(len(touched), np.float32)
        for found in reached:
            if len(found.names) and found.weight > _LEAST_WEIGHT:
                here, there = _meeting(touched, found.names)
                asked[here] += found.asked[there]
                held[here] += found.held[there]
        for at, found in joined:
            self._add_joined(touched, asked, held, found, reached[at : at + 2])
        asked = np.minimum(asked / total, 1)
        held = np.minimum(held / self._name_weights[touched], 1)
        # Harmonic mean of how much of either side is found: one rare word in common is not enough.
        return touched, (2 * asked * held / np.maximum(asked + held, 1e-6)).astype(np.float32)

    @staticmethod
    def _telling(reached: Sequence[_Reached], total: float) -> list[_Reached]:
        """The parts by which names are found: all but common ones that together are too little for a candidate."""
        kept: list[_Reached] = []
        left_out = 0.0
        for found in sorted(reached, key=lambda found: -len(found.names)):
            if len(found.names) > _COMMON and left_out + found.weight <= _LITTLE * total:
                left_out += found.weight
            elif len(found.names):
                kept.append(found)
        return kept

    @staticmethod
    def _add_joined(
        touched: Integers, asked: Floats, held: Floats, joined: _Reached, parts: Sequence[_Reached]
    ) -> None:
        """Count two parts that a name writes as one word, instead of what the two brought by themselves."""
        here, there = _meeting(touched, joined.names)
        both_asked = joined.asked[there] * sum(part.weight for part in parts)
        both_held = joined.held[there].copy()
        for part in parts:
            mine, theirs = _meeting(touched[here], part.names)
            both_asked[mine] -= part.asked[theirs]
            both_held[mine] -= part.held[theirs]
        asked[here] += np.maximum(both_asked, 0)
        held[here] += np.maximum(both_held, 0)

    def _reach(self, part: NamePart) -> _Reached:
        key = (_mark(part), part.weight)
        found = self._reached.get(key)
        if found is None:
            light = part.role in ("legal-form", "particle", "honorific", "initial", "number")
            likeness = self.vocabulary.like(part.forms[: _FORMS_KEPT + 4], light)
            splits = (
                []
                if light
                else [s for form in part.forms[:3] if len(form.text) > 4 for s in self.vocabulary.splits(form.text)]
            )
            found = self._remember(key, self._gather(likeness, splits, part.weight))
        return found

    def _joined(self, left: NamePart, right: NamePart) -> _Reached:
        """Names that write two neighbouring parts as one word; `asked` is only how alike that word is."""
        key = (_mark(left), _mark(right))
        found = self._reached.get(key)
        if found is None:
            likeness: dict[int, float] = {}
            for first, second in product(left.forms[:_FORMS_JOINED], right.forms[:_FORMS_JOINED]):
                likeness.update(self.vocabulary.joined(first, second))
            found = self._remember(key, self._gather(likeness, [], None))
        return found

    def _gather(self, likeness: dict[int, float], splits: Sequence[tuple[int, ...]], weight: float | None) -> _Reached:
        """From words to the names that hold them, each name with its most alike word."""
        starts = self._starts
        ordered = sorted(likeness.items(), key=lambda item: -item[1])
        stretches = [self._names[starts[at] : starts[at + 1]] for at, _ in ordered]
        values = [value for _, value in ordered]
        telling = [self._word_weights[at] for at, _ in ordered]
        for words in splits:
            both = self._names[starts[words[0]] : starts[words[0] + 1]]
            for at in words[1:]:
                both = np.intersect1d(both, self._names[starts[at] : starts[at + 1]])
            if len(both):
                stretches.insert(0, both)
                values.insert(0, SPLIT)
                telling.insert(0, sum(self._word_weights[at] for at in words))
        if not stretches:
            return _Reached(_NO_NAMES, _NOTHING, _NOTHING, weight or 0.0)
        lengths = [len(s) for s in stretches]
        names, first = np.unique(np.concatenate(stretches), return_index=True)
        alike = np.repeat(np.array(values, dtype=np.float32), lengths)[first]
        word_weights = np.repeat(np.array(telling, dtype=np.float32), lengths)[first]
        if weight is None:
            return _Reached(names, alike, alike * word_weights, 0.0)
        weight *= self._rarity(float(np.count_nonzero(alike >= _SAME)))
        return _Reached(names, alike * np.float32(weight), alike * word_weights, weight)

    def _rarity(self, count: float) -> float:
        """How telling a word is that stands in so many names: about 1 for one that none has, near 0 for one in all."""
        return log1p(len(self._owners) / (count + 0.5)) / log1p(max(2 * len(self._owners), 1))

    def _remember(self, key: object, found: _Reached) -> _Reached:
        self._cached += len(found.names) + 20
        if self._cached > _CACHED_ELEMENTS:
            self._reached.clear()
            self._cached = len(found.names)
        self._reached[key] = found
        return found


def _mark(part: NamePart) -> tuple[str, str, str, int]:
    """What tells a part from others, without hashing each of its forms: the forms follow from it."""
    if not part.forms:
        return part.written, "", "", 0
    first = part.forms[0]
    return part.written, first.text, first.language, len(part.forms)


def _meeting(touched: Integers, names: Integers) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where two sorted rows of distinct names meet: places in the first, places in the second."""
    if not len(touched) or not len(names):
        return _NOWHERE, _NOWHERE
    if len(names) <= len(touched):
        at = np.minimum(np.searchsorted(touched, names), len(touched) - 1)
        there = np.flatnonzero(touched[at] == names)
        return at[there], there
    at = np.minimum(np.searchsorted(names, touched), len(names) - 1)
    here = np.flatnonzero(names[at] == touched)
    return here, at[here]


def _words_of(text: str, kind: Kind) -> list[str]:
    """The words under which a name is found: its words as written, or every Latin form in another script."""
    if text.isascii():
        return list(dict.fromkeys(ascii_words(text)))
    name = analyse(text, kind)
    forms = [form.text for parts in (name.parts, *name.readings) for part in parts for form in part.forms[:_FORMS_KEPT]]
    return list(dict.fromkeys(forms))


def _identifier_key(identifier: Identifier) -> str:
    """Letters and digits only; too short a number is no proof of anything."""
    value = "".join(c for c in identifier.value.upper() if c.isalnum())
    return value if len(value) >= 5 else ""
