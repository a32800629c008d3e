"""Every list as a file: what the list shows to this reader, typed, and safe in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from hanze.accounts.exporting import bare
from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.claims.operations import Source, claim
from hanze.register.operations import change_organisation
from hanze.reporting.listing import DANGEROUS, Listing, harmless, listing_csv, listing_xlsx
from tests import factories
from tests.connections.making import application

pytestmark = pytest.mark.django_db
LISTS = [
    "register:organisation-list",
    "register:person-list",
    "register:relation-list",
    "register:agreement-list",
    "casework:request-list",
    "casework:contact-list",
    "missions:activity-list",
    "missions:agenda",
    "watchlists:finding-list",
    "evaluation:evaluation-list",
    "goals:goal-list",
    "claims:contradiction-list",
    "archive:due",
    "archive:disposal-list",
    "register:organisation-alike",
    "register:person-alike",
]


def sheet(client: Client, name: str, **asked: str) -> list[list[Any]]:
    """The rows of an exported workbook, title and headings included."""
    answer = client.get(reverse(name), {"export": "xlsx", **asked})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    return [list(row) for row in book.active.iter_rows(values_only=True)]


def lines(client: Client, name: str, **asked: str) -> list[list[str]]:
    answer = client.get(reverse(name), {"export": "csv", **asked}, headers={"accept-language": "nl"})
    text = b"".join(answer.streaming_content).decode("utf-8")  # type: ignore[arg-type]
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:]), delimiter=";"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_there_as_a_file_and_the_log_says_who_took_it(name: str, kind: str, client_for: Any) -> None:
    answer = client_for(Role.COORDINATOR).get(reverse(name), {"export": kind})
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content)
    event = Event.objects.get(name="list.exported")
    assert event.data["kind"] == kind


@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_not_yours_is_not_yours_as_a_file(name: str, client_for: Any) -> None:
    assert client_for(Role.REQUESTER).get(reverse(name), {"export": "csv"}).status_code == 404


def test_the_file_holds_what_the_list_shows_with_its_filters_order_and_rights(client_for: Any) -> None:
    factories.organisation(name="Aalstad", kind="government")
    factories.organisation(name="Zuidstad", kind="government")
    factories.organisation(name="Firma", kind="business")
    factories.organisation(name="Geheim", kind="government", classification="restricted")
    rows = lines(client_for(Role.POLICY_OFFICER), "register:organisation-list", kind="government", sort="-name")
    assert [row[0] for row in rows[1:]] == ["Zuidstad", "Aalstad"]


def test_the_title_says_which_filters_were_set_on_which_day_and_by_whom(client_for: Any, people: Any) -> None:
    factories.organisation(name="Aalstad", kind="government")
    rows = sheet(client_for(Role.COORDINATOR), "register:organisation-list", kind="government")
    assert rows[0][0] == "Organisaties"
    assert "Soort: Overheid" in rows[1][0]
    assert str(people[Role.COORDINATOR]) in rows[1][0]


def test_dates_are_dates_and_a_year_is_no_day(client_for: Any) -> None:
    partner = factories.organisation(name="Aalstad", kind="government")
    factories.relation(partner=partner, since=date(2007, 1, 1), since_precision="year")
    factories.agreement(title="MoU", signed_on=date(2024, 5, 3))
    client = client_for(Role.COORDINATOR)
    relation = sheet(client, "register:relation-list")[4]
    assert "2007" in relation
    agreement = sheet(client, "register:agreement-list")[4]
    assert date(2024, 5, 3) in [cell.date() for cell in agreement if hasattr(cell, "date")]


def test_what_a_spreadsheet_program_would_run_is_text(client_for: Any) -> None:
    factories.organisation(name='=HYPERLINK("https://attack.example","x")')
    factories.organisation(name="+31 20 en -1")
    client = client_for(Role.COORDINATOR)
    assert {row[0] for row in lines(client, "register:organisation-list")[1:]} == {
        '\'=HYPERLINK("https://attack.example","x")',
        "'+31 20 en -1",
    }
    answer = client.get(reverse("register:organisation-list"), {"export": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[arg-type]
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value is not None} == {"s"}


@given(st.text(max_size=40))
def test_no_text_in_a_csv_begins_as_a_formula(text: str) -> None:
    made = list(csv.reader(io.StringIO("".join(listing_csv(Listing("t", "", ["k"], [[text]])))[1:]), delimiter=";"))
    cell = made[1][0] if len(made) > 1 and made[1] else ""
    assert not cell.startswith(DANGEROUS)
    assert harmless(text).endswith(text)


def test_numbers_stay_numbers_as_the_language_writes_them() -> None:
    row = [-1.5, Decimal("2.50"), 3, True, date(2024, 5, 3), None]
    assert list(listing_csv(Listing("t", "", ["a"] * 6, [row])))[1] == "-1,5;2,50;3;Ja;2024-05-03;\r\n"
    assert list(listing_csv(Listing("t", "", ["a"] * 6, [row], "en")))[1] == "-1.5,2.50,3,Yes,2024-05-03,\r\n"


def test_a_long_list_is_written_row_by_row() -> None:
    file = io.BytesIO()
    assert listing_xlsx(Listing("Lijst", "", ["a", "b"], ([n, "x"] for n in range(20_000))), file) == 20_000


def test_a_cell_is_exported_without_its_markup() -> None:
    assert bare('<a href="/x">A &amp; B</a> <span class="small">in <b>C</b></span>') == "A & B, in C"
    assert bare("–") == ""


def test_contradictions_are_exported_with_both_sides_and_no_hidden_record(client_for: Any) -> None:
    for name, classification in (("Seen", "internal"), ("Hidden", "restricted")):
        each = factories.organisation(name=name, classification=classification)
        change_organisation(each, by=None, website="https://one.example")
        claim(each, "website", "https://two.example", source=Source("document", "A report"), by=None)
    rows = lines(client_for(Role.POLICY_OFFICER), "claims:contradiction-list")
    [row] = [row for row in rows if "Seen" in row]
    assert row[2:4] == ["https://one.example", "https://two.example"]
    assert "Hidden" not in str(rows)


def test_accounts_are_exported_for_who_may_list_them_without_those_of_applications(client_for: Any) -> None:
    application(name="A machine")
    factories.user(Role.AUDITOR, name="Annie Accountant")
    rows = lines(client_for(Role.ADMINISTRATOR), "people:account-list")
    assert any("Annie Accountant" in row for row in rows)
    assert "A machine" not in str(rows)
    assert client_for(Role.COUNCIL).get(reverse("people:account-list"), {"export": "csv"}).status_code == 404


def test_the_log_is_exported_to_who_may_read_it_as_far_as_she_may(client_for: Any) -> None:
    made = factories.organisation(name="Haven")
    change_organisation(made, by=None, short_name="H")
    assert any("Haven" in row for row in lines(client_for(Role.AUDITOR), "web:log"))
    assert "Haven" not in str(lines(client_for(Role.ADMINISTRATOR), "web:log"))
    assert client_for(Role.COORDINATOR).get(reverse("web:log"), {"export": "csv"}).status_code == 404
    narrowed = lines(client_for(Role.AUDITOR), "web:log", q="Nobody")
    assert "Haven" not in str(narrowed)


def test_what_is_due_in_the_archive_is_exported_as_far_as_the_reader_sees_it(client_for: Any) -> None:
    for title, classification in (("Shown here", "internal"), ("Hidden from her", "restricted")):
        closed = {"state": "closed", "closed_on": date(1999, 1, 1), "classification": classification}
        factories.request(title=title, **closed)
    rows = str(lines(client_for(Role.COORDINATOR), "archive:due"))
    assert "Shown here" in rows
    assert "Hidden from her" not in rows
