"""The worker that does long work in the background, and what it takes up again when one before it was killed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command

ATTEMPTS = 3
"""How often a piece of work is begun before it is given up: it may be what kills the worker."""

SECONDS_TO_FINISH = 10


def run_worker() -> int:
    """Do the work that waits in the background, until it is stopped; first what a killed worker left half done."""
    from hanze.watchlists.tasks import begin_tidying

    take_up_again()
    begin_tidying()
    name = f"{_host()}:{os.getpid()}"
    call_command("db_worker", queue_name="*", interval=0.5, startup_delay=False, verbosity=0, worker_id=name)
    return 0


@contextmanager
def worker_beside() -> Iterator[None]:
    """A worker in a process of its own, for as long as the block lasts; it gets a while to finish what it does."""
    worker = subprocess.Popen([sys.executable, "-m", "hanze.cli", "worker"])
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(timeout=SECONDS_TO_FINISH)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def take_up_again() -> int:
    """Let work wait again that a worker of this machine had begun and that is no longer there to end it; how much.

    All our tasks may be repeated. What was begun ATTEMPTS times is given up.
    """
    from django_tasks_db.models import DBTaskResult

    taken_up = 0
    for begun in DBTaskResult.objects.filter(status="RUNNING"):
        if not _is_gone(begun.worker_ids[-1] if begun.worker_ids else ""):
            continue
        if len(begun.worker_ids) >= ATTEMPTS:
            begun.set_failed(RuntimeError("The worker was killed each time."))
            continue
        begun.status = "READY"
        begun.save(update_fields=["status"])
        taken_up += 1
    return taken_up


def _host() -> str:
    return socket.gethostname()[:40]


def _is_gone(worker: str) -> bool:
    """Whether a worker was a process of this machine that has ended; of other machines nobody can tell."""
    host, _, process = worker.rpartition(":")
    if host != _host() or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is there, and somebody else's
        return False
    return False
