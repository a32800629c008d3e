"""Python's search for objects in a cycle, where it finds nothing: what screening makes has none."""

from __future__ import annotations

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Generator[None]:
    """Look for no cycles meanwhile: what is made here has none, and looking took up to as long as making it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            _count_as_old()
            gc.enable()


def _count_as_old() -> None:
    """Else all that was made meanwhile is looked through at once."""
    if not gc.get_freeze_count():
        gc.freeze()
        gc.unfreeze()


@contextmanager
def kept_apart() -> Generator[None]:
    """Let the search for cycles pass over what is there already: it would touch, and so copy, what processes share,
    again and again while findings come in.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
