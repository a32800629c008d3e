"""Calendar feeds: valid calendars, never more than the owner may see now and the highest class that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from hanze.accounts.models import Role, RoleHeld, User
from hanze.accounts.operations import close_account
from hanze.audit.models import Event as LogEvent
from hanze.connections import operations as feeds
from hanze.connections.models import CalendarFeed
from hanze.missions import operations
from hanze.missions.models import Activity
from tests import factories
from tests.leaks.world import nonsense

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=20)
ORDER = ["public", "internal", "confidential", "restricted"]


def feed_of(owner: User, **fields: Any) -> tuple[CalendarFeed, str]:
    return feeds.create_feed(by=owner, **{"name": "Telephone", "content": "all", "ceiling": "restricted", **fields})


def fetched(secret: str, **headers: str) -> Any:
    return Client(headers=headers).get(reverse("missions:feed", args=[secret]))


def events(answer: Any) -> dict[str, Any]:
    """The events of a calendar by their number, read by a parser that knows the standard."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content)
    listed = list(found.walk("VEVENT"))
    by_uid = {str(event["UID"]): event for event in listed}
    assert len(by_uid) == len(listed)
    return by_uid


def on_one_day(**fields: Any) -> Activity:
    return factories.activity(**{"title_en": "", "starts_on": SOON, "ends_on": SOON, **fields})


def test_an_activity_lasts_whole_days_and_its_programme_has_hours_in_our_time_zone() -> None:
    owner = factories.user(Role.COORDINATOR)
    activity = on_one_day(title="Delegatie", starts_on=date(2030, 7, 1), ends_on=date(2030, 7, 3))
    hours = {"starts_at": time(9, 30), "ends_at": time(11, 0)}
    operations.add_programme_item(
        activity, by=None, day=date(2030, 7, 2), title="Ontvangst", place="Provinciehuis", **hours
    )
    operations.add_programme_item(activity, by=None, day=date(2030, 7, 3), title="Vrije dag")
    answer = fetched(feed_of(owner)[1])
    found = {str(event["SUMMARY"]): event for event in events(answer).values()}
    whole = found["Delegatie"]
    assert (whole.decoded("dtstart"), whole.decoded("dtend")) == (date(2030, 7, 1), date(2030, 7, 4))
    timed = found["Ontvangst"]
    assert timed["DTSTART"].params["TZID"] == "Europe/Amsterdam"
    assert timed.decoded("dtstart").replace(tzinfo=None) == datetime(2030, 7, 2, 9, 30)
    assert timed.decoded("dtstart").utcoffset() == timedelta(hours=2)
    assert str(timed["LOCATION"]) == "Provinciehuis"
    assert found["Vrije dag"].decoded("dtstart") == date(2030, 7, 3)
    zones = [str(zone["TZID"]) for zone in Calendar.from_ical(answer.content).walk("VTIMEZONE")]
    assert zones == ["Europe/Amsterdam"]


def test_lines_end_and_fold_as_the_standard_says() -> None:
    on_one_day(title="Ü" * 120 + "; a, b")
    content = fetched(feed_of(factories.user(Role.COORDINATOR))[1]).content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["SUMMARY"]) == "Ü" * 120 + "; a, b"


def test_a_change_keeps_the_number_and_raises_the_sequence() -> None:
    owner, officer = factories.user(Role.COORDINATOR), factories.user(Role.COORDINATOR)
    activity = on_one_day()
    secret = feed_of(owner)[1]
    seen = []
    for title in ("Once", "Twice", "Three times"):
        operations.change_activity(activity, by=officer, title=title)
        [(uid, event)] = events(fetched(secret)).items()
        seen.append((uid, int(event["SEQUENCE"]), str(event["SUMMARY"])))
    assert len({uid for uid, _sequence, _title in seen}) == 1
    assert [sequence for _uid, sequence, _title in seen] == sorted({sequence for _uid, sequence, _title in seen})


def test_what_is_cancelled_says_so_with_all_its_programme() -> None:
    activity = on_one_day(state=Activity.State.CONFIRMED)
    operations.add_programme_item(activity, by=None, day=SOON, title="Ontvangst", starts_at=time(9))
    secret = feed_of(factories.user(Role.COORDINATOR))[1]
    before = {uid: int(event["SEQUENCE"]) for uid, event in events(fetched(secret)).items()}
    operations.cancel_activity(activity, by=None, because="Storm")
    after = events(fetched(secret))
    assert {str(event["STATUS"]) for event in after.values()} == {"CANCELLED"}
    assert all(int(event["SEQUENCE"]) > before[uid] for uid, event in after.items())


def test_reading_does_not_make_it_another_version(client_for: Callable[[Role], Client]) -> None:
    activity = on_one_day(classification="confidential")
    secret = feed_of(factories.user(Role.COORDINATOR))[1]
    first = fetched(secret)
    client_for(Role.COORDINATOR).get(activity.get_absolute_url())
    assert fetched(secret)["ETag"] == first["ETag"]


def test_a_program_that_has_the_latest_gets_nothing_again() -> None:
    activity = on_one_day()
    feed, secret = feed_of(factories.user(Role.COORDINATOR))
    etag = fetched(secret)["ETag"]
    again = fetched(secret, **{"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    operations.change_activity(activity, by=None, title="Another")
    assert fetched(secret, **{"if-none-match": etag}).status_code == 200
    feed.refresh_from_db()
    assert feed.last_fetched_at is not None


@pytest.mark.parametrize("ceiling", ORDER)
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLICY_OFFICER, Role.COUNCIL, Role.AUDITOR])
def test_nothing_above_the_highest_class_or_the_rights_of_the_owner_is_in_it(role: Role, ceiling: str) -> None:
    reads = {Role.COORDINATOR: 3, Role.POLICY_OFFICER: 2, Role.COUNCIL: 1, Role.AUDITOR: 4}[role]
    words = {each: nonsense("feed", each) for each in ORDER}
    for each, word in words.items():
        activity = on_one_day(title=word, classification=each)
        operations.add_programme_item(activity, by=None, day=SOON, title=f"{word} programme")
    text = fetched(feed_of(factories.user(role), ceiling=ceiling)[1]).content.decode()
    allowed = set(ORDER[: min(reads, ORDER.index(ceiling) + 1)])
    assert {each for each, word in words.items() if word in text.replace("\r\n ", "")} == allowed


def test_on_the_team_or_not_the_highest_class_holds() -> None:
    owner = factories.user(Role.POLICY_OFFICER)
    activity = on_one_day(title="Qsecret", classification="restricted", responsible=owner)
    activity.team.add(owner)
    assert "Qsecret" in fetched(feed_of(owner, content="own")[1]).content.decode()
    assert "Qsecret" not in fetched(feed_of(owner, content="own", ceiling="confidential")[1]).content.decode()


def test_own_is_what_the_owner_leads_is_responsible_for_or_works_on_and_her_open_measures() -> None:
    owner = factories.user(Role.POLICY_OFFICER)
    on_one_day(title="Qled", leader=owner)
    on_one_day(title="Qresponsible", responsible=owner)
    on_one_day(title="Qteam").team.add(owner)
    other = on_one_day(title="Qother")
    other.measures.create(code="x", label_nl="Qmeasure", label_en="Qmeasure", moment="before", owner=owner, due_on=SOON)
    text = fetched(feed_of(owner, content="own")[1]).content.decode()
    summaries = [line for line in text.splitlines() if line.startswith("SUMMARY")]
    assert len(summaries) == 4
    assert all(any(word in line for line in summaries) for word in ("Qled", "Qresponsible", "Qteam", "Qmeasure"))


def test_the_feed_of_a_role_leaves_the_owners_own_cases_out_and_ends_with_the_role() -> None:
    owner = factories.user(Role.COORDINATOR, Role.COUNCIL)
    secret_one = on_one_day(title="Qsecret", classification="restricted")
    secret_one.team.add(owner)
    on_one_day(title="Qinternal")
    on_one_day(title="Qcouncil", for_council=True)
    secret = feed_of(owner, role=Role.COUNCIL)[1]
    text = fetched(secret).content.decode()
    assert ("Qcouncil" in text, "Qinternal" in text, "Qsecret" in text) == (True, False, False)
    RoleHeld.objects.filter(user=owner, role=Role.COUNCIL).delete()
    assert fetched(secret).status_code == 404


def test_a_role_that_one_does_not_hold_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        feed_of(factories.user(Role.POLICY_OFFICER), role=Role.COORDINATOR)
    assert set(refused.value.message_dict) == {"role"}


def test_present_rights_count_at_each_fetch() -> None:
    owner = factories.user(Role.COORDINATOR, Role.POLICY_OFFICER)
    on_one_day(title="Qconfidential", classification="confidential")
    secret = feed_of(owner)[1]
    assert "Qconfidential" in fetched(secret).content.decode()
    RoleHeld.objects.filter(user=owner, role=Role.COORDINATOR).delete()
    assert "Qconfidential" not in fetched(secret).content.decode()
    close_account(owner, by=None, because="Left")
    assert fetched(secret).status_code == 404


@pytest.mark.parametrize("secret", ["agenda_wrong", "x", "%00", "a" * 3000])
def test_an_address_that_nobody_made_shows_nothing(secret: str) -> None:
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404


def test_another_address_ends_the_old_one_and_only_a_fingerprint_is_kept() -> None:
    owner = factories.user(Role.COORDINATOR)
    feed, first = feed_of(owner)
    second = feeds.renew_feed(feed, by=owner)
    assert (fetched(first).status_code, fetched(second).status_code) == (404, 200)
    stored = str(CalendarFeed.objects.values().get()) + str(list(LogEvent.objects.values()))
    assert first not in stored
    assert second not in stored
    feeds.revoke_feed(feed, by=owner)
    assert fetched(second).status_code == 404


def test_which_confidential_activities_a_feed_gave_out_is_in_the_log_once_for_each_change() -> None:
    owner = factories.user(Role.COORDINATOR)
    activity = on_one_day(classification="confidential")
    secret = feed_of(owner)[1]
    for _ in range(3):
        fetched(secret)
    told = LogEvent.objects.filter(name="feed.fetched")
    assert [event.data["records"] for event in told] == [[f"missions.activity:{activity.pk}"]]


def test_what_has_no_day_is_not_in_it() -> None:
    on_one_day(title="Qmonth", date_precision="month")
    assert b"Qmonth" not in fetched(feed_of(factories.user(Role.COORDINATOR))[1]).content


def test_the_address_is_shown_once_with_how_to_use_it(client_for: Callable[[Role], Client]) -> None:
    client = client_for(Role.COUNCIL)
    fields = {"name": "Telephone", "content": "all", "role": "", "ceiling": "public"}
    page = client.post(reverse("missions:feed-list"), fields)
    assert page["Cache-Control"] == "no-store"
    address = page.context["address"]
    assert Client().get(address).status_code == 200
    assert address.rpartition("/")[2] not in client.get(reverse("missions:feed-list")).content.decode()


def test_nobody_touches_the_feed_of_another(client_for: Callable[[Role], Client]) -> None:
    feed, secret = feed_of(factories.user(Role.COORDINATOR))
    for name in ("missions:feed-renew", "missions:feed-revoke"):
        assert client_for(Role.ADMINISTRATOR).post(reverse(name, args=[feed.pk])).status_code == 404
    assert fetched(secret).status_code == 200


def test_one_activity_is_a_file_for_who_may_see_it(client_for: Callable[[Role], Client]) -> None:
    activity = on_one_day(title="Delegatie", classification="confidential")
    address = reverse("missions:activity-calendar", args=[activity.pk])
    answer = client_for(Role.COORDINATOR).get(address)
    assert [str(event["SUMMARY"]) for event in events(answer).values()] == ["Delegatie"]
    assert "attachment" in answer["Content-Disposition"]
    assert client_for(Role.POLICY_OFFICER).get(address).status_code == 404
    assert LogEvent.objects.filter(name="record.read", subject_id=str(activity.pk)).count() == 1
