"""A draft, and who may change it."""

from __future__ import annotations

import pytest
from django.test import Client

from hanze.accounts.models import Role
from hanze.frameworks.models import Draft
from tests.frameworks import drafting
from tests.frameworks.pages import SignIn


@pytest.fixture
def draft() -> Draft:
    return drafting.draft()


@pytest.fixture
def officer(client_for: SignIn) -> Client:
    return client_for(Role.POLICY_OFFICER)
