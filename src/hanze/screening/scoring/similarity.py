"""How alike two parts of a name are, and by what."""

from __future__ import annotations

from typing import Literal as OneOf
from typing import NamedTuple

from rapidfuzz.distance import OSA

from hanze.screening.analysed import How
from hanze.screening.names.keys import sounds, vowels_agree
from hanze.screening.scoring.folding import fold
from hanze.screening.scoring.tokens import MOST_DIFFERING, Token, in_characters, may_be_spelled_alike

By = OneOf[
    "same", "spelling", "transliteration", "translation", "abbreviation", "variant", "initial", "joined", "acronym"
]

SPELLING = 0.96
"""Two spellings that sound the same."""
VOWELS = 0.9
"""Two spellings that sound the same but for e and i, or o and u."""
SHORT = 0.15
"""What is taken off where no more than three letters sound alike, or two consonants are all that is shared."""
TRANSLITERATION = 0.98
BARE_CONSONANTS = 0.95
"""A script that writes no short vowels against a spelling with the same consonants whose long vowels fit."""
KNOWN_OTHERWISE = 0.8
"""The same, where the usual spellings of that name are known and this is none of them."""
CONSONANTS = 0.72
"""The same consonants, but both sides write their vowels and these differ."""
HOMOPHONES = 0.5
"""Two names in Chinese or Korean characters that only sound alike: both sides wrote them, and wrote them otherwise."""
VARIANT = 0.88
"""Two forms of one given name in several languages, or short: John and Juan, Aleksandr and Sasha."""
INITIAL = 0.9
ACRONYMS = {3: 0.7, 4: 0.88}
"""What initials tell that stand for a whole name, by their number: many names share three."""
LONG_ACRONYM = 0.92
STEEPNESS = 1.5
"""How fast likeness falls with the share of letters that differ."""
FOLDED_SHARE = 0.6
"""Which share of the difference is counted after folding; the rest is counted on the letters as they were written."""
SHORT_WORD = 0.3
"""What is added to the number of letters that differ in a word of less than five."""
SWAPPED = 0.7
"""What two letters that changed places count for: a slip of the hand more often than another name."""
LEAST = 0.3
"""Below this two parts are simply different."""


class Likeness(NamedTuple):
    """How alike two parts are, from 0 (different) to 1 (the same), and by what."""

    value: float
    by: By


SAME = Likeness(1.0, "same")
DIFFERENT = Likeness(0.0, "spelling")


def likeness(ours: Token, theirs: Token) -> Likeness:
    """Compare two parts over all their spellings. Symmetric; 1 for a part and itself; short parts must be equal."""
    if ours is theirs:
        return SAME
    if ours.role == "initial" or theirs.role == "initial":
        return _initials(ours, theirs)
    if ours.role == "acronym" or theirs.role == "acronym":
        return _acronym(ours, theirs)
    characters = in_characters(ours.written) and in_characters(theirs.written)
    if ours.keys.isdisjoint(theirs.keys):
        return DIFFERENT if characters or "number" in (ours.role, theirs.role) else _fuzzy(ours, theirs)
    shared = ours.forms.keys() & theirs.forms.keys()
    if shared:
        found = _shared_form(ours, theirs, shared)
        return Likeness(HOMOPHONES, "spelling") if found.by == "transliteration" and characters else found
    if characters:
        return DIFFERENT
    best = _folded_alike(ours, theirs) or _fuzzy(ours, theirs)
    bare = _consonants(ours, theirs)
    best = bare if bare.value > best.value else best
    if best.value < VARIANT and ours.group & theirs.group:
        return Likeness(VARIANT, best.by if best.value >= CONSONANTS else "variant")
    return best


def _initials(ours: Token, theirs: Token) -> Likeness:
    first = {form[:1] for form in ours.forms} & {form[:1] for form in theirs.forms}
    if ours.role == theirs.role:
        return SAME if first else DIFFERENT
    return Likeness(INITIAL, "initial") if first else DIFFERENT


def _acronym(ours: Token, theirs: Token) -> Likeness:
    """The initials of a whole name against a word that is written so; two names that only share them are different."""
    if ours.role == theirs.role:
        return DIFFERENT
    word = theirs if ours.role == "acronym" else ours
    shared = [text for text in ours.forms.keys() & theirs.forms.keys() if word.forms[text][0] in _SPELLED]
    longest = max(map(len, shared), default=0)
    return Likeness(ACRONYMS.get(longest, LONG_ACRONYM), "acronym") if shared else DIFFERENT


_SPELLED: tuple[How, ...] = ("written", "transliteration")
_BY: dict[How, By] = {
    "written": "same",
    "transliteration": "transliteration",
    "reading": "transliteration",
    "dictionary": "translation",
    "abbreviation": "abbreviation",
    "acronym": "acronym",
}
_FAR: dict[How, int] = {
    "acronym": -1,
    "abbreviation": 0,
    "dictionary": 1,
    "reading": 2,
    "transliteration": 3,
    "written": 4,
}


def _shared_form(ours: Token, theirs: Token, shared: set[str]) -> Likeness:
    """The spelling that needed the least work decides; of its two sides the one that needed the most."""
    needed: list[How] = [min(ours.forms[text][0], theirs.forms[text][0], key=_FAR.__getitem__) for text in shared]
    by = _BY[max(needed, key=_FAR.__getitem__)]
    if by == "same":
        return SAME
    latin = ours.written.isascii() and theirs.written.isascii()
    return Likeness(TRANSLITERATION, "spelling" if latin and by == "transliteration" else by)


def _by(ours: Token, theirs: Token) -> By:
    return "spelling" if ours.written.isascii() == theirs.written.isascii() else "transliteration"


def _folded_alike(ours: Token, theirs: Token) -> Likeness | None:
    shared = ours.folded & theirs.folded
    if not shared:
        return None
    same_sound = any(sounds(mine) in {sounds(other) for other in theirs.forms} for mine in ours.forms)
    value = SPELLING if same_sound else VOWELS
    short = max(map(len, shared)) < 4 or in_characters(ours.written) or in_characters(theirs.written)
    return Likeness(value - SHORT if short else value, _by(ours, theirs))


def _consonants(ours: Token, theirs: Token) -> Likeness:
    shared = ours.skeletons & theirs.skeletons
    if not shared:
        return DIFFERENT
    size = max(len(text) for text in shared)
    if bool(ours.rough) != bool(theirs.rough):
        bare, full = (ours, theirs) if ours.rough else (theirs, ours)
        fit = max(vowels_agree(rough, text) for rough in bare.rough for text in full.forms)
        best = KNOWN_OTHERWISE if bare.forms.keys() - set(bare.rough) else BARE_CONSONANTS
        value = CONSONANTS + (best - CONSONANTS) * fit * fit
        return Likeness(value if size > 2 else value - SHORT, "transliteration")
    return Likeness(CONSONANTS, _by(ours, theirs)) if size > 2 else DIFFERENT


def _fuzzy(ours: Token, theirs: Token) -> Likeness:
    best = 0.0
    for mine in ours.letters:
        for other in theirs.letters:
            if may_be_spelled_alike(mine, other):
                best = max(best, spelled_alike(mine[0], other[0]))
    return Likeness(best, _by(ours, theirs)) if best >= LEAST else DIFFERENT


def spelled_alike(ours: str, theirs: str) -> float:
    """How alike two spellings are by the letters that differ (optimal string alignment: a swap counts once)."""
    longest = max(len(ours), len(theirs))
    shortest = min(len(ours), len(theirs))
    most = int(longest * MOST_DIFFERING)
    if shortest < 3 or longest - shortest > most:
        return 0.0
    written = OSA.distance(ours, theirs, score_cutoff=most)
    if written > most:
        return 0.0
    folded = min(written, OSA.distance(fold(ours), fold(theirs)))
    differing = FOLDED_SHARE * folded + (1 - FOLDED_SHARE) * written
    if written == 1 and longest == shortest > 3 and sorted(ours) == sorted(theirs):
        differing *= SWAPPED
    if longest < 5:
        differing += SHORT_WORD
    return max(0.0, 1 - STEEPNESS * differing / longest)
