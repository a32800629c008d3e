"""The worker that does long work in the background, and what it takes up again when one before it was killed."""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import OperationalError
from django_tasks_db.utils import is_locked_database_exception

ATTEMPTS = 3
"""How often a piece of work is begun before it is given up: it may be what kills the worker."""

SECONDS_TO_FINISH = 10
SECONDS_FOR_A_LOCK = 5

logger = logging.getLogger(__name__)


def run_worker() -> int:
    """Do the work that waits in the background, until it is stopped; first what a killed worker left half done.

    A database that somebody else keeps locked for long (SQLite) is waited for.
    """
    from hanze.watchlists.tasks import begin_tidying

    name = f"{_host()}:{os.getpid()}"
    dropped = ""
    while True:
        try:
            take_up_again(dropped)
            begin_tidying()
            call_command("db_worker", queue_name="*", interval=0.5, startup_delay=False, verbosity=0, worker_id=name)
            return 0
        except OperationalError as error:
            if not is_locked_database_exception(error):
                raise
            logger.warning("The database is locked; the worker goes on in %s seconds.", SECONDS_FOR_A_LOCK)
            dropped = name
            time.sleep(SECONDS_FOR_A_LOCK)


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


def take_up_again(dropped: str = "") -> int:
    """Let work wait again that a worker of this machine had begun and that is no longer there to end it, or that the
    worker `dropped` let fall; how much.

    All our tasks may be repeated. What was begun ATTEMPTS times is given up.
    """
    from django_tasks_db.models import DBTaskResult

    taken_up = 0
    for begun in DBTaskResult.objects.filter(status="RUNNING"):
        worker = begun.worker_ids[-1] if begun.worker_ids else ""
        if worker != (dropped or None) and not _is_gone(worker):
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
