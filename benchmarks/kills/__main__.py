"""Kill Hanze at random moments of its work and look whether everything still holds.

    python -m benchmarks.kills --kills 200 --seed 1

Runs in a data folder and database of its own: HANZE_DATA_DIR and DATABASE_URL as for `hanze`.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter

import django

ROUNDS = 1.6
"""A process is killed within the time of its first round and so many more: in and between the steps of its work."""


def main() -> int:
    """0 when everything held after each kill."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long")
    given = arguments.parse_args()
    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    from benchmarks.kills.invariants import broken
    from benchmarks.kills.work import WORK

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    chance, counts, wrong, started = random.Random(given.seed), Counter(), [], time.monotonic()
    takes = {name: _duration(name) for name in WORK}
    for number in range(given.kills):
        name = list(WORK)[number % len(WORK)]
        if time.monotonic() - started > given.seconds:
            break
        connections.close_all()
        begun, begins = os.pipe()
        child = os.fork()
        if child == 0:
            _work(name, begins)
        os.close(begins)
        os.read(begun, 1)
        os.close(begun)
        time.sleep(chance.uniform(0.0, takes[name]))
        os.kill(child, signal.SIGKILL)
        _pid, status = os.waitpid(child, 0)
        counts[name] += 1
        if not os.WIFSIGNALED(status):
            wrong.append(
                f"kill {number} ({name}): it had ended by itself with status {os.waitstatus_to_exitcode(status)}"
            )
        if connection.vendor == "postgresql":
            _wait_until_rolled_back()
        wrong += [f"kill {number} ({name}): {each}" for each in broken()]
    print(f"{counts.total()} kills on {connection.vendor} in {time.monotonic() - started:.0f} s: {dict(counts)}")
    print(f"done meanwhile: {_done()}")
    print("\n".join(wrong) or "everything held")
    return 1 if wrong else 0


def _duration(name: str) -> float:
    """Within how long a child at this work is killed: so that it may have done a round or be anywhere in one.

    A first round loads what it needs, which the children have then; they open a connection and begin as the second.
    """
    from django.db import connections

    from benchmarks.kills.work import WORK

    next(WORK[name]())
    connections.close_all()
    started, rounds = time.monotonic(), WORK[name]()
    next(rounds)
    begun = time.monotonic()
    next(rounds)
    return begun - started + ROUNDS * (time.monotonic() - begun)


def _work(name: str, begins: int) -> None:
    """The child: says that it begins, and works until it is killed; what breaks it shows on standard error."""
    import traceback

    from benchmarks.kills.work import WORK

    try:
        os.write(begins, b".")
        for _round in WORK[name]():
            pass
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    os._exit(3)


def _wait_until_rolled_back() -> None:
    """PostgreSQL notices a moment later that its client is gone."""
    from django.db import connection

    for _attempt in range(50):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.1)


def _done() -> dict[str, int]:
    from hanze.audit.models import Event

    names = ("request.decided", "document.added", "evaluation.frozen", "watchlist.created", "edition.in-force")
    names += ("import.received", "import.done", "import.undone")
    return {name: Event.objects.filter(name=name).count() for name in names}


if __name__ == "__main__":
    sys.exit(main())
