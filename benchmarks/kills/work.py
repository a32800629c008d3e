"""The work during which a process is killed: each goes round without end, and yields after each round."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from hanze.accounts.models import Role, User
from hanze.casework import operations as casework
from hanze.casework.models import RequestDocument
from hanze.config.backup.writing import back_up
from hanze.evaluation.operations import freeze
from hanze.register.operations import attach
from hanze.watchlists import operations as watchlists
from tests import factories
from tests.casework.weighing import advised
from tests.sheets import making
from tests.watchlists.making import HEADER

ROWS_OF_A_LIST = 60
ROWS_OF_A_SHEET = 12
LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")
Rounds = Iterator[None]
UPLOAD = b"0123456789abcdef" * 40_000
BACKUPS = "backups"


def imports() -> Rounds:
    """An edition of a list is handed in, read and brought into force."""
    for number in itertools.count():
        made = watchlists.create_list(by=None, slug=_name("list"), name=_name("List"), name_en="List", publisher="own")
        rows = [f"E{row},Company {os.getpid()} {number} {row},organisation,CN,,," for row in range(ROWS_OF_A_LIST)]
        file = SimpleUploadedFile("list.csv", "\n".join([HEADER, *rows, ""]).encode())
        edition = watchlists.read_received(watchlists.receive_edition(made, file, by=None))
        watchlists.bring_into_force(edition, by=None)
        yield


def sheets() -> Rounds:
    """A spreadsheet is handed in, compared and brought in; every other one is undone again."""
    keeper = _somebody(Role.COORDINATOR)
    for number in itertools.count():
        name = _name("row")
        content = "\n".join(["Naam;Type", *(f"{company};Bedrijf" for company in companies_of(name)), ""])
        imported = making.brought_in(making.compared(making.handed_in(content, by=keeper, name=f"{name}.csv")))
        if number % 2:
            making.undone(imported)
        yield


def companies_of(sheet: str) -> list[str]:
    """The names in a spreadsheet: of letters that no other name has, or they would be taken for likely duplicates."""
    digests = (hashlib.sha256(f"{sheet} {row}".encode()).hexdigest()[:16] for row in range(ROWS_OF_A_SHEET))
    return [digest.translate(LETTERS).title() for digest in digests]


def decisions() -> Rounds:
    """A request is received, weighed and decided."""
    officer, executive = _somebody(Role.POLICY_OFFICER), _somebody(Role.EXECUTIVE)
    for _number in itertools.count():
        case = advised(officer, factories.request(reference=_name("K"), asked_by_text="Somebody"))
        casework.decide(case, by=executive, outcome="take-up", motivation="Because")
        yield


def uploads() -> Rounds:
    """Files are added to a request."""
    case = factories.request(reference=_name("U"))
    for number in itertools.count():
        file = ContentFile(UPLOAD, name=f"letter {number}.txt")
        attach(by=None, attachment_model=RequestDocument, parent=case, title="Letter", file=file)
        yield


def reports() -> Rounds:
    """An evaluation is built and frozen."""
    made = factories.evaluation()
    for _number in itertools.count():
        freeze(made, by=None)
        yield


def backups() -> Rounds:
    """Backups are made."""
    folder = Path(settings.DATA_DIR) / BACKUPS
    folder.mkdir(exist_ok=True)
    for _number in itertools.count():
        back_up(folder / f"{_name('b')}.hanze", lambda text: None)
        yield


WORK: dict[str, Callable[[], Rounds]] = {
    each.__name__: each for each in (imports, sheets, decisions, uploads, reports, backups)
}
_numbers = itertools.count()


def _name(start: str) -> str:
    return f"{start.lower()}-{os.getpid()}-{next(_numbers)}"


def _somebody(role: Role) -> User:
    return factories.user(role, email=f"{_name(role)}@region.example")
