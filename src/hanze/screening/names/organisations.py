"""What only names of organisations have: written numbers, states in short (`U.S.`), and the initials they go by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from hanze.screening.analysed import AnalysedName, Form, NamePart, Role
from hanze.screening.names.tables import rows

NUMBERS = "numbers"
_NUMBER_WEIGHT = 0.5
_FEWEST_WORDS = 3
_MOST_LETTERS = 8
_SPELLED_OUT = 5
"""A legal form of so many letters is written in full, and may be one of the initials: the C of Oil Company."""
_UNCOUNTED = frozenset(("particle", "honorific", "legal-form", "number", "initial"))


@cache
def numbers() -> dict[str, str]:
    """Word, Roman numeral or ordinal in lower-case ASCII -> the number in digits."""
    found: dict[str, str] = {}
    for digits, cardinals, ordinals in rows("numbers"):
        for word in (*cardinals.split(), *ordinals.split()):
            found.setdefault(word, digits)
    return found


@cache
def _places() -> tuple[dict[tuple[str, ...], str], int]:
    """The words of a state or union -> its short name, and the most words that one has."""
    found = {
        tuple(phrase.split()): short for short, line in rows("place_phrases") for phrase in (short, *line.split("|"))
    }
    return found, max(map(len, found))


@cache
def _first_words() -> frozenset[str]:
    return frozenset(words[0] for words in _places()[0])


def as_organisation(name: AnalysedName) -> AnalysedName:
    """The name with its numbers also in digits, a reading with states and unions in short, and its initials.

    `Three`, `III` and `derde` also read 3; `U.S.` and `United States` both read usa; the initials of `People's
    Liberation Army` are pla.
    """
    parts = tuple(map(_with_digits, name.parts))
    short = _in_short(parts)
    readings = (*((short,) if short else ()), *(tuple(map(_with_digits, parts)) for parts in name.readings))
    return AnalysedName(name.text, name.script, parts, readings, _acronym(name))


def _with_digits(part: NamePart) -> NamePart:
    known = numbers()
    digits = next((known[form.text] for form in part.forms[:2] if form.text in known), "")
    if not digits or part.role == "initial":
        return part
    form = Form(digits, "dictionary", NUMBERS)
    return NamePart(part.written, (*part.forms, form), part.role, min(part.weight, _NUMBER_WEIGHT))


def _in_short(parts: Sequence[NamePart]) -> tuple[NamePart, ...] | None:
    """The name with each state or union as one part, or None when it names none in several words or letters."""
    places, most = _places()
    words = [part.forms[0].text if part.forms else "" for part in parts]
    if _first_words().isdisjoint(words):
        return None
    taken: list[NamePart] = []
    at = 0
    while at < len(parts):
        ends = range(min(len(parts), at + most), at, -1)
        end = next((end for end in ends if tuple(words[at:end]) in places), at)
        if end > at:
            taken.append(_place(parts[at:end], places[tuple(words[at:end])]))
        else:
            taken.append(parts[at])
        at = max(end, at + 1)
    return tuple(taken) if taken != list(parts) else None


def _place(parts: Sequence[NamePart], short: str) -> NamePart:
    written = " ".join(part.written for part in parts)
    return parts[0] if written == short else NamePart(written, (Form(short, "abbreviation", "places"),))


def _acronym(name: AnalysedName) -> NamePart | None:
    """The initials of the whole name as a part, in Latin letters; None where it has none."""
    if name.script not in ("latin", "cyrillic"):
        return None
    found = initials([(part.written, part.role) for part in name.parts])
    if name.script == "cyrillic":
        # Loaded here as the table is in `analyse`: most runs see no Cyrillic.
        from hanze.screening.names import cyrillic

        found = [form.text for letters in found for form in cyrillic.forms(letters)]
    texts = [text for text in dict.fromkeys(found) if text.isascii()]
    forms = tuple(Form(text, "acronym") for text in texts)
    return NamePart(name.text.strip().lower(), forms, "acronym") if forms else None


def initials(words: Sequence[tuple[str, Role]]) -> Sequence[str]:
    """The initials that an organisation goes by with these words, each in lower case with its role: those of at
    least three words that tell something, and the same with the legal forms that are written in full.
    """
    counted = [word[0] for word, role in words if role not in _UNCOUNTED]
    spelled = [word[0] for word, role in words if role not in _UNCOUNTED or _is_spelled_out(word, role)]
    return list(dict.fromkeys("".join(own) for own in (counted, spelled) if _FEWEST_WORDS <= len(own) <= _MOST_LETTERS))


def _is_spelled_out(word: str, role: Role) -> bool:
    return role == "legal-form" and len(word) >= _SPELLED_OUT
