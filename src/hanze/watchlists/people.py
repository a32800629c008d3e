"""Who works on the cases of a party: they may see its findings and are told of them.

An app higher up registers what it knows in its `apps.ready`: `register(lambda subject: [...])`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hanze.accounts.models import User
from hanze.watchlists.models import Subject

Provider = Callable[[Subject], Iterable[User]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Let `provider` say who works on the cases of a subject."""
    if provider not in _providers:
        _providers.append(provider)


def people_on(subject: Subject) -> set[User]:
    """Everybody who works on a case in which the subject takes part."""
    return {person for provider in _providers for person in provider(subject)}
