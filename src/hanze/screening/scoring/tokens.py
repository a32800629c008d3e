"""Parts of names made ready to be compared: every distinct part is one object, folded once, with its weight."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, groupby, islice

from hanze.screening.analysed import AnalysedName, Form, How, NamePart, Role
from hanze.screening.entries import Kind
from hanze.screening.names.keys import consonants
from hanze.screening.names.legal import shorten_legal_forms
from hanze.screening.scoring.folding import fold
from hanze.screening.scoring.traits import Letters, Traits

CONSONANTS = "consonants"
GIVEN_NAMES = "given-names"
MOST_FORMS = 8
MOST_SPELLED = 3
"""How many forms are compared letter by letter; the others must be equal, sound alike or have the same consonants."""
LEAST_READING = 6
MOST_READINGS = 6
MOST_PARTS = 14
MOST_DIFFERING = 0.34
"""Spellings of which a greater share of letters differs are not compared further."""
COMMON = 300
"""A part that this many names hold is common, also in a list too short to show it."""
LIGHTEST = 0.4
"""What the commonest part of names still weighs against a part that no list holds."""


@dataclass(eq=False, slots=True)
class Token:
    """A part of a name as the score looks at it; equal only to itself, so that comparisons can be remembered.

    `forms` maps each spelling to how it came about, the best one `first`; `letters` are the spellings with the set of
    their letters as bits and how many letters may differ, to reject quickly; `folded` are the spellings without what
    habits of spelling make different, `skeletons` their consonants. Parts that share no `keys` can only be spelled
    alike. `rough` are the letter-by-letter forms of a script that leaves the short vowels out, `group` the given name
    that it is a form of. Only `telling` parts can be spelled alike: an initial, an acronym or a number is right or
    wrong. `plain` parts have one spelling, in letters. `number` is the place among all parts.
    """

    written: str
    role: Role
    forms: dict[str, tuple[How, str]]
    weight: float
    first: str = ""
    letters: tuple[Letters, ...] = ()
    folded: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    skeletons: frozenset[str] = frozenset()
    rough: tuple[str, ...] = ()
    group: frozenset[str] = frozenset()
    telling: bool = True
    plain: bool = False
    number: int = -1

    @property
    def light(self) -> bool:
        """Whether the part tells next to nothing: a legal form, a title, a particle."""
        return self.role in ("legal-form", "honorific", "particle")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: its tokens as they were written, their weight, and all of it folded into one word (none
    of initials that stand for a name: two names that share them are not alike for that).
    """

    tokens: tuple[Token, ...]
    weight: float
    joined: str

    @classmethod
    def of(cls, tokens: tuple[Token, ...]) -> Reading:
        """The reading with these tokens."""
        joined = "".join([fold(token.first) for token in tokens if token.role != "acronym"])
        return cls(tokens, sum([token.weight for token in tokens]), joined)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A name ready to be compared, in each way in which it can be read."""

    text: str
    readings: tuple[Reading, ...]


def in_characters(written: str) -> bool:
    """Whether a part is written in Han characters or Hangul, which tell apart what sounds alike."""
    return "\u3400" <= written[:1] <= "\u9fff" or "\uac00" <= written[:1] <= "\ud7a3"


def _letters(token: Token) -> Iterator[Letters]:
    """The spellings worth comparing letter by letter: of characters only long ones, their readings being all known."""
    shortest = LEAST_READING if in_characters(token.written) else 1
    for text in islice(token.forms, MOST_SPELLED):
        if len(text) >= shortest:
            yield text, letter_bits(text), int(MOST_DIFFERING * len(text))


def letter_bits(text: str) -> int:
    """The set of letters of a text as bits."""
    bits = 0
    for letter in text:
        bits |= 1 << (ord(letter) & 31)
    return bits


def may_be_spelled_alike(ours: Letters, theirs: Letters) -> bool:
    """Whether so few letters stand in only one of two spellings that it is worth counting how many differ: each letter
    more, less or other explains at most one letter of either side.
    """
    mine, bits, most = ours
    other, other_bits, most_other = theirs
    if most < most_other:
        most = most_other
    return (
        -most <= len(mine) - len(other) <= most
        and (bits & ~other_bits).bit_count() <= most
        and (other_bits & ~bits).bit_count() <= most
    )


def rarity_weight(frequency: int, names: int) -> float:
    """How telling a part is that `frequency` of `names` names hold: 1 for one nobody holds, LIGHTEST for the commonest.

    The inverse document frequency of Spärck Jones (1972), scaled to 1 and with a floor.
    """
    if frequency <= 1:
        return 1.0
    return LIGHTEST + (1 - LIGHTEST) * max(0.0, 1 - math.log(frequency) / math.log(max(names / 20, COMMON, frequency)))


def _acronyms_joined(parts: tuple[NamePart, ...]) -> tuple[NamePart, ...]:
    """Letters in a row as one part: `A.B.C.` is ABC in the name of an organisation, initials in that of a person."""
    joined: list[NamePart] = []
    for is_letter, run in groupby(parts, lambda part: len(part.written) == 1 and part.written.isascii()):
        letters = list(run)
        if is_letter and len(letters) > 1:
            text = "".join(part.written for part in letters)
            joined.append(NamePart(text, (Form(text, "written"),)))
        else:
            joined += letters
    return tuple(joined)


def _particle_at_the_end(parts: tuple[NamePart, ...]) -> tuple[NamePart, ...]:
    """What stands last in the name of a person is no particle: in `Kim Kyong Il` the last part is a name."""
    if not parts or parts[-1].role != "particle":
        return parts
    return (*parts[:-1], replace(parts[-1], role="word", weight=1.0))


class Tokens:
    """Makes tokens, each distinct part of a name once; `frequencies` says how many listed names hold a spelling."""

    def __init__(
        self,
        analyse: Callable[[str, Kind], AnalysedName],
        frequencies: Mapping[str, int],
        names: int,
        limit: int = 200_000,
    ) -> None:
        self._analyse = analyse
        self._frequencies = frequencies
        self._names = names
        self._limit = limit
        self._known: dict[tuple[str, Role, float, str, int], Token] = {}
        self.traits = Traits()

    @property
    def full(self) -> bool:
        """Whether so many parts are known that it is time to forget them."""
        return len(self._known) >= self._limit

    def forget(self) -> None:
        """Forget all parts. Those that were handed out may not be compared with those to come."""
        self._known.clear()
        self.traits = Traits()

    def prepare(self, text: str, kind: Kind = "unknown") -> Prepared:
        """Take a name apart. Never raises; a name without letters has one reading without tokens."""
        name = self._analyse(text if kind == "person" else shorten_legal_forms(text), kind)
        readings = (name.parts, *name.readings[:MOST_READINGS])
        initials = ((name.acronym,),) if name.acronym else ()
        if kind in ("organisation", "vessel", "aircraft"):
            readings = tuple(map(_acronyms_joined, readings))
        elif readings[0] and readings[0][-1].role == "particle":
            readings = tuple(map(_particle_at_the_end, readings))
        rows = dict.fromkeys(map(self._row, (*readings, *initials)))
        return Prepared(text, tuple(map(Reading.of, rows)))

    def _row(self, parts: Iterable[NamePart]) -> tuple[Token, ...]:
        return tuple(self.token(part) for part in islice(parts, MOST_PARTS) if part.forms)

    def token(self, part: NamePart) -> Token:
        """The one token of this part."""
        # The forms follow from what was written and the first of them; hashing them all would take too long.
        key = part.written, part.role, part.weight, part.forms[0].text, len(part.forms)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._make(part)
        return known

    def _make(self, part: NamePart) -> Token:
        apart = (CONSONANTS, GIVEN_NAMES)
        spelled = [form for form in part.forms if form.language not in apart][:MOST_FORMS] or list(part.forms[:1])
        forms: dict[str, tuple[How, str]] = {}
        for form in spelled:
            forms.setdefault(form.text, (form.how, form.language))
        rough = tuple(form.text for form in part.forms if form.language == CONSONANTS)
        token = Token(part.written, part.role, forms, self._weight(part, spelled))
        token.first = next(iter(forms))
        token.letters = tuple(_letters(token))
        token.folded = frozenset(map(fold, forms))
        token.rough = rough
        token.skeletons = frozenset(chain.from_iterable(map(consonants, rough or forms)))
        token.telling = part.role not in ("initial", "number", "acronym")
        token.group = frozenset((token.first, *(form.text for form in part.forms if form.language == GIVEN_NAMES)))
        token.keys = token.skeletons.union(forms, token.folded, token.group)
        token.plain = token.telling and len(forms) == len(token.letters) == 1 and not in_characters(part.written)
        token.number = self.traits.add(token.letters if token.telling else (), token.keys, part.role == "initial")
        return token

    def _weight(self, part: NamePart, spelled: list[Form]) -> float:
        frequency = max((self._frequencies.get(form.text, 0) for form in spelled), default=0)
        return part.weight * rarity_weight(frequency, self._names)
