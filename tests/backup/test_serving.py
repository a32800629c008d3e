"""A web server keeps its connections, and still sees what a restore puts in place, or takes back."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.backup.conftest import Place

# Answers requests before and after another process runs what it is given, and then writes something.
SERVER = """
import io, json, subprocess, sys
from hanze.config.wsgi import application
from django.db import connection
from hanze.accounts.models import User
from hanze.register.models import Organisation
def ask():
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "SERVER_NAME": "hanze.region.example", "SERVER_PORT": "443",
               "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO()}
    application(environ, lambda *answer: None).close()
    names = Organisation.objects.filter(name__in=["Only here", "Harbour Works"]).values_list("name", flat=True)
    return {"names": list(names), "connection": id(connection.connection)}
answers = [ask(), ask()]
subprocess.run([sys.executable, "-c", sys.argv[1], *sys.argv[2:]], check=True)
answers += [ask()]
User.objects.update(title="Written through the server")
print(json.dumps(answers))
"""
# What `hanze restore` does with the database that it finds; then its own comes in, or nothing when that fails.
RESTORE = """
import shutil, sys, django; django.setup()
from hanze.config.backup import reading
aside = reading._set_aside("then")
shutil.copy(sys.argv[1], aside[0])
if sys.argv[2] == "fails":
    reading._take_back(aside)
"""


@pytest.fixture
def other(full: Place, tmp_path: Path) -> Place:
    place = Place(tmp_path / "other")
    shutil.copytree(full.folder, place.folder)
    with sqlite3.connect(place.folder / "hanze.sqlite3") as database:
        database.execute("UPDATE register_organisation SET name = 'Only here' WHERE name = 'Harbour Works'")
    return place


def answers_around_a_restore(place: Place, of: Place, ending: str) -> list[Any]:
    """What a server answers twice before it, and once after it."""
    done = place.run("-c", SERVER, RESTORE, str(of.folder / "hanze.sqlite3"), ending)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def titles(place: Place) -> list[str]:
    with sqlite3.connect(place.folder / "hanze.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [title for (title,) in database.execute("SELECT title FROM accounts_user")]


def test_requests_share_a_connection_until_another_database_is_in_its_place(full: Place, other: Place) -> None:
    first, second, after = answers_around_a_restore(other, full, "succeeds")
    assert first["connection"] == second["connection"]
    assert (second["names"], after["names"]) == (["Only here"], ["Harbour Works"])
    assert set(titles(other)) == {"Written through the server"}


def test_what_is_written_after_a_restore_that_failed_is_kept(full: Place, other: Place) -> None:
    _first, _second, after = answers_around_a_restore(other, full, "fails")
    assert after["names"] == ["Only here"]
    assert set(titles(other)) == {"Written through the server"}
