"""What is known beside the name: birth dates, countries, gender, numbers, kind. They shade a score, names carry it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from hanze.screening.entries import Entry, Identifier, PartialDate, Party
from hanze.screening.scoring.findings import Agreement, Aspect, Contradiction, How, Missing

BIRTH_DATE_AGREES = 0.15
"""The share of the distance to 1 that a fully equal birth date closes."""
BIRTH_YEAR_AGREES = 0.05
BIRTH_DATE_NEAR = 0.97
BIRTH_DATE_DIFFERS = 0.9
BIRTH_DATE_FAR = 0.75
COUNTRY_AGREES = 0.03
COUNTRY_DIFFERS = 0.97
GENDER_DIFFERS = 0.9
KIND_DIFFERS = 0.8
IDENTIFIER_DIFFERS = 0.97
LASTING_IDENTIFIER_DIFFERS = 0.85
"""For numbers of which a party has one for life."""
IDENTIFIER_AGREES = 0.97
FAR_APART = 5
CIRCA_YEARS = 2
SHORTEST_IDENTIFIER = 5
"""A shorter number is shared by chance and decides nothing."""
LASTING = frozenset({"lei", "imo"})


@dataclass(slots=True)
class Circumstances:
    """How the facts beside the name shade a score, and what they say.

    `factor` lowers a score, `lift` is the share of the distance to 1 that agreeing facts close, `decided` tells that an
    identifier matched exactly.
    """

    factor: float = 1.0
    lift: float = 0.0
    decided: bool = False
    agreements: list[Agreement] = field(default_factory=list[Agreement])
    contradictions: list[Contradiction] = field(default_factory=list[Contradiction])
    missing: list[Missing] = field(default_factory=list[Missing])

    def applied(self, name_score: float) -> float:
        """The score over everything. Agreeing facts never lift names that have little in common."""
        lift = self.lift if name_score >= 0.5 else 0.0
        score = (name_score + (1 - name_score) * lift) * self.factor
        return max(score, IDENTIFIER_AGREES + (1 - IDENTIFIER_AGREES) * name_score) if self.decided else score


def circumstances(party: Party, entry: Entry) -> Circumstances:
    """Compare everything but the names."""
    found = Circumstances()
    _birth_dates(party, entry, found)
    _countries(party, entry, found)
    _gender(party, entry, found)
    _identifiers(party, entry, found)
    _kind(party, entry, found)
    return found


def day_written(day: PartialDate) -> str:
    """A partial date in digits: `1962-03-01`, `1962-03`, `1962`, `1962-1965`; a tilde before it: about then."""
    written = f"{day.year:04d}"
    if day.month:
        written += f"-{day.month:02d}"
        if day.day:
            written += f"-{day.day:02d}"
    if day.last_year and day.last_year != day.year:
        written += f"-{day.last_year:04d}"
    return f"~{written}" if day.circa else written


def _dates(days: Iterable[PartialDate]) -> str:
    return ", ".join(day_written(day) for day in days)


_RANK: tuple[How | None, ...] = ("same", "swapped", "partly", "about", None)


def _birth_dates(party: Party, entry: Entry, found: Circumstances) -> None:
    if not party.birth_dates or not entry.birth_dates:
        _missing("birth-date", _dates(party.birth_dates), _dates(entry.birth_dates), found)
        return
    ranked = [
        (_RANK.index(how), apart, ours, theirs)
        for ours in party.birth_dates
        for theirs in entry.birth_dates
        for how, apart in [dates_agree(ours, theirs)]
    ]
    rank, apart, ours, theirs = min(ranked, key=lambda item: item[:2])
    how = _RANK[rank]
    if how is not None:
        found.agreements.append(Agreement("birth-date", day_written(ours), day_written(theirs), how))
        found.lift += BIRTH_DATE_AGREES if how == "same" else BIRTH_YEAR_AGREES
        return
    found.contradictions.append(Contradiction("birth-date", _dates(party.birth_dates), _dates(entry.birth_dates)))
    if apart == 0 or _one_digit(ours, theirs):
        found.factor *= BIRTH_DATE_NEAR
    else:
        found.factor *= BIRTH_DATE_DIFFERS if apart < FAR_APART else BIRTH_DATE_FAR


def dates_agree(ours: PartialDate, theirs: PartialDate) -> tuple[How | None, int]:
    """How two dates agree as far as both know them (None: they do not), and how many years lie between them."""
    apart = _years_between(ours, theirs)
    loose = ours.circa or theirs.circa
    if apart > (CIRCA_YEARS if loose else 0):
        return None, apart
    if loose or ours.last_year or theirs.last_year:
        return "about", apart
    if not ours.month or not theirs.month:
        return "partly", 0
    if not ours.day or not theirs.day:
        return ("partly", 0) if ours.month == theirs.month else (None, 0)
    if (ours.month, ours.day) == (theirs.month, theirs.day):
        return "same", 0
    return ("swapped", 0) if (ours.month, ours.day) == (theirs.day, theirs.month) else (None, 0)


def _years_between(ours: PartialDate, theirs: PartialDate) -> int:
    return max(ours.year - (theirs.last_year or theirs.year), theirs.year - (ours.last_year or ours.year), 0)


def _one_digit(ours: PartialDate, theirs: PartialDate) -> bool:
    """Whether the dates differ in one digit of the year alone, as when it is mistyped (a decade off counts too)."""
    if (ours.month, ours.day) != (theirs.month, theirs.day) or not ours.day:
        return False
    return sum(a != b for a, b in zip(f"{ours.year:04d}", f"{theirs.year:04d}", strict=True)) == 1


def _countries(party: Party, entry: Entry, found: Circumstances) -> None:
    ours, theirs = ", ".join(party.countries), ", ".join(entry.countries)
    if not ours or not theirs:
        _missing("country", ours, theirs, found)
    elif shared := [country for country in party.countries if country in entry.countries]:
        found.agreements.append(Agreement("country", shared[0], shared[0]))
        found.lift += COUNTRY_AGREES
    else:
        found.contradictions.append(Contradiction("country", ours, theirs))
        found.factor *= COUNTRY_DIFFERS


def _gender(party: Party, entry: Entry, found: Circumstances) -> None:
    if "unknown" in (party.gender, entry.gender):
        return
    if party.gender == entry.gender:
        found.agreements.append(Agreement("gender", party.gender, entry.gender))
    else:
        found.contradictions.append(Contradiction("gender", party.gender, entry.gender))
        found.factor *= GENDER_DIFFERS


def _kind(party: Party, entry: Entry, found: Circumstances) -> None:
    if "unknown" not in (party.kind, entry.kind) and party.kind != entry.kind:
        found.contradictions.append(Contradiction("kind", party.kind, entry.kind))
        found.factor *= KIND_DIFFERS


_NOT_TELLING = re.compile(r"[^0-9a-z]+")


def identifier_key(identifier: Identifier) -> str:
    """The number without spaces, dots and case. A VAT number and such keep their letters."""
    return _NOT_TELLING.sub("", identifier.value.casefold())


def _identifiers(party: Party, entry: Entry, found: Circumstances) -> None:
    differing: list[tuple[Identifier, Identifier]] = []
    for ours in party.identifiers:
        for theirs in entry.identifiers:
            if not _comparable(ours, theirs):
                continue
            if identifier_key(ours) == identifier_key(theirs) and len(identifier_key(ours)) >= SHORTEST_IDENTIFIER:
                found.decided = True
                found.agreements.append(Agreement("identifier", ours.value, theirs.value))
            elif ours.kind == theirs.kind != "other":
                differing.append((ours, theirs))
    if differing and not found.decided:
        ours, theirs = differing[0]
        found.contradictions.append(Contradiction("identifier", ours.value, theirs.value))
        lasting = any(ours.kind in LASTING for ours, _ in differing)
        found.factor *= LASTING_IDENTIFIER_DIFFERS if lasting else IDENTIFIER_DIFFERS


def _comparable(ours: Identifier, theirs: Identifier) -> bool:
    same_kind = ours.kind == theirs.kind or "other" in (ours.kind, theirs.kind)
    return same_kind and (ours.country == theirs.country or not ours.country or not theirs.country)


def _missing(aspect: Aspect, ours: str, theirs: str, found: Circumstances) -> None:
    if ours or theirs:
        found.missing.append(Missing(aspect, "party" if theirs else "list", ours or theirs))
