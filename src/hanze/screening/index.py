"""Candidates: which entries of the lists a party could be, quickly and without missing one.

The index holds either side: entries of lists, or parties that a change of a list is run against. A name is found by
its words: each word reaches the words of the vocabulary that could stand for it (same, same sound, same consonants,
translation, few letters different, joined or split), rare words count most, and the best names win. Identifiers are
found exactly.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice, pairwise
from math import log1p

import numpy as np

from hanze.screening.analysed import Form, NamePart
from hanze.screening.cycles import without_collecting
from hanze.screening.entries import Entry, Identifier, Kind, Party
from hanze.screening.indexing.fitting import TOGETHER, Asked, Floats, Integers, Names, Row, fits
from hanze.screening.indexing.vocabulary import Vocabulary
from hanze.screening.names import analyse
from hanze.screening.names.latin import role_and_weight
from hanze.screening.names.normal import ascii_words
from hanze.screening.names.organisations import initials

Subject = Party | Entry

_ROWS_REMEMBERED = 200_000
_AT_ONCE = 256
_NAMES_AT_ONCE = 300_000
_FORMS_KEPT = 8
_FORMS_JOINED = 5
_CERTAIN = 1.0
_SAME = 0.85
_ACRONYM = 0.8
_WORDS_WITH_ACRONYM = 2


class Index:
    """Finds candidates among the subjects it was built of; a position is the place of a subject in that order."""

    def __init__(
        self, words: Sequence[str], names: Integers, word_ids: Integers, shares: Floats, owners: Integers
    ) -> None:
        """`names[i]` holds the word `word_ids[i]`, which is `shares[i]` of one of its parts: forms of a part share it.
        `owners` gives each name's subject. Use `build`."""
        self.vocabulary = Vocabulary(words)
        self._owners = owners
        counts = np.bincount(word_ids, minlength=len(words))
        rarity = np.log1p(len(owners) / (counts + 0.5)) / log1p(max(2 * len(owners), 1))
        roles = np.fromiter((role_and_weight(word)[1] for word in words), np.float32, len(words))
        weights = np.bincount(names, (rarity * roles)[word_ids] * shares, minlength=len(owners))
        self._names = Names(
            holders=names[np.argsort(word_ids, kind="stable")],
            starts=np.concatenate(([0], np.cumsum(counts))),
            words=word_ids,
            word_starts=np.concatenate(([0], np.cumsum(np.bincount(names, minlength=len(owners))))),
            word_weights=(rarity * roles).astype(np.float32),
            weights=np.maximum(weights, 0.05).astype(np.float32),
        )
        self._counts: list[int] = counts.tolist()
        self._rows: dict[object, Row] = {}
        self._identifiers: dict[str, list[int]] = {}
        self._acronyms: dict[str, list[int]] = {}

    @classmethod
    def build(cls, subjects: Iterable[Subject]) -> Index:
        """An index of entries or parties, in their order."""
        with without_collecting():
            return cls._build(subjects)

    @classmethod
    def _build(cls, subjects: Iterable[Subject]) -> Index:
        ids: dict[str, int] = {}
        word_ids, names, shares, owners = array("i"), array("i"), array("f"), array("i")
        identifiers: dict[str, list[int]] = defaultdict(list)
        acronyms: dict[str, list[int]] = defaultdict(list)
        for position, subject in enumerate(subjects):
            for name in subject.names:
                found = _words_of(name.text, subject.kind)
                word_ids.extend([ids.setdefault(word, len(ids)) for word in found])
                names.extend([len(owners)] * len(found))
                shares.extend(found.values())
                owners.append(position)
                if subject.kind == "organisation":
                    for initials in _initials_of(name.text):
                        acronyms[initials].append(position)
            for identifier in subject.identifiers:
                if key := _identifier_key(identifier):
                    identifiers[key].append(position)
        built = cls(list(ids), _integers(names), _integers(word_ids), np.array(shares, np.float32), _integers(owners))
        built._identifiers, built._acronyms = dict(identifiers), dict(acronyms)
        return built

    @property
    def names(self) -> int:
        """How many names the index holds."""
        return len(self._owners)

    @cached_property
    def frequencies(self) -> Mapping[str, int]:
        """In how many names each word stands."""
        return dict(zip(self.vocabulary.words, self._counts, strict=True))

    def ready(self) -> None:
        """Make now what is otherwise made when it is first needed: before a process forks, so that all share it."""
        self.vocabulary.ready()

    def candidates(
        self, subject: Subject | Iterable[str], limit: int = 20, least: float = 0.0
    ) -> list[tuple[int, float]]:
        """The best `limit` positions with a score between 0 and 1, best first; only those of at least `least`.

        `subject` is a party, an entry, or just names. The score is cheap: it ranks, it does not decide.
        """
        return next(self.candidates_of_all([subject], limit, least))

    def candidates_of_all(
        self, subjects: Iterable[Subject | Iterable[str]], limit: int = 20, least: float = 0.0
    ) -> Iterator[list[tuple[int, float]]]:
        """The same for many, in their order: several hundred at once take a fraction of the time."""
        waiting = iter(subjects)
        while some := list(islice(waiting, _AT_ONCE)):
            names = [_names_of(subject) for subject in some]
            rows = self._look_up({_mark(part): part for readings in names for parts in readings for part in parts})
            joined = self._join({_marks(pair): pair for own in names for parts in own for pair in pairwise(parts)})
            asked = [[_asked(parts, rows, joined, least) for parts in readings] for readings in names]
            for first, last in _within(asked, _NAMES_AT_ONCE):
                yield from self._best(some[first:last], asked[first:last], limit, least)

    def _best(
        self,
        subjects: Sequence[Subject | Iterable[str]],
        asked: Sequence[Sequence[Asked]],
        limit: int,
        least: float,
    ) -> Iterator[list[tuple[int, float]]]:
        """The best positions for each subject over all its readings; who has the same number stands first."""
        readings = [reading for own in asked for reading in own]
        of_subject = np.repeat(np.arange(len(asked)), [len(own) for own in asked])
        reading, name, scores = fits(readings, self._names, least)
        subject, positions = of_subject[reading], self._owners[name]
        order = np.lexsort((positions, -scores, subject))
        bounds = np.searchsorted(subject[order], np.arange(len(asked) + 1)).tolist()
        positions, ranked = positions[order].tolist(), scores[order].tolist()
        for at, one in enumerate(subjects):
            best = dict.fromkeys(self._certain(one)[:limit], _CERTAIN)
            for place in range(bounds[at], bounds[at + 1]):
                if len(best) >= limit:
                    break
                best.setdefault(positions[place], ranked[place])
            yield self._with_acronyms(one, best, limit) if self._acronyms else list(best.items())

    def _with_acronyms(
        self, subject: Subject | Iterable[str], best: dict[int, float], limit: int
    ) -> list[tuple[int, float]]:
        """The best positions with those of which the initials are asked, in their order."""
        if not isinstance(subject, Party | Entry) or subject.kind == "person":
            return list(best.items())
        short = {form.text for part in _likely_acronyms(subject) for form in part.forms[:1]}
        found = dict.fromkeys((at for text in short for at in self._acronyms.get(text, ())), _ACRONYM)
        if not found:
            return list(best.items())
        return sorted((found | best).items(), key=lambda item: -item[1])[:limit]

    def _certain(self, subject: Subject | Iterable[str]) -> list[int]:
        if not isinstance(subject, Party | Entry):
            return []
        keys = [_identifier_key(identifier) for identifier in subject.identifiers]
        return [position for key in keys for position in self._identifiers.get(key, ())]

    def _look_up(self, parts: dict[object, NamePart]) -> Mapping[object, Row]:
        """The row of each part; those that were not met before are made."""
        if len(self._rows) > _ROWS_REMEMBERED:
            self._rows.clear()
        rows = {mark: row for mark in parts if (row := self._rows.get(mark)) is not None}
        new = {mark: part for mark, part in parts.items() if mark not in rows}
        self.vocabulary.prepare(form for part in new.values() if not _is_light(part) for form in _forms_of(part))
        for mark, part in new.items():
            rows[mark] = self._rows[mark] = self._row_of(part)
        return rows

    def _row_of(self, part: NamePart) -> Row:
        light = _is_light(part)
        likeness = self.vocabulary.like(_forms_of(part), light)
        if part.role == "initial":
            likeness = self.vocabulary.initials(part.forms[0].text) | likeness
        if light:
            return self._row(likeness, (), part.weight)
        splits = [words for form in part.forms[:3] if len(form.text) > 4 for words in self.vocabulary.splits(form.text)]
        return self._row(likeness, splits, part.weight)

    def _join(self, pairs: Mapping[Marks, tuple[NamePart, NamePart]]) -> Mapping[Marks, Row]:
        """The words that are two neighbouring parts written as one, of those that are."""
        forms = {
            marks: (left.forms[:_FORMS_JOINED], right.forms[:_FORMS_JOINED]) for marks, (left, right) in pairs.items()
        }
        self.vocabulary.prepare_joined(forms.values())
        likenesses = {marks: self.vocabulary.joined(*both) for marks, both in forms.items()}
        return {marks: self._row(likeness, (), 0.0) for marks, likeness in likenesses.items() if likeness}

    def _row(self, likeness: dict[int, float], splits: Sequence[tuple[int, ...]], weight: float) -> Row:
        """The row of a part with words that are so alike, and ways to cut it into several words."""
        counts = self._counts
        same = sum(counts[word] for word, alike in likeness.items() if alike >= _SAME)
        together: list[tuple[Integers, float]] = []
        for cut in splits:
            holders = self._holding(cut)
            if len(holders):
                together.append((holders, float(self._names.word_weights[list(cut)].sum())))
                same += len(holders)
        ordered = sorted(likeness.items())
        words = np.array([word for word, _ in ordered], np.int32)
        alike = np.array([value for _, value in ordered], np.float32)
        size = sum([counts[word] for word in likeness]) + sum(len(holders) for holders, _ in together)
        most = float((alike * self._names.word_weights[words]).max(initial=0.0))
        most = max([most, *(TOGETHER * telling for _, telling in together)])
        return Row(words, alike, weight * self._rarity(same), size, most, tuple(together))

    def _holding(self, words: Sequence[int]) -> Integers:
        """The names that hold all of these words."""
        starts, holders = self._names.starts, self._names.holders
        found, *others = sorted([holders[starts[at] : starts[at + 1]] for at in words], key=len)
        for other in others:
            at = np.minimum(np.searchsorted(other, found), len(other) - 1)
            found = found[other[at] == found]
        return found

    def _rarity(self, count: float) -> float:
        """How telling a word is that stands in so many names: about 1 for one that none has, near 0 for one in all."""
        return log1p(len(self._owners) / (count + 0.5)) / log1p(max(2 * len(self._owners), 1))


def _names_of(subject: Subject | Iterable[str]) -> list[tuple[NamePart, ...]]:
    """All readings of all names."""
    if isinstance(subject, Party | Entry):
        texts, kind = [name.text for name in subject.names], subject.kind
    else:
        texts, kind = list(subject), "unknown"
    names = [analyse(text, kind) for text in dict.fromkeys(texts)]
    return [parts for name in names for parts in name.all_readings if parts]


def _within(asked: Sequence[Sequence[Asked]], most: int) -> Iterator[tuple[int, int]]:
    """Neighbours of which the rows together reach no more than so many names (or one alone): from and to."""
    first, names = 0, 0
    for at, own in enumerate(asked):
        reached = sum(row.size for reading in own for row in reading.parts)
        if names and names + reached > most:
            yield first, at
            first, names = at, 0
        names += reached
    yield first, len(asked)


def _is_light(part: NamePart) -> bool:
    return part.role in ("legal-form", "particle", "honorific", "initial", "number", "acronym")


def _forms_of(part: NamePart) -> tuple[Form, ...]:
    return part.forms[: _FORMS_KEPT + 4]


def _mark(part: NamePart) -> object:
    """What tells a part from others, without hashing each of its forms: the forms follow from it."""
    if not part.forms:
        return part.written, part.weight
    first = part.forms[0]
    return part.written, part.weight, first.text, first.language, len(part.forms)


Marks = tuple[object, object]
"""Of two neighbours."""


def _marks(pair: tuple[NamePart, NamePart]) -> Marks:
    return _mark(pair[0]), _mark(pair[1])


def _asked(parts: Sequence[NamePart], rows: Mapping[object, Row], joined: Mapping[Marks, Row], least: float) -> Asked:
    marks = [_mark(part) for part in parts]
    together = [(at, joined[pair]) for at, pair in enumerate(pairwise(marks)) if pair in joined]
    return Asked([rows[mark] for mark in marks], together, least)


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


def _initials_of(text: str) -> Sequence[str]:
    """The initials that an organisation may go by."""
    if text.isascii():
        return initials([(word, role_and_weight(word)[0]) for word in ascii_words(text)])
    short = analyse(text, "organisation").acronym
    return [form.text for form in short.forms] if short else ()


def _likely_acronyms(subject: Subject) -> Iterator[NamePart]:
    """What may be initials in the names of an organisation: a name of at most two words that tell something."""
    for name in subject.names:
        telling = [part for part in analyse(name.text, subject.kind).parts if not _is_light(part) and part.forms]
        if len(telling) <= _WORDS_WITH_ACRONYM:
            yield from telling


def _identifier_key(identifier: Identifier) -> str:
    """Letters and digits only; too short a number is no proof of anything."""
    value = "".join(c for c in identifier.value.upper() if c.isalnum())
    return value if len(value) >= 5 else ""
