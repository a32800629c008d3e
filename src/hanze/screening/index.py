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


@dataclass(frozen=True, slots=True)
class _Reached:
    """The names that hold a part, and how telling the part is among all names.

    `mass` has two columns: how alike the word of the name is, times the weight of the part, and times that of the word.
    """

    names: Integers
    mass: Floats
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
        scores = None
        for parts in (name.parts, *name.readings):
            reading = self._scores(parts)
            if reading is not None:
                scores = reading if scores is None else np.maximum(scores, reading)
        if scores is None:
            return []
        touched = np.flatnonzero(scores > max(least, 0.01))
        values = scores[touched]
        wanted = limit * 8
        if len(touched) > wanted:
            top = np.argpartition(values, len(values) - wanted)[-wanted:]
            touched, values = touched[top], values[top]
        best: dict[int, float] = {}
        for position, score in zip(self._owners[touched].tolist(), values.tolist(), strict=True):
            if score > best.get(position, 0.0):
                best[position] = score
        return list(best.items())

    def _scores(self, parts: Sequence[NamePart]) -> Floats | None:
        """How much of the name each indexed name holds, and the other way round; None when nothing is found."""
        reached = [self._reach(part) for part in parts]
        total = sum(r.weight for r in reached)
        if total <= 0:
            return None
        sums = np.zeros((len(self._owners), 2), dtype=np.float32)
        for found in reached:
            if found.weight > _LEAST_WEIGHT:
                sums[found.names] += found.mass
        for at, (left, right) in enumerate(pairwise(parts)):
            joined = self._joined(left, right)
            if joined is not None:
                self._add_joined(sums, joined, reached[at], reached[at + 1])
        # Between no part found and all found on either side; the harmonic mean, so that one rare word is not enough.
        asked = np.minimum(sums[:, 0] / total, 1.0)
        held = np.minimum(sums[:, 1] / self._name_weights, 1.0)
        return 2 * asked * held / np.maximum(asked + held, 1e-6)

    @staticmethod
    def _add_joined(sums: Floats, joined: _Reached, left: _Reached, right: _Reached) -> None:
        """Count two parts that a name writes as one word, instead of what the two brought by themselves."""
        already = _mass_at(left, joined.names) + _mass_at(right, joined.names)
        both = joined.mass * np.array((left.weight + right.weight, 1.0), dtype=np.float32)
        sums[joined.names] += np.maximum(both - already, 0)

    def _reach(self, part: NamePart) -> _Reached:
        key = (part.forms, part.weight)
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

    def _joined(self, left: NamePart, right: NamePart) -> _Reached | None:
        """Names that write two neighbouring parts as one word."""
        key = (left.forms, right.forms)
        found = self._reached.get(key)
        if found is None:
            likeness: dict[int, float] = {}
            for first, second in product(left.forms[:_FORMS_JOINED], right.forms[:_FORMS_JOINED]):
                likeness.update(self.vocabulary.joined(first, second))
            found = self._remember(key, self._gather(likeness, [], 1.0))
        return found if len(found.names) else None

    def _gather(self, likeness: dict[int, float], splits: Sequence[tuple[int, ...]], weight: float) -> _Reached:
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
            return _Reached(np.zeros(0, np.int32), np.zeros((0, 2), np.float32), weight)
        lengths = [len(s) for s in stretches]
        names, first = np.unique(np.concatenate(stretches), return_index=True)
        alike = np.repeat(np.array(values, dtype=np.float32), lengths)[first]
        word_weights = np.repeat(np.array(telling, dtype=np.float32), lengths)[first]
        weight *= self._rarity(float(np.count_nonzero(alike >= _SAME)))
        return _Reached(names, np.column_stack((alike * weight, alike * word_weights)), weight)

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


def _mass_at(found: _Reached, names: Integers) -> Floats:
    """What a part brought in each of these names; 0 where it was not found."""
    if not len(found.names):
        return np.zeros((len(names), 2), dtype=np.float32)
    at = np.minimum(np.searchsorted(found.names, names), len(found.names) - 1)
    return np.where((found.names[at] == names)[:, None], found.mass[at], np.float32(0))


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
