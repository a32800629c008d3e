"""The choices of a filter: what occurs in records, found by a look at one record each rather than at all of them."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.lookups import IsNull

from hanze.accounts.narrowing import Choices
from hanze.accounts.remembering import key_of, remembered
from hanze.register.choosing import in_language, name_in_language
from hanze.register.models import Country


def occurring(options: QuerySet[Any], records: QuerySet[Any], field: str) -> QuerySet[Any]:
    """Those of `options` that one of `records` has in `field`."""
    return options.filter(has_one(records.filter(**{field: OuterRef("pk")})))


def has_one(records: QuerySet[Any], field: str = "pk") -> IsNull:
    """The condition that one of `records` belongs to the row (they name it by OuterRef), for few rows and many records.

    Asks for a `field` that is never empty, not whether there is one: for that PostgreSQL reads all the records and puts
    them beside the rows. A field of the index by which one is found spares opening it.
    """
    return IsNull(Subquery(records.order_by().values(field)[:1]), False)


def choices_of(options: QuerySet[Any], records: QuerySet[Any], field: str, label: str) -> Choices:
    """Keys and labels of those of `options`, in their order, that one of `records` has in `field`."""

    def found() -> Choices:
        return tuple((str(key), name) for key, name in occurring(options, records, field).values_list("pk", label))

    return remembered(("choices", options.model, field, label, key_of(records)), found)


def countries_of(records: QuerySet[Any]) -> Choices:
    """The countries of `records` in the language in use, in its order."""
    return choices_of(in_language(Country.objects.all()), records, "country", name_in_language())


def years_of(records: QuerySet[Any], field: str) -> Choices:
    """The years from that of the latest record to that of the first, by the date `field`; none without records."""

    def found() -> Choices:
        days = records.exclude(**{field: None}).values_list(field, flat=True)
        latest, first = days.order_by(f"-{field}").first(), days.order_by(field).first()
        if latest is None or first is None:
            return ()
        return tuple((str(year), str(year)) for year in range(latest.year, first.year - 1, -1))

    return remembered(("years", field, key_of(records)), found)
