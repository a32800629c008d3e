"""What a comparison found, as plain data: parts that match, what agrees, what contradicts, what is merely missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

from hanze.screening.entries import ListedName
from hanze.screening.packing import Packed
from hanze.screening.scoring.similarity import By

Aspect = OneOf["name-part", "birth-date", "country", "gender", "identifier", "kind"]
Side = OneOf["party", "list"]
How = OneOf["same", "partly", "swapped", "about"]


@dataclass(frozen=True, slots=True)
class PartMatch(Packed):
    """A part of the party's name and the part of the listed name it goes with, as written; `likeness` from 0 to 1."""

    party: str
    listed: str
    by: By
    likeness: float


@dataclass(frozen=True, slots=True)
class Agreement(Packed):
    """What both sides say alike. `how`: the same; as far as one side knows it; day and month swapped; about."""

    aspect: Aspect
    party: str
    listed: str
    how: How = "same"


@dataclass(frozen=True, slots=True)
class Contradiction(Packed):
    """What the two sides say differently."""

    aspect: Aspect
    party: str
    listed: str


@dataclass(frozen=True, slots=True)
class Missing(Packed):
    """What only one side says: `side` is the side that does not say it, `what` what the other says."""

    aspect: Aspect
    side: Side
    what: str


@dataclass(frozen=True, slots=True)
class Explanation(Packed):
    """Why a party and an entry score as they do: the two names that were compared and everything found."""

    party_name: ListedName
    listed_name: ListedName
    parts: tuple[PartMatch, ...]
    agreements: tuple[Agreement, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Match(Packed):
    """How well a party and an entry match: `score` from 0 to 1 over everything, `name_score` over the names alone."""

    score: float
    name_score: float
    explanation: Explanation
