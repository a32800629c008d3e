"""Script in every text field, of every record and row, comes back as text on every page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from hanze.accounts.models import Role
from hanze.audit.personal import declared_models
from hanze.register.operations import change_organisation
from tests import factories
from tests.attack.planting import plant
from tests.leaks.addresses import addresses
from tests.leaks.conftest import client_of
from tests.leaks.neighbours import Neighbourhood

pytestmark = pytest.mark.django_db

SHORT = "<b>\"'zx{{7}}"
LONG = "<script>zx()</script><img src=x onerror=zx()>\"'> [zx](javascript:zx()) {{7*191}} <a href='javascript:zx()'>"
WRONG = re.compile(
    r"<script>zx|<img src=x|<b>\"|onerror=zx\(\)>(?!&)|<[a-z][^<>]*(?:href|src|action)=[\"']?\s*javascript:|>1337<",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def scripted(around: dict[str, Neighbourhood]) -> int:
    """In how many fields script stands."""
    count = 0
    for model, _declared in declared_models():
        if model._meta.label in ("audit.Event", "frameworks.Draft", "frameworks.DraftStep"):
            continue
        for row in models.QuerySet(model)[:20]:
            count += len(plant(row, lambda field, key=row.pk: _script(field, key)))
    return count


def _script(field: Any, key: Any) -> str:
    """What fits in the field; with the row's own key, for names that may stand there once."""
    long = f"{LONG}{key}"
    return long if field.max_length is None or field.max_length > len(long) else SHORT


def test_no_page_runs_what_somebody_wrote(
    scripted: int, users: dict[Any, Any], around: dict[str, Neighbourhood]
) -> None:
    assert scripted > 150
    client = client_of(users[Role.COORDINATOR])
    near = around["internal"]
    wrong: dict[str, list[str]] = {}
    seen = 0
    for address in addresses(near):
        answer = client.get(address)
        assert answer.status_code < 500, address
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        text = answer.getvalue().decode()
        seen += "zx" in text
        if found := WRONG.findall(text):
            wrong[address] = found
    assert wrong == {}
    assert seen > 30, "the words must stand on the pages, or this proves nothing"


@pytest.mark.parametrize(
    "address", ["javascript:zx()", "data:text/html,<script>zx()</script>", "//evil.example", "vbscript:x"]
)
def test_an_address_that_runs_something_is_not_kept(address: str) -> None:
    with pytest.raises(ValidationError):
        change_organisation(factories.organisation(), by=None, website=address)
