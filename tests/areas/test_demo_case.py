"""The second case of the demo leads from what the source says to its conclusion and a plan."""

from __future__ import annotations

import pytest

from hanze.accounts.models import Role
from hanze.areas import comparing, priorities
from hanze.areas.forms.criteria import METHODS
from hanze.areas.models import Initiative
from hanze.areas.planning.reading import Reading
from hanze.demo import areas as demo
from hanze.demo.facts import Known
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def initiative() -> Initiative:
    people = {"officer": factories.user(Role.POLICY_OFFICER), "coordinator": factories.user(Role.COORDINATOR)}
    return demo.load(Known(people=people))


def test_the_case_leads_to_what_the_source_concludes_and_to_a_plan_and_says_what_is_invented(
    initiative: Initiative,
) -> None:
    weighed = priorities.outcome(initiative)
    assert weighed is not None
    chosen = {row.condition.label.split()[0] for row in weighed.rows if row.chosen}
    assert chosen == {"Bereidwillende", "Opzet", "Robuust", "Inzicht"}
    assert set(initiative.conditions.values_list("provenance", flat=True)) == {"stated"}
    assert initiative.conditions.get(added=True).label.startswith("Inzicht")

    for method in METHODS:
        compared = comparing.compare(initiative, method)
        assert compared is not None
        assert compared.rows[0].area.name == "Harenkarspel"
        assert 0.5 < compared.rows[0].first < 1

    assert set(initiative.lists.values_list("provenance", flat=True)) == {"invented"}
    assert {one.status for area in initiative.areas.all() for one in area.indicators.all()} == {"invented"}

    run = initiative.plans.get()
    assert run.state == "done", run.problems
    read = Reading(run)
    assert read.invented
    assert len(read.farms) == 34
    assert [cluster["number"] for cluster in read.clusters if cluster["number"]] == [1, 2, 3]
    assert {each["product"] for each in read.exchanges} == {"Stro", "Vaste mest", "Voedergewassen"}
    assert read.land["moves"]
    assert all(abs(one["percent"]) <= 5 + 1e-9 for one in read.land["owners"])
