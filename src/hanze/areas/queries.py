"""Reads of initiatives that more than one place needs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hanze.areas.models import Area, Farm, Initiative, Parcel, PlaceList, PlanRun


def listed(reader: Any) -> QuerySet[Initiative]:
    """The initiatives that the reader may see, with how many places each has."""
    return (
        Initiative.objects.visible_to(reader)
        .select_related("responsible")
        .annotate(farm_count=_number(Farm), parcel_count=_number(Parcel), area_count=_number(Area))
        .order_by("title", "pk")
    )


def _number(model: Any) -> Coalesce:
    rows = model.objects.filter(initiative=OuterRef("pk")).order_by().values("initiative")
    return Coalesce(Subquery(rows.annotate(rows=Count("pk")).values("rows"), output_field=IntegerField()), 0)


def counts(initiative: Initiative) -> dict[str, int]:
    """How many places an initiative has, by kind."""
    return {
        PlaceList.Kind.FARMS.value: initiative.farms.count(),
        PlaceList.Kind.PARCELS.value: initiative.parcels.count(),
        PlaceList.Kind.AREAS.value: initiative.areas.count(),
        PlaceList.Kind.GOODS.value: initiative.goods.count(),
    }


def lists_of(initiative: Initiative) -> QuerySet[PlaceList]:
    """The files that were handed in for an initiative, latest first."""
    return initiative.lists.select_related("by").order_by("-received_at", "-pk")


def plans_of(initiative: Initiative) -> QuerySet[PlanRun]:
    """The plans of an initiative, latest first, without what is large of each."""
    return initiative.plans.select_related("by").defer("result", "drawing", "problems").order_by("-asked_at", "-pk")
