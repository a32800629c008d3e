"""The agenda: what stands on which day, for whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from hanze.accounts.models import Role, User
from hanze.missions import operations as ops
from hanze.missions.calendars import month_bounds, month_weeks, step_month, week_bounds
from tests import factories

People = dict[Role, User]
ClientFor = Callable[[Role], Client]
DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(DAYS)
def test_a_month_has_whole_weeks_from_monday_with_each_of_its_days_once(day: date):
    weeks = month_weeks(day, [])
    first, last = month_bounds(day)
    inside = [each.day for week in weeks for each in week if not each.is_outside]
    assert inside == [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1)]
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in weeks)


@given(DAYS, st.integers(-30, 30))
def test_months_forward_and_back_lead_to_the_same_month(day: date, months: int):
    assert step_month(step_month(day, months), -months) == day.replace(day=1)


@given(DAYS)
def test_a_week_runs_from_monday_to_sunday_around_its_day(day: date):
    monday, sunday = week_bounds(day)
    assert monday <= day <= sunday
    assert (sunday - monday).days == 6
    assert monday.weekday() == 0


def test_an_activity_stands_on_each_of_its_days_and_continues_from_the_second(client_for: ClientFor):
    activity = factories.activity()
    answer = client_for(Role.COORDINATOR).get("/agenda/?date=2024-05-01")
    days = {each.day: each for week in answer.context["weeks"] for each in week}
    shown = {day: [(e.activity, e.continues) for e in each.entries] for day, each in days.items() if each.entries}
    assert shown == {date(2024, 5, n): [(activity, n > 23)] for n in range(23, 29)}


@pytest.mark.parametrize("precision", ["month", "year"])
def test_without_a_known_day_it_stands_beside_the_days(client_for: ClientFor, precision: str):
    activity = factories.activity(starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 31), date_precision=precision)
    answer = client_for(Role.COORDINATOR).get("/agenda/?date=2024-05-01")
    assert list(answer.context["loose"]) == [activity]
    assert not any(day.entries for week in answer.context["weeks"] for day in week)


def test_the_week_shows_the_programme_by_day(client_for: ClientFor):
    activity = factories.activity()
    ops.add_programme_item(activity, by=None, day=date(2024, 5, 24), title="Meeting the governor")
    text = client_for(Role.COORDINATOR).get("/agenda/?view=week&date=2024-05-24").content.decode()
    assert "Meeting the governor" in text


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_nobody_finds_in_the_agenda_what_she_may_not_see(client_for: ClientFor, view: str):
    secret = factories.activity(title="Geheim", title_en="Secret", classification="restricted")
    ops.add_programme_item(secret, by=None, day=date(2024, 5, 24), title="Secret meeting")
    text = client_for(Role.POLICY_OFFICER).get(f"/agenda/?view={view}&date=2024-05-24").content.decode()
    assert "Secret" not in text
    assert "Geheim" not in text


def test_filters_narrow_the_agenda_and_offer_only_what_the_reader_may_see(people: People, client_for: ClientFor):
    talk = factories.activity(kind="talk", responsible=people[Role.COORDINATOR], country=factories.country("FR"))
    factories.activity()
    factories.activity(country=factories.country("JP"), classification="restricted")
    client = client_for(Role.POLICY_OFFICER)
    for query in ("kind=talk", "country=FR"):
        answer = client.get(f"/agenda/?view=list&date=2024-05-01&{query}")
        assert [activity for _month, of_month in answer.context["months"] for activity in of_month] == [talk]
    countries = answer.context["filter"].form.fields["country"].choices
    assert [code for code, _name in countries] == ["", "CN", "FR"]


@time_machine.travel("2024-05-24 10:00")
def test_today_is_marked_and_is_where_the_agenda_opens(client_for: ClientFor):
    text = client_for(Role.COORDINATOR).get("/agenda/").content.decode()
    assert text.count("is-today") == 1
    assert 'aria-current="date"' in text


@pytest.mark.parametrize("wrong", ["date=yesterday", "date=9999-99-99", "view=century", "date=0001-01-01"])
def test_a_wrong_address_opens_the_agenda_all_the_same(client_for: ClientFor, wrong: str):
    assert client_for(Role.COORDINATOR).get(f"/agenda/?{wrong}").status_code == 200


@pytest.mark.parametrize("view", ["month", "week"])
def test_an_empty_period_says_so_and_what_to_do(client_for: ClientFor, view: str):
    factories.activity(starts_on=date(2024, 5, 23), ends_on=date(2024, 5, 24))
    client = client_for(Role.COORDINATOR)
    says = "Geen activiteiten in deze periode"
    assert says in client.get(f"/agenda/?view={view}&date=2024-08-14", headers={"accept-language": "nl"}).text
    assert says not in client.get(f"/agenda/?view={view}&date=2024-05-23", headers={"accept-language": "nl"}).text


def test_what_stands_in_the_days_around_a_month_leaves_the_month_empty(client_for: ClientFor):
    factories.activity(title="Last days of May", title_en="", starts_on=date(2024, 5, 30), ends_on=date(2024, 5, 31))
    page = client_for(Role.COORDINATOR).get("/agenda/?date=2024-06-14", headers={"accept-language": "en"})
    assert "Last days of May" in page.text
    assert page.context["is_empty"] is True


@pytest.mark.parametrize("precision", ["day", "month", "year"])
@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_a_period_with_an_activity_is_not_empty(client_for: ClientFor, view: str, precision: str):
    factories.activity(starts_on=date(2024, 5, 1), ends_on=date(2024, 5, 31), date_precision=precision)
    client = client_for(Role.COORDINATOR)
    assert client.get(f"/agenda/?view={view}&date=2024-05-15").context["is_empty"] is False
    assert client.get(f"/agenda/?view={view}&date=2023-05-15").context["is_empty"] is True


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_more_activities_take_no_more_queries(client_for: ClientFor, people: People, view: str):
    client = client_for(Role.COORDINATOR)

    def add(count: int) -> None:
        for number in range(count):
            activity = factories.activity(
                starts_on=date(2024, 5, 21),
                ends_on=date(2024, 5, 22),
                date_precision="month" if number % 2 else "day",
                responsible=people[Role.POLICY_OFFICER],
                leader=people[Role.EXECUTIVE],
            )
            activity.programme.create(day=activity.starts_on, title="Tour")

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/agenda/?view={view}&date=2024-05-21").status_code == 200
        return len(seen)

    add(2)
    asked()
    before = asked()
    add(8)
    assert asked() == before
