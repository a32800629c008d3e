"""The choices of a filter: what occurs in records, found by a look at one record each rather than at all of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet


def occurring(options: QuerySet[Any], records: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Those of `options` that one of `records` has in `field`."""
    return options.filter(Exists(records.order_by().filter(**{field: OuterRef("pk")})))


def years_of(records: QuerySet[Any], field: str) -> list[tuple[str, str]]:
    """The years from that of the latest record to that of the first, by the date `field`; none without records."""
    days = records.exclude(**{field: None}).values_list(field, flat=True)
    latest, first = days.order_by(f"-{field}").first(), days.order_by(field).first()
    if latest is None or first is None:
        return []
    return [(str(year), str(year)) for year in range(latest.year, first.year - 1, -1)]
