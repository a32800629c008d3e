"""Candidates: which entries of the lists a party could be, quickly and without missing one.

The index holds either side: entries of lists, or parties that a change of a list is run against. A name is found by
its words: each word reaches the words of the vocabulary that could stand for it (same, same sound, same consonants,
translation, few letters different, joined or split), rare words count most, and the best names win. Identifiers are
found exactly.
"""

from __future__ import annotations

import threading
from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product
from math import log1p

import numpy as np
from numpy.typing import NDArray

from hanze.screening.analysed import NamePart
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


@dataclass(frozen=True, slots=True)
class _Reached:
    """The names that hold a part, and how telling the part is among all names.

    How alike the word of a name is counts times the weight of the part (`asked`) and times that of the word (`held`).
    """

    names: Integers
    asked: Floats
    held: Floats
    weight: float

    def at(self, names: Integers, values: Floats) -> Floats:
        """`values` (`asked` or `held`) for each of these names; 0 where the part was not found."""
        if not len(self.names):
            return np.zeros(len(names), np.float32)
        places = np.minimum(np.searchsorted(self.names, names), len(self.names) - 1)
        return np.where(self.names[places] == names, values[places], np.float32(0))


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the parts of a name bring together, by name; all 0 between two lookups."""

    asked: Floats
    held: Floats


_NO_NAMES: Integers = np.zeros(0, np.int32)
_NOTHING: Floats = np.zeros(0, np.float32)
_NOBODY = _Reached(_NO_NAMES, _NOTHING, _NOTHING, 0.0)


class Index:
    """Finds candidates among the subjects it was built of; a position is the place of a subject in that order."""

    def __init__(
        self, words: Sequence[str], names: Integers, word_ids: Integers, shares: Floats, owners: Integers
    ) -> None:
        """`names[i]` holds the word `word_ids[i]`, which is `shares[i]` of one of its parts: forms of a part share it.
        `owners` gives each name's subject. Use `build`."""
        self.vocabulary = Vocabulary(words)
        self._owners = owners
        order = np.argsort(word_ids, kind="stable")
        self._names: Integers = names[order]
        counts = np.bincount(word_ids, minlength=len(words))
        self._starts: list[int] = np.concatenate(([0], np.cumsum(counts))).tolist()
        rarity = np.log1p(len(owners) / (counts + 0.5)) / log1p(max(2 * len(owners), 1))
        roles = np.fromiter((role_and_weight(word)[1] for word in words), np.float32, len(words))
        self._word_weights: list[float] = (rarity * roles).tolist()
        weights = np.bincount(names, (rarity * roles)[word_ids] * shares, minlength=len(owners))
        self._name_weights = np.maximum(weights, 0.05).astype(np.float32)
        self._local = threading.local()
        self._reached: dict[object, _Reached] = {}
        self._cached = 0
        self._identifiers: dict[str, list[int]] = {}

    @classmethod
    def build(cls, subjects: Iterable[Subject]) -> Index:
        """An index of entries or parties, in their order."""
        ids: dict[str, int] = {}
        word_ids, names, shares, owners = array("i"), array("i"), array("f"), array("i")
        identifiers: dict[str, list[int]] = defaultdict(list)
        for position, subject in enumerate(subjects):
            for name in subject.names:
                found = _words_of(name.text, subject.kind)
                word_ids.extend([ids.setdefault(word, len(ids)) for word in found])
                names.extend([len(owners)] * len(found))
                shares.extend(found.values())
                owners.append(position)
            for identifier in subject.identifiers:
                if key := _identifier_key(identifier):
                    identifiers[key].append(position)
        built = cls(list(ids), _integers(names), _integers(word_ids), np.array(shares, np.float32), _integers(owners))
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
        certain: list[int] = []
        if isinstance(subject, Party | Entry):
            texts, kind = [name.text for name in subject.names], subject.kind
            for identifier in subject.identifiers:
                certain += self._identifiers.get(_identifier_key(identifier), ())
        else:
            texts, kind = list(subject), "unknown"
        names = [analyse(text, kind) for text in dict.fromkeys(texts)]
        found = [self._best(parts, limit, least) for name in names for parts in (name.parts, *name.readings)]
        best = dict.fromkeys(certain[:limit], _CERTAIN)
        if found:
            positions = np.concatenate([positions for positions, _ in found])
            scores = np.concatenate([scores for _, scores in found])
            order = np.lexsort((positions, -scores))
            for position, score in zip(positions[order].tolist(), scores[order].tolist(), strict=True):
                if len(best) >= limit:
                    break
                best.setdefault(position, score)
        return list(best.items())

    def _best(self, parts: Sequence[NamePart], limit: int, least: float) -> tuple[Integers, Floats]:
        """The positions of the best names for one reading of a name, some more than once, and their scores."""
        names, scores = self._scores(parts)
        if least > 0:
            enough = scores >= least
            names, scores = names[enough], scores[enough]
        kept = limit * _NAMES_PER_SUBJECT
        if len(names) > kept:
            top = np.argpartition(scores, len(scores) - kept)[-kept:]
            names, scores = names[top], scores[top]
        return self._owners[names], scores

    def _scores(self, parts: Sequence[NamePart]) -> tuple[Integers, Floats]:
        """The names that hold telling parts of this reading (some more than once), and how well each fits, 0 to 1."""
        reached = [self._reach(part) for part in parts]
        total = sum(found.weight for found in reached)
        telling, common = self._telling(reached, total)
        joined = self._joined_pairs(parts, reached)
        if total <= 0 or not (telling or joined):
            return _NO_NAMES, _NOTHING
        names = np.concatenate([found.names for found in (*telling, *joined)])
        sums = self._sums()
        for found in (*telling, *joined):
            sums.asked[found.names] += found.asked
            sums.held[found.names] += found.held
        asked, held = sums.asked[names], sums.held[names]
        sums.asked[names] = sums.held[names] = 0
        for found in common:
            asked += found.at(names, found.asked)
            held += found.at(names, found.held)
        asked = np.minimum(asked / total, 1)
        held = np.minimum(held / self._name_weights[names], 1)
        # Harmonic mean of how much of either side is found: one rare word in common is not enough.
        return names, (2 * asked * held / np.maximum(asked + held, 1e-6)).astype(np.float32)

    def _sums(self) -> _Sums:
        """Two rows of zeros, one place for each name, kept by each thread from one lookup to the next."""
        sums = getattr(self._local, "sums", None)
        if sums is None:
            sums = self._local.sums = _Sums(*(np.zeros(len(self._owners), np.float32) for _ in range(2)))
        return sums

    @staticmethod
    def _telling(reached: Sequence[_Reached], total: float) -> tuple[list[_Reached], list[_Reached]]:
        """The parts by which names are found, and the common ones that together are too little for a candidate."""
        telling: list[_Reached] = []
        common: list[_Reached] = []
        left_out = 0.0
        for found in sorted(reached, key=lambda found: -len(found.names)):
            if not len(found.names) or found.weight <= _LEAST_WEIGHT:
                continue
            if len(found.names) > _COMMON and left_out + found.weight <= _LITTLE * total:
                left_out += found.weight
                common.append(found)
            else:
                telling.append(found)
        return telling, common

    def _joined_pairs(self, parts: Sequence[NamePart], reached: Sequence[_Reached]) -> list[_Reached]:
        """What names bring that write two neighbouring parts as one word, beyond what the two bring by themselves."""
        pairs: list[_Reached] = []
        for at, (left, right) in enumerate(pairwise(parts)):
            joined = self._joined(left, right)
            if not len(joined.names):
                continue
            own = reached[at : at + 2]
            asked = joined.asked * np.float32(sum(part.weight for part in own))
            already_asked = sum(part.at(joined.names, part.asked) for part in own)
            already_held = sum(part.at(joined.names, part.held) for part in own)
            more = np.maximum(asked - already_asked, 0), np.maximum(joined.held - already_held, 0)
            pairs.append(_Reached(joined.names, *more, 0.0))
        return pairs

    def _reach(self, part: NamePart) -> _Reached:
        key = (_mark(part), part.weight)
        found = self._reached.get(key)
        if found is None:
            light = part.role in ("legal-form", "particle", "honorific", "initial", "number")
            likeness = self.vocabulary.like(part.forms[: _FORMS_KEPT + 4], light)
            if part.role == "initial":
                likeness = self.vocabulary.initials(part.forms[0].text) | likeness
            splits = (
                []
                if light
                else [s for form in part.forms[:3] if len(form.text) > 4 for s in self.vocabulary.splits(form.text)]
            )
            found = self._remember(key, self._gather(likeness, splits, part.weight))
        return found

    def _joined(self, left: NamePart, right: NamePart) -> _Reached:
        """Names that write two neighbouring parts as one word; `asked` is only how alike that word is."""
        likeness: dict[int, float] = {}
        for first, second in product(left.forms[:_FORMS_JOINED], right.forms[:_FORMS_JOINED]):
            likeness.update(self.vocabulary.joined(first, second))
        return self._gather(likeness, [], None) if likeness else _NOBODY

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


def _integers(kept: array[int]) -> Integers:
    return np.frombuffer(kept, dtype=np.int32) if kept else np.zeros(0, np.int32)


def _words_of(text: str, kind: Kind) -> dict[str, float]:
    """The words under which a name is found, with the share of a part that each stands for: its words as written, or
    every Latin form in another script, which share the part that they are forms of among them."""
    if text.isascii():
        return dict.fromkeys(ascii_words(text), 1.0)
    name = analyse(text, kind)
    readings = (name.parts, *name.readings)
    shares: dict[str, float] = {}
    for parts in readings:
        for part in parts:
            forms = part.forms[:_FORMS_KEPT]
            for form in forms:
                shares[form.text] = shares.get(form.text, 0.0) + 1 / (len(forms) * len(readings))
    return shares


def _identifier_key(identifier: Identifier) -> str:
    """Letters and digits only; too short a number is no proof of anything."""
    value = "".join(c for c in identifier.value.upper() if c.isalnum())
    return value if len(value) >= 5 else ""
