"""How an app tells search what can be found in it, and that much is about to change."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.dispatch import Signal
from django.utils.functional import Promise


@dataclass(frozen=True)
class SearchSource:
    """One kind of record that search finds.

    `model.objects` must have `visible_to(reader)`. `title` and `text` give the words of a record, `url` its
    address, `permission` who may open this kind at all.
    """

    model: type[models.Model]
    label: Promise
    title: Callable[[Any], str]
    text: Callable[[Any], str]
    url: Callable[[Any], str]
    permission: str
    prefetch: tuple[str, ...] = ()


Keys = dict[tuple[str, Any], None]
_gathered: ContextVar[Keys | None] = ContextVar("records to index together", default=None)
gathered = Signal()
"""Sent at the end of `at_once` with `keys`: the (model label, key) of each record whose words may have changed."""


@contextmanager
def at_once() -> Iterator[None]:
    """Within this block saved records wait to be indexed, and are indexed together when it ends: for thousands of
    records in one transaction. When it fails nothing is indexed, so let it fail as a whole."""
    keys: Keys = {}
    token = _gathered.set(keys)
    try:
        yield
    finally:
        _gathered.reset(token)
    gathered.send(sender=None, keys=list(keys))


def waits(label: str, pk: Any) -> bool:
    """Whether a record is to be indexed later, with others; it is remembered then."""
    keys = _gathered.get()
    if keys is None:
        return False
    keys[label, pk] = None
    return True
