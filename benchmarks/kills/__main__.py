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


def main() -> int:
    """0 when everything held after each kill."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    from benchmarks.kills.invariants import broken
    from benchmarks.kills.work import WORK

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    chance, counts, wrong, started = random.Random(given.seed), Counter(), [], time.monotonic()
    for number in range(given.kills):
        name = list(WORK)[number % len(WORK)]
        connections.close_all()
        child = os.fork()
        if child == 0:
            _work(name)
        time.sleep(chance.uniform(0.05, 2.5))
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
    print(f"{given.kills} kills on {connection.vendor} in {time.monotonic() - started:.0f} s: {dict(counts)}")
    print(f"done meanwhile: {_done()}")
    print("\n".join(wrong) or "everything held")
    return 1 if wrong else 0


def _work(name: str) -> None:
    """The child: works until it is killed; what breaks it shows on standard error."""
    import traceback

    from benchmarks.kills.work import WORK

    try:
        WORK[name]()
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

    names = ("request.decided", "document.added", "evaluation.frozen", "watchlist.created")
    return {name: Event.objects.filter(name=name).count() for name in names}


if __name__ == "__main__":
    sys.exit(main())
