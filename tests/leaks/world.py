"""One record of every model in every class, on and off the team, each with a nonsense word of its own in its title."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hanze.accounts.models import User
from hanze.evaluation.models import RecordedYear
from hanze.missions.models import Activity
from tests import factories
from tests.leaks.table import CLASSES, expected

SYLLABLES = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ro", "su", "ta", "ve"]
# Every title of the matrix has this word, so that one question to search is about all of them.
COMMON = "Qualmvex"


def nonsense(*of: Any) -> str:
    """A word that stands for `of` and for nothing else."""
    digest = hashlib.sha256(repr(of).encode()).digest()
    return "Vz" + "".join(SYLLABLES[byte % 16] for byte in digest[:6]) + "zq"


@dataclass(frozen=True)
class Kept:
    """A record of the matrix: what it is, who works on it, and the word that gives it away."""

    model: str
    classification: str
    on_team: bool
    word: str
    record: Any

    def is_for(self, role: str | None) -> bool:
        return expected(role, self.classification, self.on_team)


@dataclass
class World:
    users: dict[Any, User]
    kept: list[Kept] = field(default_factory=list)

    def of(self, model: str) -> list[Kept]:
        return [each for each in self.kept if each.model == model]

    def seen(self, model: str, role: str | None) -> set[str]:
        return {each.word for each in self.of(model) if each.is_for(role)}


def secrecy(classification: str) -> dict[str, Any]:
    """The fields of a record of that class."""
    name, _plus, council = classification.partition("+")
    return {"classification": name, "for_council": bool(council)}


def _organisation(word: str, **fields: Any) -> Any:
    return factories.organisation(name=f"{word} {COMMON}", country=factories.country(), **fields)


def _relation(word: str, **fields: Any) -> Any:
    """A relation is named after its partner, who is as secret as the relation."""
    partner = factories.organisation(name=f"{word} {COMMON}", kind="network", country=factories.country(), **fields)
    return factories.relation(partner=partner, purpose=word, **fields)


def _activity(word: str, **fields: Any) -> Any:
    named = {"title": f"{word} {COMMON}", "title_en": "", "state": Activity.State.HELD}
    return factories.activity(**named, **fields)


MAKERS: dict[str, Callable[..., Any]] = {
    "organisation": _organisation,
    "person": lambda word, **fields: factories.person(name=f"{word} {COMMON}", **fields),
    "relation": _relation,
    "agreement": lambda word, **fields: factories.agreement(title=f"{word} {COMMON}", **fields),
    "request": lambda word, **fields: factories.request(title=f"{word} {COMMON}", **fields),
    "contact": lambda word, **fields: factories.contact_moment(
        subject=f"{word} {COMMON}", country=factories.country(), **fields
    ),
    "activity": _activity,
    "evaluation": lambda word, **fields: factories.evaluation(
        title_nl=f"{word} {COMMON}", title_en=f"{word} {COMMON}", country=factories.country(), **fields
    ),
    "initiative": lambda word, **fields: factories.initiative(title=f"{word} {COMMON}", **fields),
}


def build(users: dict[Any, User]) -> World:
    """The whole matrix; everybody in `users` is on the team of the half that has one."""
    factories.home()
    RecordedYear.objects.create(year=2024)
    world = World(users)
    for model, make in MAKERS.items():
        for classification in CLASSES:
            for on_team in (False, True):
                word = nonsense(model, classification, on_team)
                record = make(word, **secrecy(classification))
                if on_team:
                    record.team.set(users.values())
                    if model == "relation":
                        record.partner.team.set(users.values())
                world.kept.append(Kept(model, classification, on_team, word, record))
    return world
