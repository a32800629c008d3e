"""The words of all names in an index, and which of them could stand for a given word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import product

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from hanze.screening.analysed import Form
from hanze.screening.indexing.spellings import Similar, Spellings
from hanze.screening.names import keys
from hanze.screening.names.organisations import numbers
from hanze.screening.names.words import given_name_groups, known_words

SAME_SOUND = 0.92
SAME_GROUP = 0.92
PIECE = 0.88
INITIAL = 0.6
LONG = 11
LONGEST_PIECE = 20
LONGEST_SPLIT = 60
SAME_SYLLABLES = 0.9
_KOREAN = frozenset(("korean-surname", "habit", "revised-romanisation", "north-korean", "mccune-reischauer"))
_Table = dict[str, list[int]]


class Vocabulary:
    """Distinct words by position, with one table per kind of key; the Korean table is made on first use."""

    def __init__(self, words: Sequence[str]) -> None:
        self.words = words
        self.position = {word: at for at, word in enumerate(words)}
        self._spellings = Spellings(words)
        self._near: dict[str, Similar] = {}
        self._sounds, self._consonants, self._pieces, self._groups = self._tables()

    def _tables(self) -> tuple[_Table, _Table, _Table, _Table]:
        sounding: _Table = defaultdict(list)
        skeletons: _Table = defaultdict(list)
        pieces: _Table = defaultdict(list)
        groups: _Table = defaultdict(list)
        concepts, names, digits = known_words(), given_name_groups(), numbers()
        for at, word in enumerate(self.words):
            known = concepts.get(word)
            for group in (known.concept if known else names.get(word), digits.get(word)):
                if group:
                    groups[group].append(at)
        spelled = [(at, word) for at, word in enumerate(self.words) if len(word) > 2 and not word.isdigit()]
        words = [word for _, word in spelled]
        own = keys.sounds_of(words), keys.consonants_of(words), [keys.pieces(word) for word in words]
        cut = [piece for compound in own[2] for piece in compound]
        of_piece = dict(zip(cut, keys.consonants_of(cut), strict=True))
        for (at, _), sound, bare, compound in zip(spelled, *own, strict=True):
            sounding[sound].append(at)
            for key in bare:
                if len(key) > 1:
                    skeletons[key].append(at)
            for piece in compound:
                if piece not in ("din", "allah") and len(piece) > 2:
                    pieces[piece].append(at)
                    for key in of_piece[piece]:
                        skeletons[key].append(at)
        return dict(sounding), dict(skeletons), dict(pieces), dict(groups)

    @cached_property
    def _korean(self) -> _Table:
        table: _Table = defaultdict(list)
        some = [(at, word) for at, word in enumerate(self.words) if len(word) <= 14 and not word[0].isdigit()]
        for (at, _), key in zip(some, keys.korean_of([word for _, word in some]), strict=True):
            table[key].append(at)
        return dict(table)

    def ready(self) -> None:
        """Make all tables that are otherwise made on first use."""
        self._spellings.ready()
        _ = self._korean, self._starting

    def prepare(self, forms: Iterable[Form]) -> None:
        """Find at once what is spelled nearly as these forms, and their keys, for the lookups that follow."""
        texts = {form.text for form in forms if form.language != "consonants"}
        words = [text for text in texts if not text.isdigit()]
        self._near = self._spellings.near(words)
        keys.sounds_of(words)
        keys.consonants_of(words)

    def prepare_joined(self, pairs: Iterable[tuple[Sequence[Form], Sequence[Form]]]) -> None:
        """Find at once how neighbours sound as one word, for `joined`."""
        keys.sounds_of([left.text + right.text for lefts, rights in pairs for left in lefts for right in rights])

    def _near_to(self, text: str) -> Similar:
        near = self._near.get(text)
        return self._spellings.near([text])[text] if near is None else near

    def like(self, forms: Iterable[Form], light: bool = False) -> dict[int, float]:
        """Positions of the words that a part of a name with these forms could be, with how alike they are (0 to 1).

        `light` looks no further than the word itself and its translations: for legal forms and particles.
        """
        found: dict[int, float] = {}
        for form in forms:
            if form.language == "consonants":
                self._by_consonants(form.text, found)
            else:
                # The readings of a syllable are all given: another letter makes it another syllable.
                # Nor is it the short form of a given name: a Jon in Hangul is no John.
                syllable = len(form.text) < 4 and form.how != "written"
                if not (syllable and form.text in given_name_groups()):
                    self._by_spelling(form.text, found, light or syllable)
                elif (exact := self.position.get(form.text)) is not None:
                    found[exact] = 1.0
            if not light and form.language in _KOREAN:
                _raise_all(found, self._korean.get(keys.korean(form.text), ()), SAME_SYLLABLES)
        return found

    def joined(self, lefts: Sequence[Form], rights: Sequence[Form]) -> dict[int, float]:
        """Words that are two neighbouring parts written as one; where guessing further than sound would be noise."""
        found: dict[int, float] = {}
        position, sounds, concepts, names = self.position, self._sounds, known_words(), given_name_groups()
        for left, right in product(lefts, rights):
            text = left.text + right.text
            if len(text) < 4:
                continue
            if "consonants" in (left.language, right.language):
                found.update(self._joined_roughly(left, right))
                continue
            sounding = sounds.get(keys.sounds(text)) if len(text) > 4 else None
            if sounding or text in position or text in concepts or text in names:
                own: dict[int, float] = {}
                if text in position or text in concepts or text in names:
                    self._by_spelling(text, own, light=True)
                _raise_all(own, sounding or (), SAME_SOUND)
                found.update(own)
        return found

    def _joined_roughly(self, left: Form, right: Form) -> dict[int, float]:
        """The same for two parts of which only the consonants are sure."""
        found: dict[int, float] = {}
        if left.language == right.language and len(keys.consonants(left.text)[0]) > 1 and _telling(right.text):
            # The article between the two is lost in writing them as one: Saduddin, Azizirahman.
            for text in (left.text + right.text, left.text + "e" + right.text):
                if len(text) > 5:
                    self._by_consonants(text, found)
        return found

    def initials(self, letter: str) -> dict[int, float]:
        """The words that an initial can stand for."""
        return dict.fromkeys(self._starting.get(letter, ()), INITIAL)

    @cached_property
    def _starting(self) -> _Table:
        table: _Table = defaultdict(list)
        for at, word in enumerate(self.words):
            table[word[0]].append(at)
        return dict(table)

    def splits(self, word: str) -> list[tuple[int, ...]]:
        """The ways to cut a word into two or three words of the vocabulary; a long word into as few as it can be."""
        if not 4 <= len(word) <= LONGEST_SPLIT:
            return []
        found: list[tuple[int, ...]] = []
        position = self.position
        for cut in range(2, len(word) - 1):
            left = position.get(word[:cut])
            if left is None:
                continue
            rest = word[cut:]
            if (right := position.get(rest)) is not None:
                found.append((left, right))
            if len(rest) > 4:
                for second in range(2, len(rest) - 1):
                    middle, last = position.get(rest[:second]), position.get(rest[second:])
                    if middle is not None and last is not None:
                        found.append((left, middle, last))
        if not found and len(word) > LONG and (many := self._fewest(word)):
            found.append(many)
        return found

    def _fewest(self, word: str) -> tuple[int, ...]:
        """A word cut into as few words of the vocabulary as it takes; empty when it cannot be."""
        best: list[tuple[int, ...] | None] = [()]
        for end in range(1, len(word) + 1):
            shortest: tuple[int, ...] | None = None
            for start in range(max(0, end - LONGEST_PIECE), end):
                before, at = best[start], self.position.get(word[start:end])
                if before is not None and at is not None and (shortest is None or len(before) + 1 < len(shortest)):
                    shortest = (*before, at)
            best.append(shortest)
        return best[-1] or ()

    def _by_spelling(self, text: str, found: dict[int, float], light: bool) -> None:
        exact = self.position.get(text)
        if exact is not None:
            found[exact] = 1.0
        # A number in words is asked in digits too: only these lead to numbers, for `on` and `sei` are names as well.
        if group := text if text.isdigit() else _group_of(text):
            _raise_all(found, self._groups.get(group, ()), SAME_GROUP)
        if light or len(text) < 3 or text.isdigit():
            return
        _raise_all(found, self._sounds.get(keys.sounds(text), ()), SAME_SOUND)
        _raise_all(found, self._pieces.get(text, ()), PIECE)
        for piece in keys.pieces(text):
            if piece not in ("din", "allah"):
                self._by_piece(piece, found)
        for at, similarity in self._near_to(text):
            _raise(found, at, similarity)
        self._by_skeleton(text, found)

    def _by_skeleton(self, text: str, found: dict[int, float]) -> None:
        """Words with the same consonants: spellings of an Arabic or Persian name, unless their vowels are far apart."""
        for key in keys.consonants(text):
            if len(key) < 2 or not (same := [at for at in self._consonants.get(key, ()) if found.get(at, 0.0) < PIECE]):
                continue
            least = 0.5 if len(key) == 2 else 0.35
            words = [self.words[at] for at in same]
            for _, alike, at in extract(text, words, scorer=OSA.normalized_similarity, score_cutoff=least, limit=None):
                _raise(found, same[at], 0.45 + 0.45 * alike)

    def _by_piece(self, piece: str, found: dict[int, float]) -> None:
        at = self.position.get(piece)
        if at is not None:
            _raise(found, at, PIECE)
        for key in keys.consonants(piece):
            if len(key) > 1:
                _raise_all(found, self._consonants.get(key, ()), 0.8 * PIECE)

    def _by_consonants(self, rough: str, found: dict[int, float]) -> None:
        exact = self.position.get(rough)
        if exact is not None:
            _raise(found, exact, 0.9)
        for key in keys.consonants(rough):
            for at in self._consonants.get(key, ()) if len(key) > 1 else ():
                _raise(found, at, 0.55 + 0.35 * keys.vowels_agree(rough, self.words[at]))


def _group_of(text: str) -> str | None:
    """What a word stands for beside itself: a concept, or a given name in all its forms."""
    known = known_words().get(text)
    return known.concept if known else given_name_groups().get(text)


def _telling(rough: str) -> bool:
    """Whether a rough form can be the second half of a word: two consonants, or God's name."""
    return rough == "all" or len(keys.consonants(rough)[0]) > 1


def _raise(found: dict[int, float], at: int, value: float) -> None:
    if value > found.get(at, 0.0):
        found[at] = value


def _raise_all(found: dict[int, float], places: Iterable[int], value: float) -> None:
    for at in places:
        if value > found.get(at, 0.0):
            found[at] = value
