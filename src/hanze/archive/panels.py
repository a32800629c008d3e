"""What other apps' pages show of the archive."""

from __future__ import annotations

from typing import Any

from hanze.accounts.models import User
from hanze.register.models import Person
from hanze.register.panels import add_panel


def of_person(person: Person, reader: User) -> dict[str, Any] | None:
    return {} if reader.has_perm("archive.export_person", person) else None


def hand_in() -> None:
    add_panel(Person, "archive/person_panel.html", of_person, "archive.view_erasures")
