"""Work in the background survives the worker that was doing it."""

import os
import socket
import subprocess
import sys

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from hanze.config import working
from hanze.config.working import ATTEMPTS, run_worker, take_up_again

pytestmark = pytest.mark.django_db
HOST = socket.gethostname()[:40]


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def begun(*workers: str) -> DBTaskResult:
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [], "kwargs": {}},
        task_path="hanze.watchlists.tasks.rescreen",
        worker_ids=list(workers),
        backend_name="default",
        run_after="2024-01-01T00:00:00Z",
    )


def status(task: DBTaskResult) -> str:
    task.refresh_from_db()
    return task.status


def test_what_a_killed_worker_had_begun_waits_again(ended) -> None:
    task = begun(f"{HOST}:{ended}")
    assert take_up_again() == 1
    assert status(task) == "READY"


@pytest.mark.parametrize("worker", ["of this very process", "another-machine:1", "unnamed", ""])
def test_what_a_worker_may_still_be_doing_is_left_to_it(worker) -> None:
    task = begun(f"{HOST}:{os.getpid()}" if worker == "of this very process" else worker)
    assert take_up_again() == 0
    assert status(task) == "RUNNING"


def test_what_killed_its_worker_each_time_is_given_up(ended) -> None:
    task = begun(*[f"{HOST}:{ended}"] * ATTEMPTS)
    assert take_up_again() == 0
    assert status(task) == "FAILED"


def test_what_has_ended_is_left_alone(ended) -> None:
    task = begun(f"{HOST}:{ended}")
    task.set_successful(None)
    assert take_up_again() == 0
    assert status(task) == "SUCCESSFUL"


def works(monkeypatch, *errors: Exception) -> list[str]:
    """A worker whose database fails in these ways, one after another, and then not any more; what it did."""
    ahead, done = list(errors), list[str]()

    def work(*_: object, worker_id: str, **__: object) -> None:
        done.append(worker_id)
        if ahead:
            raise ahead.pop(0)

    monkeypatch.setattr(working, "call_command", work)
    monkeypatch.setattr(working, "SECONDS_FOR_A_LOCK", 0)
    return done


def test_a_worker_waits_for_a_database_that_is_locked_for_long_and_takes_up_what_it_dropped(monkeypatch) -> None:
    task = begun(f"{HOST}:{os.getpid()}")
    done = works(monkeypatch, OperationalError("database is locked"), OperationalError("database is locked"))
    assert run_worker() == 0
    assert len(done) == 3
    assert status(task) == "READY"


def test_a_worker_whose_database_is_not_there_stops(monkeypatch) -> None:
    works(monkeypatch, OperationalError("no such table"))
    with pytest.raises(OperationalError):
        run_worker()
