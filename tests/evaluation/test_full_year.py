"""A year with very many activities: counted with the same number of queries, and shown in portions that say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hanze.accounts.models import Role
from hanze.evaluation.models import Evaluation, RecordedYear
from hanze.evaluation.report import build, charts
from hanze.reporting import Row, Rows
from tests import factories
from tests.evaluation.year import attend, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation() -> Evaluation:
    RecordedYear.objects.create(year=2024, provenance="test")
    return Evaluation.objects.create(
        title_nl="Jaar", period_start=date(2024, 1, 1), period_end=date(2024, 12, 31), provenance="test"
    )


def hold(count: int) -> None:
    """So many activities more, each with a party of its own."""
    for number in range(count):
        party = factories.organisation(name=f"P{number:03d}", own_region=True)
        attend(held(f"A{number:03d}", "talk", 1 + number % 12, framework=""), party)


def queries_of(evaluation: Evaluation) -> int:
    with CaptureQueriesContext(connection) as asked:
        build(evaluation, "nl", None)
    return len(asked)


def test_more_activities_take_no_more_queries(evaluation: Evaluation) -> None:
    hold(2)
    few = queries_of(evaluation)
    hold(20)
    assert queries_of(evaluation) == few


def test_rows_are_written_out_when_they_are_looked_at_and_once() -> None:
    written: list[int] = []

    def write(number: int) -> Row:
        written.append(number)
        return Row("number", str(number), str(number))

    rows = Rows(write, range(3))
    assert (len(rows), bool(rows), written) == (3, True, [])
    assert rows[1:2] == (Row("number", "1", "1"),)
    assert rows == [Row("number", str(number), str(number)) for number in range(3)]
    assert sorted(written) == [0, 1, 2]


def test_the_records_behind_a_figure_come_a_hundred_at_a_time(
    evaluation: Evaluation, client_for: Callable[[Role], Client]
) -> None:
    hold(101)
    client = client_for(Role.COORDINATOR)
    address = f"/evaluation/{evaluation.pk}/figures/talks/"
    first = client.get(address).content.decode()
    second = client.get(address, {"page": "2"}, headers={"HX-Request": "true"}).content.decode()
    assert first.partition('id="rows"')[2].count('<li><a href="/missions/') == 100
    assert f'href="{address}?page=2#rows" rel="next"' in first
    assert second.count('<li><a href="/missions/') == 1
    assert '<ol start="101">' in second


def test_a_long_table_shows_its_first_rows_and_says_how_many_there_are(
    evaluation: Evaluation, client_for: Callable[[Role], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hanze.evaluation.views.evaluations.MOST_ROWS", 3)
    hold(5)
    page = client_for(Role.COORDINATOR).get(f"/evaluation/{evaluation.pk}/", headers={"Accept-Language": "en"})
    assert "These are the first 3 of 5 rows. The spreadsheet has all of them." in page.content.decode()


def test_attendances_at_more_activities_than_fit_a_page_are_drawn_by_month(
    evaluation: Evaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "_MOST_BARS", 13)
    hold(14)
    drawn = {
        block.key: block
        for section in build(evaluation, "en", None).sections
        for block in section.blocks
        if hasattr(block, "data")
    }
    chart = drawn["attendances-by-kind"]
    assert [point.label for point in chart.data][:3] == ["January", "February", "March"]
    assert sum(point.value for point in chart.data) == 14


def test_a_sector_with_many_activities_names_the_first_and_counts_the_rest(evaluation: Evaluation) -> None:
    for number in range(23):
        held(f"S{number:02d}", "talk", 1, framework="", sector="water")
    details = [row.detail for row in build(evaluation, "en", None).figures["sectors"].rows]
    assert details == [" · ".join((*(f"S{number:02d} (en)" for number in range(20)), "and 3 more"))]
