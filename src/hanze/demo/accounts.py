"""The invented people of the demo that anybody may be."""

from __future__ import annotations

from dataclasses import dataclass

from hanze.accounts.models import User
from hanze.demo.loading import read


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    what: str


def pickable() -> list[DemoAccount]:
    """The accounts of the demo's people that are in the database, in the order of the file."""
    emails = [given["email"] for given in read("people") if given["pick"]]
    users = {user.email: user for user in User.objects.filter(email__in=emails).prefetch_related("roles_held")}
    return [
        DemoAccount(email, users[email].name, ", ".join(held.get_role_display() for held in users[email].roles_held.all()))
        for email in emails
        if email in users
    ]
