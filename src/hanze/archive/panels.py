"""What other apps' pages show of the archive."""

from __future__ import annotations

from typing import Any

from hanze.accounts.models import User
from hanze.archive.models import Archiving
from hanze.casework.models import Request
from hanze.register.models import Person
from hanze.register.panels import add_panel


def of_person(person: Person, reader: User) -> dict[str, Any] | None:
    return {} if reader.has_perm("archive.export_person", person) else None


def of_case(case: Request, reader: User) -> dict[str, Any] | None:
    """The term of a closed case, and its files."""
    kept = Archiving.objects.filter(record_type=case._meta.label_lower, record_id=str(case.pk)).first()
    return {"archiving": kept} if kept is not None and reader.has_perm("archive.manage", case) else None


def hand_in() -> None:
    add_panel(Request, "archive/case_panel.html", of_case, "archive.view")
    add_panel(Person, "archive/person_panel.html", of_person, "archive.view_erasures")
