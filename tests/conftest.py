"""Fixtures that every test may use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hanze.accounts.models import Role, User
from tests import factories


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
