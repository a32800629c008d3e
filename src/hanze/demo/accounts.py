"""The invented people of the demo that anybody may be."""

from __future__ import annotations

from dataclasses import dataclass

from hanze.accounts.models import User
from hanze.demo.facts import read


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    what: str


def pickable() -> list[DemoAccount]:
    """The accounts of the demo's people that are in the database, in the order of the file."""
    emails = [given["email"] for given in read("people") if given["pick"]]
    users = {user.email: user for user in User.objects.filter(email__in=emails).prefetch_related("roles_held")}
    return [_account(users[email]) for email in emails if email in users]


def _account(user: User) -> DemoAccount:
    return DemoAccount(user.email, user.name, ", ".join(held.get_role_display() for held in user.roles_held.all()))
