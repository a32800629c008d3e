"""The world of the matrix is made once for all tests of a file; each test asks, none changes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from hanze.accounts.models import Role
from tests import factories
from tests.leaks import neighbours
from tests.leaks.neighbours import Neighbourhood
from tests.leaks.world import World, build


@pytest.fixture(scope="module")
def in_one_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A transaction around a whole file of tests, undone after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(in_one_transaction: None) -> World:
    return build({role: factories.user(role) for role in Role})


@pytest.fixture(scope="module")
def users(in_one_transaction: None) -> dict[Any, Any]:
    return {role: factories.user(role) for role in Role}


@pytest.fixture(scope="module")
def around(users: dict[Any, Any]) -> dict[str, Neighbourhood]:
    return {each.secret: each for each in neighbours.build(users)}


def client_of(user: Any) -> Client:
    """A client in which `user` is signed in; None is a visitor."""
    client = Client(headers={"accept-language": "nl"})
    if user is not None:
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
