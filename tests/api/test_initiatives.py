"""What the API says of an initiative is what its pages say: conditions, areas, ranking, plans and their figures."""

from __future__ import annotations

from typing import Any

import pytest

from hanze.areas import comparing, operations, tasks
from hanze.areas.models import Initiative
from hanze.areas.planning import Assumptions
from hanze.areas.planning.figures import figures
from hanze.areas.planning.reading import Reading
from tests import factories
from tests.areas import making
from tests.connections.making import client

pytestmark = pytest.mark.django_db


def told(initiative: Initiative, part: str, **asked: Any) -> dict[str, Any]:
    answer = client().get(f"initiatives/{initiative.pk}/{part}", **asked)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_conditions_have_no_place_before_the_first_vote_and_then_their_share() -> None:
    initiative = factories.initiative(choose=1)
    trust = operations.add_condition(initiative, by=None, label="Trust", source_document="Interviews")
    scale = operations.add_condition(initiative, by=None, label="Scale", added=True)
    assert {each["place"] for each in told(initiative, "conditions")["results"]} == {None}
    adviser = operations.add_adviser(initiative, by=None, name="Member")
    operations.cast_votes(adviser, by=None, points={trust.pk: 1, scale.pk: 3})
    answer = told(initiative, "conditions")
    assert (answer["count"], answer["agreement"]) == (2, None)
    assert answer["results"] == [
        {"label": "Scale", "addedByAdvisoryGroup": True, "source": "", "place": 1, "share": 0.75, "chosen": True},
        {
            "label": "Trust",
            "addedByAdvisoryGroup": False,
            "source": "Interviews",
            "place": 2,
            "share": 0.25,
            "chosen": False,
        },
    ]


def test_areas_have_their_ranges_and_the_ranking_is_that_of_the_page() -> None:
    initiative = factories.initiative()
    weight = {"weight_low": 1, "weight_mode": 1, "weight_high": 1}
    soil = operations.add_criterion(initiative, by=None, label="Soil", unit="ha", **weight)
    for code, low, mode, high in (("n", 1, 5, 9), ("s", 4, 6, 8)):
        area = operations.name_area(initiative, by=None, code=code, name=code.upper())
        values = {soil.pk: {"low": low, "mode": mode, "high": high, "source": "Map", "year": 2024}}
        operations.record_indicators(area, by=None, values=values)
    areas = told(initiative, "areas")["results"]
    known = areas[0]["indicators"][0]
    assert [known[name] for name in ("criterion", "unit", "low", "mode", "high", "source", "year")] == [
        *("Soil", "ha", 1, 5, 9, "Map", 2024)
    ]
    page = comparing.compare(initiative, "weighted-sum")
    assert page is not None
    ranked = told(initiative, "ranking", method="weighted-sum")
    assert (ranked["method"], ranked["draws"], ranked["seed"]) == ("weighted-sum", page.draws, page.seed)
    assert [(each["code"], each["place"], each["shares"]) for each in ranked["results"]] == [
        (row.area.code, row.place, list(row.shares)) for row in page.rows
    ]
    assert 0 < ranked["results"][0]["shares"][0] < 1


def test_figures_of_a_plan_carry_the_rows_of_its_page() -> None:
    initiative = making.planned()
    asked = Assumptions(products=("mest",), seconds=1, reach=1_500, least=2, minimum=2)
    run = operations.ask_plan(initiative, by=None, title="Plan", assumptions=asked, seed=3)
    assert told(initiative, "plans")["results"] == []
    tasks.make_plan.call(run.pk)
    run.refresh_from_db()
    [plan] = told(initiative, "plans")["results"]
    assert (plan["title"], plan["seed"], plan["fingerprint"]) == ("Plan", 3, run.fingerprint)
    given = client().get(plan["figures"].removeprefix("/api/v1/")).json()["results"]
    shown = figures(Reading(run))
    assert [(each["key"], each["value"]) for each in given] == [(each.key, each.value) for each in shown]
    assert [len(each["rows"]) for each in given] == [len(each.rows) for each in shown]
    exchanged = next(each for each in given if each["key"] == "exchanges")
    assert exchanged["rows"][0]["label"] == "De Aap (a1) → De Beer (a2)"
