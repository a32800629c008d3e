"""Long lists: pages by their keys, counts with a ceiling, cells and options drawn quickly."""

from __future__ import annotations

from collections.abc import Callable

import django_filters
import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.safestring import mark_safe

from hanze.accounts import listing
from hanze.accounts.listing import KeysFirstPaginator, count_up_to_ceiling
from hanze.accounts.models import Role
from hanze.accounts.narrowing import ChoiceFilter, choose_from
from hanze.casework.models import Request
from hanze.casework.views import requests as views
from tests import factories

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Role], Client]


def test_a_page_by_keys_holds_the_same_rows_in_the_same_order() -> None:
    for number in range(7):
        factories.request(title=f"Request {number}")
    rows = Request.objects.select_related("country").order_by("-title")
    paginator = KeysFirstPaginator(rows, 3)
    pages = [[each.title for each in paginator.page(number)] for number in paginator.page_range]
    assert [len(page) for page in pages] == [3, 3, 1]
    assert [title for page in pages for title in page] == [each.title for each in rows]


def test_what_a_row_shows_is_asked_of_its_page_alone() -> None:
    for _ in range(4):
        factories.request()
    with CaptureQueriesContext(connection) as seen:
        page = KeysFirstPaginator(Request.objects.select_related("country").order_by("pk"), 2).page(2)
        assert len([each.country.name for each in page]) == 2
    (rows,) = [each["sql"] for each in seen if "register_country" in each["sql"]]
    assert "OFFSET" not in rows


def test_a_count_goes_no_further_than_its_ceiling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "CEILING", 2)
    counts = []
    for _ in range(4):
        factories.request()
        counts.append(count_up_to_ceiling(Request.objects.all()))
    assert counts == [1, 2, 3, 3]


def test_a_tab_says_that_it_holds_more_than_were_counted(
    client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (listing, views):
        monkeypatch.setattr(module, "CEILING", 2)
    address = reverse("casework:request-list")
    for _ in range(2):
        factories.request()
    client = client_for(Role.COORDINATOR)
    assert '<span class="count">2</span>' in client.get(address).content.decode()
    factories.request()
    assert '<span class="count">2+</span>' in client.get(address).content.decode()


def test_a_select_shows_its_options_with_groups_choice_and_nothing_that_breaks_out() -> None:
    class Choosing(forms.Form):
        place = forms.ChoiceField(
            choices=[("", "–"), ("Group <1>", [("a&b", "<b>A</b>"), ("c", mark_safe("C&nbsp;C"))])], initial="c"
        )

    drawn = str(Choosing()["place"])
    assert '<option value="">–</option>' in drawn
    assert '<optgroup label="Group &lt;1&gt;"><option value="a&amp;b">&lt;b&gt;A&lt;/b&gt;</option>' in drawn
    assert '<option value="c" selected>C&nbsp;C</option></optgroup></select>' in drawn


def test_a_filter_shows_its_choices_with_the_chosen_one_and_nothing_that_breaks_out() -> None:
    class Narrowed(django_filters.FilterSet):
        kind = ChoiceFilter(choices=[("a&b", "<b>A</b>"), ("c", "C")], empty_label="All")

    def drawn(**chosen: str) -> str:
        return str(Narrowed(chosen, queryset=Request.objects.all()).form["kind"])

    assert '<option value="" selected>All</option><option value="a&amp;b">&lt;b&gt;A&lt;/b&gt;</option>' in drawn()
    assert '<option value="">All</option>' in drawn(kind="c")
    assert '<option value="c" selected>C</option></select>' in drawn(kind="c")


def test_each_list_has_choices_of_its_own() -> None:
    class Narrowed(django_filters.FilterSet):
        kind = ChoiceFilter(empty_label="All")

    one, other = (Narrowed({}, queryset=Request.objects.all()) for _ in range(2))
    choose_from(one, "kind", (("1", "One"),))
    choose_from(other, "kind", (("2", "Other"),))
    assert ("One" in str(one.form["kind"]), "Other" in str(one.form["kind"])) == (True, False)
    assert ("One" in str(other.form["kind"]), "Other" in str(other.form["kind"])) == (False, True)
