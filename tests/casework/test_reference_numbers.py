"""References without gaps, also when several processes register requests at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from hanze.casework.models import Request
from tests import factories

SOURCE = Path(__file__).parents[2] / "src"
EACH, PROCESSES = 8, 3
REGISTER = f"""
import django
django.setup()
from datetime import date
from hanze.casework import operations
from hanze.register.models import Country
for n in range({EACH}):
    operations.receive_request(
        by=None, title="Visit", kind="talk", sector="water", asked_by_text="Somebody",
        country=Country.objects.get(), received_on=date(2024, 2, 12),
    )
"""


def environment(folder: Path) -> dict[str, str]:
    """This very database for another process; of SQLite in memory a copy in a file."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(folder / "copy.sqlite3")])
        address = f"sqlite:///{folder}/copy.sqlite3"
    else:
        user = f"{given['USER']}:{given['PASSWORD']}@" if given["USER"] else ""
        port = f":{given['PORT']}" if given["PORT"] else ""
        address = f"postgres://{user}{quote(given['HOST'], safe='')}{port}/{given['NAME']}"
    ours = {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "hanze.config.settings.test"}
    return os.environ | ours | {"PYTHONPATH": str(SOURCE)}


def references(folder: Path) -> list[str]:
    if connection.vendor == "sqlite":
        with sqlite3.connect(folder / "copy.sqlite3") as copy:
            return sorted(row[0] for row in copy.execute("SELECT reference FROM casework_request"))
    return sorted(Request.objects.values_list("reference", flat=True))


@pytest.mark.django_db(transaction=True)
def test_processes_that_register_at_once_get_every_number_once(tmp_path):
    factories.country()
    shared = environment(tmp_path)
    running = [
        subprocess.Popen([sys.executable, "-c", REGISTER], env=shared, stderr=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    failed = [process.communicate(timeout=120)[1] for process in running if process.wait(timeout=120)]
    assert failed == []
    assert references(tmp_path) == [f"2024-{n:03}" for n in range(1, EACH * PROCESSES + 1)]
