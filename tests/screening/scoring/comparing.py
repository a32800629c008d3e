"""What the tests of the score share: names and parties compared with the rarities of a small list."""

from __future__ import annotations

from collections.abc import Iterable

from hanze.screening.entries import Entry, Kind, ListedName, NameKind, Party
from hanze.screening.names import analyse
from hanze.screening.scoring.findings import Match
from hanze.screening.scoring.scorer import Scorer
from hanze.screening.scoring.tokens import Tokens

COMMON = {"mohammed": 300, "muhammad": 300, "ahmed": 120, "ali": 200, "trading": 150, "company": 400, "industries": 80}
"""In how many of NAMES listed names these parts occur."""
NAMES = 6_000


def scorer() -> Scorer:
    """A scorer for lists in which the parts of COMMON are common."""
    return Scorer(Tokens(analyse, COMMON, NAMES))


def party(*names: str, kind: Kind = "person", **known: object) -> Party:
    """A party with these names."""
    return Party("p", tuple(map(ListedName, names)), kind, **known)  # type: ignore[arg-type]


def entry(*names: str | tuple[str, NameKind], kind: Kind = "person", **known: object) -> Entry:
    """An entry with a primary name and aliases."""
    return Entry("list", "1", kind, tuple(_listed(names)), **known)  # type: ignore[arg-type]


def _listed(names: Iterable[str | tuple[str, NameKind]]) -> Iterable[ListedName]:
    for at, name in enumerate(names):
        yield ListedName(name, "alias" if at else "primary") if isinstance(name, str) else ListedName(*name)


def score(ours: str, theirs: str, kind: Kind = "person") -> float:
    """The score of one name against another."""
    return match(party(ours, kind=kind), entry(theirs, kind=kind)).score


def match(ours: Party, theirs: Entry) -> Match:
    """The match of a party and an entry."""
    return scorer().match(ours, theirs)
