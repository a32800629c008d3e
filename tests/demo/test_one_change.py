"""Changing one record of the demo changes exactly the figures that depend on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from hanze.casework.models import Decision
from hanze.demo import loading
from hanze.evaluation.evaluate import Wanted, evaluate
from hanze.evaluation.models import Recommendation
from hanze.missions.models import Activity, Participation
from hanze.register.models import Agreement, Organisation

DAY = date(2026, 3, 2)


def figures() -> dict[str, Any]:
    """Value and rows of every figure of the year with China."""
    with translation.override("en"):
        content = json.loads(evaluate(Wanted(period="2024", country="CN", format="json", language="en")))
    return {
        figure["key"]: (figure["value"], [(row["type"], row["id"]) for row in figure["rows"]])
        for figure in content["figures"]
    }


def roadshow() -> Activity:
    return Activity.objects.get(kind=Activity.Kind.OUTGOING_MISSION, starts_on__year=2024)


def october() -> Activity:
    return Activity.objects.get(starts_on=date(2024, 10, 23))


def one_of_the_core_withdraws_from_the_mission() -> None:
    Participation.objects.filter(activity=roadshow(), organisation__name="Kassenbouwer 01").update(state="withdrew")


def somebody_who_came_only_in_october_did_not_come() -> None:
    Participation.objects.get(activity=october(), organisation__name="Zaadhuis 25").delete()


def a_third_agreement_is_signed_in_october() -> None:
    made = Agreement.objects.create(title="Third", kind="mou", signed_on=date(2024, 10, 23))
    made.parties.set(Organisation.objects.filter(name__in=["Kassenbouwer 03", "Shanghai Horticulture Trading"]))
    october().agreements.add(made)


def an_activity_with_japan_was_a_talk() -> None:
    Activity.objects.filter(country_id="JP", starts_on=date(2024, 3, 14)).update(kind=Activity.Kind.TALK)


def a_refusal_was_for_a_high_risk_sector() -> None:
    Decision.objects.filter(outcome="refuse").update(ground="high-risk-sector")


def a_recommendation_is_dropped() -> None:
    Recommendation.objects.get(year=2024, number=7).delete()


def an_exploratory_talk_falls_in_another_year() -> None:
    last = Activity.objects.filter(is_exploratory=True).order_by("pk").last()
    assert last is not None
    Activity.objects.filter(pk=last.pk).update(starts_on=date(2023, 1, 1), ends_on=date(2023, 12, 31))


def an_organisation_is_not_from_the_region_after_all() -> None:
    Organisation.objects.filter(name="Tuinbouwkoepel").update(own_region=False)


def something_changes_that_no_figure_counts() -> None:
    Organisation.objects.filter(name="Kassenbouwer 01").update(notes="New address")


# Each change with the figures that must move, and no others.
CHANGES: list[tuple[Callable[[], None], set[str]]] = [
    (
        one_of_the_core_withdraws_from_the_mission,
        {"attendances", "withdrawals", "activity_roadshow_parties"},
    ),
    (
        somebody_who_came_only_in_october_did_not_come,
        {"attendances", "distinct_parties", "activity_october_parties"},
    ),
    (a_third_agreement_is_signed_in_october, {"agreements", "activity_october_agreements"}),
    (an_activity_with_japan_was_a_talk, {"other_country_incoming"}),
    (a_refusal_was_for_a_high_risk_sector, {"refused_high_risk", "refused_no_demand"}),
    (a_recommendation_is_dropped, {"recommendations"}),
    (an_exploratory_talk_falls_in_another_year, {"exploratory_talks"}),
    (
        an_organisation_is_not_from_the_region_after_all,
        {"attendances", "distinct_parties", "activity_september_parties"},
    ),
    (something_changes_that_no_figure_counts, set()),
]


@pytest.mark.django_db
def test_one_change_moves_exactly_the_figures_that_depend_on_it(subtests: Any) -> None:
    loading.load(say=lambda line: None, today=DAY)
    before, names = figures(), activity_names()
    for change, moved in CHANGES:
        with subtests.test(change.__name__):
            with transaction.atomic():
                change()
                after = figures()
                transaction.set_rollback(True)
            different = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
            assert {named(key, names) for key in different} == moved


def activity_names() -> dict[str, str]:
    """The activities of the year under a name that the expectations can use."""
    september = Activity.objects.get(country_id="CN", starts_on=date(2024, 9, 1))
    names = {roadshow(): "activity_roadshow", october(): "activity_october", september: "activity_september"}
    return {f"activity_{activity.pk}": name for activity, name in names.items()}


def named(key: str, names: dict[str, str]) -> str:
    for number, name in names.items():
        if key.startswith(f"{number}_"):
            return key.replace(number, name, 1)
    return key
