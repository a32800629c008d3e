"""Places with a database and files of their own, and the command `hanze` run in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg.conninfo import make_conninfo

ROOT = Path(__file__).resolve().parents[2]
ROWS = """
import hashlib, json, django; django.setup()
from hanze.config.backup import rows
from django.conf import settings
from pathlib import Path
tables = {m._meta.label_lower: list(rows.lines(m, "default")) for m in rows.tables(rows.applied())}
media = Path(settings.MEDIA_ROOT)
files = {p.relative_to(media).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
         for p in media.rglob("*") if p.is_file()} if media.is_dir() else {}
print(json.dumps({"tables": tables, "files": files}))
"""
FILL = """
import django; django.setup()
from django.core.files.base import ContentFile
from hanze.accounts.models import Role
from hanze.audit.log import record
from hanze.casework.models import RequestDocument
from hanze.register.operations import attach, create_organisation
from tests import factories
who = factories.user(Role.COORDINATOR, name="Noor de Boer")
factories.agreement(); factories.activity(); factories.evaluation()
factories.relation(purpose="Ärger, “quotes”\\nand 中文")
case = factories.request(description="Long text " * 200)
case.team.add(who)
create_organisation(by=None, name="Harbour Works", kind="business", identifiers=[("other", "X-1")])
for number in range(3):
    attach(by=who, attachment_model=RequestDocument, parent=case, title=f"Letter {number}",
           file=ContentFile(f"Letter {number}".encode() * 1000, name=f"brief {number}.txt"))
record("request.withdrawn", by=who, subject=case, reason="Test")
"""


@dataclass
class Place:
    """One installation."""

    folder: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("HANZE_", "DATABASE_", "DJANGO_"))}
        environment |= {
            "HANZE_SECRET_KEY": "k" * 60,
            "HANZE_ALLOWED_HOSTS": "hanze.region.example",
            "HANZE_DATA_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "DJANGO_SETTINGS_MODULE": "hanze.config.settings.production",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            **self.more,
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        return subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def hanze(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "hanze.cli", *arguments)

    def filled(self) -> Place:
        assert self.hanze("manage", "migrate", "-v0").returncode == 0
        done = self.run("-c", FILL)
        assert done.returncode == 0, done.stderr
        return self

    def contents(self) -> dict[str, dict[str, list[str]]]:
        done = self.run("-c", ROWS)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[list[str]]:
    """Makes databases on the server that the suite runs on; [] where it runs on SQLite. Called `postgresql.pop()`."""
    given = settings.DATABASES["default"]
    if given["ENGINE"] != "django.db.backends.postgresql":
        pytest.skip("the suite runs on SQLite; with DATABASE_URL=postgres://… this runs too")
    server = make_conninfo(
        host=given["HOST"], port=given["PORT"], user=given["USER"], password=given["PASSWORD"], dbname="postgres"
    )
    names = [f"hanze_backup_{uuid.uuid4().hex[:12]}" for _number in range(1)]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    yield [f"postgres://{given['USER']}{password}@{given['HOST']}:{given['PORT']}/{name}" for name in names]
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """An installation on SQLite with something of everything in it."""
    return Place(tmp_path_factory.mktemp("full") / "data").filled()


@pytest.fixture(scope="session")
def everything(full: Place) -> dict[str, dict[str, list[str]]]:
    """All its rows and files."""
    return full.contents()


@pytest.fixture(scope="session")
def backup(full: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of it."""
    file = tmp_path_factory.mktemp("backups") / "today.hanze"
    done = full.hanze("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file
