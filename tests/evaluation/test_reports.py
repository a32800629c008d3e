"""The report, its files, its frozen copies and the command line."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hanze.evaluation import frozen, operations
from hanze.evaluation.commands import add_arguments, run
from hanze.evaluation.evaluate import EvaluateError, Wanted, evaluate
from hanze.evaluation.models import Snapshot
from hanze.evaluation.report import build
from hanze.evaluation.scope import PeriodError, parse_period
from hanze.reporting.json import to_json
from tests import factories
from tests.evaluation.year import Year, attend, held, small_year

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    return small_year()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-Q2", "2024-04-01", "2024-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-01-05..2024-06-30", "2024-01-05", "2024-06-30"),
    ],
)
def test_a_period_is_a_year_a_quarter_a_month_or_two_days(text: str, first: str, last: str) -> None:
    assert [day.isoformat() for day in parse_period(text)] == [first, last]


@pytest.mark.parametrize("text", ["", "24", "2024-13", "2024-Q5", "2024-06-30..2024-01-01", "2024..soon"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(PeriodError):
        parse_period(text)


def test_the_json_gives_each_figure_with_its_rows(year: Year) -> None:
    figures = {each["key"]: each for each in json.loads(evaluate(Wanted("2024", country="CN")))["figures"]}
    required = {
        *("incoming_delegations", "outgoing_missions", "talks", "exploratory_talks", "distinct_parties"),
        *("attendances", "agreements", "refused_high_risk", "other_country_activities", "other_country_incoming"),
        *("withdrawals", "recommendations"),
    }
    assert required <= figures.keys()
    assert figures["distinct_parties"]["value"] == 3
    assert {row["label"] for row in figures["distinct_parties"]["rows"]} == {"A", "B", "C"}
    assert {"type", "id", "label"} <= figures["talks"]["rows"][0].keys()


def test_the_workbook_contains_every_figure_and_its_records(year: Year) -> None:
    book = openpyxl.load_workbook(io.BytesIO(evaluate(Wanted("2024", country="CN", format="xlsx"))))
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"A", "B", "C", str(year.mission.title)} <= words


def test_an_unknown_country_is_refused_in_plain_words(year: Year) -> None:
    with pytest.raises(EvaluateError, match="XX"):
        evaluate(Wanted("2024", country="XX"))


def test_the_command_writes_the_file_and_says_what_is_wrong(year: Year, tmp_path, capsys) -> None:
    import argparse

    parser = argparse.ArgumentParser()
    add_arguments(parser)
    target = tmp_path / "out.json"
    assert run(parser.parse_args(["--period", "2024", "--country", "CN", "-o", str(target)])) == 0
    assert json.loads(target.read_text())["title"] == "Evaluatie 2024"
    assert run(parser.parse_args(["--period", "soon", "-o", str(target)])) == 2
    assert "soon" in capsys.readouterr().err


def test_a_text_that_names_no_figure_is_refused_at_its_field_with_the_nearest_key(year: Year) -> None:
    with pytest.raises(ValidationError) as caught:
        operations.write_text(year.evaluation, by=None, section="summary", text_nl="{{ distinct_partys }}")
    assert "distinct_parties" in str(caught.value.message_dict["text_nl"])


def test_a_frozen_copy_stays_as_it_was_and_shows_what_changed_since(year: Year) -> None:
    kept = operations.freeze(year.evaluation, by=None, audience="organisation")
    year.talk.delete()
    kept = Snapshot.objects.get(pk=kept.pk)
    assert frozen.is_intact(kept)
    assert frozen.report_of(kept, "nl").figures["talks"].value == 1
    assert build(year.evaluation, "nl", None).figures["talks"].value == 0
    talks = next(each for each in frozen.differences(kept, "nl") if each.key == "talks")
    assert (talks.then.value, talks.now.value, len(talks.removed)) == (1, 0, 1)


def test_a_copy_that_was_changed_outside_hanze_no_longer_matches_its_hash(year: Year) -> None:
    kept = operations.freeze(year.evaluation, by=None)
    kept.content["reports"]["nl"]["title"] = "Mooier"
    assert not frozen.is_intact(kept)


def test_a_frozen_copy_for_the_council_holds_nothing_internal(year: Year) -> None:
    kept = operations.freeze(year.evaluation, by=None, audience="council")
    assert year.mission.title not in json.dumps(kept.content)


def test_the_report_speaks_the_language_that_was_asked_for(year: Year) -> None:
    dutch, english = (json.dumps(to_json(build(year.evaluation, each, None))) for each in ("nl", "en"))
    assert "Missie (en)" in english
    assert "Missie (en)" not in dutch


@pytest.mark.parametrize(("extension", "start"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("html", b"<!doctype html>")])
def test_the_report_comes_as_a_document_too(extension: str, start: bytes, year: Year) -> None:
    assert evaluate(Wanted("2024", country="CN", format=extension)).startswith(start)


def test_a_page_asks_the_database_no_more_when_there_are_more_records(year: Year, client_for) -> None:
    client = client_for("coordinator")
    address = f"/evaluation/{year.evaluation.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for number in range(5):
        attend(held(f"Nog een {number}", "talk", 9), factories.organisation(own_region=True))
    with CaptureQueriesContext(connection) as after:
        assert client.get(address).status_code == 200
    assert len(after) == len(before)


def test_htmx_gets_only_the_records_behind_a_figure_and_a_link_opens_them_in_the_page(year: Year, client_for) -> None:
    client = client_for("coordinator")
    address = f"/evaluation/{year.evaluation.pk}/figures/talks/"
    part = client.get(address, headers={"HX-Request": "true"})
    assert part["HX-Push-Url"] == address
    assert b"<main" not in part.content
    assert f"/missions/{year.talk.pk}/" in part.content.decode()
    assert b"<main" in client.get(address).content


def test_a_council_member_counts_only_what_is_public_or_meant_for_the_council(year: Year, client_for) -> None:
    year.evaluation.for_council = True
    year.evaluation.save()
    type(year.talk).objects.filter(pk=year.talk.pk).update(classification="public")
    answer = client_for("council").get(f"/evaluation/{year.evaluation.pk}/report.json")
    figures = {each["key"]: each["value"] for each in json.loads(answer.content)["figures"]}
    assert (figures["activities"], figures["talks"], figures["distinct_parties"]) == (1, 1, 0)
