"""Who was shown a finding is in the log, wherever it stood; and what the worker does by itself."""

import pytest
from django.urls import reverse

from hanze.accounts.models import Role
from hanze.audit.models import Event
from hanze.casework import operations as casework
from hanze.watchlists import operations as ops
from hanze.watchlists import tasks
from hanze.watchlists.models import Edition, Finding, Look, Run
from tests import factories
from tests.watchlists import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    made = making.watchlist()
    making.in_force(made, making.MALACHITE)
    return made


@pytest.fixture
def case(example):
    made = factories.request()
    casework.add_participant(made, by=None, organisation=factories.organisation(name="Malachite Trading Company"))
    return made


@pytest.fixture
def coordinator(client_for):
    return client_for(Role.COORDINATOR)


def shown(client):
    return [each.data["findings"] for each in Event.objects.filter(name="findings.seen").order_by("pk")]


def test_the_list_of_findings_logs_which_were_shown_and_to_whom(coordinator, case, people):
    coordinator.get(reverse("watchlists:finding-list"))
    event = Event.objects.get(name="findings.seen")
    assert event.data["findings"] == [Finding.objects.get().pk]
    assert event.actor == people["coordinator"]


def test_findings_that_are_downloaded_are_logged_too(coordinator, case):
    assert coordinator.get(reverse("watchlists:finding-list"), {"export": "csv"})["Content-Type"].startswith("text/csv")
    assert shown(coordinator) == [[Finding.objects.get().pk]]


def test_an_empty_list_is_no_look_at_a_finding(coordinator, example):
    coordinator.get(reverse("watchlists:finding-list"))
    assert not Event.objects.filter(name="findings.seen").exists()


def test_a_case_that_shows_findings_logs_it(coordinator, case):
    coordinator.get(reverse("casework:request-detail", args=[case.pk]))
    assert shown(coordinator) == [[Finding.objects.get().pk]]


def test_a_mission_that_shows_findings_logs_it(coordinator, example):
    from hanze.missions import operations as missions

    activity = factories.activity()
    party = factories.organisation(name="Malachite Trading Company")
    missions.add_participation(activity, by=None, organisation=party)
    coordinator.get(activity.get_absolute_url())
    assert shown(coordinator) == [[Finding.objects.get().pk]]


def test_who_sees_which_parties_an_edition_touches_is_logged(coordinator, example, case):
    edition = making.handed_in(example, making.MALACHITE.replace("CN", "HK"))
    coordinator.get(edition.get_absolute_url())
    assert Event.objects.get(name="record.read", subject_type="watchlists.edition").data["parties"] == [
        Finding.objects.get().subject_id
    ]


def test_who_opens_a_screening_is_logged_once_and_not_while_the_page_follows_it(coordinator, case):
    address = reverse("watchlists:run-detail", args=[Run.objects.get().pk])
    coordinator.get(address)
    coordinator.get(address, headers={"hx-request": "true"})
    assert Event.objects.filter(name="record.read", subject_type="watchlists.run").count() == 1


def test_why_a_list_could_not_be_fetched_is_an_event_and_so_is_that_it_can_again(example, people):
    ops.note_fetching(example, "No answer", by=people["coordinator"])
    ops.note_fetching(example, "", by=people["coordinator"])
    ops.note_fetching(example, "", by=people["coordinator"])
    names = list(Event.objects.filter(name__contains="fetched").order_by("pk").values_list("name", "reason"))
    assert names == [("edition.not-fetched", "No answer"), ("edition.fetched-again", "")]


def test_the_worker_removes_old_looks_and_says_so(example, settings):
    settings.SCREENING_KEEP_DAYS = -1
    quiet = ops.subject_of(factories.organisation(name="Quiet Harbour Foundation"))
    for _ in range(3):
        ops.screen([quiet], by=None, why=Run.Why.ASKED)

    tasks.tidy.enqueue()

    assert Look.objects.count() == 1
    assert Event.objects.get(name="screening.removed").data == {"looks": 2, "runs": 2}


def test_tidying_waits_once_however_often_a_worker_starts(settings, transactional_db):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    for _ in range(3):
        tasks.begin_tidying()
    assert DBTaskResult.objects.filter(task_path="hanze.watchlists.tasks.tidy").count() == 1


def test_the_lists_say_how_long_a_look_is_kept(coordinator, example, settings):
    settings.LANGUAGE_CODE = "en"
    settings.SCREENING_KEEP_DAYS = 200
    assert "kept for 200 days" in coordinator.get(reverse("watchlists:list-list")).content.decode()
    assert Edition.objects.count() == 1
