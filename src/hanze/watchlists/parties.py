"""From a record of the register to the party that the engine screens."""

from __future__ import annotations

from hanze.register.models import Organisation, Person
from hanze.screening.entries import Identifier, ListedName, Party
from hanze.watchlists.models import Subject

# What the register calls an identifier, in the words of the engine.
IDENTIFIERS = {"lei": "lei", "kvk": "registration", "rsin": "registration", "oin": "registration", "vat": "tax"}


def party_of(subject: Subject) -> Party:
    """All that we know of a subject by which it can be told from others."""
    if subject.organisation:
        return _organisation(subject.pk, subject.organisation)
    if subject.person:
        return _person(subject.pk, subject.person)
    return Party(id=str(subject.pk), names=(ListedName(subject.name_text),))


def _organisation(key: int, organisation: Organisation) -> Party:
    return Party(
        id=str(key),
        names=_names(organisation.name, organisation.native_name, organisation.short_name),
        kind="organisation",
        countries=(organisation.country_id,) if organisation.country_id else (),
        identifiers=tuple(
            Identifier(IDENTIFIERS.get(each.scheme, "other"), each.value) for each in organisation.identifiers.all()
        ),
    )


def _person(key: int, person: Person) -> Party:
    return Party(id=str(key), names=_names(person.name, person.native_name), kind="person")


def _names(name: str, native: str = "", short: str = "") -> tuple[ListedName, ...]:
    names = [ListedName(name)]
    if native:
        names.append(ListedName(native, "original-script"))
    if short and short.casefold() != name.casefold():
        names.append(ListedName(short, "weak-alias"))
    return tuple(names)
