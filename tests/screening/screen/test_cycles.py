"""Screening puts Python's search for cycles back as it found it."""

from __future__ import annotations

import gc
from collections.abc import Generator

import pytest

from hanze.screening.cycles import kept_apart, without_collecting


@pytest.fixture(autouse=True)
def _as_it_was() -> Generator[None]:
    yield
    gc.enable()
    gc.unfreeze()


@pytest.mark.parametrize("collecting", [True, False])
def test_the_search_goes_on_afterwards_only_where_it_went_on_before(collecting: bool) -> None:
    (gc.enable if collecting else gc.disable)()
    with without_collecting():
        assert not gc.isenabled()
    assert gc.isenabled() is collecting


def test_what_others_keep_apart_from_the_search_stays_so() -> None:
    gc.freeze()
    with without_collecting():
        pass
    assert gc.get_freeze_count()


def test_nothing_is_kept_apart_afterwards() -> None:
    with kept_apart():
        assert gc.get_freeze_count()
    assert not gc.get_freeze_count()
