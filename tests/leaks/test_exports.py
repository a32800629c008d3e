"""An exported list holds exactly the records of its reader, in every class, on the team and off it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from hanze.accounts.models import Role
from tests.leaks.conftest import client_of
from tests.leaks.test_matrix import words_in
from tests.leaks.world import World
from tests.rights import READERS

pytestmark = pytest.mark.django_db
LISTS = [
    ("organisation", "register:organisation-list", {}),
    ("person", "register:person-list", {}),
    ("relation", "register:relation-list", {}),
    ("agreement", "register:agreement-list", {}),
    ("request", "casework:request-list", {"tab": "all"}),
    ("contact", "casework:contact-list", {}),
    ("activity", "missions:activity-list", {}),
    ("activity", "missions:agenda", {"view": "month", "date": "2024-05-23"}),
    ("evaluation", "evaluation:evaluation-list", {}),
    ("initiative", "areas:initiative-list", {}),
]


@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize(("model", "name", "asked"), LISTS)
def test_an_exported_list_holds_exactly_the_records_of_the_reader(
    model: str, name: str, asked: dict[str, str], role: Any, world: World
) -> None:
    answer = client_of(world.users.get(role)).get(reverse(name), {**asked, "export": "csv"})
    assert answer.status_code == (200 if role in READERS else 302 if role is None else 404)
    text = b"".join(answer.streaming_content).decode() if answer.streaming else ""
    assert words_in(world, model, text) == (world.seen(model, role) if role in READERS else set())
