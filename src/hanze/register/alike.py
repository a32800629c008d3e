"""Which records of the register are probably the same party, as far as one reader sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.core.cache import cache
from django.db.models import Max

from hanze.accounts.models import User
from hanze.audit.models import Event
from hanze.register.apart import Keys, set_aside
from hanze.register.duplicates import Named
from hanze.register.models import Identifier, Organisation, Person
from hanze.register.names import alike_among

KEPT_FOR = 600
"""Seconds that the pairs of a reader are kept; they are made anew as soon as the log tells of the register."""


@dataclass(frozen=True)
class Pair:
    """Two records that are probably the same: `likeness` of their names from 0 to 100, `shares` whether they have a
    registration number or e-mail address in common."""

    one: int
    other: int
    likeness: float
    shares: bool


def likely_pairs(model: type[Organisation] | type[Person], reader: User) -> list[Pair]:
    """The pairs of which `reader` may see both records, the surest first; without those set aside as different."""
    seen: Any = model.objects.visible_to(reader)
    last = Event.objects.filter(subject_type=model._meta.label_lower).aggregate(last=Max("pk"))["last"]
    key = f"alike-{model._meta.model_name}-{reader.pk}-{last}"
    pairs: list[Pair] | None = cache.get(key)
    if pairs is None:
        pairs = _pairs(model, seen)
        cache.set(key, pairs, KEPT_FOR)
    still = set(
        seen.filter(pk__in={pk for pair in pairs for pk in (pair.one, pair.other)}).values_list("pk", flat=True)
    )
    apart = set_aside(model)
    return [pair for pair in pairs if {pair.one, pair.other} <= still and (pair.one, pair.other) not in apart]


def _pairs(model: type[Organisation] | type[Person], seen: Any) -> list[Pair]:
    if model is Organisation:
        rows = seen.values_list("pk", "name", "short_name", "native_name", "country_id")
        named = [Named(pk, (name, short, native), code) for pk, name, short, native, code in rows.iterator()]
        numbers = Identifier.objects.filter(organisation__in=seen.values("pk"))
        shared = _sharing(numbers.values_list("organisation_id", "scheme", "value"))
    else:
        rows = seen.values_list("pk", "name", "native_name")
        named = [Named(pk, (name, native), None) for pk, name, native in rows.iterator()]
        shared = _sharing((pk, email.casefold()) for pk, email in seen.exclude(email="").values_list("pk", "email"))
    alike = alike_among(named)
    pairs = [Pair(*keys, alike.get(keys, 0.0), keys in shared) for keys in {*alike, *shared}]
    return sorted(pairs, key=lambda pair: (not pair.shares, -pair.likeness, pair.one, pair.other))


def _sharing(rows: Iterable[tuple[Any, ...]]) -> set[Keys]:
    """Every two records that have the same mark; `rows` are the record's key and the mark."""
    holders: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    for pk, *mark in rows:
        holders[tuple(mark)].add(pk)
    return {(keys[0], keys[1]) for held in holders.values() for keys in combinations(sorted(held), 2)}
