"""Asking after a hidden name tells nothing either: not by a filter, not by a suggestion, not by a frozen copy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.evaluation import operations as evaluation
from tests.leaks.conftest import client_of
from tests.leaks.neighbours import Neighbourhood, hidden_from, leaks
from tests.leaks.test_neighbours import FORMATS, text_of
from tests.rights import COORDINATOR, OFFICER, READERS

pytestmark = pytest.mark.django_db

# Each list with a box for words, and the name of that box.
BOXES = [
    ("register:organisation-list", "q"),
    ("register:person-list", "q"),
    ("register:relation-list", "q"),
    ("register:agreement-list", "q"),
    ("casework:request-list", "q"),
    ("casework:contact-list", "q"),
    ("missions:activity-list", "text"),
]
# Who may open the copy that was frozen for an audience.
AUDIENCES = {
    "council": READERS,
    "organisation": READERS - {Role.COUNCIL},
    "management": {Role.COORDINATOR, Role.EXECUTIVE, Role.AUDITOR},
}


@pytest.mark.parametrize(("name", "box"), BOXES)
@pytest.mark.parametrize("role", sorted(READERS - {Role.AUDITOR}))
def test_a_filter_by_a_hidden_name_finds_nobody_who_is_tied_to_it(
    name: str, box: str, role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    client = client_of(users[role])
    for word, what in hidden_from(role, around).items():
        assert "Qopen " not in client.get(reverse(name), {box: word}).content.decode(), what


@pytest.mark.parametrize(("name", "box"), BOXES)
def test_the_box_of_each_list_narrows_it(
    name: str, box: str, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    """Otherwise the test above would ask nothing."""
    client = client_of(users[Role.COORDINATOR])
    assert "Qopen " in client.get(reverse(name)).content.decode()
    assert "Qopen " not in client.get(reverse(name), {box: "nothing-at-all"}).content.decode()
    assert "Qopen " in client.get(reverse(name), {box: "qopen internal"}).content.decode()


@pytest.mark.parametrize("role", [COORDINATOR, OFFICER])
def test_a_hidden_organisation_is_no_likely_duplicate(
    role: Any, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    client = client_of(users[role])
    for word in hidden_from(role, around):
        page = client.get(reverse("register:organisation-duplicates"), {"name": word}).content.decode()
        assert "/parties/" not in page.replace(word, "")


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_frozen_copy_names_only_what_its_whole_audience_may_see(
    audience: str, users: dict[Any, Any], around: dict[str, Neighbourhood], tmp_path: Path
) -> None:
    frozen = evaluation.freeze(around["internal"].hubs["evaluation"], by=None, audience=audience)
    for role in READERS:
        client = client_of(users[role])
        arguments = [frozen.evaluation_id, frozen.pk]
        answer = client.get(reverse("evaluation:snapshot", args=arguments))
        assert answer.status_code == (200 if role in AUDIENCES[audience] else 404), role
        assert leaks(answer.content.decode(), role, around) == []
        for extension in FORMATS if role in (Role.COUNCIL, Role.POLICY_OFFICER) else ("json",):
            report = client.get(reverse("evaluation:frozen-report", args=[*arguments, extension]))
            assert report.status_code == (200 if role in AUDIENCES[audience] else 404), role
            if report.status_code == 200:
                assert leaks(text_of(report.getvalue(), extension, tmp_path), role, around) == []
        compared = client.get(reverse("evaluation:snapshot-compare", args=arguments))
        assert leaks(compared.content.decode(), role, around) == []
