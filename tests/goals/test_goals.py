"""Goals and themes: read by all, kept by the administrator."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.goals.models import Goal, Theme
from hanze.goals.operations import change_goal, create_goal, create_theme

pytestmark = pytest.mark.django_db
FIELDS = {
    "name_nl": "Handel",
    "name_en": "Trade",
    "code": "trade",
    "order": "0",
    "is_current": "on",
    "provenance": "stated",
    "source_document": "Strategy 2024",
    "source_section": "chapter 3",
}


def test_the_administrator_adds_a_goal_with_its_source(client_for, people):
    assert client_for(Role.ADMINISTRATOR).post("/administration/goals/new/", FIELDS).url == "/administration/goals/"
    assert Goal.objects.get().source == "Strategy 2024, chapter 3"
    assert Event.objects.get(name="goal.created").actor == people[Role.ADMINISTRATOR]


def test_the_administrator_adds_and_changes_a_theme(client_for):
    client = client_for(Role.ADMINISTRATOR)
    client.post("/administration/themes/new/", FIELDS)
    theme = Theme.objects.get()
    client.post(f"/administration/themes/{theme.pk}/", {**FIELDS, "name_nl": "Handel en water"})
    theme.refresh_from_db()
    assert theme.name_nl == "Handel en water"
    assert Event.objects.get(name="theme.changed").data["changes"] == {"name_nl": ["Handel", "Handel en water"]}


def test_a_goal_out_of_use_leaves_the_list_but_stays_with_the_administrator(client_for):
    goal = create_goal(by=None, code="trade", name_nl="Handel", name_en="Trade")
    change_goal(goal, by=None, is_current=False)
    assert "Handel" not in client_for(Role.COUNCIL).get("/goals/").content.decode()
    assert list(client_for(Role.ADMINISTRATOR).get("/administration/goals/").context["goals"]) == [goal]


def test_a_code_is_used_once(client_for):
    create_goal(by=None, code="trade", name_nl="Handel", name_en="Trade")
    response = client_for(Role.ADMINISTRATOR).post("/administration/goals/new/", FIELDS)
    assert set(response.context["form"].errors) == {"code"}
    with pytest.raises(ValidationError):
        create_goal(by=None, code="trade", name_nl="X", name_en="X")


def test_nobody_else_changes_goals(people):
    goal = create_goal(by=None, code="trade", name_nl="Handel", name_en="Trade")
    for role in set(Role) - {Role.ADMINISTRATOR}:
        with pytest.raises(PermissionDenied):
            change_goal(goal, by=people[role], name_nl="Mine")
        with pytest.raises(PermissionDenied):
            create_theme(by=people[role], code="x", name_nl="X", name_en="X")


def test_a_goal_is_described_in_the_readers_language_or_the_only_one_there_is():
    goal = Goal(name_nl="Handel", name_en="Trade", description_nl="Uitleg")
    with translation.override("en"):
        assert (str(goal), goal.description) == ("Trade", "Uitleg")
        goal.description_en = "Explanation"
        assert goal.description == "Explanation"
