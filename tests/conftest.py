"""Fixtures that every test may use."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation

from hanze.accounts.models import Role, User
from tests import factories
from tools.browser import find as find_browser


@pytest.fixture(autouse=True)
def speaking_dutch() -> Iterator[None]:
    """A page that a test asked for leaves its language behind; the next test starts in Dutch, as Hanze does."""
    with translation.override("nl"):
        yield


@pytest.fixture
def people(db: None) -> dict[Role, User]:
    """One user a role."""
    return {role: factories.user(role) for role in Role}


@pytest.fixture
def client_for(people: dict[Role, User]) -> Callable[[Role], Client]:
    """A signed-in test client of the person with that role."""

    def signed_in(role: Role) -> Client:
        client = Client()
        client.force_login(people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture(scope="session", autouse=True)
def emptying_between_tests_may_empty_the_log() -> None:
    """Tests with real transactions empty every table; on SQLite the guard of the log would refuse that."""
    if connection.vendor != "sqlite":
        return
    guards = importlib.import_module("hanze.audit.migrations.0003_shredding")
    plain_flush = connection.ops.sql_flush

    def flush(*arguments: Any, **options: Any) -> list[str]:
        return [*guards.UNDO["sqlite"], *plain_flush(*arguments, **options), *guards.SQLITE]

    connection.ops.sql_flush = flush


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A chromium, or a skip that says why there is none."""
    path = find_browser()
    if path is None:
        pytest.skip("no chromium on this machine and none can be installed (see tools/browser.py)")
    sync_api = pytest.importorskip("playwright.sync_api")
    # Django takes playwright's event loop for its own and would refuse the database in the same process.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()
