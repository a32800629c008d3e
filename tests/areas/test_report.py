"""The plan on paper: every chapter, every figure with its rows, and what nobody verified yet."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.areas import operations, tasks
from hanze.areas.models import Initiative, PlanRun, Stance
from hanze.areas.planning import Assumptions
from hanze.areas.report import build
from hanze.audit.models import Event
from hanze.reporting import Chart, Report, Table, to_docx, to_html, to_json, to_pdf
from hanze.reporting.report import blocks, tables
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.fixture
def initiative() -> Initiative:
    """Everything that a report can tell of: conditions, areas, parties with a wish, and a meeting with answers."""
    made = making.planned()
    one, other = (operations.add_condition(made, by=None, label=label) for label in ("Vertrouwen", "Schaal"))
    adviser = operations.add_adviser(made, by=None, name="Lid")
    operations.cast_votes(adviser, by=None, points={one.pk: 9, other.pk: 1})
    soil = operations.add_criterion(made, by=None, label="Grond")
    for number, area in enumerate(made.areas.all(), start=1):
        value = {"low": number, "mode": number, "high": number, "source": "Interviews"}
        operations.record_indicators(area, by=None, values={soil.pk: value})
    operations.conclude(made, by=None, area=made.areas.get(code="a"), because="*Daar* wil men", method="topsis")
    first, second = (
        operations.add_party(made, by=None, name=farm.name, farm=farm) for farm in made.farms.order_by("code")[:2]
    )
    operations.add_wish(made, by=None, one=first, other=second, kind="together")
    meeting = operations.plan_meeting(made, by=None, title="Streekavond", on=date(2026, 10, 12))
    given = {first.pk: operations.Given(True, Stance.WILLING, "Wij doen mee")}
    operations.record_answers(meeting, by=None, given=given)
    operations.add_follow_up(meeting, by=None, what="Taxeren", who="De provincie")
    return made


@pytest.fixture
def run(initiative: Initiative) -> PlanRun:
    asked = Assumptions(products=("mest",), seconds=1, reach=1_500, least=2, minimum=2)
    found = operations.ask_plan(initiative, by=None, title="Plan A", assumptions=asked)
    tasks.make_plan.call(found.pk)  # type: ignore[attr-defined]
    found.refresh_from_db()
    return found


def titles(report: Report) -> list[str]:
    return [section.title for section in (*report.sections, *report.annexes)]


def cells(report: Report, key: str) -> tuple[Any, ...]:
    return next(table.rows for table in tables(report) if table.key == key)


def test_a_report_tells_the_whole_in_chapters(initiative: Initiative, run: PlanRun) -> None:
    report = build(initiative, run, "nl", AT)
    assert titles(report) == [
        "Waar het over gaat",
        "Voorwaarden",
        "Voorkeursgebieden",
        "Clusters en hubs",
        "Wie brengt wat naar wie",
        "Kavelruil",
        "People, planet en profit",
        "People",
        "Planet",
        "Profit",
        "Door de jaren",
        "Wie er mee wil doen",
        "Streekbijeenkomsten",
        "Streekavond",
        "Wat nog moet worden nagekeken",
        "Wat van elk gebied bekend is",
        "Wat van elders komt en wat overblijft",
        "Welk perceel naar wie gaat",
        "Aannames",
        "Waar het plan vandaan komt",
    ]


def test_every_figure_carries_as_many_rows_as_it_counts(initiative: Initiative, run: PlanRun) -> None:
    figures = build(initiative, run, "nl", AT).figures
    for key in ("conditions", "areas", "parties", "parties-willing", "farms", "hubs", "swaps"):
        assert figures[key].value == len(figures[key].rows), key
    assert [row.label for row in figures["parties-willing"].rows] == ["De Aap"]


def test_what_was_not_verified_is_named(initiative: Initiative, run: PlanRun) -> None:
    rows = cells(build(initiative, run, "nl", AT), "to-verify")
    assert ("a: Grond", "Interviews", "Nog na te kijken") in rows
    assert any(status == "moet worden geverifieerd" for _what, _source, status in rows)


def test_it_says_with_which_seed_software_and_data_it_was_made(initiative: Initiative, run: PlanRun) -> None:
    report = build(initiative, run, "nl", AT)
    assert report.fingerprint == run.fingerprint
    assert {row[0] for row in cells(report, "software")} == set(run.software)
    assert [row[2] for row in cells(report, "inputs")] == [one["sha256"][:32] for one in run.inputs.values()]


def test_what_comes_from_elsewhere_or_is_left_over_is_told_of_each_farm(initiative: Initiative, run: PlanRun) -> None:
    rest = cells(build(initiative, run, "nl", AT), "rest")
    kept = run.result["exchanges"]
    assert len(rest) == sum(len(each["unmet"]) + len(each["left"]) for each in kept) > 0
    assert all((elsewhere is None) != (left is None) for _product, _farm, elsewhere, left in rest)


def test_every_region_is_named_with_its_farms(initiative: Initiative, run: PlanRun) -> None:
    regions = cells(build(initiative, run, "nl", AT), "regions")
    assert sum(row[1] for row in regions) == len(run.result["farms"])


def test_every_assumption_is_named_with_its_value(initiative: Initiative, run: PlanRun) -> None:
    assumed = dict(cells(build(initiative, run, "nl", AT), "assumptions"))
    assert assumed["Meter tussen buren, ten hoogste"] == "1.500"
    assert assumed["Wat wordt uitgewisseld"] == "mest"
    assert all(type(label) is str and label.strip() for label in assumed)


def test_the_form_to_fill_in_leaves_room_to_write() -> None:
    page = to_html(build(factories.initiative(), None, "en", AT))
    form = page[page.index("What you add, or on what conditions") :]
    assert "We take part under conditions" in form
    assert "not recorded" not in form[: form.index("</table>")]


def test_the_map_is_in_it_with_a_table_that_says_the_same(initiative: Initiative, run: PlanRun) -> None:
    drawn = [block for block in blocks(build(initiative, run, "nl", AT)) if isinstance(block, Chart)]
    plan_map = next(chart for chart in drawn if chart.key == "plan-map")
    assert plan_map.svg.count("<circle") == 6 + len(run.result["hubs"]["at"])
    assert isinstance(plan_map.table, Table)
    assert len(plan_map.table.rows) == 2


def test_words_that_somebody_typed_are_no_markup(initiative: Initiative, run: PlanRun) -> None:
    said = json.dumps(to_json(build(initiative, run, "nl", AT)))
    assert "\\\\*Daar\\\\* wil men" in said


def test_without_a_plan_its_chapters_are_left_out_and_without_answers_there_is_a_form_to_fill_in() -> None:
    report = build(factories.initiative(), None, "en", AT)
    assert "Swaps of land" not in titles(report)
    assert titles(report)[-2:] == ["Your answer", "What is known of each area"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_written_as_pdf_and_word(initiative: Initiative, run: PlanRun, language: Any) -> None:
    report = build(initiative, run, language, AT)
    assert to_pdf(report).startswith(b"%PDF")
    assert to_docx(report).startswith(b"PK")


def test_the_page_gives_it_as_a_file_and_the_log_says_who_made_it(
    initiative: Initiative, run: PlanRun, client_for: Callable[[Role], Client]
) -> None:
    client = client_for(Role.POLICY_OFFICER)
    page = client.get(initiative.get_absolute_url()).content.decode()
    address = reverse("areas:report", args=[initiative.pk, "xlsx"])
    assert address in page
    answer = client.get(address, {"plan": run.pk, "language": "en"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
    assert len(book.sheetnames) > 5
    assert Event.objects.get(name="areas.report-made").data == {"format": "Excel", "plan": "Plan A"}
    assert client.get(reverse("areas:report", args=[initiative.pk, "exe"])).status_code == 404
    assert client.get(address, {"plan": factories.plan_run().pk}).status_code == 404
