"""The demo's figures come out of its records and are those of the public evaluation of 2024."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.demo.conftest import hanze

# Chapter, or annex, of zuid-holland-china-evaluation-2024 that gives the number.
EXPECTED = {
    "activities": 6,  # annex a
    "incoming_delegations": 4,  # 2
    "outgoing_missions": 1,  # 2
    "talks": 1,  # annex a
    "exploratory_talks": 10,  # annex a, note 10
    "distinct_parties": 27,  # 2 and 4
    "attendances": 37,  # annex a: 18 + 1 + 15 + 3
    "agreements": 3,  # 4
    "refused_high_risk": 0,  # 5, economic 1
    "other_country_activities": 9,  # 2
    "other_country_incoming": 7,  # 2
    "withdrawals": 1,  # 5, human rights 3
    "recommendations": 7,  # 1
}


def figures(evaluation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {figure["key"]: figure for figure in evaluation["figures"]}


@pytest.mark.parametrize(("key", "value"), EXPECTED.items())
def test_each_figure_is_that_of_the_public_evaluation(key: str, value: int, evaluation_2024: dict[str, Any]) -> None:
    assert figures(evaluation_2024)[key]["value"] == value


@pytest.mark.parametrize("key", EXPECTED)
def test_each_figure_carries_the_rows_that_it_counts(key: str, evaluation_2024: dict[str, Any]) -> None:
    figure = figures(evaluation_2024)[key]
    assert len(figure["rows"]) == figure["value"]
    assert len({(row["type"], row["id"], row["label"]) for row in figure["rows"]}) == figure["value"]
    assert all(row["type"] and row["id"] and row["label"] for row in figure["rows"])


def test_two_of_the_agreements_were_signed_at_the_october_event(evaluation_2024: dict[str, Any]) -> None:
    found = figures(evaluation_2024)
    per_activity = sorted(
        figure["value"] for key, figure in found.items() if key.startswith("activity_") and key.endswith("_agreements")
    )
    assert per_activity == [1, 2]


def test_other_countries_lie_in_the_eu_but_for_morocco_once_and_japan_twice(demo_data: Path) -> None:
    shell = hanze(
        demo_data,
        "manage",
        "shell",
        "-c",
        "from hanze.missions.models import Activity; from datetime import date; "
        "print(sorted(a.country_id for a in Activity.objects.filter(starts_on__year=2024)"
        ".exclude(country_id='CN') if not a.country.in_eu(date(2024, 6, 1))))",
    )
    assert shell.stdout.strip().splitlines()[-1] == "['JP', 'JP', 'MA']", shell.stderr


def test_the_year_before_is_not_recorded_rather_than_nought(demo_data: Path) -> None:
    done = hanze(demo_data, "evaluate", "--period", "2024", "--country", "CN", "--format", "html", "--compare", "2023")
    assert "niet vastgelegd" in done.stdout


def test_the_demo_does_not_go_into_a_database_that_holds_records(demo_data: Path) -> None:
    again = hanze(demo_data, "demo", "load")
    assert again.returncode == 1
    assert "holds records already" in again.stderr


def test_organisations_that_the_source_does_not_name_are_marked_as_invented(demo_data: Path) -> None:
    shell = hanze(
        demo_data,
        "manage",
        "shell",
        "-c",
        "from hanze.register.models import Organisation; "
        "print(Organisation.objects.filter(provenance='recorded').count(), "
        "Organisation.objects.filter(own_region=True, provenance='invented').count())",
    )
    assert shell.stdout.strip().splitlines()[-1] == "0 26", shell.stderr


@pytest.mark.parametrize("form", ["pdf", "docx", "xlsx"])
def test_the_evaluation_can_be_written_as_a_document(form: str, demo_data: Path) -> None:
    target = demo_data / f"evaluation.{form}"
    done = hanze(demo_data, "evaluate", "--period", "2024", "--country", "CN", "--format", form, "-o", str(target))
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 10_000


def test_a_period_that_cannot_be_read_is_refused_in_plain_words(demo_data: Path) -> None:
    done = hanze(demo_data, "evaluate", "--period", "last year", "--format", "json")
    assert done.returncode == 2
    assert "last year" in done.stderr
