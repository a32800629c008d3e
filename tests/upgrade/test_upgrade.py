"""A database of each earlier release (the demo as it made it) is upgraded: its rows stay and its pages open."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from tests.backup.conftest import Place

RELEASES = ("0.1.0", "0.2.0")
# What an upgrade may fill by itself: the kinds of records, and the list of migrations.
GROWS = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence", "hanze_cache"}
PAGES = """
import django; django.setup()
from django.test import Client
from django.urls import reverse
from hanze.accounts.models import Role, User
from hanze.casework.models import Decision, Request
from hanze.evaluation.models import Evaluation
from hanze.missions.models import Activity
from hanze.register.models import Agreement, Organisation, Relation
who = User.objects.filter(roles_held__role=Role.COORDINATOR).first()
NAMES = {Request: "casework:request-detail", Evaluation: "evaluation:evaluation-detail"}
client = Client(headers={"host": "hanze.region.example", "x-forwarded-proto": "https"})
client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
seen = 0
for model in (Request, Activity, Organisation, Relation, Agreement, Evaluation):
    for record in model.objects.visible_to(who)[:3]:
        address = reverse(NAMES[model], args=[record.pk]) if model in NAMES else record.get_absolute_url()
        answer = client.get(address, secure=True)
        assert answer.status_code == 200, (record, answer.status_code)
        seen += 1
for address in ("/today/", "/requests/", "/parties/", "/search/?q=China"):
    assert client.get(address, secure=True).status_code == 200, address
assert Decision.objects.exists() and seen >= 15, seen
print("pages", seen)
"""


def columns(database: sqlite3.Connection) -> dict[str, list[str]]:
    names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {name: [row[1] for row in database.execute(f"PRAGMA table_info('{name}')")] for name in names}


def rows(database: sqlite3.Connection, table: str, names: list[str]) -> list[tuple]:
    chosen = ", ".join(f'"{name}"' for name in names)
    return sorted(database.execute(f"SELECT {chosen} FROM {table}").fetchall(), key=repr)


@pytest.fixture(scope="module", params=RELEASES)
def before(request: pytest.FixtureRequest) -> sqlite3.Connection:
    dump = Path(__file__).with_name(f"hanze-{request.param}.sql.gz")
    database = sqlite3.connect(":memory:")
    database.executescript(gzip.decompress(dump.read_bytes()).decode())
    return database


@pytest.fixture(scope="module")
def upgraded(before: sqlite3.Connection, tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("old"))
    with sqlite3.connect(place.folder / "hanze.sqlite3") as database:
        before.backup(database)
    for command in (("migrate", "-v0"), ("createcachetable",), ("collectstatic", "--noinput", "-v0")):
        done = place.hanze("manage", *command)
        assert done.returncode == 0, done.stderr
    return place


def test_every_row_of_the_old_release_is_still_there(before: sqlite3.Connection, upgraded: Place) -> None:
    after = sqlite3.connect(upgraded.folder / "hanze.sqlite3")
    now, lost = columns(after), []
    for table, names in columns(before).items():
        if table in GROWS:
            continue
        shared = [name for name in names if name in now.get(table, [])]
        if not shared or rows(before, table, shared) != rows(after, table, shared):
            lost.append(table)
    assert lost == []
    assert after.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert after.execute("PRAGMA foreign_key_check").fetchall() == []


def test_its_pages_open(upgraded: Place) -> None:
    done = upgraded.run("-c", PAGES)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("pages")
