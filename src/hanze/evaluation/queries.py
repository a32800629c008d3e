"""Reads of evaluations that more than one place needs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from hanze.evaluation.audience import Audience
from hanze.evaluation.models import Evaluation, Snapshot
from hanze.evaluation.scope import Scope
from hanze.missions.models import Activity
from hanze.register.models import Region, Relation


def listed(reader: Any) -> QuerySet[Evaluation]:
    """The evaluations that the reader may see, latest period first, with what the list tells of each."""
    return (
        Evaluation.objects.visible_to(reader)
        .select_related("country", "region")
        .annotate(frozen_at=Max("snapshots__frozen_at"), advised=Count("recommendations", distinct=True))
        .order_by("-period_end", "title_nl")
    )


def snapshots_for(evaluation: Evaluation, reader: Any) -> list[Snapshot]:
    """The frozen copies that are meant for this reader, latest first."""
    found = evaluation.snapshots.select_related("frozen_by")
    return [each for each in found if Audience(each.content["audience"]).includes(reader)]


def stored(scope: Scope, reader: Any | None) -> Evaluation | None:
    """The evaluation that was made for this scope; one for a framework also serves a scope that names none."""
    seen = Evaluation.objects.all() if reader is None else Evaluation.objects.visible_to(reader)
    alike = seen.filter(
        period_start=scope.start, period_end=scope.end, country=scope.country, region=scope.region
    ).order_by("-updated_at")
    exact = alike.filter(framework=scope.framework).first()
    return exact or (None if scope.framework else alike.first())


def regions_in_use(reader: Any) -> QuerySet[Region]:
    """The regions in which the reader sees an activity or a relation."""
    places = Q(activityplace__activity__in=Activity.objects.visible_to(reader))
    relations = Q(relation__in=Relation.objects.visible_to(reader))
    return Region.objects.filter(places | relations).distinct().order_by("name_nl")
