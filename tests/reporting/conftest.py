"""The example report, in both languages."""

from __future__ import annotations

import pytest

from hanze.reporting import Report
from tests.reporting.example import build


@pytest.fixture(params=["nl", "en"])
def report(request: pytest.FixtureRequest) -> Report:
    """The same report in both languages."""
    return build(request.param)


@pytest.fixture
def dutch() -> Report:
    """The report in Dutch."""
    return build("nl")
