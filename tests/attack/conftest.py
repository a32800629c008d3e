"""The neighbourhoods of the leak tests, made once a file, with words planted in every text of what is hidden."""

from __future__ import annotations

from typing import Any

import pytest

from hanze.accounts.models import Role
from tests import factories
from tests.leaks import neighbours
from tests.leaks.conftest import in_one_transaction  # noqa: F401
from tests.leaks.neighbours import Neighbourhood


@pytest.fixture(scope="module")
def users(in_one_transaction: None) -> dict[Any, Any]:  # noqa: F811
    return {role: factories.user(role) for role in Role}


@pytest.fixture(scope="module")
def around(users: dict[Any, Any]) -> dict[str, Neighbourhood]:
    return {each.secret: each for each in neighbours.build(users)}
