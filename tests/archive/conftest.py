"""Kept files of one test are not there in the next: here it matters that a name stands in no file at all."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def empty_storage(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES}
