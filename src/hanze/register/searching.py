"""How an app tells search what can be found in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models
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
