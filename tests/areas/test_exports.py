"""What an initiative concluded on its pages is also a file: conditions, ranking and answers, as the page says it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from hanze.accounts.models import Role
from hanze.areas import operations
from hanze.areas.models import Initiative
from hanze.areas.operations import Given
from hanze.audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    return factories.initiative()


@pytest.fixture
def reads(client_for: Callable[[Role], Client]) -> Callable[..., list[list[str]]]:
    """The lines of a page as CSV, its headings first."""
    client = client_for(Role.AUDITOR)

    def read(name: str, *at: int, **asked: str) -> list[list[str]]:
        answer = client.get(reverse(f"areas:{name}", args=at), {**asked, "export": "csv"})
        return list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig")), delimiter=";"))

    return read


def compared(initiative: Initiative) -> None:
    weight = {"weight_low": 1, "weight_mode": 1, "weight_high": 1}
    soil = operations.add_criterion(initiative, by=None, label="Grond", **weight)
    for code, name, value in (("n", "Noord", 5), ("z", "Zuid", 10)):
        area = operations.name_area(initiative, by=None, code=code, name=name)
        values = {soil.pk: {"low": value, "mode": value, "high": value}}
        operations.record_indicators(area, by=None, values=values)


def test_conditions_come_with_their_place_the_most_important_first(
    initiative: Initiative, reads: Callable[..., list[list[str]]]
) -> None:
    trust, scale = (operations.add_condition(initiative, by=None, label=each) for each in ("Vertrouwen", "Schaal"))
    before = reads("condition-list", initiative.pk)
    assert sorted(row[:3] for row in before[1:]) == [["", "Schaal", ""], ["", "Vertrouwen", ""]]
    adviser = operations.add_adviser(initiative, by=None, name="Lid")
    operations.cast_votes(adviser, by=None, points={trust.pk: 1, scale.pk: 3})
    after = reads("condition-list", initiative.pk)
    assert after[0][:3] == ["Plaats", "Voorwaarde", "Deel van de punten, in procenten"]
    assert [row[:3] for row in after[1:]] == [["1", "Schaal", "75,0"], ["2", "Vertrouwen", "25,0"]]


def test_the_ranking_says_how_often_each_area_takes_each_place(
    initiative: Initiative, reads: Callable[..., list[list[str]]]
) -> None:
    compared(initiative)
    head, *rows = reads("ranking", initiative.pk, method="weighted-sum")
    assert [head[0], *head[4:]] == ["Plaats", "Plaats 1", "Plaats 2"]
    assert [[*row[:3], *row[4:]] for row in rows] == [["1", "z", "Zuid", "100", "0"], ["2", "n", "Noord", "0", "100"]]


def test_the_workbook_of_a_ranking_says_by_which_method(
    initiative: Initiative, client_for: Callable[[Role], Client]
) -> None:
    compared(initiative)
    at = reverse("areas:ranking", args=[initiative.pk])
    answer = client_for(Role.AUDITOR).get(at, {"export": "xlsx", "method": "promethee"})
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active
    assert "PROMETHEE" in sheet["A2"].value
    assert [sheet.cell(5, column).value for column in (1, 3)] == [1, "Zuid"]


def test_the_answers_at_a_meeting_are_those_that_were_given_there(
    initiative: Initiative, reads: Callable[..., list[list[str]]]
) -> None:
    one, other = (operations.add_party(initiative, by=None, name=each) for each in ("Een", "Twee"))
    meeting = operations.plan_meeting(initiative, by=None, title="Avond", on=date(2024, 5, 23))
    given = {one.pk: Given(True, "conditional", "=als het kan"), other.pk: Given(True, "silent", "")}
    operations.record_answers(meeting, by=None, given=given)
    assert reads("meeting-detail", initiative.pk, meeting.pk)[1:] == [
        ["Een", "Boer of tuinder", "Ja", "Bereid onder voorwaarden", "'=als het kan"],
        ["Twee", "Boer of tuinder", "Ja", "Geen antwoord", ""],
    ]
    logged = Event.objects.get(name="list.exported").data
    assert logged["list"] == "Antwoorden van 23 mei 2024"
