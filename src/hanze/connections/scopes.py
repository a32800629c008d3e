"""What a token may be used for: reading or writing each kind of record, or deciding. Apps register theirs with their
API."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from hanze.connections.api import rooms

READ = "read"


@dataclass(frozen=True)
class Scope:
    """`read:requests`: its label, and the permission without which a role can do nothing with it."""

    name: str
    label: str | Promise
    permission: str

    @property
    def writes(self) -> bool:
        return not self.name.startswith(f"{READ}:")


_scopes: dict[str, Scope] = {}


def register(name: str, label: str | Promise, permission: str) -> None:
    """Make a scope known. Its label says what a token with it may do."""
    _scopes[name] = Scope(name, label, permission)


def every() -> list[Scope]:
    """All scopes, by name, reading before writing."""
    rooms.load()
    return [_scopes[name] for name in sorted(_scopes)]


def known(name: str) -> Scope | None:
    """The scope of that name; None when there is none."""
    rooms.load()
    return _scopes.get(name)
