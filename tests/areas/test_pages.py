"""The pages of an initiative, from starting it to its farms, as an officer walks them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.areas.models import Initiative, PlaceList
from tests import factories
from tests.areas import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client_for: Callable[[Role], Client]) -> Client:
    return client_for(Role.POLICY_OFFICER)


def test_an_officer_starts_an_initiative_and_finds_it_in_the_list(officer: Client) -> None:
    sent = {"title": "Boeren bij elkaar", "choose": 4, "classification": "internal", "provenance": "recorded"}
    answer = officer.post(reverse("areas:initiative-create"), sent)
    made = Initiative.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    assert "Boeren bij elkaar" in officer.get(reverse("areas:initiative-list")).content.decode()


def test_a_file_is_handed_in_its_columns_are_chosen_and_its_farms_are_there(officer: Client) -> None:
    initiative = factories.initiative()
    sent = {
        "kind": "farms",
        "provenance": "invented",
        "file": SimpleUploadedFile("f.csv", making.FARMS.encode()),
    }
    page = officer.post(reverse("areas:list-create", args=[initiative.pk]), sent)["Location"]
    form = officer.get(page).context["form"]
    answer = officer.post(page, {name: form[name].value() or "" for name in form.fields})
    assert answer["Location"] == page
    assert "Alle 2 rijen zijn binnengehaald" in officer.get(page).content.decode()
    places = officer.get(reverse("areas:place-list", args=[initiative.pk])).content.decode()
    assert "Twee" in places
    assert "verzonnen" in places.lower()


def test_a_row_that_is_wrong_stands_on_the_page_with_what_to_write_instead(officer: Client) -> None:
    handed = making.brought_in("farms", "nummer;x;y\n1;hier;520000\n", "f.csv")
    page = officer.get(handed.get_absolute_url()).content.decode()
    assert "1 probleem: er is niets binnengehaald" in page
    assert "x moet een getal zijn; er staat: hier." in page


def test_a_column_that_is_missing_is_told_at_its_field_and_nothing_is_lost(officer: Client) -> None:
    handed = making.handed_in("farms", making.FARMS, "f.csv")
    answer = officer.post(handed.get_absolute_url(), {"layer": handed.layer, "column-id": "nummer", "column-x": "x"})
    assert answer.status_code == 422
    assert "column-y" in answer.context["form"].errors
    assert PlaceList.objects.get().state == "choosing"


def test_a_file_can_be_left_out(officer: Client) -> None:
    handed = making.handed_in("farms", making.FARMS, "f.csv")
    officer.post(reverse("areas:list-discard", args=[handed.initiative_id, handed.pk]))
    assert PlaceList.objects.get().state == "discarded"


def test_the_file_itself_is_given_back_as_a_download(officer: Client) -> None:
    handed = making.handed_in("farms", making.FARMS, "f.csv")
    answer = officer.get(reverse("areas:list-file", args=[handed.initiative_id, handed.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == making.FARMS.encode()


def test_a_file_is_not_found_below_another_initiative(officer: Client) -> None:
    handed = making.handed_in("farms", making.FARMS, "f.csv")
    other = factories.initiative()
    assert officer.get(reverse("areas:list-detail", args=[other.pk, handed.pk])).status_code == 404


def test_the_farms_come_as_a_spreadsheet_too(officer: Client) -> None:
    handed = making.brought_in("farms", making.FARMS, "f.csv")
    answer = officer.get(reverse("areas:place-list", args=[handed.initiative_id]), {"export": "csv"})
    assert "Twee" in b"".join(answer).decode("utf-8-sig")


def test_a_busy_file_says_how_far_it_is_and_asks_again_by_itself(officer: Client) -> None:
    handed = factories.place_list(state="bringing-in", share=0.6)
    page = officer.get(handed.get_absolute_url()).content.decode()
    assert "Wordt binnengehaald" in page
    assert 'value="0.6"' in page
    assert 'hx-trigger="every 1s"' in page
