"""What the apps above know of the cases of a party: who works on them, and what a reader may be told of them.

An app registers this in its `apps.ready`: `register(Cases(...))`. People on a case see the findings about its parties.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from hanze.accounts.models import User

if TYPE_CHECKING:
    from hanze.watchlists.models import Subject


def _none(reader: Any) -> Q:
    return Q(pk__in=[])


@dataclass(frozen=True)
class Cases:
    """`people_on` gives who works on the open cases of a party; `worked_on_by` the condition under which a party is in
    an open case of a reader; `name_is_hidden` the condition under which the name of a party, as it was written, stands
    only in cases hidden from a reader."""

    people_on: Callable[[Subject], Iterable[User]]
    worked_on_by: Callable[[Any], Q]
    name_is_hidden: Callable[[Any], Q] = _none


_registered: list[Cases] = []


def register(cases: Cases) -> None:
    """Let an app tell what it knows of its cases."""
    if cases not in _registered:
        _registered.append(cases)


def people_on(subject: Subject) -> set[User]:
    """Everybody who works on an open case in which the subject takes part."""
    return {person for cases in _registered for person in cases.people_on(subject)}


def worked_on_by(reader: Any) -> Q:
    """The condition under which a party takes part in an open case that `reader` works on."""
    condition = Q(pk__in=[])
    for cases in _registered:
        condition |= cases.worked_on_by(reader)
    return condition


def with_a_hidden_name(reader: Any) -> Q:
    """The condition under which a party is no more than a name that stands only in cases hidden from `reader`."""
    condition = Q(pk__in=[])
    for cases in _registered:
        condition |= ~Q(name_text="") & cases.name_is_hidden(reader)
    return condition
