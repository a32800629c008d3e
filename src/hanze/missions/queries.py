"""Reads of activities that more than one place needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hanze.accounts.models import User
from hanze.audit.models import Event
from hanze.missions.models import Activity, Measure, Participation
from hanze.register.models import Organisation, Person


@dataclass(frozen=True)
class Progress:
    """How far the measures of an activity are. Lapsed ones (their party withdrew) count in neither number."""

    settled: int
    total: int

    @property
    def open(self) -> int:
        return self.total - self.settled


def activities_between(start: date, end: date, reader: User | None = None) -> QuerySet[Activity]:
    """Activities that (partly) lie between two days, earliest first, with all that an evaluation counts.

    Only what `reader` may see; None is Hanze itself, which sees everything. Cancelled ones are among them.
    """
    activities = Activity.objects.all() if reader is None else Activity.objects.visible_to(reader)
    parties = Participation.objects.select_related("organisation", "person")
    return (
        activities.filter(starts_on__lte=end, ends_on__gte=start)
        .order_by("starts_on", "pk")
        .select_related("country", "request", "leader", "responsible")
        .prefetch_related(
            Prefetch("participations", parties),
            Prefetch("measures", Measure.objects.select_related("organisation", "owner")),
            "places__country",
            "places__region",
            "places__city",
            "partners",
            "themes",
            "goals",
            "topics",
            "costs",
            "agreements",
            "contact_moments",
        )
    )


def own_region_attendances(activities: Iterable[Activity]) -> list[Participation]:
    """One participation for each organisation of the own region at each of the activities.

    Who withdrew did not attend, and who hosts or organises is no party to it; neither is our own organisation. Two
    people of one organisation are one attendance.
    """
    rows = Participation.objects.filter(
        activity__in=_keys(activities),
        organisation__own_region=True,
        organisation__is_home=False,
        role__in=(Participation.Role.PARTICIPANT, Participation.Role.SPEAKER),
    ).exclude(state=Participation.State.WITHDREW)
    ordered = rows.select_related("activity", "organisation").order_by(
        "activity__starts_on", "organisation__name", "pk"
    )
    first: dict[tuple[int, int | None], Participation] = {}
    for row in ordered:
        first.setdefault((row.activity_id, row.organisation_id), row)
    return list(first.values())


def withdrawals(activities: Iterable[Activity]) -> QuerySet[Participation]:
    """Who withdrew from one of the activities, by day of withdrawal."""
    return (
        Participation.objects.filter(activity__in=_keys(activities), state=Participation.State.WITHDREW)
        .select_related("activity", "organisation", "person")
        .order_by("withdrew_on", "pk")
    )


def measure_progress(activity: Activity) -> Progress:
    """How many of the activity's measures are done or waived."""
    return progress_of(activity.measures.all())


def progress_of(measures: Iterable[Measure]) -> Progress:
    """The same for some measures at hand."""
    counted = [measure for measure in measures if not measure.lapsed]
    return Progress(sum(measure.state != Measure.State.OPEN for measure in counted), len(counted))


def with_open_measures(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """The activities, each with the number of its open measures as `open_measures`."""
    of_activity = Measure.objects.order_by().filter(activity=OuterRef("pk"), state=Measure.State.OPEN)
    counted = of_activity.values("activity").annotate(number=Count("pk")).values("number")
    return activities.annotate(open_measures=Coalesce(Subquery(counted), 0))


def hidden_parties(reader: User, organisations: Collection[int], people: Collection[int]) -> tuple[set[int], set[int]]:
    """Of these organisations and people: the keys of those that `reader` may not see, whose names stay unsaid."""
    no_organisations = _hidden(Organisation.objects.visible_to(reader), organisations)
    return no_organisations, _hidden(Person.objects.visible_to(reader), people)


def _hidden(seen: QuerySet[Any], keys: Collection[int]) -> set[int]:
    return set(keys) - set(seen.order_by().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()


def history_for(activity: Activity, reader: User, limit: int = 30) -> dict[str, Any]:
    """The latest events of the activity, without those about a party that `reader` may not see."""
    events = list(Event.objects.about(activity).exclude(name="record.read"))
    organisations = {pk for event in events if (pk := event.data.get("organisation_id"))}
    people = {pk for event in events if (pk := event.data.get("person_id"))}
    no_organisations, no_people = hidden_parties(reader, organisations, people)
    shown = [
        event
        for event in events
        if event.data.get("organisation_id") not in no_organisations and event.data.get("person_id") not in no_people
    ]
    return {"events": shown[:limit], "earlier": max(0, len(shown) - limit)}


def _keys(activities: Iterable[Activity]) -> list[int]:
    return [activity.pk for activity in activities]
